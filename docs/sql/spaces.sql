-- spaces.booking.cancel
UPDATE spaces.holds h
SET
  status = 'cancelled'
FROM
  spaces.events e
WHERE
  h.organization_id = $1
  AND h.event_id = $2
  AND h.original_start = $5
  AND h.status <> 'cancelled'
  AND e.organization_id = $1
  AND e.id = h.detail_id
  AND (
    e.recurrence IS NOT NULL
    OR e.series_id IS NOT NULL
  )
  AND (
    $3::boolean
    OR e.organizer_id = $4
    OR e.creator_id = $4
  )
RETURNING
  h.event_id;

-- spaces.booking.clashing
SELECT DISTINCT
  w.starts_at AS wanted_start
FROM
  unnest($3::timestamptz[], $4::timestamptz[]) AS w (starts_at, ends_at)
  JOIN spaces.holds h ON h.organization_id = $1
  AND h.space_id = $2
  AND h.status = 'confirmed'
  AND tstzrange (h.starts_at, h.ends_at) && tstzrange (w.starts_at, w.ends_at)
  AND NOT (
    h.event_id = coalesce($5::integer, 0)
    AND h.original_start = coalesce($6::timestamptz, h.original_start)
  );

-- spaces.booking.delete
DELETE FROM spaces.events e
WHERE
  e.organization_id = $1
  AND e.id = $2
  AND e.series_id IS NULL
  AND (
    $3::boolean
    OR e.organizer_id = $4
    OR e.creator_id = $4
  )
RETURNING
  e.id;

-- spaces.booking.drop_exceptions
DELETE FROM spaces.events
WHERE
  organization_id = $1
  AND series_id = $2
RETURNING
  id;

-- spaces.booking.drop_holds
DELETE FROM spaces.holds
WHERE
  organization_id = $1
  AND event_id = $2
RETURNING
  event_id;

-- spaces.booking.find_space
SELECT
  input.n,
  s.id,
  s.name,
  s.is_disabled,
  l.time_zone,
  b.email::text AS booker_email,
  b.name AS booker_name,
  o.id AS organizer_id,
  o.email AS organizer_email,
  o.name AS organizer_name,
  c.id AS creator_id,
  c.email AS creator_email
FROM
  unnest(
    (
      SELECT
        $1::integer[]
    ),
    (
      SELECT
        $2::integer[]
    ),
    (
      SELECT
        $3::integer[]
    ),
    (
      SELECT
        $4::integer[]
    ),
    (
      SELECT
        $5::citext[]
    ),
    (
      SELECT
        $6::integer[]
    ),
    (
      SELECT
        $7::citext[]
    )
  ) WITH ORDINALITY AS input (organization_id, space_id, booker_id, organizer_id, organizer_email, creator_id, creator_email, n)
  JOIN spaces.spaces s ON s.organization_id = input.organization_id
  AND s.id = input.space_id
  JOIN spaces.locations l ON l.organization_id = s.organization_id
  AND l.id = s.location_id
  LEFT JOIN tenancy.members b ON b.organization_id = input.organization_id
  AND b.id = input.booker_id
  LEFT JOIN LATERAL (
    SELECT
      m.id,
      m.email::text,
      m.name
    FROM
      tenancy.members m
    WHERE
      m.organization_id = input.organization_id
      AND m.id = input.organizer_id
    UNION ALL
    SELECT
      m.id,
      m.email::text,
      m.name
    FROM
      tenancy.members m
    WHERE
      m.organization_id = input.organization_id
      AND m.email = input.organizer_email
      AND input.organizer_id IS NULL
  ) o ON true
  LEFT JOIN LATERAL (
    SELECT
      m.id,
      m.email::text
    FROM
      tenancy.members m
    WHERE
      m.organization_id = input.organization_id
      AND m.id = input.creator_id
    UNION ALL
    SELECT
      m.id,
      m.email::text
    FROM
      tenancy.members m
    WHERE
      m.organization_id = input.organization_id
      AND m.email = input.creator_email
      AND input.creator_id IS NULL
  ) c ON true;

-- spaces.booking.first_clash
SELECT
  w.starts_at AS wanted_start,
  w.ends_at AS wanted_end,
  h.event_id,
  h.original_start,
  h.starts_at,
  h.ends_at,
  (
    e.recurrence IS NOT NULL
    OR e.series_id IS NOT NULL
  ) AS is_occurrence,
  e.title,
  e.visibility,
  e.organizer_id,
  e.creator_id,
  coalesce(
    (
      SELECT
        string_agg(row_to_json(shown)::text, ',')
      FROM
        (
          SELECT
            i.id,
            '' AS event_id,
            i.user_id,
            i.email,
            i.display_name,
            i.response_status,
            i.is_organizer,
            i.is_resource,
            replace(left(i.updated_at::text, 19), ' ', 'T') || '+0000' AS updated_at,
            replace(left(i.created_at::text, 19), ' ', 'T') || '+0000' AS created_at
          FROM
            spaces.invitees i
          WHERE
            i.organization_id = e.organization_id
            AND i.event_id = e.id
          ORDER BY
            i.position,
            i.id
        ) shown
    ),
    ''
  ) AS invitees
