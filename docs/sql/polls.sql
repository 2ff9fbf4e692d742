-- polls.event.create
WITH
  out_mail AS (
    INSERT INTO
      outbox.deliveries (organization_id, kind, target, payload, due_at, created_at)
    SELECT
      $1,
      d.kind,
      d.target,
      d.payload,
      now(),
      $31::timestamptz
    FROM
      json_to_recordset($32::json) AS d (kind text, target text, payload json)
    RETURNING
      id
  ),
  out_hook AS (
    INSERT INTO
      outbox.deliveries (organization_id, kind, target, payload, due_at, created_at)
    SELECT
      $1,
      'polls.hook',
      h.id,
      ('{"type":"' || type || '",' || $34::text || '}')::json,
      now(),
      $31::timestamptz
    FROM
      unnest($33::text[]) AS type
      JOIN polls.hooks h ON h.organization_id = $1
      AND h.active
      AND type = ANY (h.events)
    RETURNING
      id
  ),
  e AS (
    INSERT INTO
      polls.events (
        organization_id,
        id,
        title,
        creator_user,
        creator_member_id,
        created_by,
        key_store_id,
        reply_address,
        lang,
        locale,
        time_zone,
        third_party,
        vyteme,
        no_emails,
        version,
        ics_sequence,
        confirmed_flag,
        confirmed_at,
        confirmed_date_id,
        confirmed_place_id,
        cancelled_at,
        ahead_until,
        dates,
        places,
        invitees,
        messages_length,
        declines,
        keys,
        calendar_files,
        created_at,
        updated_at
      )
    VALUES
      (
        $1,
        $2,
        $3,
        $4,
        $5,
        $6,
        $7,
        $8,
        $9,
        $10,
        $11,
        $12,
        $13,
        $14,
        $15,
        $16,
        $17,
        $18,
        $19,
        $20,
        $21,
        $22,
        $23,
        $24,
        $25,
        $26,
        $27,
        $28,
        $29,
        $30,
        $31
      )
    RETURNING
      id
  ),
  marked AS (
    INSERT INTO
      polls.event_marks (organization_id, kind, value, created_at, event_id)
    SELECT
      $1,
      m.kind,
      m.value,
      $30,
      e.id
    FROM
      unnest($35::text[], $36::text[]) AS m (kind, value),
      e
  ),
  said AS (
    INSERT INTO
      polls.event_messages (organization_id, event_id, position, message)
    SELECT
      $1,
      $2,
      $26::integer - cardinality($37::text[]) + s.position,
      s.message::json
    FROM
      unnest($37::text[]) WITH ORDINALITY AS s (message, position)
  )
SELECT
  EXISTS (
    SELECT
    FROM
      out_mail
  )
  OR EXISTS (
    SELECT
    FROM
      out_hook
  ) AS outgoing;

-- polls.event.find
SELECT
  input.n,
  e.id,
  e.title,
  e.created_by::text AS created_by,
  e.key_store_id,
  e.reply_address,
  e.lang,
  e.locale,
  e.time_zone,
  e.third_party::text AS third_party,
  e.vyteme,
  e.no_emails,
  e.version,
  e.ics_sequence,
  e.confirmed_flag,
  e.confirmed_at,
  e.confirmed_date_id,
  e.confirmed_place_id,
  e.cancelled_at,
  e.dates::text AS dates,
  e.places::text AS places,
  e.invitees::text AS invitees,
  e.messages_length,
  e.declines::text AS declines,
  e.created_at,
  e.updated_at,
  json_array_length(e.invitees) AS invitees_length,
  CASE e.messages_length
    WHEN 0 THEN '[]'
    ELSE (
      SELECT
        '[' || coalesce(
          string_agg(
            m.message::text,
            ','
            ORDER BY
              m.position
          ),
          ''
        ) || ']'
      FROM
        polls.event_messages m
      WHERE
        m.organization_id = e.organization_id
        AND m.event_id = e.id
        AND m.position >= 1
    )
  END AS messages,
  e.keys::text AS keys
FROM
  unnest(
    (
      SELECT
        $1::integer[]
    ),
    (
      SELECT
        $2::text[]
    )
  ) WITH ORDINALITY AS input (organization_id, id, n)
  JOIN polls.events e ON e.organization_id = input.organization_id
  AND e.id = input.id;

