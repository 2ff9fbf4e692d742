-- spaces.booking.cancel
UPDATE spaces.holds h
SET
  status = 'cancelled'
FROM
  spaces.events e
WHERE
  h.organization_id = :organization_id
  AND h.event_id = :event_id
  AND h.original_start = :original_start
  AND h.status <> 'cancelled'
  AND e.organization_id = :organization_id
  AND e.id = h.detail_id
  AND (
    e.recurrence IS NOT NULL
    OR e.series_id IS NOT NULL
  )
  AND (
    :is_admin::boolean
    OR e.organizer_id = :member_id
    OR e.creator_id = :member_id
  )
RETURNING
  h.event_id;

-- spaces.booking.clashing
SELECT DISTINCT
  w.starts_at AS wanted_start
FROM
  unnest(:starts::timestamptz[], :ends::timestamptz[]) AS w (starts_at, ends_at)
  JOIN spaces.holds h ON h.organization_id = :organization_id
  AND h.space_id = :space_id
  AND h.status = 'confirmed'
  AND tstzrange (h.starts_at, h.ends_at) && tstzrange (w.starts_at, w.ends_at)
  AND NOT (
    h.event_id = coalesce(:own_event_id::integer, 0)
    AND h.original_start = coalesce(:own_start::timestamptz, h.original_start)
  );

-- spaces.booking.delete
DELETE FROM spaces.events e
WHERE
  e.organization_id = :organization_id
  AND e.id = :event_id
  AND e.series_id IS NULL
  AND (
    :is_admin::boolean
    OR e.organizer_id = :member_id
    OR e.creator_id = :member_id
  )
RETURNING
  e.id AS event_id;

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
      m.email::text
    FROM
      tenancy.members m
    WHERE
      m.organization_id = input.organization_id
      AND m.id = input.organizer_id
    UNION ALL
    SELECT
      m.id,
      m.email::text
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
  unnest(:starts::timestamptz[], :ends::timestamptz[]) AS w (starts_at, ends_at)
  JOIN spaces.holds h ON h.organization_id = :organization_id
  AND h.space_id = :space_id
  AND h.status = 'confirmed'
  AND tstzrange (h.starts_at, h.ends_at) && tstzrange (w.starts_at, w.ends_at)
  AND NOT (
    h.event_id = coalesce(:own_event_id::integer, 0)
    AND h.original_start = coalesce(:own_start::timestamptz, h.original_start)
  )
  JOIN spaces.events e ON e.organization_id = h.organization_id
  AND e.id = h.detail_id
ORDER BY
  w.starts_at,
  h.starts_at
LIMIT
  1;

-- spaces.booking.follow_series
UPDATE spaces.events e
SET
  space_id = CASE
    WHEN e.space_id IS NOT DISTINCT FROM b.space_id THEN a.space_id
    ELSE e.space_id
  END,
  title = CASE
    WHEN e.title IS NOT DISTINCT FROM b.title THEN a.title
    ELSE e.title
  END,
  description = CASE
    WHEN e.description IS NOT DISTINCT FROM b.description THEN a.description
    ELSE e.description
  END,
  location = CASE
    WHEN e.location IS NOT DISTINCT FROM b.location THEN a.location
    ELSE e.location
  END,
  visibility = CASE
    WHEN e.visibility IS NOT DISTINCT FROM b.visibility THEN a.visibility
    ELSE e.visibility
  END,
  updated_at = :now
FROM
  jsonb_populate_record(NULL::spaces.events, :before::jsonb) b,
  jsonb_populate_record(NULL::spaces.events, :after::jsonb) a
WHERE
  e.organization_id = :organization_id
  AND e.series_id = :series_id
RETURNING
  e.id;

-- spaces.booking.gaps
SELECT
  free_from,
  free_until