FROM
  unnest($3::timestamptz[], $4::timestamptz[]) AS w (starts_at, ends_at)
  JOIN spaces.holds h ON h.organization_id = $1
  AND h.space_id = $2
  AND h.status = 'confirmed'
  AND tstzrange (h.starts_at, h.ends_at) && tstzrange (w.starts_at, w.ends_at)
  AND NOT (
    h.event_id = coalesce($5::integer, 0)
    AND h.original_start = coalesce($6::timestamptz, h.original_start)
  )
  JOIN spaces.events e ON e.organization_id = h.organization_id
  AND e.id = h.detail_id
ORDER BY
  w.starts_at,
  h.starts_at
LIMIT
  1;

-- spaces.booking.follow_series
UPDATE spaces.events
SET
  title = CASE
    WHEN title = $3 THEN $4
    ELSE title
  END,
  description = CASE
    WHEN description IS NOT DISTINCT FROM $5 THEN $6
    ELSE description
  END,
  location = CASE
    WHEN location IS NOT DISTINCT FROM $7 THEN $8
    ELSE location
  END,
  visibility = CASE
    WHEN visibility = $9 THEN $10
    ELSE visibility
  END,
  space_id = CASE
    WHEN space_id = $11 THEN $12
    ELSE space_id
  END,
  updated_at = $13
WHERE
  organization_id = $1
  AND series_id = $2
RETURNING
  id;

-- spaces.booking.gaps
SELECT
  free_from,
  free_until
FROM
  (
    SELECT
      greatest(
        $3::timestamptz,
        lag(h.ends_at) OVER (
          ORDER BY
            h.ends_at
        )
      ) AS free_from,
      h.starts_at AS free_until
    FROM
      spaces.holds h
    WHERE
      h.organization_id = $1
      AND h.space_id = $2
      AND h.status = 'confirmed'
      AND h.ends_at > $3
      AND h.starts_at < $4
      AND h.event_id <> coalesce($6::integer, 0)
  ) g
WHERE
  free_until - free_from >= $5::interval
LIMIT
  3;

-- spaces.booking.holds_in
SELECT
  original_start,
  starts_at AS start,
  ends_at AS "end",
  status
FROM
  spaces.holds
WHERE
  organization_id = $1
  AND event_id = $2
  AND space_id = $3
  AND status <> 'cancelled'
ORDER BY
  starts_at;

-- spaces.booking.insert
WITH
  e AS (
    INSERT INTO
      spaces.events (
        organization_id,
        space_id,
        title,
        description,
        location,
        starts_at,
        start_zone,
        ends_at,
        end_zone,
        is_all_day,
        visibility,
        uid,
        remote_event_id,
        remote_type,
        creation_type,
        organizer_id,
        organizer_email,
        creator_id,
        creator_email,
        recurrence,
        held_until,
        series_id,
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
        $23,
        $24,
        $22,
        $22
      )
    RETURNING
      *
  ),
  i AS (
    INSERT INTO
      spaces.invitees AS i (
        organization_id,
        event_id,
        position,
        user_id,
        email,
        display_name,
        response_status,
        is_organizer,
        is_resource,
        created_at,
        updated_at
      )
    SELECT DISTINCT
      ON (e.id, coalesce(m.email, g.email)) e.organization_id,
      e.id,
      g.position,
      m.id,
      coalesce(m.email, g.email),
      coalesce(g.display_name, m.name),
      coalesce(g.response_status, 'not_responded'),
      coalesce(g.is_organizer, coalesce(m.email, g.email) = e.organizer_email, false),
      coalesce(g.is_resource, false),
      $22::timestamptz,
      $22::timestamptz
    FROM
      e,
      ROWS
    FROM
      (
        jsonb_to_recordset($21::jsonb) AS (
          email citext,
          user_id integer,
          display_name text,
          response_status text,
          is_organizer boolean,
          is_resource boolean
        )
      ) WITH ORDINALITY AS g (email, user_id, display_name, response_status, is_organizer, is_resource, position)
      LEFT JOIN LATERAL (
        SELECT
          m.id,
          m.email,
          m.name
        FROM
          tenancy.members m
        WHERE
          m.organization_id = e.organization_id
          AND m.id = g.user_id
        UNION ALL
        SELECT
          m.id,
          m.email,
          m.name
        FROM
          tenancy.members m
        WHERE
          m.organization_id = e.organization_id
          AND m.email = g.email
          AND g.user_id IS NULL
      ) m ON true
    ORDER BY
      e.id,
      coalesce(m.email, g.email),
      g.position
    ON CONFLICT ON CONSTRAINT uq_invitees_email DO NOTHING
    RETURNING
      *
  ),
  h AS (
    INSERT INTO
      spaces.holds (organization_id, event_id, original_start, detail_id, space_id, starts_at, ends_at, status)
    SELECT
      $1,
      e.id,
      w.starts_at,
      e.id,
      $2,
      w.starts_at,
      w.ends_at,
      w.status
    FROM
      e,
      unnest($25::timestamptz[], $26::timestamptz[], $27::text[]) AS w (starts_at, ends_at, status)
  )