-- polls.event.find_public
SELECT
  e.organization_id,
  e.id,
  e.title,
  e.creator_user,
  e.creator_member_id,
  e.created_by,
  e.key_store_id,
  e.reply_address,
  e.lang,
  e.locale,
  e.time_zone,
  e.third_party,
  e.vyteme,
  e.no_emails,
  e.version,
  e.ics_sequence,
  e.confirmed_flag,
  e.confirmed_at,
  e.confirmed_date_id,
  e.confirmed_place_id,
  e.cancelled_at,
  e.ahead_until,
  e.dates,
  e.places,
  e.invitees,
  e.messages_length,
  e.declines,
  e.keys,
  e.calendar_files,
  e.created_at,
  e.updated_at,
  (
    CASE e.messages_length
      WHEN 0 THEN '[]'
      ELSE (
        SELECT
          '[' || coalesce(
            string_agg(
              m.message::text,
              ','
              ORDER BY
                m.position
            ),
            ''
          ) || ']'
        FROM
          polls.event_messages m
        WHERE
          m.organization_id = e.organization_id
          AND m.event_id = e.id
          AND m.position >= 1
      )
    END
  )::json AS messages
FROM
  polls.events e
WHERE
  e.id = $1;

-- polls.event.lock
SELECT
  e.organization_id,
  e.id,
  e.title,
  e.creator_user,
  e.creator_member_id,
  e.created_by,
  e.key_store_id,
  e.reply_address,
  e.lang,
  e.locale,
  e.time_zone,
  e.third_party,
  e.vyteme,
  e.no_emails,
  e.version,
  e.ics_sequence,
  e.confirmed_flag,
  e.confirmed_at,
  e.confirmed_date_id,
  e.confirmed_place_id,
  e.cancelled_at,
  e.ahead_until,
  e.dates,
  e.places,
  e.invitees,
  e.messages_length,
  e.declines,
  e.keys,
  e.calendar_files,
  e.created_at,
  e.updated_at
FROM
  polls.events e
WHERE
  e.organization_id = $1
  AND e.id = $2
FOR NO KEY UPDATE;

-- polls.event.messages
SELECT
  message
FROM
  polls.event_messages
WHERE
  organization_id = $1
  AND event_id = $2
ORDER BY
  position;

-- polls.event.save
WITH
  out_mail AS (
    INSERT INTO
      outbox.deliveries (organization_id, kind, target, payload, due_at, created_at)
    SELECT
      $1,
      d.kind,
      d.target,
      d.payload,
      now(),
      $31::timestamptz
    FROM
      json_to_recordset($32::json) AS d (kind text, target text, payload json)
    RETURNING
      id
  ),
  out_hook AS (
    INSERT INTO
      outbox.deliveries (organization_id, kind, target, payload, due_at, created_at)
    SELECT
      $1,
      'polls.hook',
      h.id,
      ('{"type":"' || type || '",' || $34::text || '}')::json,
      now(),
      $31::timestamptz
    FROM
      unnest($33::text[]) AS type
      JOIN polls.hooks h ON h.organization_id = $1
      AND h.active
      AND type = ANY (h.events)
    RETURNING
      id
  ),
  wanted AS (
    SELECT
      m.kind,
      m.value
    FROM
      unnest($35::text[], $36::text[]) AS m (kind, value)
  ),
  unmarked AS (
    DELETE FROM polls.event_marks m
    WHERE
      m.organization_id = $1
      AND m.event_id = $2
      AND NOT EXISTS (
        SELECT
        FROM
          wanted w
        WHERE
          w.kind = m.kind
          AND w.value = m.value
      )
  ),
  marked AS (
    INSERT INTO
      polls.event_marks (organization_id, kind, value, created_at, event_id)
    SELECT
      $1,
      w.kind,
      w.value,
      $30,
      $2
    FROM
      wanted w
    ON CONFLICT ON CONSTRAINT pk_event_marks DO NOTHING
  ),
  saved AS (
    UPDATE polls.events
    SET
      (
        title,
        creator_user,
        creator_member_id,
        created_by,
        key_store_id,
        reply_address,
        lang,
        locale,
        time_zone,
        third_party,
        vyteme,
        no_emails,
        version,
        ics_sequence,
        confirmed_flag,
        confirmed_at,
        confirmed_date_id,
        confirmed_place_id,
        cancelled_at,
        ahead_until,
        dates,
        places,
        invitees,
        messages_length,
        declines,
        keys,
        calendar_files,
        created_at,
        updated_at
      ) = ROW (
        $3,
        $4,
        $5,
        $6,
        $7,
        $8,
        $9,
        $10,
        $11,
        $12,
        $13,
        $14,
        $15,
        $16,
        $17,
        $18,
        $19,
        $20,
        $21,
        $22,
        $23,
        $24,
        $25,
        $26,
        $27,
        $28,
        $29,
        $30,
        $31
      )
    WHERE
      organization_id = $1
      AND id = $2
  ),
  said AS (
    INSERT INTO
      polls.event_messages (organization_id, event_id, position, message)
    SELECT
      $1,
      $2,
      $26::integer - cardinality($37::text[]) + s.position,
      s.message::json
    FROM
      unnest($37::text[]) WITH ORDINALITY AS s (message, position)
  )
