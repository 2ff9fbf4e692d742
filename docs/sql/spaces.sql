-- spaces.access_token.find
SELECT
  c.created_at,
  c.expires_at
FROM
  tenancy.credentials c
WHERE
  c.organization_id = :organization_id
  AND c.id = :credential_id;

-- spaces.access_token.find_of_user
SELECT
  c.created_at,
  c.expires_at
FROM
  tenancy.credentials c
  JOIN tenancy.members m ON m.organization_id = c.organization_id
  AND m.id = c.member_id
WHERE
  c.organization_id = :organization_id
  AND c.id = :credential_id
  AND m.email = :email;

-- spaces.account.find
SELECT
  'organization' AS kind,
  o.id,
  o.name,
  o.slug,
  o.time_zone,
  o.created_at,
  o.updated_at,
  NULL AS email,
  NULL AS locale
FROM
  tenancy.organizations o
WHERE
  o.id = :organization_id
  AND (
    o.id::text = :organization
    OR o.slug = :organization
  )
UNION ALL
SELECT
  'user',
  m.id,
  m.name,
  m.slug,
  m.time_zone,
  m.created_at,
  m.updated_at,
  m.email::text,
  m.locale
FROM
  tenancy.members m
WHERE
  m.organization_id = :organization_id
  AND m.slug = :organization
ORDER BY
  kind
LIMIT
  1;

-- spaces.amenity.change
UPDATE spaces.amenities a
SET
  name = coalesce(:name, a.name),
  updated_at = :now
WHERE
  a.organization_id = :organization_id
  AND a.id = :id
RETURNING
  a.id,
  a.organization_id,
  a.name::text AS name,
  replace(left(a.created_at::text, 19), ' ', 'T') || '+0000' AS created_at,
  replace(left(a.updated_at::text, 19), ' ', 'T') || '+0000' AS updated_at;

-- spaces.amenity.create
INSERT INTO
  spaces.amenities AS a (organization_id, name, created_at, updated_at)
VALUES
  (:organization_id, :name, :now, :now)
RETURNING
  a.id,
  a.organization_id,
  a.name::text AS name,
  replace(left(a.created_at::text, 19), ' ', 'T') || '+0000' AS created_at,
  replace(left(a.updated_at::text, 19), ' ', 'T') || '+0000' AS updated_at;

-- spaces.amenity.delete
DELETE FROM spaces.amenities
WHERE
  organization_id = :organization_id
  AND id = :id
RETURNING
  id;

-- spaces.amenity.find
SELECT
  a.id,
  a.organization_id,
  a.name::text AS name,
  replace(left(a.created_at::text, 19), ' ', 'T') || '+0000' AS created_at,
  replace(left(a.updated_at::text, 19), ' ', 'T') || '+0000' AS updated_at
FROM
  spaces.amenities a
WHERE
  a.organization_id = :organization_id
  AND a.id = :id;

-- spaces.amenity.list
SELECT
  a.id,
  a.organization_id,
  a.name::text AS name,
  replace(left(a.created_at::text, 19), ' ', 'T') || '+0000' AS created_at,
  replace(left(a.updated_at::text, 19), ' ', 'T') || '+0000' AS updated_at
FROM
  spaces.amenities a
WHERE
  a.organization_id = :organization_id
  AND (
    :query::text IS NULL
    OR position(lower(:query) IN lower(a.name::text)) > 0
  )
ORDER BY
  a.name,
  a.id
LIMIT
  :limit
OFFSET
  :offset;

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
      coalesce(g.created_at, :now::timestamptz),
      coalesce(g.updated_at, :now::timestamptz)
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
          is_resource boolean,
          created_at timestamptz,
          updated_at timestamptz
        )
      ) WITH ORDINALITY AS g (
        email,
        user_id,
        display_name,
        response_status,
        is_organizer,
        is_resource,
        created_at,
        updated_at,
        position
      )
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
      coalesce(g.created_at, free.now::timestamptz),
      coalesce(g.updated_at, free.now::timestamptz)
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
          is_resource boolean,
          created_at timestamptz,
          updated_at timestamptz
        )
      ) WITH ORDINALITY AS g (
        email,
        user_id,
        display_name,
        response_status,
        is_organizer,
        is_resource,
        created_at,
        updated_at,
        position
      )
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
  coalesce(g.created_at, :now::timestamptz),
  coalesce(g.updated_at, :now::timestamptz)
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
      is_resource boolean,
      created_at timestamptz,
      updated_at timestamptz
    )
  ) WITH ORDINALITY AS g (
    email,
    user_id,
    display_name,
    response_status,
    is_organizer,
    is_resource,
    created_at,
    updated_at,
    position
  )
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
  updated_at = CASE
    WHEN (i.user_id, i.display_name, i.response_status, i.is_organizer, i.is_resource) IS DISTINCT FROM (
      excluded.user_id,
      excluded.display_name,
      excluded.response_status,
      excluded.is_organizer,
      excluded.is_resource
    ) THEN :now::timestamptz
    ELSE i.updated_at
  END
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

-- spaces.booking.readdress_invitees
UPDATE spaces.invitees i
SET
  email = m.email,
  updated_at = :now
FROM
  jsonb_to_recordset(:invitees::jsonb) AS g (user_id integer)
  JOIN tenancy.members m ON m.organization_id = :organization_id
  AND m.id = g.user_id
WHERE
  i.organization_id = :organization_id
  AND i.event_id = :id
  AND i.user_id = m.id
  AND i.email <> m.email
  AND NOT EXISTS (
    SELECT
    FROM
      spaces.invitees other
    WHERE
      other.organization_id = i.organization_id
      AND other.event_id = i.event_id
      AND other.email = m.email
  )
RETURNING
  i.id;

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

-- spaces.calendar.find
SELECT
  (
    SELECT
      row_to_json(shown)::text
    FROM
      (
        SELECT
          s.id AS space_id,
          'quintet' AS remote_type,
          'space-' || s.id || '@' || :calendar_host::text AS calendar_id,
          NULL AS subscriber_id,
          s.id::text AS space_resource_id,
          'space-' || s.id || '@' || :calendar_host::text AS space_resource_email,
          NULL AS subscriber_expires_at,
          replace(left(s.created_at::text, 19), ' ', 'T') || '+0000' AS created_at
      ) shown
  ) AS calendar
FROM
  spaces.spaces s
WHERE
  s.organization_id = :organization_id
  AND s.id = :id;

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

-- spaces.event.find.including
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
  ) AS invitees,
  CASE
    WHEN 'space' = ANY (:include::text[]) THEN (
      SELECT
        (
          SELECT
            row_to_json(shown)::text
          FROM
            (
              SELECT
                s.id,
                s.location_id,
                s.level_id,
                s.name,
                s.description,
                s.type,
                s.capacity,
                s.image,
                s.discovery_radius,
                s.is_accessible,
                s.is_disabled,
                EXISTS (
                  SELECT
                  FROM
                    (
                      SELECT
                        x.*
                      FROM
                        spaces.holds x
                      WHERE
                        x.organization_id = s.organization_id
                        AND x.space_id = s.id
                        AND x.status = 'confirmed'
                        AND x.ends_at > :now::timestamptz
                      ORDER BY
                        x.ends_at
                      LIMIT
                        1
                    ) going_on
                    JOIN spaces.confirmations c ON c.organization_id = going_on.organization_id
                    AND c.event_id = going_on.event_id
                    AND c.original_start = going_on.original_start
                  WHERE
                    going_on.starts_at <= :now
                ) AS is_dibsed,
                CASE
                  WHEN s.is_disabled THEN '[]'::json
                  ELSE '["scheduling"]'::json
                END AS behaviors,
                (
                  SELECT
                    replace(left(last.last_presence_at::text, 19), ' ', 'T') || '+0000' AS last_presence_at
                  FROM
                    spaces.last_presences last
                  WHERE
                    last.organization_id = s.organization_id
                    AND last.space_id = s.id
                ) AS last_presence_at,
                replace(left(s.created_at::text, 19), ' ', 'T') || '+0000' AS created_at,
                replace(left(s.updated_at::text, 19), ' ', 'T') || '+0000' AS updated_at
            ) shown
        )
      FROM
        spaces.spaces s
      WHERE
        s.organization_id = e.organization_id
        AND s.id = e.space_id
    )
  END AS included_space,
  CASE
    WHEN 'confirmation' = ANY (:include) THEN (
      SELECT
        row_to_json(shown)::text
      FROM
        (
          SELECT
            '' AS event_id,
            c.user_id,
            c.device_id,
            replace(left(c.confirmed_at::text, 19), ' ', 'T') || '+0000' AS confirmed_at
          FROM
            spaces.confirmations c
          WHERE
            c.organization_id = e.organization_id
            AND c.event_id = e.id
            AND e.recurrence IS NULL
        ) shown
    )
  END AS included_confirmation
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

