-- admin.company.slugs_like
SELECT
  slug
FROM
  companies.companies
WHERE
  slug LIKE :pattern;

-- admin.due_event.change
WITH
  e AS (
    UPDATE realms.events old
    SET
      (type, title, starts_at, ends_at, has_end, description, all_day, creator_id, updated_at) = (
        SELECT
          change.type,
          change.title,
          change.starts_at,
          change.ends_at,
          change.has_end,
          change.description,
          change.all_day,
          change.creator_id,
          change.updated_at
        FROM
          jsonb_populate_record(old, :change::jsonb) change
      )
    WHERE
      organization_id = :organization_id
      AND id = :id
      AND type IN ('assignment', 'discussion')
    RETURNING
      *
  )
SELECT
  e.id,
  coalesce(r.kind, 'user') AS kind,
  coalesce(e.realm_id, e.user_id) AS realm_id,
  e.type,
  e.title,
  to_char(e.starts_at, 'YYYY-MM-DD HH24:MI:SS') AS start,
  to_char(e.ends_at, 'YYYY-MM-DD HH24:MI:SS') AS "end",
  e.description,
  e.all_day,
  c.email::text AS creator,
  e.created_at,
  e.updated_at
FROM
  e
  LEFT JOIN realms.realms r ON r.organization_id = e.organization_id
  AND r.id = e.realm_id
  LEFT JOIN tenancy.members c ON c.organization_id = e.organization_id
  AND c.id = e.creator_id;

-- admin.due_event.count
SELECT
  count(*)::integer AS total
FROM
  realms.events
WHERE
  organization_id = :organization_id
  AND type IN ('assignment', 'discussion');

-- admin.due_event.create
WITH
  e AS (
    INSERT INTO
      realms.events (
        organization_id,
        realm_id,
        user_id,
        creator_id,
        type,
        title,
        description,
        starts_at,
        ends_at,
        has_end,
        all_day,
        rsvp,
        comments_enabled,
        created_at,
        updated_at
      )
    VALUES
      (
        :organization_id,
        (
          SELECT
            id
          FROM
            realms.realms
          WHERE
            organization_id = :organization_id
            AND id = :realm_id
            AND kind = :kind
        ),
        (
          SELECT
            id
          FROM
            tenancy.members
          WHERE
            organization_id = :organization_id
            AND id = :realm_id
            AND :kind = 'user'
        ),
        :creator_id,
        :type,
        :title,
        :description,
        :start,
        :end::timestamp,
        :end::timestamp IS NOT NULL,
        :all_day,
        0,
        false,
        :now,
        :now
      )
    RETURNING
      *
  )
SELECT
  e.id,
  coalesce(r.kind, 'user') AS kind,
  coalesce(e.realm_id, e.user_id) AS realm_id,
  e.type,
  e.title,
  to_char(e.starts_at, 'YYYY-MM-DD HH24:MI:SS') AS start,
  to_char(e.ends_at, 'YYYY-MM-DD HH24:MI:SS') AS "end",
  e.description,
  e.all_day,
  c.email::text AS creator,
  e.created_at,
  e.updated_at
FROM
  e
  LEFT JOIN realms.realms r ON r.organization_id = e.organization_id
  AND r.id = e.realm_id
  LEFT JOIN tenancy.members c ON c.organization_id = e.organization_id
  AND c.id = e.creator_id;

-- admin.due_event.delete
DELETE FROM realms.events
WHERE
  organization_id = :organization_id
  AND id = :id
  AND type IN ('assignment', 'discussion')
RETURNING
  id;

-- admin.due_event.find
SELECT
  e.id,
  coalesce(r.kind, 'user') AS kind,
  coalesce(e.realm_id, e.user_id) AS realm_id,
  e.type,
  e.title,
  to_char(e.starts_at, 'YYYY-MM-DD HH24:MI:SS') AS start,
  to_char(e.ends_at, 'YYYY-MM-DD HH24:MI:SS') AS "end",
  e.description,
  e.all_day,
  c.email::text AS creator,
  e.created_at,
  e.updated_at
FROM
  realms.events e
  LEFT JOIN realms.realms r ON r.organization_id = e.organization_id
  AND r.id = e.realm_id
  LEFT JOIN tenancy.members c ON c.organization_id = e.organization_id
  AND c.id = e.creator_id
WHERE
  e.organization_id = :organization_id
  AND e.id = :id
  AND type IN ('assignment', 'discussion');

-- admin.due_event.page
SELECT
  e.id,
  coalesce(r.kind, 'user') AS kind,
  coalesce(e.realm_id, e.user_id) AS realm_id,
  e.type,
  e.title,
  to_char(e.starts_at, 'YYYY-MM-DD HH24:MI:SS') AS start,
  to_char(e.ends_at, 'YYYY-MM-DD HH24:MI:SS') AS "end",
  e.description,
  e.all_day,
  c.email::text AS creator,
  e.created_at,
  e.updated_at
FROM
  realms.events e
  LEFT JOIN realms.realms r ON r.organization_id = e.organization_id
  AND r.id = e.realm_id
  LEFT JOIN tenancy.members c ON c.organization_id = e.organization_id
  AND c.id = e.creator_id
WHERE
  e.organization_id = :organization_id
  AND type IN ('assignment', 'discussion')
ORDER BY
  e.id
LIMIT
  :limit
OFFSET
  :offset;