SELECT
  EXISTS (
    SELECT
    FROM
      out_mail
  )
  OR EXISTS (
    SELECT
    FROM
      out_hook
  ) AS outgoing;

-- polls.hook.change
UPDATE polls.hooks
SET
  url = coalesce($3, url),
  events = coalesce($4, events),
  active = coalesce($5, active),
  updated_at = $6
WHERE
  organization_id = $1
  AND id = $2
RETURNING
  id,
  url,
  events,
  active,
  sealed_secret,
  created_at,
  updated_at;

-- polls.hook.create
INSERT INTO
  polls.hooks (organization_id, id, url, events, active, sealed_secret, created_at, updated_at)
SELECT
  $1,
  $2,
  $3,
  $4,
  $5,
  $6,
  $7,
  $7
WHERE
  (
    SELECT
      count(*)
    FROM
      polls.hooks
    WHERE
      organization_id = $1
  ) < 100
RETURNING
  id,
  url,
  events,
  active,
  sealed_secret,
  created_at,
  updated_at;

-- polls.hook.delete
WITH
  deleted AS (
    DELETE FROM polls.hooks
    WHERE
      organization_id = $1
      AND id = $2
    RETURNING
      id
  ),
  waiting AS (
    SELECT
      d.organization_id,
      d.id
    FROM
      outbox.deliveries d,
      deleted
    WHERE
      d.organization_id = $1
      AND d.kind = 'polls.hook'
      AND d.target = $2
      AND d.state = 'waiting'
    LIMIT
      5000
    FOR UPDATE OF
      d SKIP LOCKED
  ),
  ended AS (
    UPDATE outbox.deliveries d
    SET
      state = 'given up',
      done_at = now(),
      trouble = 'The hook is deleted.'
    FROM
      waiting w
    WHERE
      d.organization_id = w.organization_id
      AND d.id = w.id
  )
SELECT
  id
FROM
  deleted;

-- polls.hook.deliveries
SELECT
  id,
  payload ->> 'type' AS type,
  state,
  attempts,
  trouble,
  created_at,
  done_at
FROM
  outbox.deliveries
WHERE
  organization_id = $1
  AND kind = 'polls.hook'
  AND target = $2
ORDER BY
  id DESC
LIMIT
  $3
OFFSET
  $4;

-- polls.hook.find
SELECT
  input.n,
  h.id,
  h.url,
  h.events,
  h.active,
  h.sealed_secret,
  h.created_at,
  h.updated_at
FROM
  unnest(
    (
      SELECT
        $1::integer[]
    ),
    (
      SELECT
        $2::text[]
    )
  ) WITH ORDINALITY AS input (organization_id, id, n)
  JOIN polls.hooks h ON h.organization_id = input.organization_id
  AND h.id = input.id;

-- polls.hook.list
SELECT
  id,
  url,
  events,
  active,
  sealed_secret,
  created_at,
  updated_at
FROM
  polls.hooks
WHERE
  organization_id = $1