-- spaces.event.find_occurrence.including
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
  ) AS invitees,
  CASE
    WHEN 'space' = ANY (:include::text[]) THEN (
      SELECT
        (
          SELECT
            row_to_json(shown)::text
          FROM
            (
              SELECT
                s.id,
                s.location_id,
                s.level_id,
                s.name,
                s.description,
                s.type,
                s.capacity,
                s.image,
                s.discovery_radius,
                s.is_accessible,
                s.is_disabled,
                EXISTS (
                  SELECT
                  FROM
                    (
                      SELECT
                        x.*
                      FROM
                        spaces.holds x
                      WHERE
                        x.organization_id = s.organization_id
                        AND x.space_id = s.id
                        AND x.status = 'confirmed'
                        AND x.ends_at > :now::timestamptz
                      ORDER BY
                        x.ends_at
                      LIMIT
                        1
                    ) going_on
                    JOIN spaces.confirmations c ON c.organization_id = going_on.organization_id
                    AND c.event_id = going_on.event_id
                    AND c.original_start = going_on.original_start
                  WHERE
                    going_on.starts_at <= :now
                ) AS is_dibsed,
                CASE
                  WHEN s.is_disabled THEN '[]'::json
                  ELSE '["scheduling"]'::json
                END AS behaviors,
                (
                  SELECT
                    replace(left(last.last_presence_at::text, 19), ' ', 'T') || '+0000' AS last_presence_at
                  FROM
                    spaces.last_presences last
                  WHERE
                    last.organization_id = s.organization_id
                    AND last.space_id = s.id
                ) AS last_presence_at,
                replace(left(s.created_at::text, 19), ' ', 'T') || '+0000' AS created_at,
                replace(left(s.updated_at::text, 19), ' ', 'T') || '+0000' AS updated_at
            ) shown
        )
      FROM
        spaces.spaces s
      WHERE
        s.organization_id = e.organization_id
        AND s.id = h.space_id
    )
  END AS included_space,
  CASE
    WHEN 'confirmation' = ANY (:include) THEN (
      SELECT
        row_to_json(shown)::text
      FROM
        (
          SELECT
            '' AS event_id,
            c.user_id,
            c.device_id,
            replace(left(c.confirmed_at::text, 19), ' ', 'T') || '+0000' AS confirmed_at
          FROM
            spaces.confirmations c
          WHERE
            c.organization_id = e.organization_id
            AND c.event_id = h.event_id
            AND c.original_start = h.original_start
        ) shown
    )
  END AS included_confirmation
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
  (
    SELECT
      h.*
    FROM
      spaces.holds h
    WHERE
      h.organization_id = :organization_id
      AND h.space_id = :id
      AND h.status = 'confirmed'
      AND h.ends_at <= :now
    ORDER BY
      h.ends_at DESC
    LIMIT
      :limit
    OFFSET
      :offset
  ) h
  JOIN spaces.events e ON e.organization_id = h.organization_id
  AND e.id = h.detail_id
ORDER BY
  h.ends_at DESC;

-- spaces.event.recent.including
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
  ) AS invitees,
  CASE
    WHEN 'space' = ANY (:include::text[]) THEN (
      SELECT
        (
          SELECT
            row_to_json(shown)::text
          FROM
            (
              SELECT
                s.id,
                s.location_id,
                s.level_id,
                s.name,
                s.description,
                s.type,
                s.capacity,
                s.image,
                s.discovery_radius,
                s.is_accessible,
                s.is_disabled,
                EXISTS (
                  SELECT
                  FROM
                    (
                      SELECT
                        x.*
                      FROM
                        spaces.holds x
                      WHERE
                        x.organization_id = s.organization_id
                        AND x.space_id = s.id
                        AND x.status = 'confirmed'
                        AND x.ends_at > :now::timestamptz
                      ORDER BY
                        x.ends_at
                      LIMIT
                        1
                    ) going_on
                    JOIN spaces.confirmations c ON c.organization_id = going_on.organization_id
                    AND c.event_id = going_on.event_id
                    AND c.original_start = going_on.original_start
                  WHERE
                    going_on.starts_at <= :now
                ) AS is_dibsed,
                CASE
                  WHEN s.is_disabled THEN '[]'::json
                  ELSE '["scheduling"]'::json
                END AS behaviors,
                (
                  SELECT
                    replace(left(last.last_presence_at::text, 19), ' ', 'T') || '+0000' AS last_presence_at
                  FROM
                    spaces.last_presences last
                  WHERE
                    last.organization_id = s.organization_id
                    AND last.space_id = s.id
                ) AS last_presence_at,
                replace(left(s.created_at::text, 19), ' ', 'T') || '+0000' AS created_at,
                replace(left(s.updated_at::text, 19), ' ', 'T') || '+0000' AS updated_at
            ) shown
        )
      FROM
        spaces.spaces s
      WHERE
        s.organization_id = e.organization_id
        AND s.id = h.space_id
    )
  END AS included_space,
  CASE
    WHEN 'confirmation' = ANY (:include) THEN (
      SELECT
        row_to_json(shown)::text
      FROM
        (
          SELECT
            '' AS event_id,
            c.user_id,
            c.device_id,
            replace(left(c.confirmed_at::text, 19), ' ', 'T') || '+0000' AS confirmed_at
          FROM
            spaces.confirmations c
          WHERE
            c.organization_id = e.organization_id
            AND c.event_id = h.event_id
            AND c.original_start = h.original_start
        ) shown
    )
  END AS included_confirmation
FROM
  (
    SELECT
      h.*
    FROM
      spaces.holds h
    WHERE
      h.organization_id = :organization_id
      AND h.space_id = :id
      AND h.status = 'confirmed'
      AND h.ends_at <= :now
    ORDER BY
      h.ends_at DESC
    LIMIT
      :limit
    OFFSET
      :offset
  ) h
  JOIN spaces.events e ON e.organization_id = h.organization_id
  AND e.id = h.detail_id
ORDER BY
  h.ends_at DESC;

-- spaces.event.recent.user
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
  (
    SELECT
      h.*
    FROM
      (
        SELECT
          id
        FROM
          spaces.events
        WHERE
          organization_id = :organization_id
          AND organizer_id = :id
        UNION
        SELECT
          event_id
        FROM
          spaces.invitees
        WHERE
          organization_id = :organization_id
          AND user_id = :id
      ) own
      JOIN spaces.holds h ON h.organization_id = :organization_id
      AND h.detail_id = own.id
    WHERE
      true
      AND h.status = 'confirmed'
      AND h.ends_at <= :now
    ORDER BY
      h.ends_at DESC,
      h.event_id DESC
    LIMIT
      :limit
    OFFSET
      :offset
  ) h
  JOIN spaces.events e ON e.organization_id = h.organization_id
  AND e.id = h.detail_id
ORDER BY
  h.ends_at DESC,
  h.event_id DESC;

-- spaces.event.recent.user.including
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
  ) AS invitees,
  CASE
    WHEN 'space' = ANY (:include::text[]) THEN (
      SELECT
        (
          SELECT
            row_to_json(shown)::text
          FROM
            (
              SELECT
                s.id,
                s.location_id,
                s.level_id,
                s.name,
                s.description,
                s.type,
                s.capacity,
                s.image,
                s.discovery_radius,
                s.is_accessible,
                s.is_disabled,
                EXISTS (
                  SELECT
                  FROM
                    (
                      SELECT
                        x.*
                      FROM
                        spaces.holds x
                      WHERE
                        x.organization_id = s.organization_id
                        AND x.space_id = s.id
                        AND x.status = 'confirmed'
                        AND x.ends_at > :now::timestamptz
                      ORDER BY
                        x.ends_at
                      LIMIT
                        1
                    ) going_on
                    JOIN spaces.confirmations c ON c.organization_id = going_on.organization_id
                    AND c.event_id = going_on.event_id
                    AND c.original_start = going_on.original_start
                  WHERE
                    going_on.starts_at <= :now
                ) AS is_dibsed,
                CASE
                  WHEN s.is_disabled THEN '[]'::json
                  ELSE '["scheduling"]'::json
                END AS behaviors,
                (
                  SELECT
                    replace(left(last.last_presence_at::text, 19), ' ', 'T') || '+0000' AS last_presence_at
                  FROM
                    spaces.last_presences last
                  WHERE
                    last.organization_id = s.organization_id
                    AND last.space_id = s.id
                ) AS last_presence_at,
                replace(left(s.created_at::text, 19), ' ', 'T') || '+0000' AS created_at,
                replace(left(s.updated_at::text, 19), ' ', 'T') || '+0000' AS updated_at
            ) shown
        )
      FROM
        spaces.spaces s
      WHERE
        s.organization_id = e.organization_id
        AND s.id = h.space_id
    )
  END AS included_space,
  CASE
    WHEN 'confirmation' = ANY (:include) THEN (
      SELECT
        row_to_json(shown)::text
      FROM
        (
          SELECT
            '' AS event_id,
            c.user_id,
            c.device_id,
            replace(left(c.confirmed_at::text, 19), ' ', 'T') || '+0000' AS confirmed_at
          FROM
            spaces.confirmations c
          WHERE
            c.organization_id = e.organization_id
            AND c.event_id = h.event_id
            AND c.original_start = h.original_start
        ) shown
    )
  END AS included_confirmation
FROM
  (
    SELECT
      h.*
    FROM
      (
        SELECT
          id
        FROM
          spaces.events
        WHERE
          organization_id = :organization_id
          AND organizer_id = :id
        UNION
        SELECT
          event_id
        FROM
          spaces.invitees
        WHERE
          organization_id = :organization_id
          AND user_id = :id
      ) own
      JOIN spaces.holds h ON h.organization_id = :organization_id
      AND h.detail_id = own.id
    WHERE
      true
      AND h.status = 'confirmed'
      AND h.ends_at <= :now
    ORDER BY
      h.ends_at DESC,
      h.event_id DESC
    LIMIT
      :limit
    OFFSET
      :offset
  ) h
  JOIN spaces.events e ON e.organization_id = h.organization_id
  AND e.id = h.detail_id