SELECT
  e.id AS event_id,
  e.starts_at AS original_start,
  false AS is_occurrence,
  'confirmed' AS status,
  e.space_id,
  e.starts_at,
  e.ends_at,
  e.recurrence,
  e.id AS detail_id,
  e.title,
  e.description,
  e.location,
  e.start_zone,
  e.end_zone,
  e.is_all_day,
  e.visibility,
  e.uid,
  e.remote_event_id,
  e.remote_type,
  e.creation_type,
  e.organizer_id,
  e.organizer_email,
  e.creator_id,
  e.creator_email,
  coalesce(
    (
      SELECT
        string_agg(row_to_json(shown)::text, ',')
      FROM
        (
          SELECT
            i.id,
            '' AS event_id,
            i.user_id,
            i.email,
            i.display_name,
            i.response_status,
            i.is_organizer,
            i.is_resource,
            replace(left(i.updated_at::text, 19), ' ', 'T') || '+0000' AS updated_at,
            replace(left(i.created_at::text, 19), ' ', 'T') || '+0000' AS created_at
          FROM
            i i
          WHERE
            i.organization_id = e.organization_id
            AND i.event_id = e.id
          ORDER BY
            i.position,
            i.id
        ) shown
    ),
    ''
  ) AS invitees
FROM
  e;

-- spaces.booking.insert_holds
INSERT INTO
  spaces.holds (organization_id, event_id, original_start, detail_id, space_id, starts_at, ends_at, status)
SELECT
  $1,
  $2,
  w.starts_at,
  $2,
  $3,
  w.starts_at,
  w.ends_at,
  w.status
FROM
  unnest($4::timestamptz[], $5::timestamptz[], $6::text[]) AS w (starts_at, ends_at, status)
ON CONFLICT ON CONSTRAINT pk_holds DO NOTHING
RETURNING
  original_start;

-- spaces.booking.insert_where_free
WITH
  free AS MATERIALIZED (
    SELECT
      b.*
    FROM
      jsonb_to_recordset($1::jsonb) AS b (
        n integer,
        organization_id integer,
        space_id integer,
        title text,
        description text,
        location text,
        starts_at timestamptz,
        start_zone text,
        ends_at timestamptz,
        end_zone text,
        is_all_day boolean,
        visibility text,
        uid text,
        remote_event_id text,
        remote_type text,
        creation_type text,
        organizer_id integer,
        organizer_email text,
        creator_id integer,
        creator_email text,
        invitees jsonb,
        now timestamptz
      )
    WHERE
      NOT EXISTS (
        SELECT
        FROM
          spaces.holds h
        WHERE
          h.organization_id = b.organization_id
          AND h.space_id = b.space_id
          AND h.status = 'confirmed'
          AND tstzrange (h.starts_at, h.ends_at) && tstzrange (b.starts_at, b.ends_at)
      )
  ),
  locked AS MATERIALIZED (
    SELECT
      s.organization_id,
      s.id AS space_id
    FROM
      spaces.spaces s
    WHERE
      (s.organization_id, s.id) IN (
        SELECT
          organization_id,
          space_id
        FROM
          free
      )
    FOR NO KEY UPDATE
      SKIP LOCKED
  ),
  e AS (
    INSERT INTO
      spaces.events (
        organization_id,
        space_id,
        title,
        description,
        location,
        starts_at,
        start_zone,
        ends_at,
        end_zone,
        is_all_day,
        visibility,
        uid,
        remote_event_id,
        remote_type,
        creation_type,
        organizer_id,
        organizer_email,
        creator_id,
        creator_email,
        created_at,
        updated_at
      )
    SELECT
      organization_id,
      space_id,
      title,
      description,
      location,
      starts_at,
      start_zone,
      ends_at,
      end_zone,
      is_all_day,
      visibility,
      uid,
      remote_event_id,
      remote_type,
      creation_type,
      organizer_id,
      organizer_email,
      creator_id,
      creator_email,
      now,
      now
    FROM
      free
      JOIN locked USING (organization_id, space_id)
    RETURNING
      *
  ),
  i AS (
    INSERT INTO
      spaces.invitees AS i (
        organization_id,
        event_id,
        position,
        user_id,
        email,
        display_name,
        response_status,
        is_organizer,
        is_resource,
        created_at,
        updated_at
      )
    SELECT DISTINCT
      ON (e.id, coalesce(m.email, g.email)) e.organization_id,
      e.id,
      g.position,
      m.id,
      coalesce(m.email, g.email),
      coalesce(g.display_name, m.name),
      coalesce(g.response_status, 'not_responded'),
      coalesce(g.is_organizer, coalesce(m.email, g.email) = e.organizer_email, false),
      coalesce(g.is_resource, false),
      free.now::timestamptz,
      free.now::timestamptz
    FROM
      e
      JOIN free USING (organization_id, space_id, starts_at),
      ROWS
    FROM
      (
        jsonb_to_recordset(free.invitees::jsonb) AS (
          email citext,
          user_id integer,
          display_name text,
          response_status text,
          is_organizer boolean,
          is_resource boolean
        )
      ) WITH ORDINALITY AS g (email, user_id, display_name, response_status, is_organizer, is_resource, position)
      LEFT JOIN LATERAL (
        SELECT
          m.id,
          m.email,
          m.name
        FROM
          tenancy.members m
        WHERE
          m.organization_id = e.organization_id
          AND m.id = g.user_id
        UNION ALL
        SELECT
          m.id,
          m.email,
          m.name
        FROM
          tenancy.members m
        WHERE
          m.organization_id = e.organization_id
          AND m.email = g.email
          AND g.user_id IS NULL
      ) m ON true
    ORDER BY
      e.id,
      coalesce(m.email, g.email),
      g.position
    ON CONFLICT ON CONSTRAINT uq_invitees_email DO NOTHING
    RETURNING
      *
  ),
  h AS (
    INSERT INTO
      spaces.holds (organization_id, event_id, original_start, detail_id, space_id, starts_at, ends_at, status)
    SELECT
      organization_id,
      id,
      starts_at,
      id,
      space_id,
      starts_at,
      ends_at,
      'confirmed'
    FROM
      e
  )
