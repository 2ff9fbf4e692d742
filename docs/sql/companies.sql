-- companies.cohost.add
INSERT INTO
  companies.cohosts (organization_id, event_id, position, name, privacy_policy)
VALUES
  (:organization_id, :event_id, :position, :name, :privacy_policy)
RETURNING
  id;

-- companies.cohost.arrange
UPDATE companies.cohosts c
SET
  position = place.position
FROM
  unnest(:ids::integer[]) WITH ORDINALITY place (id, position)
WHERE
  c.organization_id = :organization_id
  AND c.event_id = :event_id
  AND c.id = place.id
  AND c.position <> place.position
RETURNING
  c.id;

-- companies.cohost.change
UPDATE companies.cohosts old
SET
  (name, privacy_policy) = (
    SELECT
      change.name,
      change.privacy_policy
    FROM
      jsonb_populate_record(old, :change::jsonb) change
  )
WHERE
  organization_id = :organization_id
  AND event_id = :event_id
  AND id = :id
RETURNING
  id;

-- companies.cohost.order
SELECT
  id
FROM
  companies.cohosts
WHERE
  organization_id = :organization_id
  AND event_id = :event_id
ORDER BY
  position;

-- companies.cohost.remove
DELETE FROM companies.cohosts
WHERE
  organization_id = :organization_id
  AND event_id = :event_id
  AND id = :id
RETURNING
  id;

-- companies.company.find
SELECT
  organization_id,
  id,
  slug,
  use_api,
  time_zone
FROM
  companies.companies
WHERE
  organization_id = :organization_id
  AND id = :id;

-- companies.company.hold
SELECT
  id
FROM
  companies.companies
WHERE
  organization_id = :organization_id
  AND id = :company_id
FOR NO KEY UPDATE;

-- companies.company.list
SELECT
  whole.total,
  c.id,
  c.slug,
  c.name,
  c.logo,
  c.brand_color,
  c.privacy_policy,
  c.tagline,
  c.url,
  c.created_at
FROM
  (
    SELECT
      count(*)::integer AS total
    FROM
      companies.companies
    WHERE
      organization_id = :organization_id
      AND use_api
  ) whole
  LEFT JOIN LATERAL (
    SELECT
      *
    FROM
      companies.companies
    WHERE
      organization_id = :organization_id
      AND use_api
    ORDER BY
      id
    LIMIT
      :limit
    OFFSET
      :offset
  ) c ON true
ORDER BY
  c.id;

-- companies.company.show
SELECT
  id,
  slug,
  name,
  logo,
  brand_color,
  privacy_policy,
  tagline,
  url,
  created_at,
  use_api
FROM
  companies.companies
WHERE
  organization_id = :organization_id
  AND id = :id;

-- companies.event.change
WITH
  e AS (
    UPDATE companies.events old
    SET
      (
        slug,
        updated_at,
        name,
        name_key,
        date_start,
        date_end,
        attendance_mode,
        company_role,
        timezone,
        locale,
        privacy_policy,
        tax_country,
        requires_ticket_assignment,
        city,
        province,
        country,
        google_place_id,
        venue,
        venue_address,
        venue_google_place_id
      ) = (
        SELECT
          r.slug,
          :now::timestamptz,
          r.name,
          r.name_key,
          r.date_start,
          r.date_end,
          r.attendance_mode,
          r.company_role,
          r.timezone,
          r.locale,
          r.privacy_policy,
          r.tax_country,
          r.requires_ticket_assignment,
          CASE r.attendance_mode
            WHEN 'offline' THEN r.city
          END,
          r.province,
          r.country,
          CASE
            WHEN :change::jsonb ? 'google_place_id'
            OR NOT (btrim(r.city) IS DISTINCT FROM btrim(old.city)) THEN CASE r.attendance_mode
              WHEN 'offline' THEN r.google_place_id
            END
          END,
          r.venue,
          r.venue_address,
          CASE
            WHEN :change::jsonb ? 'venue_google_place_id'
            OR NOT (
              btrim(r.venue) IS DISTINCT FROM btrim(old.venue)
              OR btrim(r.venue_address) IS DISTINCT FROM btrim(old.venue_address)
            ) THEN r.venue_google_place_id
          END
        FROM
          jsonb_populate_record(old, :change::jsonb) r
      )
    WHERE
      organization_id = :organization_id
      AND company_id = :company_id
      AND slug = :slug
    RETURNING
      *
  )
SELECT
  e.slug,
  e.name,
  e.date_start::text AS date_start,
  e.date_end::text AS date_end,
  e.attendance_mode,
  e.company_role,
  e.timezone,
  e.locale,
  e.privacy_policy,
  e.requires_ticket_assignment,
  e.city,
  e.province,
  e.country,
  e.google_place_id,
  e.venue,
  e.venue_address,
  e.venue_google_place_id,
  e.page,
  e.unsplash_data::text AS unsplash_data,
  e.created_at,
  (
    SELECT
      coalesce(
        json_agg(
          json_build_object('id', c.id, 'name', c.name, 'privacy_policy', c.privacy_policy, 'position', c.position)
          ORDER BY
            c.position
        ),
        '[]'
      )
    FROM
      companies.cohosts c
    WHERE
      c.organization_id = e.organization_id
      AND c.event_id = e.id
  ) AS cohosts