ORDER BY
  h.ends_at DESC,
  h.event_id DESC;

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
      LATERAL (
        SELECT
          coalesce(
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
          ) AS ends_at
        OFFSET
          0
      ) bound
      JOIN spaces.holds h ON h.organization_id = input.organization_id
      AND h.space_id = input.space_id
      AND h.status = 'confirmed'
      AND h.ends_at > input.after
      AND h.starts_at < input.before
      AND h.ends_at <= bound.ends_at
      JOIN spaces.events e ON e.organization_id = h.organization_id
      AND e.id = h.detail_id
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
      (
        SELECT
          row_to_json(shown)::text
        FROM
          (
            SELECT
              s.id,
              s.location_id,
              s.level_id,
              s.name,
              s.description,
              s.type,
              s.capacity,
              s.image,
              s.discovery_radius,
              s.is_accessible,
              s.is_disabled,
              there.check_ins > 0 AS is_dibsed,
              CASE
                WHEN s.is_disabled THEN '[]'::json
                ELSE '["scheduling"]'::json
              END AS behaviors,
              (
                SELECT
                  replace(left(last.last_presence_at::text, 19), ' ', 'T') || '+0000' AS last_presence_at
                FROM
                  spaces.last_presences last
                WHERE
                  last.organization_id = s.organization_id
                  AND last.space_id = s.id
              ) AS last_presence_at,
              replace(left(s.created_at::text, 19), ' ', 'T') || '+0000' AS created_at,
              replace(left(s.updated_at::text, 19), ' ', 'T') || '+0000' AS updated_at
          ) shown
      ) AS space,
      concat(
        CASE
          WHEN 'calendar' = ANY (:include::text[]) THEN ',"calendar":' || (
            SELECT
              row_to_json(shown)::text
            FROM
              (
                SELECT
                  s.id AS space_id,
                  'quintet' AS remote_type,
                  'space-' || s.id || '@' || :calendar_host::text AS calendar_id,
                  NULL AS subscriber_id,
                  s.id::text AS space_resource_id,
                  'space-' || s.id || '@' || :calendar_host::text AS space_resource_email,
                  NULL AS subscriber_expires_at,
                  replace(left(s.created_at::text, 19), ' ', 'T') || '+0000' AS created_at
              ) shown
          )
        END,
        CASE
          WHEN 'location' = ANY (:include::text[]) THEN ',"location":' || (
            SELECT
              row_to_json(shown)::text
            FROM
              (
                SELECT
                  l.organization_id AS account_id,
                  NULL AS campus_id,
                  l.id,
                  l.name,
                  l.address,
                  l.description,
                  l.image,
                  l.latitude,
                  l.longitude,
                  l.time_zone,
                  replace(left(l.created_at::text, 19), ' ', 'T') || '+0000' AS created_at,
                  replace(left(l.updated_at::text, 19), ' ', 'T') || '+0000' AS updated_at
              ) shown
          )
        END,
        CASE
          WHEN 'amenities' = ANY (:include::text[]) THEN ',"amenities":' || (
            SELECT
              coalesce(json_agg(shown), '[]')::text
            FROM
              (
                SELECT
                  a.id,
                  a.organization_id,
                  a.name::text AS name,
                  replace(left(a.created_at::text, 19), ' ', 'T') || '+0000' AS created_at,
                  replace(left(a.updated_at::text, 19), ' ', 'T') || '+0000' AS updated_at
                FROM
                  spaces.space_amenities sa
                  JOIN spaces.amenities a ON a.organization_id = sa.organization_id
                  AND a.id = sa.amenity_id
                WHERE
                  sa.organization_id = s.organization_id
                  AND sa.space_id = s.id
                ORDER BY
                  a.name,
                  a.id
              ) shown
          )
        END,
        CASE
          WHEN 'space_amenities' = ANY (:include::text[]) THEN ',"space_amenities":' || (
            SELECT
              coalesce(json_agg(shown), '[]')::text
            FROM
              (
                SELECT
                  sa.space_id,
                  sa.amenity_id,
                  sa.quantity,
                  sa.note,
                  (
                    SELECT
                      row_to_json(amenity)
                    FROM
                      (
                        SELECT
                          a.id,
                          a.organization_id,
                          a.name::text AS name,
                          replace(left(a.created_at::text, 19), ' ', 'T') || '+0000' AS created_at,
                          replace(left(a.updated_at::text, 19), ' ', 'T') || '+0000' AS updated_at
                      ) amenity
                  ) AS amenity
                FROM
                  spaces.space_amenities sa
                  JOIN spaces.amenities a ON a.organization_id = sa.organization_id
                  AND a.id = sa.amenity_id
                WHERE
                  sa.organization_id = s.organization_id
                  AND sa.space_id = s.id
                ORDER BY
                  a.name,
                  a.id
              ) shown
          )
        END
      ) AS included,
      s.is_disabled,
      l.time_zone,
      first.starts_at AS busy_from,
      run.ends_at AS busy_until,
      there.check_ins > 0 AS is_checked_in,
      there.present
    FROM
      (
        SELECT
          s.*
        FROM
          spaces.spaces s
        WHERE
          s.organization_id = :organization_id
          AND (
            :space_ids::integer[] IS NULL
            AND :location_ids::integer[] IS NULL
            OR s.id = ANY (:space_ids)
            OR s.location_id = ANY (:location_ids)
          )
          AND (
            :query::text IS NULL
            OR strpos(lower(s.name), lower(:query)) > 0
            OR strpos(lower(s.description), lower(:query)) > 0
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
          AND (
            :amenity_ids::integer[] IS NULL
            OR :amenity_ids::integer[] <@ ARRAY(
              SELECT
                sa.amenity_id
              FROM
                spaces.space_amenities sa
              WHERE
                sa.organization_id = s.organization_id
                AND sa.space_id = s.id
            )
          )
          AND (
            :is_bookable::boolean IS NULL
            OR NOT s.is_disabled
          )
          AND (
            :free_seconds::bigint IS NULL
            OR EXISTS (
              SELECT
              FROM
                (
                  SELECT
                    b.ends_at AS free_from,
                    lead(b.starts_at, 1, :to::timestamptz) OVER (
                      ORDER BY
                        b.ends_at
                    ) AS free_to
                  FROM
                    (
                      SELECT
                        :from::timestamptz AS starts_at,
                        :from::timestamptz AS ends_at
                      UNION ALL
                      SELECT
                        h.starts_at,
                        h.ends_at
                      FROM
                        LATERAL (
                          SELECT
                            coalesce(
                              (
                                SELECT
                                  last.ends_at
                                FROM
                                  spaces.holds last
                                WHERE
                                  last.organization_id = :organization_id
                                  AND last.space_id = s.id
                                  AND last.status = 'confirmed'
                                  AND last.ends_at > :to
                                ORDER BY
                                  last.ends_at
                                LIMIT
                                  1
                              ),
                              'infinity'
                            ) AS ends_at
                          OFFSET
                            0
                        ) bound
                        JOIN spaces.holds h ON h.organization_id = :organization_id
                        AND h.space_id = s.id
                        AND h.status = 'confirmed'
                        AND h.ends_at > :from
                        AND h.starts_at < :to
                        AND h.ends_at <= bound.ends_at
                    ) b
                ) gap
              WHERE
                gap.free_to - gap.free_from >= make_interval(secs => :free_seconds::bigint)
            )
          )
        ORDER BY
          s.id
        LIMIT
          :limit
        OFFSET
          :offset
      ) s
      JOIN spaces.locations l ON l.organization_id = s.organization_id
      AND l.id = s.location_id
      CROSS JOIN LATERAL (
        SELECT
          checked_in.check_ins,
          checked_in.only_checked_in + (
            SELECT
              count(*)::integer
            FROM
              spaces.presences present
            WHERE
              present.organization_id = s.organization_id
              AND present.space_id = s.id
              AND present.expires_at > :now::timestamptz
          ) AS present
        FROM
          (
            SELECT
              count(*)::integer AS check_ins,
              count(*) FILTER (
                WHERE
                  NOT EXISTS (
                    SELECT
                    FROM
                      spaces.presences present
                    WHERE
                      present.organization_id = s.organization_id
                      AND present.space_id = s.id
                      AND present.expires_at > :now::timestamptz
                      AND present.user_id = c.user_id
                  )
              )::integer AS only_checked_in
            FROM
              (
                SELECT
                  x.*
                FROM
                  spaces.holds x
                WHERE
                  x.organization_id = s.organization_id
                  AND x.space_id = s.id
                  AND x.status = 'confirmed'
                  AND x.ends_at > :now::timestamptz
                ORDER BY
                  x.ends_at
                LIMIT
                  1
              ) going_on
              JOIN spaces.confirmations c ON c.organization_id = going_on.organization_id
              AND c.event_id = going_on.event_id
              AND c.original_start = going_on.original_start
            WHERE
              going_on.starts_at <= :now
          ) checked_in
      ) there
      LEFT JOIN LATERAL (
        SELECT
          h.starts_at
        FROM
          spaces.holds h
        WHERE
          h.organization_id = s.organization_id
          AND h.space_id = s.id
          AND h.status = 'confirmed'
          AND h.ends_at > :now::timestamptz
          AND 'state' = ANY (:include::text[])
        ORDER BY
          h.ends_at
        LIMIT
          1
      ) first ON true
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
              h.organization_id = s.organization_id
              AND h.space_id = s.id
              AND h.status = 'confirmed'
              AND h.ends_at > :now::timestamptz
              AND 'state' = ANY (:include::text[])
          ) x
        WHERE
          x.next_start IS DISTINCT FROM x.ends_at
        LIMIT
          1
      ) run ON true
  )
SELECT
  CASE
    WHEN b.place > 1 THEN NULL
    ELSE a.space
  END AS space,
  CASE
    WHEN b.place > 1 THEN NULL
    ELSE a.included
  END AS included,
  a.is_disabled,
  a.time_zone,
  a.busy_from,
  a.busy_until,
  a.is_checked_in,
  a.present,
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
      LATERAL (
        SELECT
          coalesce(
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
          ) AS ends_at
        OFFSET
          0
      ) bound
      JOIN spaces.holds h ON h.organization_id = :organization_id
      AND h.space_id = a.id
      AND h.status = 'confirmed'
      AND h.ends_at > :from
      AND h.starts_at < :to
      AND h.ends_at <= bound.ends_at
      JOIN spaces.events e ON e.organization_id = h.organization_id
      AND e.id = h.detail_id
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

-- spaces.level.change
UPDATE spaces.levels old
SET
  (name, ordinal, updated_at) = (
    SELECT
      change.name,
      coalesce(change.ordinal, 0),
      change.updated_at
    FROM
      jsonb_populate_record(old, :change::jsonb) change
  )
WHERE
  organization_id = :organization_id
  AND id = :id
RETURNING
  old.id,
  old.location_id,
  old.name,
  old.ordinal,
  old.created_at,
  old.updated_at;