SELECT
  free.n,
  e.id AS event_id,
  e.starts_at AS original_start,
  false AS is_occurrence,
  'confirmed' AS status,
  e.space_id,
  e.starts_at,
  e.ends_at,
  e.recurrence,
  e.id AS detail_id,
  e.title,
  e.description,
  e.location,
  e.start_zone,
  e.end_zone,
  e.is_all_day,
  e.visibility,
  e.uid,
  e.remote_event_id,
  e.remote_type,
  e.creation_type,
  e.organizer_id,
  e.organizer_email,
  e.creator_id,
  e.creator_email,
  coalesce(
    (
      SELECT
        string_agg(row_to_json(shown)::text, ',')
      FROM
        (
          SELECT
            i.id,
            '' AS event_id,
            i.user_id,
            i.email,
            i.display_name,
            i.response_status,
            i.is_organizer,
            i.is_resource,
            replace(left(i.updated_at::text, 19), ' ', 'T') || '+0000' AS updated_at,
            replace(left(i.created_at::text, 19), ' ', 'T') || '+0000' AS created_at
          FROM
            i i
          WHERE
            i.organization_id = e.organization_id
            AND i.event_id = e.id
          ORDER BY
            i.position,
            i.id
        ) shown
    ),
    ''
  ) AS invitees
FROM
  e
  JOIN free USING (organization_id, space_id, starts_at);

-- spaces.booking.invite
WITH
  e AS (
    SELECT
      organization_id,
      id,
      organizer_email
    FROM
      spaces.events
    WHERE
      organization_id = $1
      AND id = $2
  )
INSERT INTO
  spaces.invitees AS i (
    organization_id,
    event_id,
    position,
    user_id,
    email,
    display_name,
    response_status,
    is_organizer,
    is_resource,
    created_at,
    updated_at
  )
SELECT DISTINCT
  ON (e.id, coalesce(m.email, g.email)) e.organization_id,
  e.id,
  g.position,
  m.id,
  coalesce(m.email, g.email),
  coalesce(g.display_name, m.name),
  coalesce(g.response_status, 'not_responded'),
  coalesce(g.is_organizer, coalesce(m.email, g.email) = e.organizer_email, false),
  coalesce(g.is_resource, false),
  $4::timestamptz,
  $4::timestamptz
FROM
  e,
  ROWS
FROM
  (
    jsonb_to_recordset($3::jsonb) AS (
      email citext,
      user_id integer,
      display_name text,
      response_status text,
      is_organizer boolean,
      is_resource boolean
    )
  ) WITH ORDINALITY AS g (email, user_id, display_name, response_status, is_organizer, is_resource, position)
  LEFT JOIN LATERAL (
    SELECT
      m.id,
      m.email,
      m.name
    FROM
      tenancy.members m
    WHERE
      m.organization_id = e.organization_id
      AND m.id = g.user_id
    UNION ALL
    SELECT
      m.id,
      m.email,
      m.name
    FROM
      tenancy.members m
    WHERE
      m.organization_id = e.organization_id
      AND m.email = g.email
      AND g.user_id IS NULL
  ) m ON true
ORDER BY
  e.id,
  coalesce(m.email, g.email),
  g.position
ON CONFLICT ON CONSTRAINT uq_invitees_email DO UPDATE
SET
  position = excluded.position,
  user_id = excluded.user_id,
  display_name = excluded.display_name,
  response_status = excluded.response_status,
  is_organizer = excluded.is_organizer,
  is_resource = excluded.is_resource,
  updated_at = excluded.updated_at
RETURNING
  i.id;

-- spaces.booking.keep_invitees
DELETE FROM spaces.invitees i
WHERE
  i.organization_id = $1
  AND i.event_id = $2
  AND NOT EXISTS (
    SELECT
    FROM
      jsonb_to_recordset($3::jsonb) AS g (email citext, user_id integer)
      LEFT JOIN tenancy.members m ON m.organization_id = $1
      AND m.id = g.user_id
    WHERE
      coalesce(m.email, g.email) = i.email
  )
RETURNING
  i.id;

-- spaces.booking.last_end
SELECT
  h.ends_at
FROM
  spaces.holds h
WHERE
  h.organization_id = $1
  AND h.space_id = $2
  AND h.status = 'confirmed'
  AND h.ends_at > $3
  AND h.starts_at < $4
  AND h.event_id <> coalesce($5::integer, 0)
ORDER BY
  h.ends_at DESC
LIMIT
  1;

-- spaces.booking.lock_spaces
WITH
  patience AS MATERIALIZED (
    SELECT
      set_config('lock_timeout', $3, true)
  )
SELECT
  s.id
FROM
  patience,
  spaces.spaces s
WHERE
  s.organization_id = $1
  AND s.id = ANY ($2::integer[])
ORDER BY
  s.id
FOR NO KEY UPDATE OF
  s;

-- spaces.booking.move_hold
UPDATE spaces.holds
SET
  detail_id = $4,
  space_id = $5,
  starts_at = $6,
  ends_at = $7,
  status = 'confirmed'
WHERE
  organization_id = $1
  AND event_id = $2
  AND original_start = $3
  AND status <> 'cancelled'