FROM
  e;

-- companies.event.create
WITH
  r AS MATERIALIZED (
    SELECT
      *
    FROM
      ROWS
    FROM
      (
        json_to_recordset($1::json) AS (
          organization_id integer,
          company_id integer,
          slug text,
          created_at timestamptz,
          name text,
          name_key text,
          date_start timestamp,
          date_end timestamp,
          attendance_mode text,
          company_role text,
          timezone text,
          locale text,
          privacy_policy text,
          tax_country text,
          requires_ticket_assignment boolean,
          city text,
          province text,
          country text,
          google_place_id text,
          venue text,
          venue_address text,
          venue_google_place_id text
        )
      ) WITH ORDINALITY AS input (
        organization_id,
        company_id,
        slug,
        created_at,
        name,
        name_key,
        date_start,
        date_end,
        attendance_mode,
        company_role,
        timezone,
        locale,
        privacy_policy,
        tax_country,
        requires_ticket_assignment,
        city,
        province,
        country,
        google_place_id,
        venue,
        venue_address,
        venue_google_place_id,
        n
      )
  ),
  e AS (
    INSERT INTO
      companies.events (
        organization_id,
        company_id,
        slug,
        created_at,
        updated_at,
        name,
        name_key,
        date_start,
        date_end,
        attendance_mode,
        company_role,
        timezone,
        locale,
        privacy_policy,
        tax_country,
        requires_ticket_assignment,
        city,
        province,
        country,
        google_place_id,
        venue,
        venue_address,
        venue_google_place_id
      )
    SELECT
      organization_id,
      company_id,
      slug,
      created_at,
      created_at,
      r.name,
      r.name_key,
      r.date_start,
      r.date_end,
      r.attendance_mode,
      r.company_role,
      r.timezone,
      r.locale,
      r.privacy_policy,
      r.tax_country,
      r.requires_ticket_assignment,
      CASE r.attendance_mode
        WHEN 'offline' THEN r.city
      END,
      r.province,
      r.country,
      CASE r.attendance_mode
        WHEN 'offline' THEN r.google_place_id
      END,
      r.venue,
      r.venue_address,
      r.venue_google_place_id
    FROM
      r
    ORDER BY
      organization_id,
      company_id,
      slug,
      n
    ON CONFLICT ON CONSTRAINT uq_events_slug DO NOTHING
    RETURNING
      *
  )
SELECT
  (
    SELECT
      min(r.n)
    FROM
      r
    WHERE
      r.organization_id = e.organization_id
      AND r.company_id = e.company_id
      AND r.slug = e.slug
  ) AS n,
  e.slug,
  e.name,
  e.date_start::text AS date_start,
  e.date_end::text AS date_end,
  e.attendance_mode,
  e.company_role,
  e.timezone,
  e.locale,
  e.privacy_policy,
  e.requires_ticket_assignment,
  e.city,
  e.province,
  e.country,
  e.google_place_id,
  e.venue,
  e.venue_address,
  e.venue_google_place_id,
  e.page,
  e.unsplash_data::text AS unsplash_data,
  e.created_at,
  '[]'::json AS cohosts
FROM
  e;

-- companies.event.find
SELECT
  input.n,
  e.slug,
  e.name,
  e.date_start::text AS date_start,
  e.date_end::text AS date_end,
  e.attendance_mode,
  e.company_role,
  e.timezone,
  e.locale,
  e.privacy_policy,
  e.requires_ticket_assignment,
  e.city,
  e.province,
  e.country,
  e.google_place_id,
  e.venue,
  e.venue_address,
  e.venue_google_place_id,
  e.page,
  e.unsplash_data::text AS unsplash_data,
  e.created_at,
  (
    SELECT
      coalesce(
        json_agg(
          json_build_object('id', c.id, 'name', c.name, 'privacy_policy', c.privacy_policy, 'position', c.position)
          ORDER BY
            c.position
        ),
        '[]'
      )
    FROM
      companies.cohosts c
    WHERE
      c.organization_id = e.organization_id
      AND c.event_id = e.id
  ) AS cohosts
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
        $3::text[]
    )
  ) WITH ORDINALITY AS input (organization_id, company_id, slug, n)
  JOIN companies.events e ON e.organization_id = input.organization_id
  AND e.company_id = input.company_id
  AND e.slug = input.slug;

-- companies.event.free_number
SELECT
  number
FROM
  (
    SELECT
      generate_series(2, 1000000) AS number
  ) numbers
WHERE
  (
    SELECT
      count(*)
    FROM
      companies.events
    WHERE
      organization_id = :organization_id
      AND company_id = :company_id
      AND slug = :slug::text || '-' || number
  ) = 0
LIMIT
  1;

-- companies.event.hold
SELECT
  id
FROM
  companies.events
WHERE
  organization_id = :organization_id
  AND company_id = :company_id
  AND slug = :slug
FOR NO KEY UPDATE;