-- spaces.level.create
INSERT INTO
  spaces.levels AS v (organization_id, id, location_id, name, ordinal, created_at, updated_at)
VALUES
  (:organization_id, DEFAULT, :location_id, :name, :ordinal, :now, :now)
RETURNING
  v.id,
  v.location_id,
  v.name,
  v.ordinal,
  v.created_at,
  v.updated_at;

-- spaces.level.delete
DELETE FROM spaces.levels
WHERE
  organization_id = :organization_id
  AND id = :id
RETURNING
  id;

-- spaces.level.find
SELECT
  v.id,
  v.location_id,
  v.name,
  v.ordinal,
  v.created_at,
  v.updated_at
FROM
  spaces.levels v
WHERE
  v.organization_id = :organization_id
  AND v.id = :id;

-- spaces.level.list
SELECT
  v.id,
  v.location_id,
  v.name,
  v.ordinal,
  v.created_at,
  v.updated_at
FROM
  spaces.levels v
WHERE
  v.organization_id = :organization_id
  AND v.location_id = :location_id
ORDER BY
  v.ordinal,
  v.id
LIMIT
  :limit
OFFSET
  :offset;

-- spaces.location.change
UPDATE spaces.locations old
SET
  (name, address, description, image, latitude, longitude, time_zone, updated_at) = (
    SELECT
      change.name,
      change.address,
      change.description,
      change.image,
      change.latitude,
      change.longitude,
      coalesce(
        change.time_zone,
        (
          SELECT
            o.time_zone
          FROM
            tenancy.organizations o
          WHERE
            o.id = old.organization_id
        )
      ),
      change.updated_at
    FROM
      jsonb_populate_record(old, :change::jsonb) change
  )
WHERE
  organization_id = :organization_id
  AND id = :id
RETURNING
  old.organization_id,
  old.id,
  old.name,
  old.address,
  old.description,
  old.image,
  old.latitude,
  old.longitude,
  old.time_zone,
  old.created_at,
  old.updated_at;

-- spaces.location.create
INSERT INTO
  spaces.locations AS l (
    organization_id,
    id,
    name,
    address,
    description,
    image,
    latitude,
    longitude,
    time_zone,
    created_at,
    updated_at
  )
VALUES
  (
    :organization_id,
    DEFAULT,
    :name,
    :address,
    :description,
    :image,
    :latitude,
    :longitude,
    coalesce(
      :time_zone,
      (
        SELECT
          o.time_zone
        FROM
          tenancy.organizations o
        WHERE
          o.id = :organization_id
      )
    ),
    :now,
    :now
  )
RETURNING
  l.organization_id,
  l.id,
  l.name,
  l.address,
  l.description,
  l.image,
  l.latitude,
  l.longitude,
  l.time_zone,
  l.created_at,
  l.updated_at;

-- spaces.location.delete
DELETE FROM spaces.locations
WHERE
  organization_id = :organization_id
  AND id = :id
RETURNING
  id;

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
  l.description,
  l.image,
  l.latitude,
  l.longitude,
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
  l.description,
  l.image,
  l.latitude,
  l.longitude,
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

-- spaces.organization.change
UPDATE tenancy.organizations AS old
SET
  (name, time_zone, updated_at) = (
    SELECT
      change.name,
      change.time_zone,
      change.updated_at
    FROM
      jsonb_populate_record(old, :change::jsonb) change
  )
WHERE
  old.id = :organization_id
  AND (
    old.id::text = :organization
    OR old.slug = :organization
  )
RETURNING
  old.id,
  old.name,
  old.slug,
  old.time_zone,
  old.created_at,
  old.updated_at;

-- spaces.organization.find
SELECT
  o.id,
  o.name,
  o.slug,
  o.time_zone,
  o.created_at,
  o.updated_at
FROM
  tenancy.organizations o
WHERE
  o.id = :organization_id;

-- spaces.presence.end
UPDATE spaces.presences p
SET
  expires_at = :now
WHERE
  p.organization_id = :organization_id
  AND p.space_id = :space_id
  AND p.expires_at > :now
  AND CASE
    WHEN :user_id::integer IS NULL THEN p.device_id = :device_id
    ELSE p.user_id = :user_id
  END
RETURNING
  p.id;

-- spaces.presence.list_in_location
SELECT
  p.id,
  p.space_id,
  p.user_id,
  p.device_id,
  p.session_ttl,
  p.arrived_at,
  p.last_seen_at,
  p.expires_at,
  s.location_id,
  m.slug AS user_slug,
  m.name AS user_name,
  m.email AS user_email,
  m.time_zone AS user_time_zone,
  m.locale AS user_locale,
  m.created_at AS user_created_at,
  m.updated_at AS user_updated_at
FROM
  spaces.presences p
  JOIN spaces.spaces s ON s.organization_id = p.organization_id
  AND s.id = p.space_id
  LEFT JOIN tenancy.members m ON m.organization_id = p.organization_id
  AND m.id = p.user_id
WHERE
  p.organization_id = :organization_id
  AND p.expires_at > :now
  AND s.location_id = :id
ORDER BY
  p.arrived_at DESC,
  p.id DESC
LIMIT
  :limit
OFFSET
  :offset;

-- spaces.presence.list_in_space
SELECT
  p.id,
  p.space_id,
  p.user_id,
  p.device_id,
  p.session_ttl,
  p.arrived_at,
  p.last_seen_at,
  p.expires_at,
  s.location_id,
  m.slug AS user_slug,
  m.name AS user_name,
  m.email AS user_email,
  m.time_zone AS user_time_zone,
  m.locale AS user_locale,
  m.created_at AS user_created_at,
  m.updated_at AS user_updated_at
FROM
  spaces.presences p
  JOIN spaces.spaces s ON s.organization_id = p.organization_id
  AND s.id = p.space_id
  LEFT JOIN tenancy.members m ON m.organization_id = p.organization_id
  AND m.id = p.user_id
WHERE
  p.organization_id = :organization_id
  AND p.expires_at > :now
  AND p.space_id = :id
ORDER BY
  p.arrived_at DESC,
  p.id DESC
LIMIT
  :limit
OFFSET
  :offset;

-- spaces.presence.list_of_user
SELECT
  p.id,
  p.space_id,
  p.user_id,
  p.device_id,
  p.session_ttl,
  p.arrived_at,
  p.last_seen_at,
  p.expires_at,
  s.location_id,
  m.slug AS user_slug,
  m.name AS user_name,
  m.email AS user_email,
  m.time_zone AS user_time_zone,
  m.locale AS user_locale,
  m.created_at AS user_created_at,
  m.updated_at AS user_updated_at
FROM
  spaces.presences p
  JOIN spaces.spaces s ON s.organization_id = p.organization_id
  AND s.id = p.space_id
  LEFT JOIN tenancy.members m ON m.organization_id = p.organization_id
  AND m.id = p.user_id
WHERE
  p.organization_id = :organization_id
  AND p.expires_at > :now
  AND p.user_id = :id
ORDER BY
  p.arrived_at DESC,
  p.id DESC
LIMIT
  :limit
OFFSET
  :offset;

-- spaces.presence.prune
WITH
  gone AS (
    DELETE FROM spaces.presences
    WHERE
      (organization_id, id) IN (
        SELECT
          organization_id,
          id
        FROM
          spaces.presences
        WHERE
          expires_at <= :before
        LIMIT
          2000
        FOR UPDATE
          SKIP LOCKED
      )
    RETURNING
      1
  )
SELECT
  count(*)::integer AS deleted
FROM
  gone;

-- spaces.presence.renew_device
WITH
  place AS (
    SELECT
      s.organization_id,
      s.id,
      s.location_id
    FROM
      spaces.spaces s
    WHERE
      s.organization_id = :organization_id
      AND s.id = :space_id
  ),
  noted AS (
    INSERT INTO
      spaces.last_presences AS l (organization_id, space_id, last_presence_at)
    SELECT
      place.organization_id,
      place.id,
      :now
    FROM
      place
    ON CONFLICT ON CONSTRAINT pk_last_presences DO UPDATE
    SET
      last_presence_at = greatest(l.last_presence_at, excluded.last_presence_at)
  ),
  carried AS (
    UPDATE spaces.presences p
    SET
      space_id = :space_id,
      session_ttl = :session_ttl,
      last_seen_at = :now,
      expires_at = :expires_at,
      arrived_at = CASE
        WHEN p.space_id = :space_id
        AND p.expires_at > :now THEN p.arrived_at
        ELSE :now
      END
    FROM
      place
    WHERE
      p.organization_id = :organization_id
      AND p.id = (
        SELECT
          d.id
        FROM
          spaces.presences d
        WHERE
          d.organization_id = :organization_id
          AND d.device_id = :device_id
          AND d.user_id IS NOT NULL
          AND d.expires_at > :now
        ORDER BY
          d.last_seen_at DESC
        LIMIT
          1
      )
    RETURNING
      p.*
  ),
  alone AS (
    INSERT INTO
      spaces.presences AS p (organization_id, space_id, user_id, device_id, session_ttl, arrived_at, last_seen_at, expires_at)
    SELECT
      place.organization_id,
      place.id,
      :user_id,
      :device_id,
      :session_ttl,
      :now,
      :now,
      :expires_at
    FROM
      place
    WHERE
      NOT EXISTS (
        SELECT
        FROM
          carried
      )
    ON CONFLICT (organization_id, device_id)
    WHERE
      user_id IS NULL DO UPDATE
    SET
      space_id = :space_id,
      session_ttl = :session_ttl,
      last_seen_at = :now,
      expires_at = :expires_at,
      arrived_at = CASE
        WHEN p.space_id = :space_id
        AND p.expires_at > :now THEN p.arrived_at
        ELSE :now
      END
    RETURNING
      p.*
  )