RETURNING
  event_id;

-- spaces.booking.move_series
UPDATE spaces.holds
SET
  space_id = $4
WHERE
  organization_id = $1
  AND event_id = $2
  AND space_id = $3
RETURNING
  event_id;

-- spaces.booking.move_single
UPDATE spaces.holds
SET
  space_id = $3,
  starts_at = $4,
  ends_at = $5
WHERE
  organization_id = $1
  AND event_id = $2
RETURNING
  event_id;

-- spaces.booking.set_status
UPDATE spaces.holds
SET
  status = $4
WHERE
  organization_id = $1
  AND event_id = $2
  AND original_start = ANY ($3::timestamptz[])
RETURNING
  event_id;

-- spaces.booking.update
UPDATE spaces.events
SET
  space_id = $3,
  title = $4,
  description = $5,
  location = $6,
  starts_at = $7,
  start_zone = $8,
  ends_at = $9,
  end_zone = $10,
  is_all_day = $11,
  visibility = $12,
  recurrence = $13,
  held_until = CASE
    WHEN $16::boolean THEN $14
    ELSE held_until
  END,
  updated_at = $15
WHERE
  organization_id = $1
  AND id = $2
RETURNING
  id;

-- spaces.booking.zone
SELECT
  l.time_zone
FROM
  spaces.spaces s
  JOIN spaces.locations l ON l.organization_id = s.organization_id
  AND l.id = s.location_id
WHERE
  s.organization_id = $1
  AND s.id = $2;

-- spaces.check_in.create
INSERT INTO
  spaces.confirmations (organization_id, event_id, original_start, user_id, device_id, confirmed_at)
SELECT
  h.organization_id,
  h.event_id,
  h.original_start,
  $4,
  $5,
  $6
FROM
  spaces.holds h
  JOIN spaces.events e ON e.organization_id = h.organization_id
  AND e.id = h.detail_id
WHERE
  h.organization_id = $1
  AND h.event_id = $2
  AND h.status = 'confirmed'
  AND CASE
    WHEN $3::timestamptz IS NULL THEN e.recurrence IS NULL
    AND e.series_id IS NULL
    ELSE h.original_start = $3
    AND (
      e.recurrence IS NOT NULL
      OR e.series_id IS NOT NULL
    )
  END
  AND h.starts_at <= $7
  AND h.ends_at > $6
  AND (
    $8::boolean
    OR e.organizer_id = $4
    OR e.creator_id = $4
    OR EXISTS (
      SELECT
      FROM
        spaces.invitees i
      WHERE
        i.organization_id = $1
        AND i.event_id = e.id
        AND i.user_id = $4
    )
  )
ON CONFLICT ON CONSTRAINT pk_confirmations DO NOTHING
RETURNING
  user_id,
  device_id,
  confirmed_at;

-- spaces.check_in.delete
DELETE FROM spaces.confirmations c USING spaces.holds h,
spaces.events e
WHERE
  h.organization_id = $1
  AND h.event_id = $2
  AND h.status = 'confirmed'
  AND CASE
    WHEN $3::timestamptz IS NULL THEN e.recurrence IS NULL
    AND e.series_id IS NULL
    ELSE h.original_start = $3
    AND (
      e.recurrence IS NOT NULL
      OR e.series_id IS NOT NULL
    )
  END
  AND e.organization_id = $1
  AND e.id = h.detail_id
  AND c.organization_id = $1
  AND c.event_id = h.event_id
  AND c.original_start = h.original_start
RETURNING
  c.user_id,
  c.device_id,
  c.confirmed_at;

-- spaces.check_in.find
SELECT
  c.user_id,
  c.device_id,
  c.confirmed_at
FROM
  spaces.holds h
  JOIN spaces.events e ON e.organization_id = h.organization_id
  AND e.id = h.detail_id
  JOIN spaces.confirmations c ON c.organization_id = h.organization_id
  AND c.event_id = h.event_id
  AND c.original_start = h.original_start
WHERE
  h.organization_id = $1
  AND h.event_id = $2
  AND h.status = 'confirmed'
  AND CASE
    WHEN $3::timestamptz IS NULL THEN e.recurrence IS NULL
    AND e.series_id IS NULL
    ELSE h.original_start = $3
    AND (
      e.recurrence IS NOT NULL
      OR e.series_id IS NOT NULL
    )
  END;

-- spaces.event.find
SELECT
  e.id AS event_id,
  e.starts_at AS original_start,
  false AS is_occurrence,
  'confirmed' AS status,
  e.space_id,
  e.starts_at,
  e.ends_at,
  e.recurrence,
  e.id AS detail_id,
  e.title,
  e.description,
  e.location,
  e.start_zone,
  e.end_zone,
  e.is_all_day,
  e.visibility,
  e.uid,
  e.remote_event_id,
  e.remote_type,
  e.creation_type,
  e.organizer_id,
  e.organizer_email,
  e.creator_id,
  e.creator_email,
  coalesce(
    (
      SELECT
        string_agg(row_to_json(shown)::text, ',')
      FROM
        (
          SELECT
            i.id,
            '' AS event_id,
            i.user_id,
            i.email,
            i.display_name,
            i.response_status,
            i.is_organizer,
            i.is_resource,
            replace(left(i.updated_at::text, 19), ' ', 'T') || '+0000' AS updated_at,
            replace(left(i.created_at::text, 19), ' ', 'T') || '+0000' AS created_at
          FROM
            spaces.invitees i
          WHERE
            i.organization_id = e.organization_id
            AND i.event_id = e.id
          ORDER BY
            i.position,
            i.id
        ) shown
    ),
    ''
  ) AS invitees