ORDER BY
  created_at DESC,
  id DESC
LIMIT
  $2
OFFSET
  $3;

-- polls.hook.lock
SELECT
FROM
  tenancy.organizations
WHERE
  id = $1
FOR NO KEY UPDATE;

-- polls.hook.replay
UPDATE outbox.deliveries
SET
  state = 'waiting',
  attempts = 0,
  due_at = now(),
  done_at = NULL,
  trouble = NULL
WHERE
  organization_id = $1
  AND kind = 'polls.hook'
  AND target = $2
  AND id = $3
RETURNING
  id;

-- polls.organization.find
SELECT
  id,
  name,
  slug,
  time_zone
FROM
  tenancy.organizations
WHERE
  id = $1;

-- polls.people.find
SELECT
  input.n,
  p.user_id,
  p.email,
  p.member_id,
  p.full_name,
  p.time_zone,
  p.locale,
  o.time_zone AS organization_zone
FROM
  unnest(
    (
      SELECT
        $1::integer[]
    ),
    (
      SELECT
        $2::citext[]
    )
  ) WITH ORDINALITY AS input (organization_id, email, n)
  JOIN tenancy.organizations o ON o.id = input.organization_id
  CROSS JOIN LATERAL (
    SELECT
      m.polls_id AS user_id,
      m.email::text AS email,
      m.id AS member_id,
      m.name AS full_name,
      m.time_zone,
      m.locale
    FROM
      tenancy.members m
    WHERE
      m.organization_id = input.organization_id
      AND m.email = input.email
    UNION ALL
    SELECT
      u.id,
      u.email::text,
      NULL,
      NULL,
      NULL,
      NULL
    FROM
      polls.users u
    WHERE
      u.organization_id = input.organization_id
      AND u.email = input.email
      AND NOT EXISTS (
        SELECT
        FROM
          tenancy.members m
        WHERE
          m.organization_id = input.organization_id
          AND m.email = input.email
      )
  ) p;

-- polls.people.find_or_make
WITH
  asked AS (
    SELECT DISTINCT
      ON (a.email) a.email,
      a.id
    FROM
      unnest($2::citext[], $3::text[]) AS a (email, id)
    ORDER BY
      a.email
  ),
  member AS (
    SELECT
      m.id,
      m.email,
      m.polls_id,
      m.name,
      m.time_zone,
      m.locale
    FROM
      tenancy.members m
    WHERE
      m.organization_id = $1
      AND (
        m.email = ANY ($2::citext[])
        OR m.polls_id = $4
      )
  ),
  known AS (
    SELECT
      u.id,
      u.email
    FROM
      polls.users u
    WHERE
      u.organization_id = $1
      AND (
        u.email = ANY ($2::citext[])
        OR u.id = $4
      )
      AND NOT EXISTS (
        SELECT
        FROM
          member m
        WHERE
          m.email = u.email
          OR m.polls_id = u.id
      )
  ),
  made AS (
    INSERT INTO
      polls.users (organization_id, id, email, created_at)
    SELECT
      $1,
      a.id,
      a.email,
      $5
    FROM
      asked a
    WHERE
      NOT EXISTS (
        SELECT
        FROM
          member m
        WHERE
          m.email = a.email
      )
      AND NOT EXISTS (
        SELECT
        FROM
          known k
        WHERE
          k.email = a.email
      )
    ON CONFLICT ON CONSTRAINT uq_users_email DO UPDATE
    SET
      email = polls.users.email
    RETURNING
      id,
      email
  ),
  person AS (
    SELECT
      polls_id AS user_id,
      email,
      id AS member_id,
      name AS full_name,
      time_zone,
      locale
    FROM
      member
    UNION ALL
    SELECT
      id,
      email,
      NULL,
      NULL,
      NULL,
      NULL
    FROM
      known
    UNION ALL
    SELECT
      id,
      email,
      NULL,
      NULL,
      NULL,
      NULL
    FROM
      made
  )
SELECT
  p.user_id,
  p.email::text AS email,
  p.member_id,
  p.full_name,
  p.time_zone,
  p.locale,
  o.time_zone AS organization_zone
FROM
  person p
  JOIN tenancy.organizations o ON o.id = $1;