SELECT
  p.id,
  p.space_id,
  p.user_id,
  p.device_id,
  p.session_ttl,
  p.arrived_at,
  p.last_seen_at,
  p.expires_at,
  s.location_id,
  m.slug AS user_slug,
  m.name AS user_name,
  m.email AS user_email,
  m.time_zone AS user_time_zone,
  m.locale AS user_locale,
  m.created_at AS user_created_at,
  m.updated_at AS user_updated_at
FROM
  (
    SELECT
      *
    FROM
      carried
    UNION ALL
    SELECT
      *
    FROM
      alone
  ) p
  CROSS JOIN place s
  LEFT JOIN tenancy.members m ON m.organization_id = p.organization_id
  AND m.id = p.user_id;

-- spaces.presence.renew_person
WITH
  place AS (
    SELECT
      s.organization_id,
      s.id,
      s.location_id
    FROM
      spaces.spaces s
    WHERE
      s.organization_id = :organization_id
      AND s.id = :space_id
  ),
  noted AS (
    INSERT INTO
      spaces.last_presences AS l (organization_id, space_id, last_presence_at)
    SELECT
      place.organization_id,
      place.id,
      :now
    FROM
      place
    ON CONFLICT ON CONSTRAINT pk_last_presences DO UPDATE
    SET
      last_presence_at = greatest(l.last_presence_at, excluded.last_presence_at)
  ),
  alone AS (
    DELETE FROM spaces.presences d USING place
    WHERE
      d.organization_id = :organization_id
      AND d.device_id = :device_id
      AND d.user_id IS NULL
  ),
  renewed AS (
    INSERT INTO
      spaces.presences AS p (organization_id, space_id, user_id, device_id, session_ttl, arrived_at, last_seen_at, expires_at)
    SELECT
      place.organization_id,
      place.id,
      :user_id,
      :device_id,
      :session_ttl,
      :now,
      :now,
      :expires_at
    FROM
      place
    ON CONFLICT ON CONSTRAINT uq_presences_user DO UPDATE
    SET
      space_id = :space_id,
      session_ttl = :session_ttl,
      last_seen_at = :now,
      expires_at = :expires_at,
      arrived_at = CASE
        WHEN p.space_id = :space_id
        AND p.expires_at > :now THEN p.arrived_at
        ELSE :now
      END,
      device_id = coalesce(
        excluded.device_id,
        CASE
          WHEN p.expires_at > :now THEN p.device_id
        END
      )
    RETURNING
      p.*
  )
SELECT
  p.id,
  p.space_id,
  p.user_id,
  p.device_id,
  p.session_ttl,
  p.arrived_at,
  p.last_seen_at,
  p.expires_at,
  s.location_id,
  m.slug AS user_slug,
  m.name AS user_name,
  m.email AS user_email,
  m.time_zone AS user_time_zone,
  m.locale AS user_locale,
  m.created_at AS user_created_at,
  m.updated_at AS user_updated_at
FROM
  (
    SELECT
      *
    FROM
      renewed
  ) p
  CROSS JOIN place s
  LEFT JOIN tenancy.members m ON m.organization_id = p.organization_id
  AND m.id = p.user_id;

-- spaces.space.change
UPDATE spaces.spaces old
SET
  (
    location_id,
    level_id,
    name,
    description,
    type,
    capacity,
    image,
    discovery_radius,
    is_disabled,
    is_accessible,
    updated_at
  ) = (
    SELECT
      change.location_id,
      CASE
        WHEN :changes_level::boolean
        OR change.location_id = old.location_id THEN change.level_id
      END,
      change.name,
      change.description,
      change.type,
      change.capacity,
      change.image,
      coalesce(change.discovery_radius, 3),
      coalesce(change.is_disabled, false),
      coalesce(change.is_accessible, false),
      change.updated_at
    FROM
      jsonb_populate_record(old, :change::jsonb) change
  )
WHERE
  organization_id = :organization_id
  AND id = :id
RETURNING
  old.organization_id,
  old.id,
  old.location_id,
  old.level_id,
  old.name,
  old.description,
  old.type,
  old.capacity,
  old.image,
  old.discovery_radius,
  old.is_accessible,
  old.is_disabled,
  old.created_at,
  old.updated_at;

-- spaces.space.create
INSERT INTO
  spaces.spaces AS s (
    organization_id,
    id,
    location_id,
    level_id,
    name,
    description,
    type,
    capacity,
    image,
    discovery_radius,
    is_accessible,
    is_disabled,
    created_at,
    updated_at
  )
VALUES
  (
    :organization_id,
    DEFAULT,
    :location_id,
    :level_id,
    :name,
    :description,
    :type,
    :capacity,
    :image,
    coalesce(:discovery_radius::double precision, 3),
    coalesce(:is_accessible::boolean, false),
    coalesce(:is_disabled::boolean, false),
    :now,
    :now
  )
RETURNING
  s.organization_id,
  s.id,
  s.location_id,
  s.level_id,
  s.name,
  s.description,
  s.type,
  s.capacity,
  s.image,
  s.discovery_radius,
  s.is_accessible,
  s.is_disabled,
  s.created_at,
  s.updated_at;

-- spaces.space.delete
DELETE FROM spaces.spaces
WHERE
  organization_id = :organization_id
  AND id = :id
RETURNING
  id;

-- spaces.space.delete_events
DELETE FROM spaces.events
WHERE
  organization_id = :organization_id
  AND id IN (
    SELECT
      id
    FROM
      spaces.events
    WHERE
      organization_id = :organization_id
      AND space_id = :id
      AND series_id IS NULL
    LIMIT
      500
  )
RETURNING
  id;

-- spaces.space.delete_exceptions
DELETE FROM spaces.events
WHERE
  organization_id = :organization_id
  AND id IN (
    SELECT
      id
    FROM
      spaces.events
    WHERE
      organization_id = :organization_id
      AND space_id = :id
      AND series_id IS NOT NULL
    LIMIT
      500
  )
RETURNING
  id;

-- spaces.space.exists
SELECT
  id
FROM
  spaces.spaces
WHERE
  organization_id = :organization_id
  AND id = :id;

-- spaces.space.find
WITH
  asked AS MATERIALIZED (
    SELECT
      s.id,
      (
        SELECT
          row_to_json(shown)::text
        FROM
          (
            SELECT
              s.id,
              s.location_id,
              s.level_id,
              s.name,
              s.description,
              s.type,
              s.capacity,
              s.image,
              s.discovery_radius,
              s.is_accessible,
              s.is_disabled,
              there.check_ins > 0 AS is_dibsed,
              CASE
                WHEN s.is_disabled THEN '[]'::json
                ELSE '["scheduling"]'::json
              END AS behaviors,
              (
                SELECT
                  replace(left(last.last_presence_at::text, 19), ' ', 'T') || '+0000' AS last_presence_at
                FROM
                  spaces.last_presences last
                WHERE
                  last.organization_id = s.organization_id
                  AND last.space_id = s.id
              ) AS last_presence_at,
              replace(left(s.created_at::text, 19), ' ', 'T') || '+0000' AS created_at,
              replace(left(s.updated_at::text, 19), ' ', 'T') || '+0000' AS updated_at
          ) shown
      ) AS space,
      concat(
        CASE
          WHEN 'calendar' = ANY (:include::text[]) THEN ',"calendar":' || (
            SELECT
              row_to_json(shown)::text
            FROM
              (
                SELECT
                  s.id AS space_id,
                  'quintet' AS remote_type,
                  'space-' || s.id || '@' || :calendar_host::text AS calendar_id,
                  NULL AS subscriber_id,
                  s.id::text AS space_resource_id,
                  'space-' || s.id || '@' || :calendar_host::text AS space_resource_email,
                  NULL AS subscriber_expires_at,
                  replace(left(s.created_at::text, 19), ' ', 'T') || '+0000' AS created_at
              ) shown
          )
        END,
        CASE
          WHEN 'location' = ANY (:include::text[]) THEN ',"location":' || (
            SELECT
              row_to_json(shown)::text
            FROM
              (
                SELECT
                  l.organization_id AS account_id,
                  NULL AS campus_id,
                  l.id,
                  l.name,
                  l.address,
                  l.description,
                  l.image,
                  l.latitude,
                  l.longitude,
                  l.time_zone,
                  replace(left(l.created_at::text, 19), ' ', 'T') || '+0000' AS created_at,
                  replace(left(l.updated_at::text, 19), ' ', 'T') || '+0000' AS updated_at
              ) shown
          )
        END,
        CASE
          WHEN 'amenities' = ANY (:include::text[]) THEN ',"amenities":' || (
            SELECT
              coalesce(json_agg(shown), '[]')::text
            FROM
              (
                SELECT
                  a.id,
                  a.organization_id,
                  a.name::text AS name,
                  replace(left(a.created_at::text, 19), ' ', 'T') || '+0000' AS created_at,
                  replace(left(a.updated_at::text, 19), ' ', 'T') || '+0000' AS updated_at
                FROM
                  spaces.space_amenities sa
                  JOIN spaces.amenities a ON a.organization_id = sa.organization_id
                  AND a.id = sa.amenity_id
                WHERE
                  sa.organization_id = s.organization_id
                  AND sa.space_id = s.id
                ORDER BY
                  a.name,
                  a.id
              ) shown
          )
        END,
        CASE
          WHEN 'space_amenities' = ANY (:include::text[]) THEN ',"space_amenities":' || (
            SELECT
              coalesce(json_agg(shown), '[]')::text
            FROM
              (
                SELECT
                  sa.space_id,
                  sa.amenity_id,
                  sa.quantity,
                  sa.note,
                  (
                    SELECT
                      row_to_json(amenity)
                    FROM
                      (
                        SELECT
                          a.id,
                          a.organization_id,
                          a.name::text AS name,
                          replace(left(a.created_at::text, 19), ' ', 'T') || '+0000' AS created_at,
                          replace(left(a.updated_at::text, 19), ' ', 'T') || '+0000' AS updated_at
                      ) amenity
                  ) AS amenity
                FROM
                  spaces.space_amenities sa
                  JOIN spaces.amenities a ON a.organization_id = sa.organization_id
                  AND a.id = sa.amenity_id
                WHERE
                  sa.organization_id = s.organization_id
                  AND sa.space_id = s.id
                ORDER BY
                  a.name,
                  a.id
              ) shown
          )
        END
      ) AS included,
      s.is_disabled,
      l.time_zone,
      first.starts_at AS busy_from,
      run.ends_at AS busy_until,
      there.check_ins > 0 AS is_checked_in,
      there.present
    FROM
      (
        SELECT
          s.*
        FROM
          spaces.spaces s
        WHERE
          s.organization_id = :organization_id
          AND s.id = :id
        ORDER BY
          s.id
      ) s
      JOIN spaces.locations l ON l.organization_id = s.organization_id
      AND l.id = s.location_id
      CROSS JOIN LATERAL (
        SELECT
          checked_in.check_ins,
          checked_in.only_checked_in + (
            SELECT
              count(*)::integer
            FROM
              spaces.presences present
            WHERE
              present.organization_id = s.organization_id
              AND present.space_id = s.id
              AND present.expires_at > :now::timestamptz
          ) AS present
        FROM
          (
            SELECT
              count(*)::integer AS check_ins,
              count(*) FILTER (
                WHERE
                  NOT EXISTS (
                    SELECT
                    FROM
                      spaces.presences present
                    WHERE
                      present.organization_id = s.organization_id
                      AND present.space_id = s.id
                      AND present.expires_at > :now::timestamptz
                      AND present.user_id = c.user_id
                  )
              )::integer AS only_checked_in
            FROM
              (
                SELECT
                  x.*
                FROM
                  spaces.holds x
                WHERE
                  x.organization_id = s.organization_id
                  AND x.space_id = s.id
                  AND x.status = 'confirmed'
                  AND x.ends_at > :now::timestamptz
                ORDER BY
                  x.ends_at
                LIMIT
                  1
              ) going_on
              JOIN spaces.confirmations c ON c.organization_id = going_on.organization_id
              AND c.event_id = going_on.event_id
              AND c.original_start = going_on.original_start
            WHERE
              going_on.starts_at <= :now
          ) checked_in
      ) there
      LEFT JOIN LATERAL (
        SELECT
          h.starts_at
        FROM
          spaces.holds h
        WHERE
          h.organization_id = s.organization_id
          AND h.space_id = s.id
          AND h.status = 'confirmed'
          AND h.ends_at > :now::timestamptz
          AND 'state' = ANY (:include::text[])
        ORDER BY
          h.ends_at
        LIMIT
          1
      ) first ON true
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
              h.organization_id = s.organization_id
              AND h.space_id = s.id
              AND h.status = 'confirmed'
              AND h.ends_at > :now::timestamptz
              AND 'state' = ANY (:include::text[])
          ) x
        WHERE
          x.next_start IS DISTINCT FROM x.ends_at
        LIMIT
          1
      ) run ON true
  )