FROM
  spaces.events e
WHERE
  e.organization_id = $1
  AND e.id = $2
  AND e.series_id IS NULL;

-- spaces.event.find_occurrence
SELECT
  h.event_id,
  h.original_start,
  (
    e.recurrence IS NOT NULL
    OR e.series_id IS NOT NULL
  ) AS is_occurrence,
  h.status,
  h.space_id,
  h.starts_at,
  h.ends_at,
  NULL::text[] AS recurrence,
  e.id AS detail_id,
  e.title,
  e.description,
  e.location,
  e.start_zone,
  e.end_zone,
  e.is_all_day,
  e.visibility,
  e.uid,
  e.remote_event_id,
  e.remote_type,
  e.creation_type,
  e.organizer_id,
  e.organizer_email,
  e.creator_id,
  e.creator_email,
  coalesce(
    (
      SELECT
        string_agg(row_to_json(shown)::text, ',')
      FROM
        (
          SELECT
            i.id,
            '' AS event_id,
            i.user_id,
            i.email,
            i.display_name,
            i.response_status,
            i.is_organizer,
            i.is_resource,
            replace(left(i.updated_at::text, 19), ' ', 'T') || '+0000' AS updated_at,
            replace(left(i.created_at::text, 19), ' ', 'T') || '+0000' AS created_at
          FROM
            spaces.invitees i
          WHERE
            i.organization_id = e.organization_id
            AND i.event_id = e.id
          ORDER BY
            i.position,
            i.id
        ) shown
    ),
    ''
  ) AS invitees
FROM
  spaces.holds h
  JOIN spaces.events e ON e.organization_id = h.organization_id
  AND e.id = h.detail_id
WHERE
  h.organization_id = $1
  AND h.event_id = $2
  AND h.original_start = $3
  AND h.status <> 'cancelled'
  AND (
    e.recurrence IS NOT NULL
    OR e.series_id IS NOT NULL
  );

-- spaces.event.list_skipped
SELECT
  original_start,
  starts_at,
  ends_at
FROM
  spaces.holds
WHERE
  organization_id = $1
  AND event_id = $2
  AND status = 'skipped'
ORDER BY
  original_start;

-- spaces.event.recent
SELECT
  h.event_id,
  h.original_start,
  (
    e.recurrence IS NOT NULL
    OR e.series_id IS NOT NULL
  ) AS is_occurrence,
  h.status,
  h.space_id,
  h.starts_at,
  h.ends_at,
  NULL::text[] AS recurrence,
  e.id AS detail_id,
  e.title,
  e.description,
  e.location,
  e.start_zone,
  e.end_zone,
  e.is_all_day,
  e.visibility,
  e.uid,
  e.remote_event_id,
  e.remote_type,
  e.creation_type,
  e.organizer_id,
  e.organizer_email,
  e.creator_id,
  e.creator_email,
  coalesce(
    (
      SELECT
        string_agg(row_to_json(shown)::text, ',')
      FROM
        (
          SELECT
            i.id,
            '' AS event_id,
            i.user_id,
            i.email,
            i.display_name,
            i.response_status,
            i.is_organizer,
            i.is_resource,
            replace(left(i.updated_at::text, 19), ' ', 'T') || '+0000' AS updated_at,
            replace(left(i.created_at::text, 19), ' ', 'T') || '+0000' AS created_at
          FROM
            spaces.invitees i
          WHERE
            i.organization_id = e.organization_id
            AND i.event_id = e.id
          ORDER BY
            i.position,
            i.id
        ) shown
    ),
    ''
  ) AS invitees
FROM
  spaces.holds h
  JOIN spaces.events e ON e.organization_id = h.organization_id
  AND e.id = h.detail_id
WHERE
  h.organization_id = $1
  AND h.space_id = $2
  AND h.status = 'confirmed'
  AND h.ends_at <= $3
ORDER BY
  h.ends_at DESC
LIMIT
  $4
OFFSET
  $5;

-- spaces.event.windows
SELECT
  input.n,
  shown.*