-- companies.event.list
SELECT
  whole.total,
  e.slug,
  e.name,
  e.date_start::text AS date_start,
  e.date_end::text AS date_end,
  e.attendance_mode,
  e.company_role,
  e.timezone,
  e.locale,
  e.privacy_policy,
  e.requires_ticket_assignment,
  e.city,
  e.province,
  e.country,
  e.google_place_id,
  e.venue,
  e.venue_address,
  e.venue_google_place_id,
  e.page,
  e.unsplash_data::text AS unsplash_data,
  e.created_at,
  (
    SELECT
      coalesce(
        json_agg(
          json_build_object('id', c.id, 'name', c.name, 'privacy_policy', c.privacy_policy, 'position', c.position)
          ORDER BY
            c.position
        ),
        '[]'
      )
    FROM
      companies.cohosts c
    WHERE
      c.organization_id = e.organization_id
      AND c.event_id = e.id
  ) AS cohosts
FROM
  (
    SELECT
      count(*)::integer AS total
    FROM
      companies.events
    WHERE
      organization_id = :organization_id
      AND company_id = :company_id
  ) whole
  LEFT JOIN LATERAL (
    SELECT
      *
    FROM
      companies.events
    WHERE
      organization_id = :organization_id
      AND company_id = :company_id
    ORDER BY
      date_start DESC,
      slug COLLATE "C"
    LIMIT
      15
    OFFSET
      (
        SELECT
          :offset::bigint
      )
  ) e ON true
ORDER BY
  e.date_start DESC,
  e.slug COLLATE "C";

-- companies.event_page.change
UPDATE companies.events
SET
  page = page || :page::jsonb,
  unsplash_data = CASE
    WHEN :changes_unsplash_data::boolean THEN :unsplash_data::json
    ELSE unsplash_data
  END,
  updated_at = :now
WHERE
  organization_id = :organization_id
  AND company_id = :company_id
  AND slug = :slug
  AND company_role = 'organizing'
RETURNING
  page,
  unsplash_data::text AS unsplash_data;

-- companies.event_page.find
SELECT
  page,
  unsplash_data::text AS unsplash_data
FROM
  companies.events
WHERE
  organization_id = :organization_id
  AND company_id = :company_id
  AND slug = :slug
  AND company_role = 'organizing';

-- companies.header_image.delete
DELETE FROM companies.header_images
WHERE
  (organization_id, event_id) IN (
    SELECT
      organization_id,
      id AS event_id
    FROM
      companies.events
    WHERE
      organization_id = :organization_id
      AND company_id = :company_id
      AND slug = :slug
      AND company_role = 'organizing'
  );

-- companies.header_image.store
INSERT INTO
  companies.header_images (organization_id, event_id, content_type, hash, bytes)
SELECT
  organization_id,
  event_id,
  :content_type::text,
  :hash::text,
  :bytes::bytea
FROM
  (
    SELECT
      organization_id,
      id AS event_id
    FROM
      companies.events
    WHERE
      organization_id = :organization_id
      AND company_id = :company_id
      AND slug = :slug
      AND company_role = 'organizing'
  ) e
ON CONFLICT ON CONSTRAINT pk_header_images DO UPDATE
SET
  content_type = excluded.content_type,
  hash = excluded.hash,
  bytes = excluded.bytes;

-- companies.public_event.find
SELECT
  e.slug,
  e.name,
  e.date_start::text AS date_start,
  e.date_end::text AS date_end,
  e.attendance_mode,
  e.company_role,
  e.timezone,
  e.locale,
  e.privacy_policy,
  e.requires_ticket_assignment,
  e.city,
  e.province,
  e.country,
  e.google_place_id,
  e.venue,
  e.venue_address,
  e.venue_google_place_id,
  e.page,
  e.unsplash_data::text AS unsplash_data,
  e.created_at,
  (
    SELECT
      coalesce(
        json_agg(
          json_build_object('id', c.id, 'name', c.name, 'privacy_policy', c.privacy_policy, 'position', c.position)
          ORDER BY
            c.position
        ),
        '[]'
      )
    FROM
      companies.cohosts c
    WHERE
      c.organization_id = e.organization_id
      AND c.event_id = e.id
  ) AS cohosts,
  e.id AS event_number,
  e.updated_at,
  co.name AS company_name,
  co.slug AS company_slug
FROM
  companies.companies co
  JOIN companies.events e ON e.organization_id = co.organization_id
  AND e.company_id = co.id
WHERE
  co.slug = :company_slug
  AND e.slug = :slug;

-- companies.public_event.header_image
SELECT
  i.content_type,
  i.hash,
  i.bytes
FROM
  companies.companies co
  JOIN companies.events e ON e.organization_id = co.organization_id
  AND e.company_id = co.id
  JOIN companies.header_images i ON i.organization_id = e.organization_id
  AND i.event_id = e.id
WHERE
  co.slug = :company_slug
  AND e.slug = :slug;

-- companies.user.find
SELECT
  id,
  name,
  email::text AS email,
  locale,
  time_zone,
  created_at
FROM
  tenancy.members
WHERE
  organization_id = :organization_id
  AND id = :id;