SELECT
  asked.*,
  event.*
FROM
  asked
  LEFT JOIN LATERAL (
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
      (
        SELECT
          x.*,
          lag(x.starts_at) OVER (
            ORDER BY
              x.ends_at
          ) AS starts_before
        FROM
          spaces.holds x
        WHERE
          x.organization_id = :organization_id
          AND x.space_id = asked.id
          AND x.status = 'confirmed'
          AND x.ends_at > :now
        ORDER BY
          x.ends_at
        LIMIT
          2
      ) h
      JOIN spaces.events e ON e.organization_id = h.organization_id
      AND e.id = h.detail_id
    WHERE
      (
        h.starts_before IS NULL
        OR h.starts_before <= :now
      )
      AND h.starts_at <= :next_until
  ) event ON true
ORDER BY
  asked.id,
  event.ends_at;

-- spaces.space.find_in_location
WITH
  asked AS MATERIALIZED (
    SELECT
      s.id,
      (
        SELECT
          row_to_json(shown)::text
        FROM
          (
            SELECT
              s.id,
              s.location_id,
              s.level_id,
              s.name,
              s.description,
              s.type,
              s.capacity,
              s.image,
              s.discovery_radius,
              s.is_accessible,
              s.is_disabled,
              there.check_ins > 0 AS is_dibsed,
              CASE
                WHEN s.is_disabled THEN '[]'::json
                ELSE '["scheduling"]'::json
              END AS behaviors,
              (
                SELECT
                  replace(left(last.last_presence_at::text, 19), ' ', 'T') || '+0000' AS last_presence_at
                FROM
                  spaces.last_presences last
                WHERE
                  last.organization_id = s.organization_id
                  AND last.space_id = s.id
              ) AS last_presence_at,
              replace(left(s.created_at::text, 19), ' ', 'T') || '+0000' AS created_at,
              replace(left(s.updated_at::text, 19), ' ', 'T') || '+0000' AS updated_at
          ) shown
      ) AS space,
      concat(
        CASE
          WHEN 'calendar' = ANY (:include::text[]) THEN ',"calendar":' || (
            SELECT
              row_to_json(shown)::text
            FROM
              (
                SELECT
                  s.id AS space_id,
                  'quintet' AS remote_type,
                  'space-' || s.id || '@' || :calendar_host::text AS calendar_id,
                  NULL AS subscriber_id,
                  s.id::text AS space_resource_id,
                  'space-' || s.id || '@' || :calendar_host::text AS space_resource_email,
                  NULL AS subscriber_expires_at,
                  replace(left(s.created_at::text, 19), ' ', 'T') || '+0000' AS created_at
              ) shown
          )
        END,
        CASE
          WHEN 'location' = ANY (:include::text[]) THEN ',"location":' || (
            SELECT
              row_to_json(shown)::text
            FROM
              (
                SELECT
                  l.organization_id AS account_id,
                  NULL AS campus_id,
                  l.id,
                  l.name,
                  l.address,
                  l.description,
                  l.image,
                  l.latitude,
                  l.longitude,
                  l.time_zone,
                  replace(left(l.created_at::text, 19), ' ', 'T') || '+0000' AS created_at,
                  replace(left(l.updated_at::text, 19), ' ', 'T') || '+0000' AS updated_at
              ) shown
          )
        END,
        CASE
          WHEN 'amenities' = ANY (:include::text[]) THEN ',"amenities":' || (
            SELECT
              coalesce(json_agg(shown), '[]')::text
            FROM
              (
                SELECT
                  a.id,
                  a.organization_id,
                  a.name::text AS name,
                  replace(left(a.created_at::text, 19), ' ', 'T') || '+0000' AS created_at,
                  replace(left(a.updated_at::text, 19), ' ', 'T') || '+0000' AS updated_at
                FROM
                  spaces.space_amenities sa
                  JOIN spaces.amenities a ON a.organization_id = sa.organization_id
                  AND a.id = sa.amenity_id
                WHERE
                  sa.organization_id = s.organization_id
                  AND sa.space_id = s.id
                ORDER BY
                  a.name,
                  a.id
              ) shown
          )
        END,
        CASE
          WHEN 'space_amenities' = ANY (:include::text[]) THEN ',"space_amenities":' || (
            SELECT
              coalesce(json_agg(shown), '[]')::text
            FROM
              (
                SELECT
                  sa.space_id,
                  sa.amenity_id,
                  sa.quantity,
                  sa.note,
                  (
                    SELECT
                      row_to_json(amenity)
                    FROM
                      (
                        SELECT
                          a.id,
                          a.organization_id,
                          a.name::text AS name,
                          replace(left(a.created_at::text, 19), ' ', 'T') || '+0000' AS created_at,
                          replace(left(a.updated_at::text, 19), ' ', 'T') || '+0000' AS updated_at
                      ) amenity
                  ) AS amenity
                FROM
                  spaces.space_amenities sa
                  JOIN spaces.amenities a ON a.organization_id = sa.organization_id
                  AND a.id = sa.amenity_id
                WHERE
                  sa.organization_id = s.organization_id
                  AND sa.space_id = s.id
                ORDER BY
                  a.name,
                  a.id
              ) shown
          )
        END
      ) AS included,
      s.is_disabled,
      l.time_zone,
      first.starts_at AS busy_from,
      run.ends_at AS busy_until,
      there.check_ins > 0 AS is_checked_in,
      there.present
    FROM
      (
        SELECT
          s.*
        FROM
          spaces.spaces s
        WHERE
          s.organization_id = :organization_id
          AND s.id = :id
          AND s.location_id = :location_id
        ORDER BY
          s.id
      ) s
      JOIN spaces.locations l ON l.organization_id = s.organization_id
      AND l.id = s.location_id
      CROSS JOIN LATERAL (
        SELECT
          checked_in.check_ins,
          checked_in.only_checked_in + (
            SELECT
              count(*)::integer
            FROM
              spaces.presences present
            WHERE
              present.organization_id = s.organization_id
              AND present.space_id = s.id
              AND present.expires_at > :now::timestamptz
          ) AS present
        FROM
          (
            SELECT
              count(*)::integer AS check_ins,
              count(*) FILTER (
                WHERE
                  NOT EXISTS (
                    SELECT
                    FROM
                      spaces.presences present
                    WHERE
                      present.organization_id = s.organization_id
                      AND present.space_id = s.id
                      AND present.expires_at > :now::timestamptz
                      AND present.user_id = c.user_id
                  )
              )::integer AS only_checked_in
            FROM
              (
                SELECT
                  x.*
                FROM
                  spaces.holds x
                WHERE
                  x.organization_id = s.organization_id
                  AND x.space_id = s.id
                  AND x.status = 'confirmed'
                  AND x.ends_at > :now::timestamptz
                ORDER BY
                  x.ends_at
                LIMIT
                  1
              ) going_on
              JOIN spaces.confirmations c ON c.organization_id = going_on.organization_id
              AND c.event_id = going_on.event_id
              AND c.original_start = going_on.original_start
            WHERE
              going_on.starts_at <= :now
          ) checked_in
      ) there
      LEFT JOIN LATERAL (
        SELECT
          h.starts_at
        FROM
          spaces.holds h
        WHERE
          h.organization_id = s.organization_id
          AND h.space_id = s.id
          AND h.status = 'confirmed'
          AND h.ends_at > :now::timestamptz
          AND 'state' = ANY (:include::text[])
        ORDER BY
          h.ends_at
        LIMIT
          1
      ) first ON true
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
              h.organization_id = s.organization_id
              AND h.space_id = s.id
              AND h.status = 'confirmed'
              AND h.ends_at > :now::timestamptz
              AND 'state' = ANY (:include::text[])
          ) x
        WHERE
          x.next_start IS DISTINCT FROM x.ends_at
        LIMIT
          1
      ) run ON true
  )