FROM
  unnest(
    (
      SELECT
        $1::integer[]
    ),
    (
      SELECT
        $2::integer[]
    ),
    (
      SELECT
        $3::integer[]
    ),
    (
      SELECT
        $4::bigint[]
    ),
    (
      SELECT
        $5::timestamptz[]
    ),
    (
      SELECT
        $6::timestamptz[]
    )
  ) WITH ORDINALITY AS input (organization_id, space_id, rows, skipped, after, before, n)
  CROSS JOIN LATERAL (
    SELECT
      h.event_id,
      h.original_start,
      (
        e.recurrence IS NOT NULL
        OR e.series_id IS NOT NULL
      ) AS is_occurrence,
      h.status,
      h.space_id,
      h.starts_at,
      h.ends_at,
      NULL::text[] AS recurrence,
      e.id AS detail_id,
      e.title,
      e.description,
      e.location,
      e.start_zone,
      e.end_zone,
      e.is_all_day,
      e.visibility,
      e.uid,
      e.remote_event_id,
      e.remote_type,
      e.creation_type,
      e.organizer_id,
      e.organizer_email,
      e.creator_id,
      e.creator_email,
      coalesce(
        (
          SELECT
            string_agg(row_to_json(shown)::text, ',')
          FROM
            (
              SELECT
                i.id,
                '' AS event_id,
                i.user_id,
                i.email,
                i.display_name,
                i.response_status,
                i.is_organizer,
                i.is_resource,
                replace(left(i.updated_at::text, 19), ' ', 'T') || '+0000' AS updated_at,
                replace(left(i.created_at::text, 19), ' ', 'T') || '+0000' AS created_at
              FROM
                spaces.invitees i
              WHERE
                i.organization_id = e.organization_id
                AND i.event_id = e.id
              ORDER BY
                i.position,
                i.id
            ) shown
        ),
        ''
      ) AS invitees
    FROM
      spaces.holds h
      JOIN spaces.events e ON e.organization_id = h.organization_id
      AND e.id = h.detail_id
    WHERE
      h.organization_id = input.organization_id
      AND h.space_id = input.space_id
      AND h.status = 'confirmed'
      AND h.ends_at > input.after
      AND h.starts_at < input.before
      AND h.ends_at <= coalesce(
        (
          SELECT
            last.ends_at
          FROM
            spaces.holds last
          WHERE
            last.organization_id = input.organization_id
            AND last.space_id = input.space_id
            AND last.status = 'confirmed'
            AND last.ends_at > input.before
          ORDER BY
            last.ends_at
          LIMIT
            1
        ),
        'infinity'
      )
    ORDER BY
      h.ends_at
    LIMIT
      input.rows
    OFFSET
      input.skipped
  ) shown
ORDER BY
  input.n,
  shown.ends_at;

-- spaces.free_busy.list
WITH
  asked AS MATERIALIZED (
    SELECT
      s.id,
      l.time_zone AS zone,
      (
        SELECT
          row_to_json(shown)::text
        FROM
          (
            SELECT
              s.id,
              s.location_id,
              s.name,
              s.description,
              s.type,
              s.capacity,
              s.is_disabled,
              replace(left(s.created_at::text, 19), ' ', 'T') || '+0000' AS created_at,
              replace(left(s.updated_at::text, 19), ' ', 'T') || '+0000' AS updated_at
          ) shown
      ) AS space,
      EXISTS (
        SELECT
        FROM
          (
            SELECT
              h.*
            FROM
              spaces.holds h
            WHERE
              h.organization_id = $1
              AND h.space_id = s.id
              AND h.status = 'confirmed'
              AND h.ends_at > $11
            ORDER BY
              h.ends_at
            LIMIT
              1
          ) next
          JOIN spaces.confirmations c ON c.organization_id = next.organization_id
          AND c.event_id = next.event_id
          AND c.original_start = next.original_start
        WHERE
          next.starts_at <= $11
      ) AS has_presence
    FROM
      spaces.spaces s
      JOIN spaces.locations l ON l.organization_id = s.organization_id
      AND l.id = s.location_id
    WHERE
      s.organization_id = $1
      AND (
        $2::integer[] IS NULL
        AND $3::integer[] IS NULL
        OR s.id = ANY ($2)
        OR s.location_id = ANY ($3)
      )
      AND (
        $4::text[] IS NULL
        OR s.type = ANY ($4)
      )
      AND (
        $5::integer IS NULL
        OR s.capacity >= $5
      )
      AND (
        $6::integer IS NULL
        OR s.capacity <= $6
      )
    ORDER BY
      s.id
    LIMIT
      $7
    OFFSET
      $8
  )
SELECT
  CASE
    WHEN b.place > 1 THEN NULL
    ELSE a.space
  END AS space,
  a.zone,
  a.has_presence,
  b.*
FROM
  asked a
  LEFT JOIN LATERAL (
    SELECT
      row_number() OVER (
        ORDER BY
          h.ends_at
      ) AS place,
      h.event_id,
      h.original_start,
      (
        e.recurrence IS NOT NULL
        OR e.series_id IS NOT NULL
      ) AS is_occurrence,
      h.status,
      h.space_id,
      h.starts_at,
      h.ends_at,
      NULL::text[] AS recurrence,
      e.id AS detail_id,
      e.title,
      e.description,
      e.location,
      e.start_zone,
      e.end_zone,
      e.is_all_day,
      e.visibility,
      e.uid,
      e.remote_event_id,
      e.remote_type,
      e.creation_type,
      e.organizer_id,
      e.organizer_email,
      e.creator_id,
      e.creator_email,
      coalesce(
        (
          SELECT
            string_agg(row_to_json(shown)::text, ',')
          FROM
            (
              SELECT
                i.id,
                '' AS event_id,
                i.user_id,
                i.email,
                i.display_name,
                i.response_status,
                i.is_organizer,
                i.is_resource,
                replace(left(i.updated_at::text, 19), ' ', 'T') || '+0000' AS updated_at,
                replace(left(i.created_at::text, 19), ' ', 'T') || '+0000' AS created_at
              FROM
                spaces.invitees i
              WHERE
                i.organization_id = e.organization_id
                AND i.event_id = e.id
              ORDER BY
                i.position,
                i.id
            ) shown
        ),
        ''
      ) AS invitees
    FROM
      spaces.holds h
      JOIN spaces.events e ON e.organization_id = h.organization_id
      AND e.id = h.detail_id
    WHERE
      h.organization_id = $1
      AND h.space_id = a.id
      AND h.status = 'confirmed'
      AND h.ends_at > $9
      AND h.starts_at < $10
      AND h.ends_at <= coalesce(
        (
          SELECT
            last.ends_at
          FROM
            spaces.holds last
          WHERE
            last.organization_id = $1
            AND last.space_id = a.id
            AND last.status = 'confirmed'
            AND last.ends_at > $10
          ORDER BY
            last.ends_at
          LIMIT
            1
        ),
        'infinity'
      )
  ) b ON true
