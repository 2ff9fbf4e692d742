-- admin.due_event.change
WITH
  e AS (
    UPDATE realms.events e
    SET
      type = coalesce($3, type),
      title = coalesce($4, title),
      starts_at = coalesce($5, starts_at),
      ends_at = CASE
        WHEN $6::boolean THEN $7::timestamp
        ELSE ends_at
      END,
      has_end = CASE
        WHEN $6::boolean THEN $7::timestamp IS NOT NULL
        ELSE has_end
      END,
      description = coalesce($8, description),
      all_day = coalesce($9, all_day),
      creator_id = CASE
        WHEN $10::boolean THEN $11::integer
        ELSE creator_id
      END,
      updated_at = $12
    WHERE
      organization_id = $1
      AND id = $2
      AND e.type IN ('assignment', 'discussion')
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
  realms.events e
WHERE
  e.organization_id = $1
  AND e.type IN ('assignment', 'discussion');

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
        $1,
        (
          SELECT
            id
          FROM
            realms.realms
          WHERE
            organization_id = $1
            AND id = $3
            AND kind = $2
        ),
        (
          SELECT
            id
          FROM
            tenancy.members
          WHERE
            organization_id = $1
            AND id = $3
            AND $2 = 'user'
        ),
        $4,
        $5,
        $6,
        $7,
        $8,
        $9::timestamp,
        $9::timestamp IS NOT NULL,
        $10,
        0,
        false,
        $11,
        $11
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
DELETE FROM realms.events e
WHERE
  organization_id = $1
  AND id = $2
  AND e.type IN ('assignment', 'discussion')
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
  e.organization_id = $1
  AND e.id = $2
  AND e.type IN ('assignment', 'discussion');

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
  e.organization_id = $1
  AND e.type IN ('assignment', 'discussion')
ORDER BY
  e.id
LIMIT
  $2
OFFSET
  $3;