SELECT
  asked.*,
  event.*
FROM
  asked
  LEFT JOIN LATERAL (
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
      (
        SELECT
          x.*,
          lag(x.starts_at) OVER (
            ORDER BY
              x.ends_at
          ) AS starts_before
        FROM
          spaces.holds x
        WHERE
          x.organization_id = :organization_id
          AND x.space_id = asked.id
          AND x.status = 'confirmed'
          AND x.ends_at > :now
        ORDER BY
          x.ends_at
        LIMIT
          2
      ) h
      JOIN spaces.events e ON e.organization_id = h.organization_id
      AND e.id = h.detail_id
    WHERE
      (
        h.starts_before IS NULL
        OR h.starts_before <= :now
      )
      AND h.starts_at <= :next_until
  ) event ON true
ORDER BY
  asked.id,
  event.ends_at;

-- spaces.space.first_ahead
SELECT
  ahead.event_id,
  ahead.original_start,
  ahead.starts_at,
  e.title,
  e.visibility,
  e.start_zone,
  NOT ahead.is_endless
  AND (
    e.recurrence IS NOT NULL
    OR e.series_id IS NOT NULL
  ) AS is_occurrence
FROM
  (
    (
      SELECT
        h.event_id,
        h.detail_id,
        h.original_start,
        h.starts_at,
        h.ends_at,
        false AS is_endless
      FROM
        spaces.holds h
      WHERE
        h.organization_id = :organization_id
        AND h.status = 'confirmed'
        AND h.ends_at > :now
        AND h.space_id = :id
      ORDER BY
        h.ends_at
      LIMIT
        1
    )
    UNION ALL
    (
      SELECT
        h.event_id,
        h.detail_id,
        h.original_start,
        h.starts_at,
        h.ends_at,
        false
      FROM
        spaces.events m
        JOIN spaces.holds h ON h.organization_id = :organization_id
        AND h.status = 'confirmed'
        AND h.ends_at > :now
        AND h.event_id = m.id
      WHERE
        m.organization_id = :organization_id
        AND m.space_id = :id
        AND m.series_id IS NULL
        AND m.recurrence IS NOT NULL
      ORDER BY
        h.ends_at
      LIMIT
        1
    )
    UNION ALL
    (
      SELECT
        m.id,
        m.id,
        m.starts_at,
        m.starts_at,
        m.ends_at,
        true
      FROM
        spaces.events m
      WHERE
        m.organization_id = :organization_id
        AND m.space_id = :id
        AND m.held_until IS NOT NULL
      ORDER BY
        m.starts_at
      LIMIT
        1
    )
  ) ahead
  JOIN spaces.events e ON e.organization_id = :organization_id
  AND e.id = ahead.detail_id
ORDER BY
  ahead.is_endless,
  ahead.ends_at
LIMIT
  1;

-- spaces.space.leave_other_series
WITH
  left_behind AS (
    UPDATE spaces.holds h
    SET
      status = 'cancelled',
      detail_id = m.id,
      space_id = m.space_id
    FROM
      spaces.events m
    WHERE
      h.organization_id = :organization_id
      AND h.space_id = :id
      AND m.organization_id = :organization_id
      AND m.id = h.event_id
      AND m.space_id <> :id
    RETURNING
      h.event_id,
      h.original_start
  )
DELETE FROM spaces.confirmations c USING left_behind l
WHERE
  c.organization_id = :organization_id
  AND c.event_id = l.event_id
  AND c.original_start = l.original_start
RETURNING
  c.event_id;

-- spaces.space.list
WITH
  asked AS MATERIALIZED (
    SELECT
      s.id,
      (
        SELECT
          row_to_json(shown)::text
        FROM
          (
            SELECT
              s.id,
              s.location_id,
              s.level_id,
              s.name,
              s.description,
              s.type,
              s.capacity,
              s.image,
              s.discovery_radius,
              s.is_accessible,
              s.is_disabled,
              there.check_ins > 0 AS is_dibsed,
              CASE
                WHEN s.is_disabled THEN '[]'::json
                ELSE '["scheduling"]'::json
              END AS behaviors,
              (
                SELECT
                  replace(left(last.last_presence_at::text, 19), ' ', 'T') || '+0000' AS last_presence_at
                FROM
                  spaces.last_presences last
                WHERE
                  last.organization_id = s.organization_id
                  AND last.space_id = s.id
              ) AS last_presence_at,
              replace(left(s.created_at::text, 19), ' ', 'T') || '+0000' AS created_at,
              replace(left(s.updated_at::text, 19), ' ', 'T') || '+0000' AS updated_at
          ) shown
      ) AS space,
      concat(
        CASE
          WHEN 'calendar' = ANY (:include::text[]) THEN ',"calendar":' || (
            SELECT
              row_to_json(shown)::text
            FROM
              (
                SELECT
                  s.id AS space_id,
                  'quintet' AS remote_type,
                  'space-' || s.id || '@' || :calendar_host::text AS calendar_id,
                  NULL AS subscriber_id,
                  s.id::text AS space_resource_id,
                  'space-' || s.id || '@' || :calendar_host::text AS space_resource_email,
                  NULL AS subscriber_expires_at,
                  replace(left(s.created_at::text, 19), ' ', 'T') || '+0000' AS created_at
              ) shown
          )
        END,
        CASE
          WHEN 'location' = ANY (:include::text[]) THEN ',"location":' || (
            SELECT
              row_to_json(shown)::text
            FROM
              (
                SELECT
                  l.organization_id AS account_id,
                  NULL AS campus_id,
                  l.id,
                  l.name,
                  l.address,
                  l.description,
                  l.image,
                  l.latitude,
                  l.longitude,
                  l.time_zone,
                  replace(left(l.created_at::text, 19), ' ', 'T') || '+0000' AS created_at,
                  replace(left(l.updated_at::text, 19), ' ', 'T') || '+0000' AS updated_at
              ) shown
          )
        END,
        CASE
          WHEN 'amenities' = ANY (:include::text[]) THEN ',"amenities":' || (
            SELECT
              coalesce(json_agg(shown), '[]')::text
            FROM
              (
                SELECT
                  a.id,
                  a.organization_id,
                  a.name::text AS name,
                  replace(left(a.created_at::text, 19), ' ', 'T') || '+0000' AS created_at,
                  replace(left(a.updated_at::text, 19), ' ', 'T') || '+0000' AS updated_at
                FROM
                  spaces.space_amenities sa
                  JOIN spaces.amenities a ON a.organization_id = sa.organization_id
                  AND a.id = sa.amenity_id
                WHERE
                  sa.organization_id = s.organization_id
                  AND sa.space_id = s.id
                ORDER BY
                  a.name,
                  a.id
              ) shown
          )
        END,
        CASE
          WHEN 'space_amenities' = ANY (:include::text[]) THEN ',"space_amenities":' || (
            SELECT
              coalesce(json_agg(shown), '[]')::text
            FROM
              (
                SELECT
                  sa.space_id,
                  sa.amenity_id,
                  sa.quantity,
                  sa.note,
                  (
                    SELECT
                      row_to_json(amenity)
                    FROM
                      (
                        SELECT
                          a.id,
                          a.organization_id,
                          a.name::text AS name,
                          replace(left(a.created_at::text, 19), ' ', 'T') || '+0000' AS created_at,
                          replace(left(a.updated_at::text, 19), ' ', 'T') || '+0000' AS updated_at
                      ) amenity
                  ) AS amenity
                FROM
                  spaces.space_amenities sa
                  JOIN spaces.amenities a ON a.organization_id = sa.organization_id
                  AND a.id = sa.amenity_id
                WHERE
                  sa.organization_id = s.organization_id
                  AND sa.space_id = s.id
                ORDER BY
                  a.name,
                  a.id
              ) shown
          )
        END
      ) AS included,
      s.is_disabled,
      l.time_zone,
      first.starts_at AS busy_from,
      run.ends_at AS busy_until,
      there.check_ins > 0 AS is_checked_in,
      there.present
    FROM
      (
        SELECT
          s.*
        FROM
          spaces.spaces s
        WHERE
          s.organization_id = :organization_id
          AND s.location_id = :location_id
          AND (
            :query::text IS NULL
            OR strpos(lower(s.name), lower(:query)) > 0
            OR strpos(lower(s.description), lower(:query)) > 0
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
      ) s
      JOIN spaces.locations l ON l.organization_id = s.organization_id
      AND l.id = s.location_id
      CROSS JOIN LATERAL (
        SELECT
          checked_in.check_ins,
          checked_in.only_checked_in + (
            SELECT
              count(*)::integer
            FROM
              spaces.presences present
            WHERE
              present.organization_id = s.organization_id
              AND present.space_id = s.id
              AND present.expires_at > :now::timestamptz
          ) AS present
        FROM
          (
            SELECT
              count(*)::integer AS check_ins,
              count(*) FILTER (
                WHERE
                  NOT EXISTS (
                    SELECT
                    FROM
                      spaces.presences present
                    WHERE
                      present.organization_id = s.organization_id
                      AND present.space_id = s.id
                      AND present.expires_at > :now::timestamptz
                      AND present.user_id = c.user_id
                  )
              )::integer AS only_checked_in
            FROM
              (
                SELECT
                  x.*
                FROM
                  spaces.holds x
                WHERE
                  x.organization_id = s.organization_id
                  AND x.space_id = s.id
                  AND x.status = 'confirmed'
                  AND x.ends_at > :now::timestamptz
                ORDER BY
                  x.ends_at
                LIMIT
                  1
              ) going_on
              JOIN spaces.confirmations c ON c.organization_id = going_on.organization_id
              AND c.event_id = going_on.event_id
              AND c.original_start = going_on.original_start
            WHERE
              going_on.starts_at <= :now
          ) checked_in
      ) there
      LEFT JOIN LATERAL (
        SELECT
          h.starts_at
        FROM
          spaces.holds h
        WHERE
          h.organization_id = s.organization_id
          AND h.space_id = s.id
          AND h.status = 'confirmed'
          AND h.ends_at > :now::timestamptz
          AND 'state' = ANY (:include::text[])
        ORDER BY
          h.ends_at
        LIMIT
          1
      ) first ON true
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
              h.organization_id = s.organization_id
              AND h.space_id = s.id
              AND h.status = 'confirmed'
              AND h.ends_at > :now::timestamptz
              AND 'state' = ANY (:include::text[])
          ) x
        WHERE
          x.next_start IS DISTINCT FROM x.ends_at
        LIMIT
          1
      ) run ON true
  )