FROM
  (
    SELECT
      greatest(
        :from::timestamptz,
        lag(h.ends_at) OVER (
          ORDER BY
            h.ends_at
        )
      ) AS free_from,
      h.starts_at AS free_until
    FROM
      spaces.holds h
    WHERE
      h.organization_id = :organization_id
      AND h.space_id = :space_id
      AND h.status = 'confirmed'
      AND h.ends_at > :from
      AND h.starts_at < :until
      AND h.event_id <> coalesce(:own_event_id::integer, 0)
  ) g
WHERE
  free_until - free_from >= :length::interval
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
  organization_id = :organization_id
  AND event_id = :event_id
  AND space_id = :space_id
  AND status <> 'cancelled'
ORDER BY
  starts_at;

-- spaces.booking.insert
WITH
  e AS (
    INSERT INTO
      spaces.events (
        organization_id,
        id,
        series_id,
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
        created_at,
        updated_at
      )
    VALUES
      (
        :organization_id,
        DEFAULT,
        :series_id,
        :space_id,
        :title,
        :description,
        :location,
        :starts_at,
        :start_zone,
        :ends_at,
        :end_zone,
        :is_all_day,
        :visibility,
        :uid,
        :remote_event_id,
        :remote_type,
        :creation_type,
        :organizer_id,
        :organizer_email,
        :creator_id,
        :creator_email,
        :recurrence,
        :held_until,
        :now,
        :now
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
      :now::timestamptz,
      :now::timestamptz
    FROM
      e,
      ROWS
    FROM
      (
        jsonb_to_recordset(:invitees::jsonb) AS (
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
      e.organization_id,
      e.id,
      w.starts_at,
      e.id,
      e.space_id,
      w.starts_at,
      w.ends_at,
      w.status
    FROM
      e,
      unnest(:starts::timestamptz[], :ends::timestamptz[], :statuses::text[]) AS w (starts_at, ends_at, status)
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
  :organization_id,
  :event_id,
  w.starts_at,
  :event_id,
  :space_id,
  w.starts_at,
  w.ends_at,
  w.status
FROM
  unnest(:starts::timestamptz[], :ends::timestamptz[], :statuses::text[]) AS w (starts_at, ends_at, status)
ON CONFLICT ON CONSTRAINT pk_holds DO NOTHING
RETURNING
  original_start;

-- spaces.booking.insert_where_free
WITH
  free AS MATERIALIZED (
    SELECT
      b.*
    FROM
      jsonb_to_recordset(:bookings::jsonb) AS b (
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
        recurrence text[],
        held_until timestamptz,
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
        recurrence,
        held_until,
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
      recurrence,
      held_until,
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
      organization_id = :organization_id
      AND id = :id
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
  :now::timestamptz,
  :now::timestamptz
FROM
  e,
  ROWS
FROM
  (
    jsonb_to_recordset(:invitees::jsonb) AS (
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
  i.organization_id = :organization_id
  AND i.event_id = :id
  AND NOT EXISTS (
    SELECT
    FROM
      jsonb_to_recordset(:invitees::jsonb) AS g (email citext, user_id integer)
      LEFT JOIN tenancy.members m ON m.organization_id = :organization_id
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
  h.organization_id = :organization_id
  AND h.space_id = :space_id
  AND h.status = 'confirmed'
  AND h.ends_at > :from
  AND h.starts_at < :until
  AND h.event_id <> coalesce(:own_event_id::integer, 0)
ORDER BY
  h.ends_at DESC
LIMIT
  1;

-- spaces.booking.lock_spaces
WITH
  setting AS MATERIALIZED (
    SELECT
      set_config('lock_timeout', :lock_timeout, true)
  )
SELECT
  s.id
FROM
  setting,
  spaces.spaces s
WHERE
  s.organization_id = :organization_id
  AND s.id = ANY (:ids::integer[])
ORDER BY
  s.id
FOR NO KEY UPDATE OF
  s;

-- spaces.booking.zone
SELECT
  l.time_zone
FROM
  spaces.spaces s
  JOIN spaces.locations l ON l.organization_id = s.organization_id
  AND l.id = s.location_id
WHERE
  s.organization_id = :organization_id
  AND s.id = :space_id;

-- spaces.check_in.create
INSERT INTO
  spaces.confirmations (organization_id, event_id, original_start, user_id, device_id, confirmed_at)
SELECT
  h.organization_id,
  h.event_id,
  h.original_start,
  :user_id,
  :device_id,
  :now
FROM
  spaces.holds h
  JOIN spaces.events e ON e.organization_id = h.organization_id
  AND e.id = h.detail_id
WHERE
  h.organization_id = :organization_id
  AND h.event_id = :event_id
  AND h.status = 'confirmed'
  AND CASE
    WHEN :original_start::timestamptz IS NULL THEN e.recurrence IS NULL
    AND e.series_id IS NULL
    ELSE h.original_start = :original_start
    AND (
      e.recurrence IS NOT NULL
      OR e.series_id IS NOT NULL
    )
  END
  AND h.starts_at <= :latest_start
  AND h.ends_at > :now
  AND (
    :is_admin::boolean
    OR e.organizer_id = :user_id
    OR e.creator_id = :user_id
    OR EXISTS (
      SELECT
      FROM
        spaces.invitees i
      WHERE
        i.organization_id = :organization_id
        AND i.event_id = e.id
        AND i.user_id = :user_id
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
  h.organization_id = :organization_id
  AND h.event_id = :event_id
  AND h.status = 'confirmed'
  AND CASE
    WHEN :original_start::timestamptz IS NULL THEN e.recurrence IS NULL
    AND e.series_id IS NULL
    ELSE h.original_start = :original_start
    AND (
      e.recurrence IS NOT NULL
      OR e.series_id IS NOT NULL
    )
  END
  AND e.organization_id = :organization_id
  AND e.id = h.detail_id
  AND c.organization_id = :organization_id
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
  h.organization_id = :organization_id
  AND h.event_id = :event_id
  AND h.status = 'confirmed'
  AND CASE
    WHEN :original_start::timestamptz IS NULL THEN e.recurrence IS NULL
    AND e.series_id IS NULL
    ELSE h.original_start = :original_start
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
  e.organization_id = :organization_id
  AND e.id = :event_id
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
  h.organization_id = :organization_id
  AND h.event_id = :event_id
  AND h.original_start = :original_start
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
  organization_id = :organization_id
  AND event_id = :event_id
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
  h.organization_id = :organization_id
  AND h.space_id = :space_id
  AND h.status = 'confirmed'
  AND h.ends_at <= :now
ORDER BY
  h.ends_at DESC
LIMIT
  :limit
OFFSET
  :offset;

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
              h.organization_id = :organization_id
              AND h.space_id = s.id
              AND h.status = 'confirmed'
              AND h.ends_at > :now
            ORDER BY
              h.ends_at
            LIMIT
              1
          ) next
          JOIN spaces.confirmations c ON c.organization_id = next.organization_id
          AND c.event_id = next.event_id
          AND c.original_start = next.original_start
        WHERE
          next.starts_at <= :now
      ) AS has_presence
    FROM
      spaces.spaces s
      JOIN spaces.locations l ON l.organization_id = s.organization_id
      AND l.id = s.location_id
    WHERE
      s.organization_id = :organization_id
      AND (
        :space_ids::integer[] IS NULL
        AND :location_ids::integer[] IS NULL
        OR s.id = ANY (:space_ids)
        OR s.location_id = ANY (:location_ids)
      )
      AND (
        :types::text[] IS NULL
        OR s.type = ANY (:types)
      )
      AND (
        :min_capacity::integer IS NULL
        OR s.capacity >= :min_capacity
      )
      AND (
        :max_capacity::integer IS NULL
        OR s.capacity <= :max_capacity
      )
    ORDER BY
      s.id
    LIMIT
      :limit
    OFFSET
      :offset
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
      h.organization_id = :organization_id
      AND h.space_id = a.id
      AND h.status = 'confirmed'
      AND h.ends_at > :from
      AND h.starts_at < :to
      AND h.ends_at <= coalesce(
        (
          SELECT
            last.ends_at
          FROM
            spaces.holds last
          WHERE
            last.organization_id = :organization_id
            AND last.space_id = a.id
            AND last.status = 'confirmed'
            AND last.ends_at > :to
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
  pg_try_advisory_xact_lock(hashtextextended ('spaces series ' || :organization_id::text || ' ' || :id::text, 0)) AS is_mine;

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
  organization_id = :organization_id
  AND id = :id
  AND space_id = :space_id
  AND held_until < :horizon
FOR NO KEY UPDATE;

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
  AND held_until < :horizon
  AND (held_until, organization_id, id) > (:held_until, :organization_id, :id)
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
  organization_id = :organization_id
  AND id = :id;

-- spaces.location.find
SELECT
  l.organization_id,
  l.id,
  l.name,
  l.address,
  l.time_zone,
  l.created_at,
  l.updated_at
FROM
  spaces.locations l
WHERE
  l.organization_id = :organization_id
  AND l.id = :id;

-- spaces.location.list
SELECT
  l.organization_id,
  l.id,
  l.name,
  l.address,
  l.time_zone,
  l.created_at,
  l.updated_at
FROM
  spaces.locations l
WHERE
  l.organization_id = :organization_id
ORDER BY
  l.id
LIMIT
  :limit
OFFSET
  :offset;

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
  id = :organization_id;

-- spaces.space.exists
SELECT
  id
FROM
  spaces.spaces
WHERE
  organization_id = :organization_id
  AND id = :id;

-- spaces.space.find
SELECT
  s.id,
  s.location_id,
  s.name,
  s.description,
  s.type,
  s.capacity,
  s.is_disabled,
  s.created_at,
  s.updated_at
FROM
  spaces.spaces s
WHERE
  s.organization_id = :organization_id
  AND s.id = :id;

-- spaces.space.list
SELECT
  s.id,
  s.location_id,
  s.name,
  s.description,
  s.type,
  s.capacity,
  s.is_disabled,
  s.created_at,
  s.updated_at
FROM
  spaces.spaces s
WHERE
  s.organization_id = :organization_id
  AND s.location_id = :location_id
ORDER BY
  s.id
LIMIT
  :limit
OFFSET
  :offset;

-- spaces.state.find
SELECT
  s.is_disabled,
  l.time_zone,
  next.starts_at,
  coalesce(next.is_checked_in, false) AS is_checked_in,
  run.ends_at AS busy_until
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
      h.organization_id = :organization_id
      AND h.space_id = :space_id
      AND h.status = 'confirmed'
      AND h.ends_at > :now
    ORDER BY
      h.ends_at
    LIMIT
      1
  ) next ON true
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
          h.organization_id = :organization_id
          AND h.space_id = :space_id
          AND h.status = 'confirmed'
          AND h.ends_at > :now
      ) x
    WHERE
      x.next_start IS DISTINCT FROM x.ends_at
    LIMIT
      1
  ) run ON true
WHERE
  s.organization_id = :organization_id
  AND s.id = :space_id;

-- spaces.user.exists
SELECT
  id
FROM
  tenancy.members
WHERE
  organization_id = :organization_id
  AND id = :id;

-- spaces.user.find
SELECT
  id,
  name,
  email,
  time_zone,
  locale,
  created_at
FROM
  tenancy.members
WHERE
  organization_id = :organization_id
  AND id = :id;

-- spaces.user.list
SELECT
  id,
  name,
  email,
  time_zone,
  locale,
  created_at
FROM
  tenancy.members
WHERE
  organization_id = :organization_id
ORDER BY
  id
LIMIT
  :limit
OFFSET
  :offset;

