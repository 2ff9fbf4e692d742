-- polls.busy_time.ahead
SELECT
  b.user_id,
  count(*)::integer AS events
FROM
  polls.busy_times b
  JOIN polls.events e ON e.organization_id = b.organization_id
  AND e.id = b.event_id
WHERE
  b.organization_id = :organization_id
  AND b.user_id = ANY (:users::text[])
  AND b.ends_at >= :now::timestamptz - interval '1 day'
  AND e.ahead_until > :now::timestamptz
GROUP BY
  b.user_id;

-- polls.busy_time.of_people
SELECT
  asked.name AS asked,
  p.user_id,
  coalesce(p.time_zone, o.time_zone) AS time_zone,
  (
    SELECT
      coalesce(
        json_agg(
          json_build_object(
            'starts_at',
            to_char(b.starts_at, 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'),
            'ends_at',
            to_char(b.ends_at, 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'),
            'all_day',
            b.all_day
          )
        ),
        '[]'
      )
    FROM
      polls.busy_times b
    WHERE
      b.organization_id = o.id
      AND b.user_id = p.user_id
      AND b.ends_at >= :from::timestamptz - interval '1 day'
      AND b.starts_at <= :to::timestamptz + interval '1 day'
  ) AS busy
FROM
  unnest(:people::text[]) WITH ORDINALITY AS asked (name, n)
  JOIN tenancy.organizations o ON o.id = :organization_id
  LEFT JOIN LATERAL (
    SELECT
      1 AS preference,
      m.polls_id AS user_id,
      m.time_zone
    FROM
      tenancy.members m
    WHERE
      m.organization_id = o.id
      AND (
        m.polls_id = asked.name
        OR m.email = asked.name::citext
      )
    UNION ALL
    SELECT
      2,
      u.id,
      NULL
    FROM
      polls.users u
    WHERE
      u.organization_id = o.id
      AND (
        u.id = asked.name
        OR u.email = asked.name::citext
      )
    ORDER BY
      preference
    LIMIT
      1
  ) p ON true
ORDER BY
  asked.n;

-- polls.event.create
WITH
  mails AS (
    INSERT INTO
      outbox.deliveries (organization_id, kind, target, payload, due_at, created_at)
    SELECT
      :organization_id,
      d.kind,
      d.target,
      d.payload,
      now(),
      :now::timestamptz
    FROM
      json_to_recordset(:deliveries::json) AS d (kind text, target text, payload json)
    RETURNING
      id
  ),
  hook_deliveries AS (
    INSERT INTO
      outbox.deliveries (organization_id, kind, target, payload, due_at, created_at)
    SELECT
      :organization_id,
      'polls.hook',
      h.id,
      (
        CASE
          WHEN h.action IS NULL THEN '{"type":"' || type || '","timestamp":"' || :hook_timestamp::text || '","data":' || :hook_resource::text || '}'
          ELSE '{"action":"' || type || '","resource":' || :hook_resource::text || ',"organization":"' || (
            SELECT
              lpad(
                to_hex(
                  floor(
                    extract(
                      epoch
                      FROM
                        o.created_at
                    )
                  )::bigint
                ),
                8,
                '0'
              ) || lpad(to_hex(o.id::bigint), 16, '0')
            FROM
              tenancy.organizations o
            WHERE
              o.id = :organization_id
          ) || '"' || coalesce(
            ',"user":"' || coalesce(
              :actor_user::text,
              (
                SELECT
                  m.polls_id
                FROM
                  tenancy.members m
                WHERE
                  m.organization_id = :organization_id
                  AND m.id = :actor_member_id::integer
              )
            ) || '"',
            ''
          ) || '}'
        END
      )::json,
      now(),
      :now::timestamptz
    FROM
      unnest(:hook_types::text[]) AS type
      JOIN polls.hooks h ON h.organization_id = :organization_id
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
        team_id,
        key_store_id,
        reply_address,
        lang,
        locale,
        time_zone,
        third_party,
        vyteme,
        no_emails,
        notify,
        without_notices,
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
        sealed_keys,
        keys,
        calendar_files,
        created_at,
        updated_at
      )
    VALUES
      (
        :organization_id,
        :id,
        :title,
        :creator_user,
        :creator_member_id,
        :created_by,
        :team_id,
        :key_store_id,
        :reply_address,
        :lang,
        :locale,
        :time_zone,
        :third_party,
        :vyteme,
        :no_emails,
        :notify,
        :without_notices,
        :version,
        :ics_sequence,
        :confirmed_flag,
        :confirmed_at,
        :confirmed_date_id,
        :confirmed_place_id,
        :cancelled_at,
        :ahead_until,
        :dates,
        :places,
        :invitees,
        :messages_length,
        :declines,
        :sealed_keys,
        :keys,
        :calendar_files,
        :created_at,
        :updated_at
      )
    RETURNING
      id
  ),
  added_keys AS (
    INSERT INTO
      polls.event_marks (organization_id, kind, value, created_at, event_id)
    SELECT
      :organization_id,
      k.kind,
      k.value,
      :created_at,
      e.id
    FROM
      unnest(:key_kinds::text[], :key_values::text[]) AS k (kind, value),
      e
  ),
  added_messages AS (
    INSERT INTO
      polls.event_messages (organization_id, event_id, position, message)
    SELECT
      :organization_id,
      :id,
      :messages_length::integer - cardinality(:new_messages::text[]) + added.position,
      added.message::json
    FROM
      unnest(:new_messages::text[]) WITH ORDINALITY AS added (message, position)
  )
SELECT
  EXISTS (
    SELECT
    FROM
      mails
  )
  OR EXISTS (
    SELECT
    FROM
      hook_deliveries
  ) AS outgoing;

-- polls.event.create_confirmed
WITH
  mails AS (
    INSERT INTO
      outbox.deliveries (organization_id, kind, target, payload, due_at, created_at)
    SELECT
      :organization_id,
      d.kind,
      d.target,
      d.payload,
      now(),
      :now::timestamptz
    FROM
      json_to_recordset(:deliveries::json) AS d (kind text, target text, payload json)
    RETURNING
      id
  ),
  hook_deliveries AS (
    INSERT INTO
      outbox.deliveries (organization_id, kind, target, payload, due_at, created_at)
    SELECT
      :organization_id,
      'polls.hook',
      h.id,
      (
        CASE
          WHEN h.action IS NULL THEN '{"type":"' || type || '","timestamp":"' || :hook_timestamp::text || '","data":' || :hook_resource::text || '}'
          ELSE '{"action":"' || type || '","resource":' || :hook_resource::text || ',"organization":"' || (
            SELECT
              lpad(
                to_hex(
                  floor(
                    extract(
                      epoch
                      FROM
                        o.created_at
                    )
                  )::bigint
                ),
                8,
                '0'
              ) || lpad(to_hex(o.id::bigint), 16, '0')
            FROM
              tenancy.organizations o
            WHERE
              o.id = :organization_id
          ) || '"' || coalesce(
            ',"user":"' || coalesce(
              :actor_user::text,
              (
                SELECT
                  m.polls_id
                FROM
                  tenancy.members m
                WHERE
                  m.organization_id = :organization_id
                  AND m.id = :actor_member_id::integer
              )
            ) || '"',
            ''
          ) || '}'
        END
      )::json,
      now(),
      :now::timestamptz
    FROM
      unnest(:hook_types::text[]) AS type
      JOIN polls.hooks h ON h.organization_id = :organization_id
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
        team_id,
        key_store_id,
        reply_address,
        lang,
        locale,
        time_zone,
        third_party,
        vyteme,
        no_emails,
        notify,
        without_notices,
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
        sealed_keys,
        keys,
        calendar_files,
        created_at,
        updated_at
      )
    VALUES
      (
        :organization_id,
        :id,
        :title,
        :creator_user,
        :creator_member_id,
        :created_by,
        :team_id,
        :key_store_id,
        :reply_address,
        :lang,
        :locale,
        :time_zone,
        :third_party,
        :vyteme,
        :no_emails,
        :notify,
        :without_notices,
        :version,
        :ics_sequence,
        :confirmed_flag,
        :confirmed_at,
        :confirmed_date_id,
        :confirmed_place_id,
        :cancelled_at,
        :ahead_until,
        :dates,
        :places,
        :invitees,
        :messages_length,
        :declines,
        :sealed_keys,
        :keys,
        :calendar_files,
        :created_at,
        :updated_at
      )
    RETURNING
      id
  ),
  added_keys AS (
    INSERT INTO
      polls.event_marks (organization_id, kind, value, created_at, event_id)
    SELECT
      :organization_id,
      k.kind,
      k.value,
      :created_at,
      e.id
    FROM
      unnest(:key_kinds::text[], :key_values::text[]) AS k (kind, value),
      e
  ),
  added_messages AS (
    INSERT INTO
      polls.event_messages (organization_id, event_id, position, message)
    SELECT
      :organization_id,
      :id,
      :messages_length::integer - cardinality(:new_messages::text[]) + added.position,
      added.message::json
    FROM
      unnest(:new_messages::text[]) WITH ORDINALITY AS added (message, position)
  ),
  added_busy_times AS (
    INSERT INTO
      polls.busy_times (organization_id, event_id, user_id, starts_at, ends_at, all_day)
    SELECT
      :organization_id,
      :id,
      busy.user_id,
      :busy_from::timestamptz,
      :busy_to::timestamptz,
      :busy_all_day::boolean
    FROM
      unnest(:busy_users::text[]) AS busy (user_id)
    ON CONFLICT ON CONSTRAINT pk_busy_times DO UPDATE
    SET
      starts_at = excluded.starts_at,
      ends_at = excluded.ends_at,
      all_day = excluded.all_day
  )