ORDER BY
  a.id,
  b.place;

-- spaces.horizon.claim
SELECT
  pg_try_advisory_xact_lock(hashtextextended ('spaces series ' || $1::text || ' ' || $2::text, 0)) AS is_mine;

-- spaces.horizon.find_due
SELECT
  organization_id,
  id,
  space_id,
  starts_at,
  start_zone,
  ends_at,
  end_zone,
  is_all_day,
  recurrence,
  held_until
FROM
  spaces.events
WHERE
  organization_id = $1
  AND id = $2
  AND space_id = $3
  AND held_until < $4
FOR NO KEY UPDATE;

-- spaces.horizon.held
UPDATE spaces.events
SET
  held_until = $3
WHERE
  organization_id = $1
  AND id = $2
RETURNING
  id;

-- spaces.horizon.list_due
SELECT
  organization_id,
  id,
  space_id,
  starts_at,
  start_zone,
  ends_at,
  end_zone,
  is_all_day,
  recurrence,
  held_until
FROM
  spaces.events
WHERE
  held_until IS NOT NULL
  AND held_until < $1
  AND (held_until, organization_id, id) > ($2, $3, $4)
ORDER BY
  held_until,
  organization_id,
  id
LIMIT
  100;

-- spaces.location.exists
SELECT
  id
FROM
  spaces.locations
WHERE
  organization_id = $1
  AND id = $2;

-- spaces.location.find
SELECT
  id,
  organization_id,
  name,
  address,
  time_zone,
  created_at,
  updated_at
FROM
  spaces.locations
WHERE
  organization_id = $1
  AND id = $2;

-- spaces.location.list
SELECT
  id,
  organization_id,
  name,
  address,
  time_zone,
  created_at,
  updated_at
FROM
  spaces.locations
WHERE
  organization_id = $1
ORDER BY
  id
LIMIT
  $2
OFFSET
  $3;

-- spaces.organization.find
SELECT
  id,
  name,
  slug,
  time_zone,
  created_at
FROM
  tenancy.organizations
WHERE
  id = $1;

-- spaces.space.exists
SELECT
  id
FROM
  spaces.spaces
WHERE
  organization_id = $1
  AND id = $2;

-- spaces.space.find
SELECT
  id,
  location_id,
  name,
  description,
  type,
  capacity,
  is_disabled,
  created_at,
  updated_at
FROM
  spaces.spaces
WHERE
  organization_id = $1
  AND id = $2;

-- spaces.space.list
SELECT
  id,
  location_id,
  name,
  description,
  type,
  capacity,
  is_disabled,
  created_at,
  updated_at
FROM
  spaces.spaces
WHERE
  organization_id = $1
  AND location_id = $2
ORDER BY
  id
LIMIT
  $3
OFFSET
  $4;

-- spaces.state.find
SELECT
  s.is_disabled,
  l.time_zone,
  n.starts_at,
  coalesce(n.is_checked_in, false) AS is_checked_in,
  chain.ends_at AS busy_until
FROM
  spaces.spaces s
  JOIN spaces.locations l ON l.organization_id = s.organization_id
  AND l.id = s.location_id
  LEFT JOIN LATERAL (
    SELECT
      h.starts_at,
      EXISTS (
        SELECT
        FROM
          spaces.confirmations c
        WHERE
          c.organization_id = h.organization_id
          AND c.event_id = h.event_id
          AND c.original_start = h.original_start
      ) AS is_checked_in
    FROM
      spaces.holds h
    WHERE
      h.organization_id = $1
      AND h.space_id = $2
      AND h.status = 'confirmed'
      AND h.ends_at > $3
    ORDER BY
      h.ends_at
    LIMIT
      1
  ) n ON true
  LEFT JOIN LATERAL (
    SELECT
      x.ends_at
    FROM
      (
        SELECT
          h.ends_at,
          lead(h.starts_at) OVER (
            ORDER BY
              h.ends_at
          ) AS next_start
        FROM
          spaces.holds h
        WHERE
          h.organization_id = $1
          AND h.space_id = $2
          AND h.status = 'confirmed'
          AND h.ends_at > $3
      ) x
    WHERE
      x.next_start IS DISTINCT FROM x.ends_at
    LIMIT
      1
  ) chain ON true
WHERE
  s.organization_id = $1
  AND s.id = $2;

-- spaces.user.exists
SELECT
  id
FROM
  tenancy.members
WHERE
  organization_id = $1
  AND id = $2;

-- spaces.user.find
SELECT
  id,
  name,
  email::text,
  time_zone,
  locale,
  created_at
FROM
  tenancy.members
WHERE
  organization_id = $1
  AND id = $2;

-- spaces.user.list
SELECT
  id,
  name,
  email::text,
  time_zone,
  locale,
  created_at
FROM
  tenancy.members
WHERE
  organization_id = $1
ORDER BY
  id
LIMIT
  $2
OFFSET
  $3;