SELECT
  asked.*,
  event.*
FROM
  asked
  LEFT JOIN LATERAL (
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
      (
        SELECT
          x.*,
          lag(x.starts_at) OVER (
            ORDER BY
              x.ends_at
          ) AS starts_before
        FROM
          spaces.holds x
        WHERE
          x.organization_id = :organization_id
          AND x.space_id = asked.id
          AND x.status = 'confirmed'
          AND x.ends_at > :now
        ORDER BY
          x.ends_at
        LIMIT
          2
      ) h
      JOIN spaces.events e ON e.organization_id = h.organization_id
      AND e.id = h.detail_id
    WHERE
      (
        h.starts_before IS NULL
        OR h.starts_before <= :now
      )
      AND h.starts_at <= :next_until
  ) event ON true
ORDER BY
  asked.id,
  event.ends_at;

-- spaces.space.lock_to_delete
SELECT
  id
FROM
  spaces.spaces
WHERE
  organization_id = :organization_id
  AND id = :id
FOR UPDATE;

-- spaces.space_amenity.delete
DELETE FROM spaces.space_amenities
WHERE
  organization_id = :organization_id
  AND space_id = :space_id
  AND amenity_id = :amenity_id
RETURNING
  amenity_id;

-- spaces.space_amenity.find
SELECT
  sa.space_id,
  sa.amenity_id,
  sa.quantity,
  sa.note,
  (
    SELECT
      row_to_json(amenity)
    FROM
      (
        SELECT
          a.id,
          a.organization_id,
          a.name::text AS name,
          replace(left(a.created_at::text, 19), ' ', 'T') || '+0000' AS created_at,
          replace(left(a.updated_at::text, 19), ' ', 'T') || '+0000' AS updated_at
      ) amenity
  ) AS amenity
FROM
  spaces.space_amenities sa
  JOIN spaces.amenities a ON a.organization_id = sa.organization_id
  AND a.id = sa.amenity_id
WHERE
  sa.organization_id = :organization_id
  AND sa.space_id = :space_id
  AND sa.amenity_id = :amenity_id;

-- spaces.space_amenity.list
SELECT
  sa.space_id,
  sa.amenity_id,
  sa.quantity,
  sa.note,
  (
    SELECT
      row_to_json(amenity)
    FROM
      (
        SELECT
          a.id,
          a.organization_id,
          a.name::text AS name,
          replace(left(a.created_at::text, 19), ' ', 'T') || '+0000' AS created_at,
          replace(left(a.updated_at::text, 19), ' ', 'T') || '+0000' AS updated_at
      ) amenity
  ) AS amenity
FROM
  spaces.space_amenities sa
  JOIN spaces.amenities a ON a.organization_id = sa.organization_id
  AND a.id = sa.amenity_id
WHERE
  sa.organization_id = :organization_id
  AND sa.space_id = :space_id
ORDER BY
  a.name,
  a.id
LIMIT
  :limit
OFFSET
  :offset;

-- spaces.space_amenity.put
WITH
  sa AS (
    INSERT INTO
      spaces.space_amenities AS old (organization_id, space_id, amenity_id, quantity, note)
    VALUES
      (:organization_id, :space_id, :amenity_id, :quantity, :note)
    ON CONFLICT ON CONSTRAINT pk_space_amenities DO UPDATE
    SET
      quantity = CASE
        WHEN :changes_quantity::boolean THEN excluded.quantity
        ELSE old.quantity
      END,
      note = CASE
        WHEN :changes_note::boolean THEN excluded.note
        ELSE old.note
      END
    RETURNING
      *
  )
SELECT
  sa.space_id,
  sa.amenity_id,
  sa.quantity,
  sa.note,
  (
    SELECT
      row_to_json(amenity)
    FROM
      (
        SELECT
          a.id,
          a.organization_id,
          a.name::text AS name,
          replace(left(a.created_at::text, 19), ' ', 'T') || '+0000' AS created_at,
          replace(left(a.updated_at::text, 19), ' ', 'T') || '+0000' AS updated_at
      ) amenity
  ) AS amenity
FROM
  sa
  JOIN spaces.amenities a ON a.organization_id = sa.organization_id
  AND a.id = sa.amenity_id;

-- spaces.state.find
SELECT
  s.is_disabled,
  l.time_zone,
  first.starts_at AS busy_from,
  run.ends_at AS busy_until,
  there.check_ins > 0 AS is_checked_in,
  there.present
FROM
  spaces.spaces s
  JOIN spaces.locations l ON l.organization_id = s.organization_id
  AND l.id = s.location_id
  CROSS JOIN LATERAL (
    SELECT
      checked_in.check_ins,
      checked_in.only_checked_in + (
        SELECT
          count(*)::integer
        FROM
          spaces.presences present
        WHERE
          present.organization_id = s.organization_id
          AND present.space_id = s.id
          AND present.expires_at > :now::timestamptz
      ) AS present
    FROM
      (
        SELECT
          count(*)::integer AS check_ins,
          count(*) FILTER (
            WHERE
              NOT EXISTS (
                SELECT
                FROM
                  spaces.presences present
                WHERE
                  present.organization_id = s.organization_id
                  AND present.space_id = s.id
                  AND present.expires_at > :now::timestamptz
                  AND present.user_id = c.user_id
              )
          )::integer AS only_checked_in
        FROM
          (
            SELECT
              x.*
            FROM
              spaces.holds x
            WHERE
              x.organization_id = s.organization_id
              AND x.space_id = s.id
              AND x.status = 'confirmed'
              AND x.ends_at > :now::timestamptz
            ORDER BY
              x.ends_at
            LIMIT
              1
          ) going_on
          JOIN spaces.confirmations c ON c.organization_id = going_on.organization_id
          AND c.event_id = going_on.event_id
          AND c.original_start = going_on.original_start
        WHERE
          going_on.starts_at <= :now
      ) checked_in
  ) there
  LEFT JOIN LATERAL (
    SELECT
      h.starts_at
    FROM
      spaces.holds h
    WHERE
      h.organization_id = s.organization_id
      AND h.space_id = s.id
      AND h.status = 'confirmed'
      AND h.ends_at > :now::timestamptz
      AND true
    ORDER BY
      h.ends_at
    LIMIT
      1
  ) first ON true
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
          h.organization_id = s.organization_id
          AND h.space_id = s.id
          AND h.status = 'confirmed'
          AND h.ends_at > :now::timestamptz
          AND true
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
  m.id,
  m.email,
  m.name,
  m.time_zone,
  m.locale,
  m.created_at,
  m.updated_at,
  m.slug
FROM
  tenancy.members m
WHERE
  m.organization_id = :organization_id
  AND m.id = :id;

-- spaces.user.find_by_email
SELECT
  m.id,
  m.email,
  m.name,
  m.time_zone,
  m.locale,
  m.created_at,
  m.updated_at,
  m.slug
FROM
  tenancy.members m
WHERE
  m.organization_id = :organization_id
  AND m.email = :email;

-- spaces.user.find_by_slug
SELECT
  m.id,
  m.email,
  m.name,
  m.time_zone,
  m.locale,
  m.created_at,
  m.updated_at,
  m.slug
FROM
  tenancy.members m
WHERE
  m.organization_id = :organization_id
  AND m.slug = :slug;

-- spaces.user.find_in_organization
SELECT
  m.id,
  m.email,
  m.name,
  m.time_zone,
  m.locale,
  m.created_at,
  m.updated_at,
  m.slug
FROM
  tenancy.organizations o
  LEFT JOIN tenancy.members m ON m.organization_id = o.id
  AND (
    m.id = :id
    OR m.slug = :slug
  )
WHERE
  o.id = :organization_id
  AND (
    o.id::text = :organization
    OR o.slug = :organization
  );

-- spaces.user.list
SELECT
  m.id,
  m.email,
  m.name,
  m.time_zone,
  m.locale,
  m.created_at,
  m.updated_at,
  m.slug
FROM
  tenancy.organizations o
  JOIN tenancy.members m ON m.organization_id = o.id
WHERE
  o.id = :organization_id
  AND (
    o.id::text = :organization
    OR o.slug = :organization
  )
  AND (
    :query::text IS NULL
    OR strpos(lower(m.name), lower(:query)) > 0
    OR strpos(lower(m.email::text), lower(:query)) > 0
  )
  AND (
    :ids::integer[] IS NULL
    OR m.id = ANY (:ids)
  )
  AND (
    :is_admin::boolean IS NULL
    OR m.is_admin = :is_admin
  )
ORDER BY
  m.id
LIMIT
  :limit
OFFSET
  :offset;