SELECT
  EXISTS (
    SELECT
    FROM
      mails
  )
  OR EXISTS (
    SELECT
    FROM
      hook_deliveries
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
  e.notify::text AS
notify,
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
e.sealed_keys,
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
  e.team_id,
  e.key_store_id,
  e.reply_address,
  e.lang,
  e.locale,
  e.time_zone,
  e.third_party,
  e.vyteme,
  e.no_emails,
  e.notify,
  e.without_notices,
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
  e.sealed_keys,
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
  e.id = :id;

-- polls.event.find_unsealed
SELECT
  organization_id,
  id,
  keys::text AS keys
FROM
  polls.events
WHERE
  sealed_keys IS NULL
LIMIT
  200;

-- polls.event.lock
SELECT
  e.organization_id,
  e.id,
  e.title,
  e.creator_user,
  e.creator_member_id,
  e.created_by,
  e.team_id,
  e.key_store_id,
  e.reply_address,
  e.lang,
  e.locale,
  e.time_zone,
  e.third_party,
  e.vyteme,
  e.no_emails,
  e.notify,
  e.without_notices,
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
  e.sealed_keys,
  e.keys,
  e.calendar_files,
  e.created_at,
  e.updated_at
FROM
  polls.events e
WHERE
  e.organization_id = :organization_id
  AND e.id = :id
FOR NO KEY UPDATE;

-- polls.event.messages
SELECT
  message
FROM
  polls.event_messages
WHERE
  organization_id = :organization_id
  AND event_id = :id
ORDER BY
  position;

-- polls.event.save
WITH
  mails AS (
    INSERT INTO
      outbox.deliveries (organization_id, kind, target, payload, due_at, created_at)
    SELECT
      :organization_id,
      d.kind,
      d.target,
      d.payload,
      now(),
      :now::timestamptz
    FROM
      json_to_recordset(:deliveries::json) AS d (kind text, target text, payload json)
    RETURNING
      id
  ),
  hook_deliveries AS (
    INSERT INTO
      outbox.deliveries (organization_id, kind, target, payload, due_at, created_at)
    SELECT
      :organization_id,
      'polls.hook',
      h.id,
      (
        CASE
          WHEN h.action IS NULL THEN '{"type":"' || type || '","timestamp":"' || :hook_timestamp::text || '","data":' || :hook_resource::text || '}'
          ELSE '{"action":"' || type || '","resource":' || :hook_resource::text || ',"organization":"' || (
            SELECT
              lpad(
                to_hex(
                  floor(
                    extract(
                      epoch
                      FROM
                        o.created_at
                    )
                  )::bigint
                ),
                8,
                '0'
              ) || lpad(to_hex(o.id::bigint), 16, '0')
            FROM
              tenancy.organizations o
            WHERE
              o.id = :organization_id
          ) || '"' || coalesce(
            ',"user":"' || coalesce(
              :actor_user::text,
              (
                SELECT
                  m.polls_id
                FROM
                  tenancy.members m
                WHERE
                  m.organization_id = :organization_id
                  AND m.id = :actor_member_id::integer
              )
            ) || '"',
            ''
          ) || '}'
        END
      )::json,
      now(),
      :now::timestamptz
    FROM
      unnest(:hook_types::text[]) AS type
      JOIN polls.hooks h ON h.organization_id = :organization_id
      AND h.active
      AND type = ANY (h.events)
    RETURNING
      id
  ),
  told AS (
    SELECT DISTINCT
      n.kind,
      n.user_id
    FROM
      unnest(:notice_kinds::text[], :notice_users::text[]) AS n (kind, user_id)
  ),
  notices AS (
    INSERT INTO
      polls.notices AS n (organization_id, event_id, kind, user_id, since, changed_at)
    SELECT
      :organization_id,
      :id,
      told.kind,
      told.user_id,
      :now::timestamptz,
      :now::timestamptz
    FROM
      told
    ON CONFLICT ON CONSTRAINT pk_notices DO UPDATE
    SET
      since = least(n.since, excluded.since),
      changed_at = greatest(n.changed_at, excluded.changed_at)
  ),
  notice_deliveries AS (
    INSERT INTO
      outbox.deliveries (organization_id, kind, target, payload, due_at, created_at)
    SELECT
      :organization_id,
      'polls.notice',
      told.user_id,
      json_build_object('event', :id::text, 'kind', told.kind),
      now() + :notice_minutes::integer * interval '1 minute',
      :now::timestamptz
    FROM
      told
    WHERE
      NOT EXISTS (
        SELECT
        FROM
          polls.notices w
        WHERE
          w.organization_id = :organization_id
          AND w.event_id = :id
          AND w.kind = told.kind
          AND w.user_id = told.user_id
      )
      OR NOT EXISTS (
        SELECT
        FROM
          outbox.deliveries d
        WHERE
          d.organization_id = :organization_id
          AND d.kind = 'polls.notice'
          AND d.target = told.user_id
          AND d.state = 'waiting'
          AND d.payload ->> 'event' = :id::text
          AND d.payload ->> 'kind' = told.kind
      )
  ),
  wanted AS (
    SELECT
      k.kind,
      k.value
    FROM
      unnest(:key_kinds::text[], :key_values::text[]) AS k (kind, value)
  ),
  removed_keys AS (
    DELETE FROM polls.event_marks m
    WHERE
      m.organization_id = :organization_id
      AND m.event_id = :id
      AND NOT EXISTS (
        SELECT
        FROM
          wanted w
        WHERE
          w.kind = m.kind
          AND w.value = m.value
      )
  ),
  added_keys AS (
    INSERT INTO
      polls.event_marks (organization_id, kind, value, created_at, event_id)
    SELECT
      :organization_id,
      w.kind,
      w.value,
      :created_at,
      :id
    FROM
      wanted w
    ON CONFLICT ON CONSTRAINT pk_event_marks DO NOTHING
  ),
  removed_busy_times AS (
    DELETE FROM polls.busy_times b
    WHERE
      b.organization_id = :organization_id
      AND b.event_id = :id
      AND b.user_id <> ALL (:busy_users::text[])
  ),
  added_busy_times AS (
    INSERT INTO
      polls.busy_times (organization_id, event_id, user_id, starts_at, ends_at, all_day)
    SELECT
      :organization_id,
      :id,
      busy.user_id,
      :busy_from::timestamptz,
      :busy_to::timestamptz,
      :busy_all_day::boolean
    FROM
      unnest(:busy_users::text[]) AS busy (user_id)
    ON CONFLICT ON CONSTRAINT pk_busy_times DO UPDATE
    SET
      starts_at = excluded.starts_at,
      ends_at = excluded.ends_at,
      all_day = excluded.all_day
  ),
  saved AS (
    UPDATE polls.events
    SET
      (
        title,
        creator_user,
        creator_member_id,
        created_by,
        team_id,
        key_store_id,
        reply_address,
        lang,
        locale,
        time_zone,
        third_party,
        vyteme,
        no_emails,
        notify,
        without_notices,
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
        sealed_keys,
        keys,
        calendar_files,
        created_at,
        updated_at
      ) = ROW (
        :title,
        :creator_user,
        :creator_member_id,
        :created_by,
        :team_id,
        :key_store_id,
        :reply_address,
        :lang,
        :locale,
        :time_zone,
        :third_party,
        :vyteme,
        :no_emails,
        :notify,
        :without_notices,
        :version,
        :ics_sequence,
        :confirmed_flag,
        :confirmed_at,
        :confirmed_date_id,
        :confirmed_place_id,
        :cancelled_at,
        :ahead_until,
        :dates,
        :places,
        :invitees,
        :messages_length,
        :declines,
        :sealed_keys,
        :keys,
        :calendar_files,
        :created_at,
        :updated_at
      )
    WHERE
      organization_id = :organization_id
      AND id = :id
  ),
  added_messages AS (
    INSERT INTO
      polls.event_messages (organization_id, event_id, position, message)
    SELECT
      :organization_id,
      :id,
      :messages_length::integer - cardinality(:new_messages::text[]) + added.position,
      added.message::json
    FROM
      unnest(:new_messages::text[]) WITH ORDINALITY AS added (message, position)
  )
SELECT
  EXISTS (
    SELECT
    FROM
      mails
  )
  OR EXISTS (
    SELECT
    FROM
      hook_deliveries
  ) AS outgoing;

-- polls.event.seal
UPDATE polls.events e
SET
  sealed_keys = s.sealed_keys,
  keys = NULL
FROM
  json_to_recordset(:events::json) AS s (organization_id integer, id text, keys text, sealed_keys text)
WHERE
  e.organization_id = s.organization_id
  AND e.id = s.id
  AND e.keys::text = s.keys;

-- polls.hook.change
WITH
  h AS (
    UPDATE polls.hooks old
    SET
      (url, action, events, active, updated_at) = (
        SELECT
          change.url,
          change.action,
          change.events,
          change.active,
          change.updated_at
        FROM
          jsonb_populate_record(old, :change::jsonb) change
      )
    WHERE
      organization_id = :organization_id
      AND id = :id
    RETURNING
      *
  )
SELECT
  h.id,
  h.url,
  h.action,
  h.events,
  h.active,
  h.sealed_secret,
  h.created_at,
  h.updated_at,
  (
    SELECT
      lpad(
        to_hex(
          floor(
            extract(
              epoch
              FROM
                o.created_at
            )
          )::bigint
        ),
        8,
        '0'
      ) || lpad(to_hex(o.id::bigint), 16, '0')
    FROM
      tenancy.organizations o
    WHERE
      o.id = h.organization_id
  ) AS organization
FROM
  h;

-- polls.hook.create
INSERT INTO
  polls.hooks AS h (organization_id, id, url, action, events, active, sealed_secret, created_at, updated_at)
SELECT
  :organization_id,
  :id,
  :url,
  :action,
  :events,
  :active,
  :sealed_secret,
  :created_at,
  :updated_at
WHERE
  (
    SELECT
      count(*)
    FROM
      polls.hooks
    WHERE
      organization_id = :organization_id
  ) < 100
RETURNING
  h.id,
  h.url,
  h.action,
  h.events,
  h.active,
  h.sealed_secret,
  h.created_at,
  h.updated_at,
  (
    SELECT
      lpad(
        to_hex(
          floor(
            extract(
              epoch
              FROM
                o.created_at
            )
          )::bigint
        ),
        8,
        '0'
      ) || lpad(to_hex(o.id::bigint), 16, '0')
    FROM
      tenancy.organizations o
    WHERE
      o.id = h.organization_id
  ) AS organization;

-- polls.hook.delete
WITH
  deleted AS (
    DELETE FROM polls.hooks
    WHERE
      organization_id = :organization_id
      AND id = :id
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
      d.organization_id = :organization_id
      AND d.kind = 'polls.hook'
      AND d.target = :id
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
  coalesce(payload ->> 'type', payload ->> 'action') AS type,
  state,
  attempts,
  trouble,
  created_at,
  done_at
FROM
  outbox.deliveries
WHERE
  organization_id = :organization_id
  AND kind = 'polls.hook'
  AND target = :id
ORDER BY
  id DESC
LIMIT
  :limit
OFFSET
  :offset;

-- polls.hook.find
SELECT
  input.n,
  h.id,
  h.url,
  h.action,
  h.events,
  h.active,
  h.sealed_secret,
  h.created_at,
  h.updated_at,
  (
    SELECT
      lpad(
        to_hex(
          floor(
            extract(
              epoch
              FROM
                o.created_at
            )
          )::bigint
        ),
        8,
        '0'
      ) || lpad(to_hex(o.id::bigint), 16, '0')
    FROM
      tenancy.organizations o
    WHERE
      o.id = h.organization_id
  ) AS organization
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
  h.id,
  h.url,
  h.action,
  h.events,
  h.active,
  h.sealed_secret,
  h.created_at,
  h.updated_at,
  (
    SELECT
      lpad(
        to_hex(
          floor(
            extract(
              epoch
              FROM
                o.created_at
            )
          )::bigint
        ),
        8,
        '0'
      ) || lpad(to_hex(o.id::bigint), 16, '0')
    FROM
      tenancy.organizations o
    WHERE
      o.id = h.organization_id
  ) AS organization
FROM
  polls.hooks h
WHERE
  h.organization_id = :organization_id
ORDER BY
  h.created_at DESC,
  h.id DESC
LIMIT
  :limit
OFFSET
  :offset;

-- polls.hook.lock
SELECT
FROM
  tenancy.organizations
WHERE
  id = :organization_id
FOR NO KEY UPDATE;

-- polls.notice.postpone
INSERT INTO
  outbox.deliveries (organization_id, kind, target, payload, due_at, created_at)
SELECT
  organization_id,
  'polls.notice',
  user_id,
  json_build_object('event', event_id, 'kind', kind),
  now() + (changed_at + :minutes::integer * interval '1 minute' - :now::timestamptz),
  :now::timestamptz
FROM
  polls.notices
WHERE
  organization_id = :organization_id
  AND event_id = :event_id
  AND kind = :kind
  AND user_id = :user_id
  AND changed_at + :minutes::integer * interval '1 minute' > :now::timestamptz
RETURNING
  id;

-- polls.notice.send
INSERT INTO
  outbox.deliveries (organization_id, kind, target, payload, due_at, created_at)
SELECT
  :organization_id,
  d.kind,
  d.target,
  d.payload,
  now(),
  :now::timestamptz
FROM
  json_to_recordset(:deliveries::json) AS d (kind text, target text, payload json)
RETURNING
  id;

-- polls.notice.take
DELETE FROM polls.notices
WHERE
  organization_id = :organization_id
  AND event_id = :event_id
  AND kind = :kind
  AND user_id = :user_id
RETURNING
  since;

-- polls.organization.find
SELECT
  lpad(
    to_hex(
      floor(
        extract(
          epoch
          FROM
            o.created_at
        )
      )::bigint
    ),
    8,
    '0'
  ) || lpad(to_hex(o.id::bigint), 16, '0') AS _id,
  o.id,
  o.name,
  o.slug,
  o.time_zone,
  o.created_at,
  ARRAY(
    SELECT
      m.polls_id
    FROM
      tenancy.members m
    WHERE
      m.organization_id = o.id
      AND m.is_admin
    ORDER BY
      m.id
  ) AS admins,
  ARRAY(
    SELECT
      m.polls_id
    FROM
      tenancy.members m
    WHERE
      m.organization_id = o.id
    ORDER BY
      m.id
  ) AS members
FROM
  tenancy.organizations o
WHERE
  o.id = :organization_id;

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

-- polls.people.find_one
SELECT
  p.user_id,
  p.email,
  p.member_id,
  p.full_name,
  p.time_zone,
  p.locale,
  o.time_zone AS organization_zone
FROM
  tenancy.organizations o
  CROSS JOIN LATERAL (
    SELECT
      1 AS preference,
      m.polls_id AS user_id,
      m.email::text AS email,
      m.id AS member_id,
      m.name AS full_name,
      m.time_zone,
      m.locale
    FROM
      tenancy.members m
    WHERE
      m.organization_id = o.id
      AND (
        m.polls_id = :user
        OR m.email = :user::citext
      )
    UNION ALL
    SELECT
      2,
      u.id,
      u.email::text,
      NULL,
      NULL,
      NULL,
      NULL
    FROM
      polls.users u
    WHERE
      u.organization_id = o.id
      AND (
        u.id = :user
        OR u.email = :user::citext
      )
  ) p
WHERE
  o.id = :organization_id
ORDER BY
  p.preference
LIMIT
  1;

-- polls.people.find_or_make
WITH
  asked AS (
    SELECT DISTINCT
      ON (a.email) a.email,
      a.id
    FROM
      unnest(:emails::citext[], :ids::text[]) AS a (email, id)
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
      m.organization_id = :organization_id
      AND (
        m.email = ANY (:emails::citext[])
        OR m.polls_id = :user_id
      )
  ),
  known AS (
    SELECT
      u.id,
      u.email
    FROM
      polls.users u
    WHERE
      u.organization_id = :organization_id
      AND (
        u.email = ANY (:emails::citext[])
        OR u.id = :user_id
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
      :organization_id,
      a.id,
      a.email,
      :now
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
  JOIN tenancy.organizations o ON o.id = :organization_id;

-- polls.team.change
UPDATE polls.teams AS old
SET
  (name, extid, level_name) = (
    SELECT
      change.name,
      change.extid,
      change.level_name
    FROM
      jsonb_populate_record(old, :change::jsonb) change
  )
WHERE
  organization_id = :organization_id
  AND id = :id
RETURNING
  id;

-- polls.team.create
INSERT INTO
  polls.teams (organization_id, id, name, extid, level_name, created_at)
VALUES
  (:organization_id, :id, :name, :extid, :level_name, :created_at)
RETURNING
  id;

-- polls.team.delete
DELETE FROM polls.teams
WHERE
  organization_id = :organization_id
  AND id = :id
RETURNING
  id;

-- polls.team.find
SELECT
  t.id,
  lpad(
    to_hex(
      floor(
        extract(
          epoch
          FROM
            o.created_at
        )
      )::bigint
    ),
    8,
    '0'
  ) || lpad(to_hex(o.id::bigint), 16, '0') AS organization,
  t.name,
  t.extid,
  t.level_name,
  ARRAY(
    SELECT
      m.polls_id
    FROM
      polls.team_people p
      JOIN tenancy.members m ON m.organization_id = p.organization_id
      AND m.id = p.member_id
    WHERE
      p.organization_id = t.organization_id
      AND p.team_id = t.id
      AND p.role = 'admin'
    ORDER BY
      m.id
  ) AS admins,
  ARRAY(
    SELECT
      m.polls_id
    FROM
      polls.team_people p
      JOIN tenancy.members m ON m.organization_id = p.organization_id
      AND m.id = p.member_id
    WHERE
      p.organization_id = t.organization_id
      AND p.team_id = t.id
      AND p.role = 'member'
    ORDER BY
      m.id
  ) AS members
FROM
  polls.teams t
  JOIN tenancy.organizations o ON o.id = t.organization_id
WHERE
  t.organization_id = :organization_id
  AND t.id = :id;

-- polls.team.find_people
SELECT
  m.polls_id AS user_id
FROM
  tenancy.members m
WHERE
  m.organization_id = :organization_id
  AND m.polls_id = ANY (:users::text[])
ORDER BY
  m.id
FOR KEY SHARE;

-- polls.team.list
SELECT
  t.id,
  lpad(
    to_hex(
      floor(
        extract(
          epoch
          FROM
            o.created_at
        )
      )::bigint
    ),
    8,
    '0'
  ) || lpad(to_hex(o.id::bigint), 16, '0') AS organization,
  t.name,
  t.extid,
  t.level_name,
  ARRAY(
    SELECT
      m.polls_id
    FROM
      polls.team_people p
      JOIN tenancy.members m ON m.organization_id = p.organization_id
      AND m.id = p.member_id
    WHERE
      p.organization_id = t.organization_id
      AND p.team_id = t.id
      AND p.role = 'admin'
    ORDER BY
      m.id
  ) AS admins,
  ARRAY(
    SELECT
      m.polls_id
    FROM
      polls.team_people p
      JOIN tenancy.members m ON m.organization_id = p.organization_id
      AND m.id = p.member_id
    WHERE
      p.organization_id = t.organization_id
      AND p.team_id = t.id
      AND p.role = 'member'
    ORDER BY
      m.id
  ) AS members
FROM
  polls.teams t
  JOIN tenancy.organizations o ON o.id = t.organization_id
WHERE
  t.organization_id = :organization_id
ORDER BY
  t.name,
  t.id
LIMIT
  :limit
OFFSET
  :offset;

-- polls.team.lock_members
SELECT
  m.polls_id AS user_id,
  m.email::text AS email
FROM
  polls.teams t
  JOIN polls.team_people p ON p.organization_id = t.organization_id
  AND p.team_id = t.id
  AND p.role = 'member'
  JOIN tenancy.members m ON m.organization_id = p.organization_id
  AND m.id = p.member_id
WHERE
  t.organization_id = :organization_id
  AND t.id = :id
ORDER BY
  m.id
FOR NO KEY UPDATE OF
  m
FOR KEY SHARE OF
  t;

-- polls.team.set_people
WITH
  wanted AS (
    SELECT
      m.id
    FROM
      tenancy.members m
    WHERE
      m.organization_id = :organization_id
      AND m.polls_id = ANY (:users::text[])
  ),
  removed AS (
    DELETE FROM polls.team_people p
    WHERE
      p.organization_id = :organization_id
      AND p.team_id = :id
      AND p.role = :role
      AND p.member_id NOT IN (
        SELECT
          id
        FROM
          wanted
      )
  )
INSERT INTO
  polls.team_people (organization_id, team_id, role, member_id)
SELECT
  :organization_id,
  :id,
  :role,
  id
FROM
  wanted
ON CONFLICT ON CONSTRAINT pk_team_people DO NOTHING;

-- polls.user.find
SELECT
  m.id,
  m.polls_id,
  m.email::text AS email,
  m.name,
  m.time_zone,
  m.locale,
  m.is_admin,
  m.created_at,
  d.extid,
  coalesce(greatest(d.updated_at, m.updated_at), m.created_at) AS updated_at,
  lpad(
    to_hex(
      floor(
        extract(
          epoch
          FROM
            o.created_at
        )
      )::bigint
    ),
    8,
    '0'
  ) || lpad(to_hex(o.id::bigint), 16, '0') AS organization,
  o.name AS organization_name,
  o.time_zone AS organization_zone
FROM
  tenancy.members m
  JOIN tenancy.organizations o ON o.id = m.organization_id
  LEFT JOIN polls.member_details d ON d.organization_id = m.organization_id
  AND d.member_id = m.id
WHERE
  m.organization_id = :organization_id
  AND m.polls_id = :id;

-- polls.user.list
SELECT
  m.id,
  m.polls_id,
  m.email::text AS email,
  m.name,
  m.time_zone,
  m.locale,
  m.is_admin,
  m.created_at,
  d.extid,
  coalesce(greatest(d.updated_at, m.updated_at), m.created_at) AS updated_at,
  lpad(
    to_hex(
      floor(
        extract(
          epoch
          FROM
            o.created_at
        )
      )::bigint
    ),
    8,
    '0'
  ) || lpad(to_hex(o.id::bigint), 16, '0') AS organization,
  o.name AS organization_name,
  o.time_zone AS organization_zone
FROM
  tenancy.members m
  JOIN tenancy.organizations o ON o.id = m.organization_id
  LEFT JOIN polls.member_details d ON d.organization_id = m.organization_id
  AND d.member_id = m.id
WHERE
  m.organization_id = :organization_id
  AND (
    :emails::citext[] IS NULL
    OR m.email = ANY (:emails::citext[])
  )
  AND (
    :extids::text[] IS NULL
    OR d.extid = ANY (:extids::text[])
  )
ORDER BY
  m.created_at,
  m.id
LIMIT
  :limit
OFFSET
  :offset;

-- polls.user.lock
SELECT
  m.id,
  m.polls_id,
  m.email::text AS email,
  m.name,
  m.time_zone,
  m.locale,
  m.is_admin,
  m.created_at,
  d.extid,
  coalesce(greatest(d.updated_at, m.updated_at), m.created_at) AS updated_at,
  lpad(
    to_hex(
      floor(
        extract(
          epoch
          FROM
            o.created_at
        )
      )::bigint
    ),
    8,
    '0'
  ) || lpad(to_hex(o.id::bigint), 16, '0') AS organization,
  o.name AS organization_name,
  o.time_zone AS organization_zone
FROM
  tenancy.members m
  JOIN tenancy.organizations o ON o.id = m.organization_id
  LEFT JOIN polls.member_details d ON d.organization_id = m.organization_id
  AND d.member_id = m.id
WHERE
  m.organization_id = :organization_id
  AND (
    m.polls_id = :id::text
    OR d.extid = :extid::text
    OR m.email = :email::citext
  )
ORDER BY
  coalesce(m.polls_id = :id::text, false) DESC,
  coalesce(d.extid = :extid::text, false) DESC
LIMIT
  1
FOR NO KEY UPDATE OF
  m;

-- polls.user.save_details
INSERT INTO
  polls.member_details AS d (organization_id, member_id, extid, updated_at)
VALUES
  (:organization_id, :id, :extid, :now)
ON CONFLICT ON CONSTRAINT pk_member_details DO UPDATE
SET
  extid = coalesce(excluded.extid, d.extid),
  updated_at = excluded.updated_at
RETURNING
  member_id;

-- polls.user.tell_joined
INSERT INTO
  outbox.deliveries (organization_id, kind, target, payload, due_at, created_at)
SELECT
  :organization_id,
  'polls.hook',
  h.id,
  (
    CASE
      WHEN h.action IS NULL THEN '{"type":"' || type || '","timestamp":"' || :hook_timestamp::text || '","data":' || :hook_resource::text || '}'
      ELSE '{"action":"' || type || '","resource":' || :hook_resource::text || ',"organization":"' || (
        SELECT
          lpad(
            to_hex(
              floor(
                extract(
                  epoch
                  FROM
                    o.created_at
                )
              )::bigint
            ),
            8,
            '0'
          ) || lpad(to_hex(o.id::bigint), 16, '0')
        FROM
          tenancy.organizations o
        WHERE
          o.id = :organization_id
      ) || '"' || coalesce(
        ',"user":"' || coalesce(
          :actor_user::text,
          (
            SELECT
              m.polls_id
            FROM
              tenancy.members m
            WHERE
              m.organization_id = :organization_id
              AND m.id = :actor_member_id::integer
          )
        ) || '"',
        ''
      ) || '}'
    END
  )::json,
  now(),
  :now::timestamptz
FROM
  unnest(:hook_types::text[]) AS type
  JOIN polls.hooks h ON h.organization_id = :organization_id
  AND h.active
  AND type = ANY (h.events)
RETURNING
  id;

