-- realms.comment.create.section
WITH
  rights AS MATERIALIZED (
    SELECT
      r.id,
      m.member_id IS NOT NULL AS is_member,
      :is_admin::boolean
      OR m.member_id IS NOT NULL AS belongs,
      :is_admin::boolean
      OR m.member_id IS NOT NULL
      OR EXISTS (
        SELECT
        FROM
          (
            SELECT DISTINCT
              place.id
            FROM
              realms.memberships m
              CROSS JOIN LATERAL (
                SELECT
                  parent_id
                FROM
                  realms.realms
                WHERE
                  organization_id = :organization_id
                  AND id = m.realm_id
                LIMIT
                  1
              ) r
              LEFT JOIN LATERAL (
                SELECT
                  parent_id
                FROM
                  realms.realms
                WHERE
                  organization_id = :organization_id
                  AND id = r.parent_id
                LIMIT
                  1
              ) above ON true
              LEFT JOIN LATERAL (
                SELECT
                  parent_id
                FROM
                  realms.realms
                WHERE
                  organization_id = :organization_id
                  AND id = above.parent_id
                LIMIT
                  1
              ) higher ON true
              LEFT JOIN LATERAL (
                SELECT
                  parent_id
                FROM
                  realms.realms
                WHERE
                  organization_id = :organization_id
                  AND id = higher.parent_id
                LIMIT
                  1
              ) highest ON true
              CROSS JOIN LATERAL (
                VALUES
                  (m.realm_id),
                  (r.parent_id),
                  (above.parent_id),
                  (higher.parent_id),
                  (highest.parent_id)
              ) place (id)
            WHERE
              m.organization_id = :organization_id
              AND m.member_id = :member_id::integer
              AND place.id IS NOT NULL
          ) below
        WHERE
          below.id = r.id
      ) AS may_see,
      :is_admin::boolean
      OR coalesce(m.is_admin, false) AS may_write
    FROM
      realms.realms r
      LEFT JOIN realms.memberships m ON m.organization_id = r.organization_id
      AND m.realm_id = r.id
      AND m.member_id = :member_id::integer
    WHERE
      r.organization_id = :organization_id
      AND r.id = :realm_id
      AND r.kind = 'section'
    OFFSET
      0
  ),
  e AS (
    SELECT
      e.id,
      e.comments_enabled
    FROM
      realms.events e
    WHERE
      e.organization_id = :organization_id
      AND e.realm_id = :realm_id
      AND e.id = :event_id
  ),
  c AS (
    INSERT INTO
      realms.comments (organization_id, event_id, member_id, comment, created_at)
    SELECT
      :organization_id,
      e.id,
      :member_id,
      :comment,
      :now
    FROM
      rights
      JOIN e ON true
    WHERE
      rights.belongs
      AND e.comments_enabled
      AND :member_id IS NOT NULL
    RETURNING
      *
  )
SELECT
  rights.may_see,
  rights.may_write,
  rights.is_member,
  rights.belongs,
  e.id AS event_id,
  e.comments_enabled,
  c.id,
  c.member_id,
  c.comment,
  c.created_at
FROM
  rights
  LEFT JOIN e ON true
  LEFT JOIN c ON true;

-- realms.comment.create.user
WITH
  rights AS MATERIALIZED (
    SELECT
      u.id,
      own.own AS is_member,
      :is_admin::boolean
      OR own.own AS belongs,
      :is_admin::boolean
      OR own.own AS may_see,
      :is_admin::boolean
      OR own.own AS may_write
    FROM
      tenancy.members u,
      LATERAL (
        SELECT
          coalesce(u.id = :member_id::integer, false) AS own
      ) own
    WHERE
      u.organization_id = :organization_id
      AND u.id = :realm_id
  ),
  e AS (
    SELECT
      e.id,
      e.comments_enabled
    FROM
      realms.events e
    WHERE
      e.organization_id = :organization_id
      AND e.user_id = :realm_id
      AND e.id = :event_id
  ),
  c AS (
    INSERT INTO
      realms.comments (organization_id, event_id, member_id, comment, created_at)
    SELECT
      :organization_id,
      e.id,
      :member_id,
      :comment,
      :now
    FROM
      rights
      JOIN e ON true
    WHERE
      rights.belongs
      AND e.comments_enabled
      AND :member_id IS NOT NULL
    RETURNING
      *
  )
SELECT
  rights.may_see,
  rights.may_write,
  rights.is_member,
  rights.belongs,
  e.id AS event_id,
  e.comments_enabled,
  c.id,
  c.member_id,
  c.comment,
  c.created_at
FROM
  rights
  LEFT JOIN e ON true
  LEFT JOIN c ON true;

-- realms.comment.delete.section
WITH
  rights AS MATERIALIZED (
    SELECT
      r.id,
      m.member_id IS NOT NULL AS is_member,
      :is_admin::boolean
      OR m.member_id IS NOT NULL AS belongs,
      :is_admin::boolean
      OR m.member_id IS NOT NULL
      OR EXISTS (
        SELECT
        FROM
          (
            SELECT DISTINCT
              place.id
            FROM
              realms.memberships m
              CROSS JOIN LATERAL (
                SELECT
                  parent_id
                FROM
                  realms.realms
                WHERE
                  organization_id = :organization_id
                  AND id = m.realm_id
                LIMIT
                  1
              ) r
              LEFT JOIN LATERAL (
                SELECT
                  parent_id
                FROM
                  realms.realms
                WHERE
                  organization_id = :organization_id
                  AND id = r.parent_id
                LIMIT
                  1
              ) above ON true
              LEFT JOIN LATERAL (
                SELECT
                  parent_id
                FROM
                  realms.realms
                WHERE
                  organization_id = :organization_id
                  AND id = above.parent_id
                LIMIT
                  1
              ) higher ON true
              LEFT JOIN LATERAL (
                SELECT
                  parent_id
                FROM
                  realms.realms
                WHERE
                  organization_id = :organization_id
                  AND id = higher.parent_id
                LIMIT
                  1
              ) highest ON true
              CROSS JOIN LATERAL (
                VALUES
                  (m.realm_id),
                  (r.parent_id),
                  (above.parent_id),
                  (higher.parent_id),
                  (highest.parent_id)
              ) place (id)
            WHERE
              m.organization_id = :organization_id
              AND m.member_id = :member_id::integer
              AND place.id IS NOT NULL
          ) below
        WHERE
          below.id = r.id
      ) AS may_see,
      :is_admin::boolean
      OR coalesce(m.is_admin, false) AS may_write
    FROM
      realms.realms r
      LEFT JOIN realms.memberships m ON m.organization_id = r.organization_id
      AND m.realm_id = r.id
      AND m.member_id = :member_id::integer
    WHERE
      r.organization_id = :organization_id
      AND r.id = :realm_id
      AND r.kind = 'section'
    OFFSET
      0
  ),
  e AS (
    SELECT
      e.id,
      e.comments_enabled
    FROM
      realms.events e
    WHERE
      e.organization_id = :organization_id
      AND e.realm_id = :realm_id
      AND e.id = :event_id
  ),
  deleted AS (
    DELETE FROM realms.comments c USING rights,
    e
    WHERE
      c.organization_id = :organization_id
      AND c.event_id = e.id
      AND c.id = :id
      AND rights.belongs
      AND e.comments_enabled
      AND (
        rights.may_write
        OR c.member_id = :member_id
      )
    RETURNING
      c.id
  )
SELECT
  rights.may_see,
  rights.may_write,
  rights.is_member,
  rights.belongs,
  e.id AS event_id,
  e.comments_enabled,
  EXISTS (
    SELECT
    FROM
      deleted
  ) AS done,
  EXISTS (
    SELECT
    FROM
      realms.comments c
    WHERE
      c.organization_id = :organization_id
      AND c.event_id = :event_id
      AND c.id = :id
  ) AS found
FROM
  rights
  LEFT JOIN e ON true;

-- realms.comment.delete.user
WITH
  rights AS MATERIALIZED (
    SELECT
      u.id,
      own.own AS is_member,
      :is_admin::boolean
      OR own.own AS belongs,
      :is_admin::boolean
      OR own.own AS may_see,
      :is_admin::boolean
      OR own.own AS may_write
    FROM
      tenancy.members u,
      LATERAL (
        SELECT
          coalesce(u.id = :member_id::integer, false) AS own
      ) own
    WHERE
      u.organization_id = :organization_id
      AND u.id = :realm_id
  ),
  e AS (
    SELECT
      e.id,
      e.comments_enabled
    FROM
      realms.events e
    WHERE
      e.organization_id = :organization_id
      AND e.user_id = :realm_id
      AND e.id = :event_id
  ),
  deleted AS (
    DELETE FROM realms.comments c USING rights,
    e
    WHERE
      c.organization_id = :organization_id
      AND c.event_id = e.id
      AND c.id = :id
      AND rights.belongs
      AND e.comments_enabled
      AND (
        rights.may_write
        OR c.member_id = :member_id
      )
    RETURNING
      c.id
  )
SELECT
  rights.may_see,
  rights.may_write,
  rights.is_member,
  rights.belongs,
  e.id AS event_id,
  e.comments_enabled,
  EXISTS (
    SELECT
    FROM
      deleted
  ) AS done,
  EXISTS (
    SELECT
    FROM
      realms.comments c
    WHERE
      c.organization_id = :organization_id
      AND c.event_id = :event_id
      AND c.id = :id
  ) AS found
FROM
  rights
  LEFT JOIN e ON true;

-- realms.comment.event.section
WITH
  rights AS MATERIALIZED (
    SELECT
      r.id,
      m.member_id IS NOT NULL AS is_member,
      :is_admin::boolean
      OR m.member_id IS NOT NULL AS belongs,
      :is_admin::boolean
      OR m.member_id IS NOT NULL
      OR EXISTS (
        SELECT
        FROM
          (
            SELECT DISTINCT
              place.id
            FROM
              realms.memberships m
              CROSS JOIN LATERAL (
                SELECT
                  parent_id
                FROM
                  realms.realms
                WHERE
                  organization_id = :organization_id
                  AND id = m.realm_id
                LIMIT
                  1
              ) r
              LEFT JOIN LATERAL (
                SELECT
                  parent_id
                FROM
                  realms.realms
                WHERE
                  organization_id = :organization_id
                  AND id = r.parent_id
                LIMIT
                  1
              ) above ON true
              LEFT JOIN LATERAL (
                SELECT
                  parent_id
                FROM
                  realms.realms
                WHERE
                  organization_id = :organization_id
                  AND id = above.parent_id
                LIMIT
                  1
              ) higher ON true
              LEFT JOIN LATERAL (
                SELECT
                  parent_id
                FROM
                  realms.realms
                WHERE
                  organization_id = :organization_id
                  AND id = higher.parent_id
                LIMIT
                  1
              ) highest ON true
              CROSS JOIN LATERAL (
                VALUES
                  (m.realm_id),
                  (r.parent_id),
                  (above.parent_id),
                  (higher.parent_id),
                  (highest.parent_id)
              ) place (id)
            WHERE
              m.organization_id = :organization_id
              AND m.member_id = :member_id::integer
              AND place.id IS NOT NULL
          ) below
        WHERE
          below.id = r.id
      ) AS may_see,
      :is_admin::boolean
      OR coalesce(m.is_admin, false) AS may_write
    FROM
      realms.realms r
      LEFT JOIN realms.memberships m ON m.organization_id = r.organization_id
      AND m.realm_id = r.id
      AND m.member_id = :member_id::integer
    WHERE
      r.organization_id = :organization_id
      AND r.id = :realm_id
      AND r.kind = 'section'
    OFFSET
      0
  ),
  e AS (
    SELECT
      e.id,
      e.comments_enabled
    FROM
      realms.events e
    WHERE
      e.organization_id = :organization_id
      AND e.realm_id = :realm_id
      AND e.id = :event_id
  )
SELECT
  rights.may_see,
  rights.may_write,
  rights.is_member,
  rights.belongs,
  e.id AS event_id,
  e.comments_enabled
FROM
  rights
  LEFT JOIN e ON true;

-- realms.comment.event.user
WITH
  rights AS MATERIALIZED (
    SELECT
      u.id,
      own.own AS is_member,
      :is_admin::boolean
      OR own.own AS belongs,
      :is_admin::boolean
      OR own.own AS may_see,
      :is_admin::boolean
      OR own.own AS may_write
    FROM
      tenancy.members u,
      LATERAL (
        SELECT
          coalesce(u.id = :member_id::integer, false) AS own
      ) own
    WHERE
      u.organization_id = :organization_id
      AND u.id = :realm_id
  ),
  e AS (
    SELECT
      e.id,
      e.comments_enabled
    FROM
      realms.events e
    WHERE
      e.organization_id = :organization_id
      AND e.user_id = :realm_id
      AND e.id = :event_id
  )
SELECT
  rights.may_see,
  rights.may_write,
  rights.is_member,
  rights.belongs,
  e.id AS event_id,
  e.comments_enabled
FROM
  rights
  LEFT JOIN e ON true;

-- realms.comment.list.section
WITH
  rights AS MATERIALIZED (
    SELECT
      r.id,
      m.member_id IS NOT NULL AS is_member,
      :is_admin::boolean
      OR m.member_id IS NOT NULL AS belongs,
      :is_admin::boolean
      OR m.member_id IS NOT NULL
      OR EXISTS (
        SELECT
        FROM
          (
            SELECT DISTINCT
              place.id
            FROM
              realms.memberships m
              CROSS JOIN LATERAL (
                SELECT
                  parent_id
                FROM
                  realms.realms
                WHERE
                  organization_id = :organization_id
                  AND id = m.realm_id
                LIMIT
                  1
              ) r
              LEFT JOIN LATERAL (
                SELECT
                  parent_id
                FROM
                  realms.realms
                WHERE
                  organization_id = :organization_id
                  AND id = r.parent_id
                LIMIT
                  1
              ) above ON true
              LEFT JOIN LATERAL (
                SELECT
                  parent_id
                FROM
                  realms.realms
                WHERE
                  organization_id = :organization_id
                  AND id = above.parent_id
                LIMIT
                  1
              ) higher ON true
              LEFT JOIN LATERAL (
                SELECT
                  parent_id
                FROM
                  realms.realms
                WHERE
                  organization_id = :organization_id
                  AND id = higher.parent_id
                LIMIT
                  1
              ) highest ON true
              CROSS JOIN LATERAL (
                VALUES
                  (m.realm_id),
                  (r.parent_id),
                  (above.parent_id),
                  (higher.parent_id),
                  (highest.parent_id)
              ) place (id)
            WHERE
              m.organization_id = :organization_id
              AND m.member_id = :member_id::integer
              AND place.id IS NOT NULL
          ) below
        WHERE
          below.id = r.id
      ) AS may_see,
      :is_admin::boolean
      OR coalesce(m.is_admin, false) AS may_write
    FROM
      realms.realms r
      LEFT JOIN realms.memberships m ON m.organization_id = r.organization_id
      AND m.realm_id = r.id
      AND m.member_id = :member_id::integer
    WHERE
      r.organization_id = :organization_id
      AND r.id = :realm_id
      AND r.kind = 'section'
    OFFSET
      0
  ),
  e AS (
    SELECT
      e.id,
      e.comments_enabled
    FROM
      realms.events e
    WHERE
      e.organization_id = :organization_id
      AND e.realm_id = :realm_id
      AND e.id = :event_id
  ),
  c AS (
    SELECT
      c.*
    FROM
      e
      JOIN realms.comments c ON c.organization_id = :organization_id
      AND c.event_id = e.id
    ORDER BY
      c.id
    LIMIT
      :limit
    OFFSET
      :start
  )
SELECT
  rights.may_see,
  rights.may_write,
  rights.is_member,
  rights.belongs,
  e.id AS event_id,
  e.comments_enabled,
  c.id,
  c.member_id,
  c.comment,
  c.created_at,
  (
    SELECT
      count(*)::integer
    FROM
      realms.comments
    WHERE
      organization_id = :organization_id
      AND event_id = :event_id
  ) AS total
FROM
  rights
  LEFT JOIN e ON true
  LEFT JOIN c ON true
ORDER BY
  c.id;

-- realms.comment.list.user
WITH
  rights AS MATERIALIZED (
    SELECT
      u.id,
      own.own AS is_member,
      :is_admin::boolean
      OR own.own AS belongs,
      :is_admin::boolean
      OR own.own AS may_see,
      :is_admin::boolean
      OR own.own AS may_write
    FROM
      tenancy.members u,
      LATERAL (
        SELECT
          coalesce(u.id = :member_id::integer, false) AS own
      ) own
    WHERE
      u.organization_id = :organization_id
      AND u.id = :realm_id
  ),
  e AS (
    SELECT
      e.id,
      e.comments_enabled
    FROM
      realms.events e
    WHERE
      e.organization_id = :organization_id
      AND e.user_id = :realm_id
      AND e.id = :event_id
  ),
  c AS (
    SELECT
      c.*
    FROM
      e
      JOIN realms.comments c ON c.organization_id = :organization_id
      AND c.event_id = e.id
    ORDER BY
      c.id
    LIMIT
      :limit
    OFFSET
      :start
  )
SELECT
  rights.may_see,
  rights.may_write,
  rights.is_member,
  rights.belongs,
  e.id AS event_id,
  e.comments_enabled,
  c.id,
  c.member_id,
  c.comment,
  c.created_at,
  (
    SELECT
      count(*)::integer
    FROM
      realms.comments
    WHERE
      organization_id = :organization_id
      AND event_id = :event_id
  ) AS total
FROM
  rights
  LEFT JOIN e ON true
  LEFT JOIN c ON true
ORDER BY
  c.id;

-- realms.enrollment.find.section
SELECT
  rights.may_see,
  rights.may_write,
  rights.is_member,
  rights.belongs,
  e.*
FROM
  (
    SELECT
      r.id,
      m.member_id IS NOT NULL AS is_member,
      :is_admin::boolean
      OR m.member_id IS NOT NULL AS belongs,
      :is_admin::boolean
      OR m.member_id IS NOT NULL
      OR EXISTS (
        SELECT
        FROM
          (
            SELECT DISTINCT
              place.id
            FROM
              realms.memberships m
              CROSS JOIN LATERAL (
                SELECT
                  parent_id
                FROM
                  realms.realms
                WHERE
                  organization_id = :organization_id
                  AND id = m.realm_id
                LIMIT
                  1
              ) r
              LEFT JOIN LATERAL (
                SELECT
                  parent_id
                FROM
                  realms.realms
                WHERE
                  organization_id = :organization_id
                  AND id = r.parent_id
                LIMIT
                  1
              ) above ON true
              LEFT JOIN LATERAL (
                SELECT
                  parent_id
                FROM
                  realms.realms
                WHERE
                  organization_id = :organization_id
                  AND id = above.parent_id
                LIMIT
                  1
              ) higher ON true
              LEFT JOIN LATERAL (
                SELECT
                  parent_id
                FROM
                  realms.realms
                WHERE
                  organization_id = :organization_id
                  AND id = higher.parent_id
                LIMIT
                  1
              ) highest ON true
              CROSS JOIN LATERAL (
                VALUES
                  (m.realm_id),
                  (r.parent_id),
                  (above.parent_id),
                  (higher.parent_id),
                  (highest.parent_id)
              ) place (id)
            WHERE
              m.organization_id = :organization_id
              AND m.member_id = :member_id::integer
              AND place.id IS NOT NULL
          ) below
        WHERE
          below.id = r.id
      ) AS may_see,
      :is_admin::boolean
      OR coalesce(m.is_admin, false) AS may_write
    FROM
      realms.realms r
      LEFT JOIN realms.memberships m ON m.organization_id = r.organization_id
      AND m.realm_id = r.id
      AND m.member_id = :member_id::integer
    WHERE
      r.organization_id = :organization_id
      AND r.id = :realm_id
      AND r.kind = 'section'
    OFFSET
      0
  ) rights
  LEFT JOIN (
    SELECT
      m.member_id AS id,
      u.name,
      u.email::text AS email,
      m.is_admin AS is_realm_admin
    FROM
      realms.memberships m
      JOIN tenancy.members u ON u.organization_id = m.organization_id
      AND u.id = m.member_id
    WHERE
      m.organization_id = :organization_id
      AND m.realm_id = :realm_id
      AND m.member_id = :id
  ) e ON rights.belongs;

-- realms.enrollment.find.user
SELECT
  rights.may_see,
  rights.may_write,
  rights.is_member,
  rights.belongs,
  e.*
FROM
  (
    SELECT
      u.id,
      own.own AS is_member,
      :is_admin::boolean
      OR own.own AS belongs,
      :is_admin::boolean
      OR own.own AS may_see,
      :is_admin::boolean
      OR own.own AS may_write
    FROM
      tenancy.members u,
      LATERAL (
        SELECT
          coalesce(u.id = :member_id::integer, false) AS own
      ) own
    WHERE
      u.organization_id = :organization_id
      AND u.id = :realm_id
  ) rights
  LEFT JOIN (
    SELECT
      m.member_id AS id,
      u.name,
      u.email::text AS email,
      m.is_admin AS is_realm_admin
    FROM
      realms.memberships m
      JOIN tenancy.members u ON u.organization_id = m.organization_id
      AND u.id = m.member_id
    WHERE
      m.organization_id = :organization_id
      AND m.realm_id = :realm_id
      AND m.member_id = :id
  ) e ON rights.belongs;

-- realms.enrollment.list.section
WITH
  rights AS MATERIALIZED (
    SELECT
      r.id,
      m.member_id IS NOT NULL AS is_member,
      :is_admin::boolean
      OR m.member_id IS NOT NULL AS belongs,
      :is_admin::boolean
      OR m.member_id IS NOT NULL
      OR EXISTS (
        SELECT
        FROM
          (
            SELECT DISTINCT
              place.id
            FROM
              realms.memberships m
              CROSS JOIN LATERAL (
                SELECT
                  parent_id
                FROM
                  realms.realms
                WHERE
                  organization_id = :organization_id
                  AND id = m.realm_id
                LIMIT
                  1
              ) r
              LEFT JOIN LATERAL (
                SELECT
                  parent_id
                FROM
                  realms.realms
                WHERE
                  organization_id = :organization_id
                  AND id = r.parent_id
                LIMIT
                  1
              ) above ON true
              LEFT JOIN LATERAL (
                SELECT
                  parent_id
                FROM
                  realms.realms
                WHERE
                  organization_id = :organization_id
                  AND id = above.parent_id
                LIMIT
                  1
              ) higher ON true
              LEFT JOIN LATERAL (
                SELECT
                  parent_id
                FROM
                  realms.realms
                WHERE
                  organization_id = :organization_id
                  AND id = higher.parent_id
                LIMIT
                  1
              ) highest ON true
              CROSS JOIN LATERAL (
                VALUES
                  (m.realm_id),
                  (r.parent_id),
                  (above.parent_id),
                  (higher.parent_id),
                  (highest.parent_id)
              ) place (id)
            WHERE
              m.organization_id = :organization_id
              AND m.member_id = :member_id::integer
              AND place.id IS NOT NULL
          ) below
        WHERE
          below.id = r.id
      ) AS may_see,
      :is_admin::boolean
      OR coalesce(m.is_admin, false) AS may_write
    FROM
      realms.realms r
      LEFT JOIN realms.memberships m ON m.organization_id = r.organization_id
      AND m.realm_id = r.id
      AND m.member_id = :member_id::integer
    WHERE
      r.organization_id = :organization_id
      AND r.id = :realm_id
      AND r.kind = 'section'
    OFFSET
      0
  )
SELECT
  rights.may_see,
  rights.may_write,
  rights.is_member,
  rights.belongs,
  e.*,
  (
    SELECT
      count(*)::integer
    FROM
      realms.memberships
    WHERE
      organization_id = :organization_id
      AND realm_id = :realm_id
  ) AS total
FROM
  rights
  LEFT JOIN (
    SELECT
      m.member_id AS id,
      u.name,
      u.email::text AS email,
      m.is_admin AS is_realm_admin
    FROM
      realms.memberships m
      JOIN tenancy.members u ON u.organization_id = m.organization_id
      AND u.id = m.member_id
    WHERE
      m.organization_id = :organization_id
      AND m.realm_id = :realm_id
    ORDER BY
      m.member_id
    LIMIT
      :limit
    OFFSET
      :start
  ) e ON rights.belongs
ORDER BY
  e.id;

-- realms.enrollment.list.user
WITH
  rights AS MATERIALIZED (
    SELECT
      u.id,
      own.own AS is_member,
      :is_admin::boolean
      OR own.own AS belongs,
      :is_admin::boolean
      OR own.own AS may_see,
      :is_admin::boolean
      OR own.own AS may_write
    FROM
      tenancy.members u,
      LATERAL (
        SELECT
          coalesce(u.id = :member_id::integer, false) AS own
      ) own
    WHERE
      u.organization_id = :organization_id
      AND u.id = :realm_id
  )
SELECT
  rights.may_see,
  rights.may_write,
  rights.is_member,
  rights.belongs,
  e.*,
  (
    SELECT
      count(*)::integer
    FROM
      realms.memberships
    WHERE
      organization_id = :organization_id
      AND realm_id = :realm_id
  ) AS total
FROM
  rights
  LEFT JOIN (
    SELECT
      m.member_id AS id,
      u.name,
      u.email::text AS email,
      m.is_admin AS is_realm_admin
    FROM
      realms.memberships m
      JOIN tenancy.members u ON u.organization_id = m.organization_id
      AND u.id = m.member_id
    WHERE
      m.organization_id = :organization_id
      AND m.realm_id = :realm_id
    ORDER BY
      m.member_id
    LIMIT
      :limit
    OFFSET
      :start
  ) e ON rights.belongs
ORDER BY
  e.id;

-- realms.event.change.section
WITH
  rights AS MATERIALIZED (
    SELECT
      r.id,
      m.member_id IS NOT NULL AS is_member,
      :is_admin::boolean
      OR m.member_id IS NOT NULL AS belongs,
      :is_admin::boolean
      OR m.member_id IS NOT NULL
      OR EXISTS (
        SELECT
        FROM
          (
            SELECT DISTINCT
              place.id
            FROM
              realms.memberships m
              CROSS JOIN LATERAL (
                SELECT
                  parent_id
                FROM
                  realms.realms
                WHERE
                  organization_id = :organization_id
                  AND id = m.realm_id
                LIMIT
                  1
              ) r
              LEFT JOIN LATERAL (
                SELECT
                  parent_id
                FROM
                  realms.realms
                WHERE
                  organization_id = :organization_id
                  AND id = r.parent_id
                LIMIT
                  1
              ) above ON true
              LEFT JOIN LATERAL (
                SELECT
                  parent_id
                FROM
                  realms.realms
                WHERE
                  organization_id = :organization_id
                  AND id = above.parent_id
                LIMIT
                  1
              ) higher ON true
              LEFT JOIN LATERAL (
                SELECT
                  parent_id
                FROM
                  realms.realms
                WHERE
                  organization_id = :organization_id
                  AND id = higher.parent_id
                LIMIT
                  1
              ) highest ON true
              CROSS JOIN LATERAL (
                VALUES
                  (m.realm_id),
                  (r.parent_id),
                  (above.parent_id),
                  (higher.parent_id),
                  (highest.parent_id)
              ) place (id)
            WHERE
              m.organization_id = :organization_id
              AND m.member_id = :member_id::integer
              AND place.id IS NOT NULL
          ) below
        WHERE
          below.id = r.id
      ) AS may_see,
      :is_admin::boolean
      OR coalesce(m.is_admin, false) AS may_write
    FROM
      realms.realms r
      LEFT JOIN realms.memberships m ON m.organization_id = r.organization_id
      AND m.realm_id = r.id
      AND m.member_id = :member_id::integer
    WHERE
      r.organization_id = :organization_id
      AND r.id = :realm_id
      AND r.kind = 'section'
    OFFSET
      0
  ),
  written AS (
    UPDATE realms.events old
    SET
      (
        title,
        description,
        starts_at,
        ends_at,
        has_end,
        all_day,
        rsvp,
        comments_enabled,
        attached_links,
        updated_at
      ) = (
        SELECT
          change.title,
          change.description,
          change.starts_at,
          change.ends_at,
          change.has_end,
          change.all_day,
          change.rsvp,
          change.comments_enabled,
          change.attached_links,
          change.updated_at
        FROM
          jsonb_populate_record(old, :change::jsonb) change
      )
    FROM
      rights
    WHERE
      old.organization_id = :organization_id
      AND old.realm_id = :realm_id
      AND old.id = :id
      AND old.type = 'event'
      AND rights.belongs
      AND (
        rights.may_write
        OR old.creator_id = :member_id::integer
      )
    RETURNING
      old.id
  )
SELECT
  rights.may_see,
  rights.may_write,
  rights.is_member,
  rights.belongs,
  EXISTS (
    SELECT
    FROM
      written
  ) AS done,
  EXISTS (
    SELECT
    FROM
      realms.events e
    WHERE
      e.organization_id = :organization_id
      AND e.realm_id = :realm_id
      AND e.id = :id
  ) AS found
FROM
  rights;

-- realms.event.change.user
WITH
  rights AS MATERIALIZED (
    SELECT
      u.id,
      own.own AS is_member,
      :is_admin::boolean
      OR own.own AS belongs,
      :is_admin::boolean
      OR own.own AS may_see,
      :is_admin::boolean
      OR own.own AS may_write
    FROM
      tenancy.members u,
      LATERAL (
        SELECT
          coalesce(u.id = :member_id::integer, false) AS own
      ) own
    WHERE
      u.organization_id = :organization_id
      AND u.id = :realm_id
  ),
  written AS (
    UPDATE realms.events old
    SET
      (
        title,
        description,
        starts_at,
        ends_at,
        has_end,
        all_day,
        rsvp,
        comments_enabled,
        attached_links,
        updated_at
      ) = (
        SELECT
          change.title,
          change.description,
          change.starts_at,
          change.ends_at,
          change.has_end,
          change.all_day,
          change.rsvp,
          change.comments_enabled,
          change.attached_links,
          change.updated_at
        FROM
          jsonb_populate_record(old, :change::jsonb) change
      )
    FROM
      rights
    WHERE
      old.organization_id = :organization_id
      AND old.user_id = :realm_id
      AND old.id = :id
      AND old.type = 'event'
      AND rights.belongs
      AND (
        rights.may_write
        OR old.creator_id = :member_id::integer
      )
    RETURNING
      old.id
  )
SELECT
  rights.may_see,
  rights.may_write,
  rights.is_member,
  rights.belongs,
  EXISTS (
    SELECT
    FROM
      written
  ) AS done,
  EXISTS (
    SELECT
    FROM
      realms.events e
    WHERE
      e.organization_id = :organization_id
      AND e.user_id = :realm_id
      AND e.id = :id
  ) AS found
FROM
  rights;

-- realms.event.create_each.section
WITH
  rights AS MATERIALIZED (
    SELECT
      input.*,
      rights.may_see,
      rights.may_write,
      rights.is_member,
      rights.belongs,
      CASE
        WHEN rights.may_write THEN nextval('realms.events_id_seq')
      END AS event_id
    FROM
      ROWS
    FROM
      (
        json_to_recordset($1::json) AS (
          organization_id integer,
          realm_id integer,
          member_id integer,
          is_admin boolean,
          created_at timestamptz,
          title text,
          description text,
          starts_at timestamp,
          ends_at timestamp,
          has_end boolean,
          all_day boolean,
          rsvp smallint,
          comments_enabled boolean,
          attached_links jsonb
        )
      ) WITH ORDINALITY AS input (
        organization_id,
        realm_id,
        member_id,
        is_admin,
        created_at,
        title,
        description,
        starts_at,
        ends_at,
        has_end,
        all_day,
        rsvp,
        comments_enabled,
        attached_links,
        n
      )
      CROSS JOIN LATERAL (
        SELECT
          r.id,
          m.member_id IS NOT NULL AS is_member,
          input.is_admin::boolean
          OR m.member_id IS NOT NULL AS belongs,
          input.is_admin::boolean
          OR m.member_id IS NOT NULL
          OR EXISTS (
            SELECT
            FROM
              (
                SELECT DISTINCT
                  place.id
                FROM
                  realms.memberships m
                  CROSS JOIN LATERAL (
                    SELECT
                      parent_id
                    FROM
                      realms.realms
                    WHERE
                      organization_id = input.organization_id
                      AND id = m.realm_id
                    LIMIT
                      1
                  ) r
                  LEFT JOIN LATERAL (
                    SELECT
                      parent_id
                    FROM
                      realms.realms
                    WHERE
                      organization_id = input.organization_id
                      AND id = r.parent_id
                    LIMIT
                      1
                  ) above ON true
                  LEFT JOIN LATERAL (
                    SELECT
                      parent_id
                    FROM
                      realms.realms
                    WHERE
                      organization_id = input.organization_id
                      AND id = above.parent_id
                    LIMIT
                      1
                  ) higher ON true
                  LEFT JOIN LATERAL (
                    SELECT
                      parent_id
                    FROM
                      realms.realms
                    WHERE
                      organization_id = input.organization_id
                      AND id = higher.parent_id
                    LIMIT
                      1
                  ) highest ON true
                  CROSS JOIN LATERAL (
                    VALUES
                      (m.realm_id),
                      (r.parent_id),
                      (above.parent_id),
                      (higher.parent_id),
                      (highest.parent_id)
                  ) place (id)
                WHERE
                  m.organization_id = input.organization_id
                  AND m.member_id = input.member_id::integer
                  AND place.id IS NOT NULL
              ) below
            WHERE
              below.id = r.id
          ) AS may_see,
          input.is_admin::boolean
          OR coalesce(m.is_admin, false) AS may_write
        FROM
          realms.realms r
          LEFT JOIN realms.memberships m ON m.organization_id = r.organization_id
          AND m.realm_id = r.id
          AND m.member_id = input.member_id::integer
        WHERE
          r.organization_id = input.organization_id
          AND r.id = input.realm_id
          AND r.kind = 'section'
        OFFSET
          0
      ) rights
  ),
  e AS (
    INSERT INTO
      realms.events (
        organization_id,
        id,
        realm_id,
        creator_id,
        type,
        created_at,
        updated_at,
        title,
        description,
        starts_at,
        ends_at,
        has_end,
        all_day,
        rsvp,
        comments_enabled,
        attached_links
      )
    OVERRIDING SYSTEM VALUE
    SELECT
      organization_id,
      event_id,
      realm_id,
      member_id,
      'event',
      created_at,
      created_at,
      title,
      description,
      starts_at,
      ends_at,
      has_end,
      all_day,
      rsvp,
      comments_enabled,
      attached_links
    FROM
      rights
    WHERE
      may_write
    ORDER BY
      n
    RETURNING
      *
  )
SELECT
  rights.n,
  rights.may_see,
  rights.may_write,
  rights.is_member,
  rights.belongs,
  e.id,
  e.type,
  e.title,
  e.description,
  e.all_day,
  e.rsvp,
  e.comments_enabled,
  e.starts_at::text AS starts_at,
  e.ends_at::text AS ends_at,
  e.attached_links AS attached_links,
  e.type = 'event'
  AND (
    rights.may_write
    OR rights.belongs
    AND coalesce(e.creator_id = rights.member_id::integer, false)
  ) AS editable,
  'section' AS realm,
  rights.realm_id AS realm_id
FROM
  rights
  LEFT JOIN e ON e.organization_id = rights.organization_id
  AND e.id = rights.event_id;

-- realms.event.create_each.user
WITH
  rights AS MATERIALIZED (
    SELECT
      input.*,
      rights.may_see,
      rights.may_write,
      rights.is_member,
      rights.belongs,
      CASE
        WHEN rights.may_write THEN nextval('realms.events_id_seq')
      END AS event_id
    FROM
      ROWS
    FROM
      (
        json_to_recordset($1::json) AS (
          organization_id integer,
          realm_id integer,
          member_id integer,
          is_admin boolean,
          created_at timestamptz,
          title text,
          description text,
          starts_at timestamp,
          ends_at timestamp,
          has_end boolean,
          all_day boolean,
          rsvp smallint,
          comments_enabled boolean,
          attached_links jsonb
        )
      ) WITH ORDINALITY AS input (
        organization_id,
        realm_id,
        member_id,
        is_admin,
        created_at,
        title,
        description,
        starts_at,
        ends_at,
        has_end,
        all_day,
        rsvp,
        comments_enabled,
        attached_links,
        n
      )
      CROSS JOIN LATERAL (
        SELECT
          u.id,
          own.own AS is_member,
          input.is_admin::boolean
          OR own.own AS belongs,
          input.is_admin::boolean
          OR own.own AS may_see,
          input.is_admin::boolean
          OR own.own AS may_write
        FROM
          tenancy.members u,
          LATERAL (
            SELECT
              coalesce(u.id = input.member_id::integer, false) AS own
          ) own
        WHERE
          u.organization_id = input.organization_id
          AND u.id = input.realm_id
      ) rights
  ),
  e AS (
    INSERT INTO
      realms.events (
        organization_id,
        id,
        user_id,
        creator_id,
        type,
        created_at,
        updated_at,
        title,
        description,
        starts_at,
        ends_at,
        has_end,
        all_day,
        rsvp,
        comments_enabled,
        attached_links
      )
    OVERRIDING SYSTEM VALUE
    SELECT
      organization_id,
      event_id,
      realm_id,
      member_id,
      'event',
      created_at,
      created_at,
      title,
      description,
      starts_at,
      ends_at,
      has_end,
      all_day,
      rsvp,
      comments_enabled,
      attached_links
    FROM
      rights
    WHERE
      may_write
    ORDER BY
      n
    RETURNING
      *
  )
SELECT
  rights.n,
  rights.may_see,
  rights.may_write,
  rights.is_member,
  rights.belongs,
  e.id,
  e.type,
  e.title,
  e.description,
  e.all_day,
  e.rsvp,
  e.comments_enabled,
  e.starts_at::text AS starts_at,
  e.ends_at::text AS ends_at,
  e.attached_links AS attached_links,
  e.type = 'event'
  AND (
    rights.may_write
    OR rights.belongs
    AND coalesce(e.creator_id = rights.member_id::integer, false)
  ) AS editable,
  'user' AS realm,
  rights.realm_id AS realm_id
FROM
  rights
  LEFT JOIN e ON e.organization_id = rights.organization_id
  AND e.id = rights.event_id;

-- realms.event.delete.section
WITH
  rights AS MATERIALIZED (
    SELECT
      r.id,
      m.member_id IS NOT NULL AS is_member,
      :is_admin::boolean
      OR m.member_id IS NOT NULL AS belongs,
      :is_admin::boolean
      OR m.member_id IS NOT NULL
      OR EXISTS (
        SELECT
        FROM
          (
            SELECT DISTINCT
              place.id
            FROM
              realms.memberships m
              CROSS JOIN LATERAL (
                SELECT
                  parent_id
                FROM
                  realms.realms
                WHERE
                  organization_id = :organization_id
                  AND id = m.realm_id
                LIMIT
                  1
              ) r
              LEFT JOIN LATERAL (
                SELECT
                  parent_id
                FROM
                  realms.realms
                WHERE
                  organization_id = :organization_id
                  AND id = r.parent_id
                LIMIT
                  1
              ) above ON true
              LEFT JOIN LATERAL (
                SELECT
                  parent_id
                FROM
                  realms.realms
                WHERE
                  organization_id = :organization_id
                  AND id = above.parent_id
                LIMIT
                  1
              ) higher ON true
              LEFT JOIN LATERAL (
                SELECT
                  parent_id
                FROM
                  realms.realms
                WHERE
                  organization_id = :organization_id
                  AND id = higher.parent_id
                LIMIT
                  1
              ) highest ON true
              CROSS JOIN LATERAL (
                VALUES
                  (m.realm_id),
                  (r.parent_id),
                  (above.parent_id),
                  (higher.parent_id),
                  (highest.parent_id)
              ) place (id)
            WHERE
              m.organization_id = :organization_id
              AND m.member_id = :member_id::integer
              AND place.id IS NOT NULL
          ) below
        WHERE
          below.id = r.id
      ) AS may_see,
      :is_admin::boolean
      OR coalesce(m.is_admin, false) AS may_write
    FROM
      realms.realms r
      LEFT JOIN realms.memberships m ON m.organization_id = r.organization_id
      AND m.realm_id = r.id
      AND m.member_id = :member_id::integer
    WHERE
      r.organization_id = :organization_id
      AND r.id = :realm_id
      AND r.kind = 'section'
    OFFSET
      0
  ),
  written AS (
    DELETE FROM realms.events old USING rights
    WHERE
      old.organization_id = :organization_id
      AND old.realm_id = :realm_id
      AND old.id = :id
      AND old.type = 'event'
      AND rights.belongs
      AND (
        rights.may_write
        OR old.creator_id = :member_id::integer
      )
    RETURNING
      old.id
  )
SELECT
  rights.may_see,
  rights.may_write,
  rights.is_member,
  rights.belongs,
  EXISTS (
    SELECT
    FROM
      written
  ) AS done,
  EXISTS (
    SELECT
    FROM
      realms.events e
    WHERE
      e.organization_id = :organization_id
      AND e.realm_id = :realm_id
      AND e.id = :id
  ) AS found
FROM
  rights;

-- realms.event.delete.user
WITH
  rights AS MATERIALIZED (
    SELECT
      u.id,
      own.own AS is_member,
      :is_admin::boolean
      OR own.own AS belongs,
      :is_admin::boolean
      OR own.own AS may_see,
      :is_admin::boolean
      OR own.own AS may_write
    FROM
      tenancy.members u,
      LATERAL (
        SELECT
          coalesce(u.id = :member_id::integer, false) AS own
      ) own
    WHERE
      u.organization_id = :organization_id
      AND u.id = :realm_id
  ),
  written AS (
    DELETE FROM realms.events old USING rights
    WHERE
      old.organization_id = :organization_id
      AND old.user_id = :realm_id
      AND old.id = :id
      AND old.type = 'event'
      AND rights.belongs
      AND (
        rights.may_write
        OR old.creator_id = :member_id::integer
      )
    RETURNING
      old.id
  )
SELECT
  rights.may_see,
  rights.may_write,
  rights.is_member,
  rights.belongs,
  EXISTS (
    SELECT
    FROM
      written
  ) AS done,
  EXISTS (
    SELECT
    FROM
      realms.events e
    WHERE
      e.organization_id = :organization_id
      AND e.user_id = :realm_id
      AND e.id = :id
  ) AS found
FROM
  rights;

-- realms.event.find.section
SELECT
  rights.may_see,
  rights.may_write,
  rights.is_member,
  rights.belongs,
  e.id,
  e.type,
  e.title,
  e.description,
  e.all_day,
  e.rsvp,
  e.comments_enabled,
  e.starts_at::text AS starts_at,
  e.ends_at::text AS ends_at,
  e.attached_links AS attached_links,
  e.type = 'event'
  AND (
    rights.may_write
    OR rights.belongs
    AND coalesce(e.creator_id = :member_id::integer, false)
  ) AS editable,
  'section' AS realm,
  rights.id AS realm_id
FROM
  (
    SELECT
      r.id,
      m.member_id IS NOT NULL AS is_member,
      :is_admin::boolean
      OR m.member_id IS NOT NULL AS belongs,
      :is_admin::boolean
      OR m.member_id IS NOT NULL
      OR EXISTS (
        SELECT
        FROM
          (
            SELECT DISTINCT
              place.id
            FROM
              realms.memberships m
              CROSS JOIN LATERAL (
                SELECT
                  parent_id
                FROM
                  realms.realms
                WHERE
                  organization_id = :organization_id
                  AND id = m.realm_id
                LIMIT
                  1
              ) r
              LEFT JOIN LATERAL (
                SELECT
                  parent_id
                FROM
                  realms.realms
                WHERE
                  organization_id = :organization_id
                  AND id = r.parent_id
                LIMIT
                  1
              ) above ON true
              LEFT JOIN LATERAL (
                SELECT
                  parent_id
                FROM
                  realms.realms
                WHERE
                  organization_id = :organization_id
                  AND id = above.parent_id
                LIMIT
                  1
              ) higher ON true
              LEFT JOIN LATERAL (
                SELECT
                  parent_id
                FROM
                  realms.realms
                WHERE
                  organization_id = :organization_id
                  AND id = higher.parent_id
                LIMIT
                  1
              ) highest ON true
              CROSS JOIN LATERAL (
                VALUES
                  (m.realm_id),
                  (r.parent_id),
                  (above.parent_id),
                  (higher.parent_id),
                  (highest.parent_id)
              ) place (id)
            WHERE
              m.organization_id = :organization_id
              AND m.member_id = :member_id::integer
              AND place.id IS NOT NULL
          ) below
        WHERE
          below.id = r.id
      ) AS may_see,
      :is_admin::boolean
      OR coalesce(m.is_admin, false) AS may_write
    FROM
      realms.realms r
      LEFT JOIN realms.memberships m ON m.organization_id = r.organization_id
      AND m.realm_id = r.id
      AND m.member_id = :member_id::integer
    WHERE
      r.organization_id = :organization_id
      AND r.id = :realm_id
      AND r.kind = 'section'
    OFFSET
      0
  ) rights
  LEFT JOIN realms.events e ON e.organization_id = :organization_id
  AND e.realm_id = rights.id
  AND e.id = :id;

-- realms.event.find.user
SELECT
  rights.may_see,
  rights.may_write,
  rights.is_member,
  rights.belongs,
  e.id,
  e.type,
  e.title,
  e.description,
  e.all_day,
  e.rsvp,
  e.comments_enabled,
  e.starts_at::text AS starts_at,
  e.ends_at::text AS ends_at,
  e.attached_links AS attached_links,
  e.type = 'event'
  AND (
    rights.may_write
    OR rights.belongs
    AND coalesce(e.creator_id = :member_id::integer, false)
  ) AS editable,
  'user' AS realm,
  rights.id AS realm_id
FROM
  (
    SELECT
      u.id,
      own.own AS is_member,
      :is_admin::boolean
      OR own.own AS belongs,
      :is_admin::boolean
      OR own.own AS may_see,
      :is_admin::boolean
      OR own.own AS may_write
    FROM
      tenancy.members u,
      LATERAL (
        SELECT
          coalesce(u.id = :member_id::integer, false) AS own
      ) own
    WHERE
      u.organization_id = :organization_id
      AND u.id = :realm_id
  ) rights
  LEFT JOIN realms.events e ON e.organization_id = :organization_id
  AND e.user_id = rights.id
  AND e.id = :id;

-- realms.event.page.days.section
SELECT
  input.n,
  rights.may_see,
  whole.total,
  e.id,
  e.type,
  e.title,
  e.description,
  e.all_day,
  e.rsvp,
  e.comments_enabled,
  e.starts_at::text AS starts_at,
  e.ends_at::text AS ends_at,
  CASE
    WHEN input.with_links THEN e.attached_links
  END AS attached_links,
  e.type = 'event'
  AND (
    rights.may_write
    OR rights.belongs
    AND coalesce(e.creator_id = input.member_id::integer, false)
  ) AS editable,
  'section' AS realm,
  rights.id AS realm_id
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
        $4::boolean[]
    ),
    (
      SELECT
        $5::boolean[]
    ),
    (
      SELECT
        $6::integer[]
    ),
    (
      SELECT
        $7::bigint[]
    ),
    (
      SELECT
        $8::date[]
    ),
    (
      SELECT
        $9::date[]
    )
  ) WITH ORDINALITY AS input (organization_id, realm_id, member_id, is_admin, with_links, row_limit, row_offset, first, last, n)
  CROSS JOIN LATERAL (
    SELECT
      r.id,
      m.member_id IS NOT NULL AS is_member,
      input.is_admin::boolean
      OR m.member_id IS NOT NULL AS belongs,
      input.is_admin::boolean
      OR m.member_id IS NOT NULL
      OR EXISTS (
        SELECT
        FROM
          (
            SELECT DISTINCT
              place.id
            FROM
              realms.memberships m
              CROSS JOIN LATERAL (
                SELECT
                  parent_id
                FROM
                  realms.realms
                WHERE
                  organization_id = input.organization_id
                  AND id = m.realm_id
                LIMIT
                  1
              ) r
              LEFT JOIN LATERAL (
                SELECT
                  parent_id
                FROM
                  realms.realms
                WHERE
                  organization_id = input.organization_id
                  AND id = r.parent_id
                LIMIT
                  1
              ) above ON true
              LEFT JOIN LATERAL (
                SELECT
                  parent_id
                FROM
                  realms.realms
                WHERE
                  organization_id = input.organization_id
                  AND id = above.parent_id
                LIMIT
                  1
              ) higher ON true
              LEFT JOIN LATERAL (
                SELECT
                  parent_id
                FROM
                  realms.realms
                WHERE
                  organization_id = input.organization_id
                  AND id = higher.parent_id
                LIMIT
                  1
              ) highest ON true
              CROSS JOIN LATERAL (
                VALUES
                  (m.realm_id),
                  (r.parent_id),
                  (above.parent_id),
                  (higher.parent_id),
                  (highest.parent_id)
              ) place (id)
            WHERE
              m.organization_id = input.organization_id
              AND m.member_id = input.member_id::integer
              AND place.id IS NOT NULL
          ) below
        WHERE
          below.id = r.id
      ) AS may_see,
      input.is_admin::boolean
      OR coalesce(m.is_admin, false) AS may_write
    FROM
      realms.realms r
      LEFT JOIN realms.memberships m ON m.organization_id = r.organization_id
      AND m.realm_id = r.id
      AND m.member_id = input.member_id::integer
    WHERE
      r.organization_id = input.organization_id
      AND r.id = input.realm_id
      AND r.kind = 'section'
    OFFSET
      0
  ) rights
  CROSS JOIN LATERAL (
    SELECT
      count(*)::integer AS total
    FROM
      realms.events e
    WHERE
      e.organization_id = input.organization_id
      AND e.realm_id = input.realm_id
      AND e.starts_at < input.last::date + 1
      AND CASE
        WHEN e.all_day THEN coalesce(e.ends_at, e.starts_at)::date >= input.first::date
        ELSE coalesce(e.ends_at, e.starts_at) > input.first::date
        OR e.starts_at >= input.first::date
      END
  ) whole
  LEFT JOIN LATERAL (
    SELECT
      e.*
    FROM
      realms.events e
    WHERE
      e.organization_id = input.organization_id
      AND e.realm_id = input.realm_id
      AND rights.may_see
      AND e.starts_at < input.last::date + 1
      AND CASE
        WHEN e.all_day THEN coalesce(e.ends_at, e.starts_at)::date >= input.first::date
        ELSE coalesce(e.ends_at, e.starts_at) > input.first::date
        OR e.starts_at >= input.first::date
      END
    ORDER BY
      e.starts_at,
      e.id
    LIMIT
      input.row_limit
    OFFSET
      input.row_offset
  ) e ON true
ORDER BY
  input.n,
  e.starts_at,
  e.id;

-- realms.event.page.days.user
SELECT
  input.n,
  rights.may_see,
  whole.total,
  e.id,
  e.type,
  e.title,
  e.description,
  e.all_day,
  e.rsvp,
  e.comments_enabled,
  e.starts_at::text AS starts_at,
  e.ends_at::text AS ends_at,
  CASE
    WHEN input.with_links THEN e.attached_links
  END AS attached_links,
  e.type = 'event'
  AND (
    rights.may_write
    OR rights.belongs
    AND coalesce(e.creator_id = input.member_id::integer, false)
  ) AS editable,
  'user' AS realm,
  rights.id AS realm_id
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
        $4::boolean[]
    ),
    (
      SELECT
        $5::boolean[]
    ),
    (
      SELECT
        $6::integer[]
    ),
    (
      SELECT
        $7::bigint[]
    ),
    (
      SELECT
        $8::date[]
    ),
    (
      SELECT
        $9::date[]
    )
  ) WITH ORDINALITY AS input (organization_id, realm_id, member_id, is_admin, with_links, row_limit, row_offset, first, last, n)
  CROSS JOIN LATERAL (
    SELECT
      u.id,
      own.own AS is_member,
      input.is_admin::boolean
      OR own.own AS belongs,
      input.is_admin::boolean
      OR own.own AS may_see,
      input.is_admin::boolean
      OR own.own AS may_write
    FROM
      tenancy.members u,
      LATERAL (
        SELECT
          coalesce(u.id = input.member_id::integer, false) AS own
      ) own
    WHERE
      u.organization_id = input.organization_id
      AND u.id = input.realm_id
  ) rights
  CROSS JOIN LATERAL (
    SELECT
      count(*)::integer AS total
    FROM
      realms.events e
    WHERE
      e.organization_id = input.organization_id
      AND e.user_id = input.realm_id
      AND e.starts_at < input.last::date + 1
      AND CASE
        WHEN e.all_day THEN coalesce(e.ends_at, e.starts_at)::date >= input.first::date
        ELSE coalesce(e.ends_at, e.starts_at) > input.first::date
        OR e.starts_at >= input.first::date
      END
  ) whole
  LEFT JOIN LATERAL (
    SELECT
      e.*
    FROM
      realms.events e
    WHERE
      e.organization_id = input.organization_id
      AND e.user_id = input.realm_id
      AND rights.may_see
      AND e.starts_at < input.last::date + 1
      AND CASE
        WHEN e.all_day THEN coalesce(e.ends_at, e.starts_at)::date >= input.first::date
        ELSE coalesce(e.ends_at, e.starts_at) > input.first::date
        OR e.starts_at >= input.first::date
      END
    ORDER BY
      e.starts_at,
      e.id
    LIMIT
      input.row_limit
    OFFSET
      input.row_offset
  ) e ON true
ORDER BY
  input.n,
  e.starts_at,
  e.id;

-- realms.event.page.section
SELECT
  input.n,
  rights.may_see,
  whole.total,
  e.id,
  e.type,
  e.title,
  e.description,
  e.all_day,
  e.rsvp,
  e.comments_enabled,
  e.starts_at::text AS starts_at,
  e.ends_at::text AS ends_at,
  CASE
    WHEN input.with_links THEN e.attached_links
  END AS attached_links,
  e.type = 'event'
  AND (
    rights.may_write
    OR rights.belongs
    AND coalesce(e.creator_id = input.member_id::integer, false)
  ) AS editable,
  'section' AS realm,
  rights.id AS realm_id
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
        $4::boolean[]
    ),
    (
      SELECT
        $5::boolean[]
    ),
    (
      SELECT
        $6::integer[]
    ),
    (
      SELECT
        $7::bigint[]
    )
  ) WITH ORDINALITY AS input (organization_id, realm_id, member_id, is_admin, with_links, row_limit, row_offset, n)
  CROSS JOIN LATERAL (
    SELECT
      r.id,
      m.member_id IS NOT NULL AS is_member,
      input.is_admin::boolean
      OR m.member_id IS NOT NULL AS belongs,
      input.is_admin::boolean
      OR m.member_id IS NOT NULL
      OR EXISTS (
        SELECT
        FROM
          (
            SELECT DISTINCT
              place.id
            FROM
              realms.memberships m
              CROSS JOIN LATERAL (
                SELECT
                  parent_id
                FROM
                  realms.realms
                WHERE
                  organization_id = input.organization_id
                  AND id = m.realm_id
                LIMIT
                  1
              ) r
              LEFT JOIN LATERAL (
                SELECT
                  parent_id
                FROM
                  realms.realms
                WHERE
                  organization_id = input.organization_id
                  AND id = r.parent_id
                LIMIT
                  1
              ) above ON true
              LEFT JOIN LATERAL (
                SELECT
                  parent_id
                FROM
                  realms.realms
                WHERE
                  organization_id = input.organization_id
                  AND id = above.parent_id
                LIMIT
                  1
              ) higher ON true
              LEFT JOIN LATERAL (
                SELECT
                  parent_id
                FROM
                  realms.realms
                WHERE
                  organization_id = input.organization_id
                  AND id = higher.parent_id
                LIMIT
                  1
              ) highest ON true
              CROSS JOIN LATERAL (
                VALUES
                  (m.realm_id),
                  (r.parent_id),
                  (above.parent_id),
                  (higher.parent_id),
                  (highest.parent_id)
              ) place (id)
            WHERE
              m.organization_id = input.organization_id
              AND m.member_id = input.member_id::integer
              AND place.id IS NOT NULL
          ) below
        WHERE
          below.id = r.id
      ) AS may_see,
      input.is_admin::boolean
      OR coalesce(m.is_admin, false) AS may_write
    FROM
      realms.realms r
      LEFT JOIN realms.memberships m ON m.organization_id = r.organization_id
      AND m.realm_id = r.id
      AND m.member_id = input.member_id::integer
    WHERE
      r.organization_id = input.organization_id
      AND r.id = input.realm_id
      AND r.kind = 'section'
    OFFSET
      0
  ) rights
  CROSS JOIN LATERAL (
    SELECT
      count(*)::integer AS total
    FROM
      realms.events e
    WHERE
      e.organization_id = input.organization_id
      AND e.realm_id = input.realm_id
  ) whole
  LEFT JOIN LATERAL (
    SELECT
      e.*
    FROM
      realms.events e
    WHERE
      e.organization_id = input.organization_id
      AND e.realm_id = input.realm_id
      AND rights.may_see
    ORDER BY
      e.starts_at,
      e.id
    LIMIT
      input.row_limit
    OFFSET
      input.row_offset
  ) e ON true
ORDER BY
  input.n,
  e.starts_at,
  e.id;

-- realms.event.page.user
SELECT
  input.n,
  rights.may_see,
  whole.total,
  e.id,
  e.type,
  e.title,
  e.description,
  e.all_day,
  e.rsvp,
  e.comments_enabled,
  e.starts_at::text AS starts_at,
  e.ends_at::text AS ends_at,
  CASE
    WHEN input.with_links THEN e.attached_links
  END AS attached_links,
  e.type = 'event'
  AND (
    rights.may_write
    OR rights.belongs
    AND coalesce(e.creator_id = input.member_id::integer, false)
  ) AS editable,
  'user' AS realm,
  rights.id AS realm_id
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
        $4::boolean[]
    ),
    (
      SELECT
        $5::boolean[]
    ),
    (
      SELECT
        $6::integer[]
    ),
    (
      SELECT
        $7::bigint[]
    )
  ) WITH ORDINALITY AS input (organization_id, realm_id, member_id, is_admin, with_links, row_limit, row_offset, n)
  CROSS JOIN LATERAL (
    SELECT
      u.id,
      own.own AS is_member,
      input.is_admin::boolean
      OR own.own AS belongs,
      input.is_admin::boolean
      OR own.own AS may_see,
      input.is_admin::boolean
      OR own.own AS may_write
    FROM
      tenancy.members u,
      LATERAL (
        SELECT
          coalesce(u.id = input.member_id::integer, false) AS own
      ) own
    WHERE
      u.organization_id = input.organization_id
      AND u.id = input.realm_id
  ) rights
  CROSS JOIN LATERAL (
    SELECT
      count(*)::integer AS total
    FROM
      realms.events e
    WHERE
      e.organization_id = input.organization_id
      AND e.user_id = input.realm_id
  ) whole
  LEFT JOIN LATERAL (
    SELECT
      e.*
    FROM
      realms.events e
    WHERE
      e.organization_id = input.organization_id
      AND e.user_id = input.realm_id
      AND rights.may_see
    ORDER BY
      e.starts_at,
      e.id
    LIMIT
      input.row_limit
    OFFSET
      input.row_offset
  ) e ON true
ORDER BY
  input.n,
  e.starts_at,
  e.id;

-- realms.event.rights.section
SELECT
  rights.may_see,
  rights.may_write,
  rights.is_member,
  rights.belongs
FROM
  (
    SELECT
      r.id,
      m.member_id IS NOT NULL AS is_member,
      :is_admin::boolean
      OR m.member_id IS NOT NULL AS belongs,
      :is_admin::boolean
      OR m.member_id IS NOT NULL
      OR EXISTS (
        SELECT
        FROM
          (
            SELECT DISTINCT
              place.id
            FROM
              realms.memberships m
              CROSS JOIN LATERAL (
                SELECT
                  parent_id
                FROM
                  realms.realms
                WHERE
                  organization_id = :organization_id
                  AND id = m.realm_id
                LIMIT
                  1
              ) r
              LEFT JOIN LATERAL (
                SELECT
                  parent_id
                FROM
                  realms.realms
                WHERE
                  organization_id = :organization_id
                  AND id = r.parent_id
                LIMIT
                  1
              ) above ON true
              LEFT JOIN LATERAL (
                SELECT
                  parent_id
                FROM
                  realms.realms
                WHERE
                  organization_id = :organization_id
                  AND id = above.parent_id
                LIMIT
                  1
              ) higher ON true
              LEFT JOIN LATERAL (
                SELECT
                  parent_id
                FROM
                  realms.realms
                WHERE
                  organization_id = :organization_id
                  AND id = higher.parent_id
                LIMIT
                  1
              ) highest ON true
              CROSS JOIN LATERAL (
                VALUES
                  (m.realm_id),
                  (r.parent_id),
                  (above.parent_id),
                  (higher.parent_id),
                  (highest.parent_id)
              ) place (id)
            WHERE
              m.organization_id = :organization_id
              AND m.member_id = :member_id::integer
              AND place.id IS NOT NULL
          ) below
        WHERE
          below.id = r.id
      ) AS may_see,
      :is_admin::boolean
      OR coalesce(m.is_admin, false) AS may_write
    FROM
      realms.realms r
      LEFT JOIN realms.memberships m ON m.organization_id = r.organization_id
      AND m.realm_id = r.id
      AND m.member_id = :member_id::integer
    WHERE
      r.organization_id = :organization_id
      AND r.id = :realm_id
      AND r.kind = 'section'
    OFFSET
      0
  ) rights;

-- realms.event.rights.user
SELECT
  rights.may_see,
  rights.may_write,
  rights.is_member,
  rights.belongs
FROM
  (
    SELECT
      u.id,
      own.own AS is_member,
      :is_admin::boolean
      OR own.own AS belongs,
      :is_admin::boolean
      OR own.own AS may_see,
      :is_admin::boolean
      OR own.own AS may_write
    FROM
      tenancy.members u,
      LATERAL (
        SELECT
          coalesce(u.id = :member_id::integer, false) AS own
      ) own
    WHERE
      u.organization_id = :organization_id
      AND u.id = :realm_id
  ) rights;

-- realms.feed.calendar
WITH
  rights AS MATERIALIZED (
    SELECT
      u.id,
      own.own AS is_member,
      :is_admin::boolean
      OR own.own AS belongs,
      :is_admin::boolean
      OR own.own AS may_see,
      :is_admin::boolean
      OR own.own AS may_write
    FROM
      tenancy.members u,
      LATERAL (
        SELECT
          coalesce(u.id = :member_id::integer, false) AS own
      ) own
    WHERE
      u.organization_id = :organization_id
      AND u.id = :realm_id
  ),
  e AS MATERIALIZED (
    SELECT
      *
    FROM
      (
        SELECT
          e.*,
          r.kind AS calendar_realm,
          r.id AS calendar_id,
          coalesce(m.is_admin, false) AS is_calendar_admin,
          m.member_id IS NOT NULL AS is_calendar_member,
          r.time_zone
        FROM
          rights
          JOIN LATERAL (
            SELECT DISTINCT
              place.id
            FROM
              realms.memberships m
              CROSS JOIN LATERAL (
                SELECT
                  parent_id
                FROM
                  realms.realms
                WHERE
                  organization_id = :organization_id
                  AND id = m.realm_id
                LIMIT
                  1
              ) r
              LEFT JOIN LATERAL (
                SELECT
                  parent_id
                FROM
                  realms.realms
                WHERE
                  organization_id = :organization_id
                  AND id = r.parent_id
                LIMIT
                  1
              ) above ON true
              LEFT JOIN LATERAL (
                SELECT
                  parent_id
                FROM
                  realms.realms
                WHERE
                  organization_id = :organization_id
                  AND id = above.parent_id
                LIMIT
                  1
              ) higher ON true
              LEFT JOIN LATERAL (
                SELECT
                  parent_id
                FROM
                  realms.realms
                WHERE
                  organization_id = :organization_id
                  AND id = higher.parent_id
                LIMIT
                  1
              ) highest ON true
              CROSS JOIN LATERAL (
                VALUES
                  (m.realm_id),
                  (r.parent_id),
                  (above.parent_id),
                  (higher.parent_id),
                  (highest.parent_id)
              ) place (id)
            WHERE
              m.organization_id = :organization_id
              AND m.member_id = rights.id
              AND place.id IS NOT NULL
          ) own ON true
          JOIN realms.realms r ON r.organization_id = :organization_id
          AND r.id = own.id
          LEFT JOIN realms.memberships m ON m.organization_id = :organization_id
          AND m.realm_id = r.id
          AND m.member_id = rights.id
          JOIN realms.events e ON e.organization_id = :organization_id
          AND e.realm_id = r.id
        WHERE
          rights.may_see
        UNION ALL
        SELECT
          e.*,
          'user',
          rights.id,
          true,
          true,
          coalesce(u.time_zone, o.time_zone)
        FROM
          rights
          JOIN tenancy.members u ON u.organization_id = :organization_id
          AND u.id = rights.id
          JOIN tenancy.organizations o ON o.id = :organization_id
          JOIN realms.events e ON e.organization_id = :organization_id
          AND e.user_id = rights.id
        WHERE
          rights.may_see
      ) e
    WHERE
      true
  )
SELECT
  rights.may_see,
  (
    SELECT
      count(*)::integer
    FROM
      e
  ) AS total,
  e.id,
  e.type,
  e.title,
  e.description,
  e.all_day,
  e.rsvp,
  e.comments_enabled,
  e.starts_at::text AS starts_at,
  e.ends_at::text AS ends_at,
  e.attached_links AS attached_links,
  e.type = 'event'
  AND (
    (
      :is_admin::boolean
      OR e.is_calendar_admin
    )
    OR (
      :is_admin::boolean
      OR e.is_calendar_member
    )
    AND coalesce(e.creator_id = :member_id::integer, false)
  ) AS editable,
  e.calendar_realm AS realm,
  e.calendar_id AS realm_id
FROM
  rights
  LEFT JOIN (
    SELECT
      *
    FROM
      e
    ORDER BY
      starts_at,
      id
    LIMIT
      :limit
    OFFSET
      :start
  ) e ON true
ORDER BY
  e.starts_at,
  e.id;

-- realms.feed.calendar.days
WITH
  rights AS MATERIALIZED (
    SELECT
      u.id,
      own.own AS is_member,
      :is_admin::boolean
      OR own.own AS belongs,
      :is_admin::boolean
      OR own.own AS may_see,
      :is_admin::boolean
      OR own.own AS may_write
    FROM
      tenancy.members u,
      LATERAL (
        SELECT
          coalesce(u.id = :member_id::integer, false) AS own
      ) own
    WHERE
      u.organization_id = :organization_id
      AND u.id = :realm_id
  ),
  e AS MATERIALIZED (
    SELECT
      *
    FROM
      (
        SELECT
          e.*,
          r.kind AS calendar_realm,
          r.id AS calendar_id,
          coalesce(m.is_admin, false) AS is_calendar_admin,
          m.member_id IS NOT NULL AS is_calendar_member,
          r.time_zone
        FROM
          rights
          JOIN LATERAL (
            SELECT DISTINCT
              place.id
            FROM
              realms.memberships m
              CROSS JOIN LATERAL (
                SELECT
                  parent_id
                FROM
                  realms.realms
                WHERE
                  organization_id = :organization_id
                  AND id = m.realm_id
                LIMIT
                  1
              ) r
              LEFT JOIN LATERAL (
                SELECT
                  parent_id
                FROM
                  realms.realms
                WHERE
                  organization_id = :organization_id
                  AND id = r.parent_id
                LIMIT
                  1
              ) above ON true
              LEFT JOIN LATERAL (
                SELECT
                  parent_id
                FROM
                  realms.realms
                WHERE
                  organization_id = :organization_id
                  AND id = above.parent_id
                LIMIT
                  1
              ) higher ON true
              LEFT JOIN LATERAL (
                SELECT
                  parent_id
                FROM
                  realms.realms
                WHERE
                  organization_id = :organization_id
                  AND id = higher.parent_id
                LIMIT
                  1
              ) highest ON true
              CROSS JOIN LATERAL (
                VALUES
                  (m.realm_id),
                  (r.parent_id),
                  (above.parent_id),
                  (higher.parent_id),
                  (highest.parent_id)
              ) place (id)
            WHERE
              m.organization_id = :organization_id
              AND m.member_id = rights.id
              AND place.id IS NOT NULL
          ) own ON true
          JOIN realms.realms r ON r.organization_id = :organization_id
          AND r.id = own.id
          LEFT JOIN realms.memberships m ON m.organization_id = :organization_id
          AND m.realm_id = r.id
          AND m.member_id = rights.id
          JOIN realms.events e ON e.organization_id = :organization_id
          AND e.realm_id = r.id
        WHERE
          rights.may_see
        UNION ALL
        SELECT
          e.*,
          'user',
          rights.id,
          true,
          true,
          coalesce(u.time_zone, o.time_zone)
        FROM
          rights
          JOIN tenancy.members u ON u.organization_id = :organization_id
          AND u.id = rights.id
          JOIN tenancy.organizations o ON o.id = :organization_id
          JOIN realms.events e ON e.organization_id = :organization_id
          AND e.user_id = rights.id
        WHERE
          rights.may_see
      ) e
    WHERE
      e.starts_at < :last::date + 1
      AND CASE
        WHEN e.all_day THEN coalesce(e.ends_at, e.starts_at)::date >= :first::date
        ELSE coalesce(e.ends_at, e.starts_at) > :first::date
        OR e.starts_at >= :first::date
      END
  )
SELECT
  rights.may_see,
  (
    SELECT
      count(*)::integer
    FROM
      e
  ) AS total,
  e.id,
  e.type,
  e.title,
  e.description,
  e.all_day,
  e.rsvp,
  e.comments_enabled,
  e.starts_at::text AS starts_at,
  e.ends_at::text AS ends_at,
  e.attached_links AS attached_links,
  e.type = 'event'
  AND (
    (
      :is_admin::boolean
      OR e.is_calendar_admin
    )
    OR (
      :is_admin::boolean
      OR e.is_calendar_member
    )
    AND coalesce(e.creator_id = :member_id::integer, false)
  ) AS editable,
  e.calendar_realm AS realm,
  e.calendar_id AS realm_id
FROM
  rights
  LEFT JOIN (
    SELECT
      *
    FROM
      e
    ORDER BY
      starts_at,
      id
    LIMIT
      :limit
    OFFSET
      :start
  ) e ON true
ORDER BY
  e.starts_at,
  e.id;

-- realms.feed.upcoming
WITH
  rights AS MATERIALIZED (
    SELECT
      u.id,
      own.own AS is_member,
      :is_admin::boolean
      OR own.own AS belongs,
      :is_admin::boolean
      OR own.own AS may_see,
      :is_admin::boolean
      OR own.own AS may_write
    FROM
      tenancy.members u,
      LATERAL (
        SELECT
          coalesce(u.id = :member_id::integer, false) AS own
      ) own
    WHERE
      u.organization_id = :organization_id
      AND u.id = :realm_id
  ),
  e AS MATERIALIZED (
    SELECT
      *
    FROM
      (
        SELECT
          e.*,
          r.kind AS calendar_realm,
          r.id AS calendar_id,
          coalesce(m.is_admin, false) AS is_calendar_admin,
          m.member_id IS NOT NULL AS is_calendar_member,
          r.time_zone
        FROM
          rights
          JOIN LATERAL (
            SELECT DISTINCT
              place.id
            FROM
              realms.memberships m
              CROSS JOIN LATERAL (
                SELECT
                  parent_id
                FROM
                  realms.realms
                WHERE
                  organization_id = :organization_id
                  AND id = m.realm_id
                LIMIT
                  1
              ) r
              LEFT JOIN LATERAL (
                SELECT
                  parent_id
                FROM
                  realms.realms
                WHERE
                  organization_id = :organization_id
                  AND id = r.parent_id
                LIMIT
                  1
              ) above ON true
              LEFT JOIN LATERAL (
                SELECT
                  parent_id
                FROM
                  realms.realms
                WHERE
                  organization_id = :organization_id
                  AND id = above.parent_id
                LIMIT
                  1
              ) higher ON true
              LEFT JOIN LATERAL (
                SELECT
                  parent_id
                FROM
                  realms.realms
                WHERE
                  organization_id = :organization_id
                  AND id = higher.parent_id
                LIMIT
                  1
              ) highest ON true
              CROSS JOIN LATERAL (
                VALUES
                  (m.realm_id),
                  (r.parent_id),
                  (above.parent_id),
                  (higher.parent_id),
                  (highest.parent_id)
              ) place (id)
            WHERE
              m.organization_id = :organization_id
              AND m.member_id = rights.id
              AND place.id IS NOT NULL
          ) own ON true
          JOIN realms.realms r ON r.organization_id = :organization_id
          AND r.id = own.id
          LEFT JOIN realms.memberships m ON m.organization_id = :organization_id
          AND m.realm_id = r.id
          AND m.member_id = rights.id
          JOIN realms.events e ON e.organization_id = :organization_id
          AND e.realm_id = r.id
        WHERE
          rights.may_see
        UNION ALL
        SELECT
          e.*,
          'user',
          rights.id,
          true,
          true,
          coalesce(u.time_zone, o.time_zone)
        FROM
          rights
          JOIN tenancy.members u ON u.organization_id = :organization_id
          AND u.id = rights.id
          JOIN tenancy.organizations o ON o.id = :organization_id
          JOIN realms.events e ON e.organization_id = :organization_id
          AND e.user_id = rights.id
        WHERE
          rights.may_see
      ) e
    WHERE
      CASE
        WHEN e.all_day THEN coalesce(e.ends_at, e.starts_at)::date >= (:now::timestamptz AT TIME ZONE e.time_zone)::date
        ELSE coalesce(e.ends_at, e.starts_at) >= :now::timestamptz AT TIME ZONE e.time_zone
      END
  )
SELECT
  rights.may_see,
  (
    SELECT
      count(*)::integer
    FROM
      e
  ) AS total,
  e.id,
  e.type,
  e.title,
  e.description,
  e.all_day,
  e.rsvp,
  e.comments_enabled,
  e.starts_at::text AS starts_at,
  e.ends_at::text AS ends_at,
  e.attached_links AS attached_links,
  e.type = 'event'
  AND (
    (
      :is_admin::boolean
      OR e.is_calendar_admin
    )
    OR (
      :is_admin::boolean
      OR e.is_calendar_member
    )
    AND coalesce(e.creator_id = :member_id::integer, false)
  ) AS editable,
  e.calendar_realm AS realm,
  e.calendar_id AS realm_id
FROM
  rights
  LEFT JOIN (
    SELECT
      *
    FROM
      e
    ORDER BY
      starts_at,
      id
    LIMIT
      :limit
    OFFSET
      :start
  ) e ON true
ORDER BY
  e.starts_at,
  e.id;

-- realms.feed.upcoming.days
WITH
  rights AS MATERIALIZED (
    SELECT
      u.id,
      own.own AS is_member,
      :is_admin::boolean
      OR own.own AS belongs,
      :is_admin::boolean
      OR own.own AS may_see,
      :is_admin::boolean
      OR own.own AS may_write
    FROM
      tenancy.members u,
      LATERAL (
        SELECT
          coalesce(u.id = :member_id::integer, false) AS own
      ) own
    WHERE
      u.organization_id = :organization_id
      AND u.id = :realm_id
  ),
  e AS MATERIALIZED (
    SELECT
      *
    FROM
      (
        SELECT
          e.*,
          r.kind AS calendar_realm,
          r.id AS calendar_id,
          coalesce(m.is_admin, false) AS is_calendar_admin,
          m.member_id IS NOT NULL AS is_calendar_member,
          r.time_zone
        FROM
          rights
          JOIN LATERAL (
            SELECT DISTINCT
              place.id
            FROM
              realms.memberships m
              CROSS JOIN LATERAL (
                SELECT
                  parent_id
                FROM
                  realms.realms
                WHERE
                  organization_id = :organization_id
                  AND id = m.realm_id
                LIMIT
                  1
              ) r
              LEFT JOIN LATERAL (
                SELECT
                  parent_id
                FROM
                  realms.realms
                WHERE
                  organization_id = :organization_id
                  AND id = r.parent_id
                LIMIT
                  1
              ) above ON true
              LEFT JOIN LATERAL (
                SELECT
                  parent_id
                FROM
                  realms.realms
                WHERE
                  organization_id = :organization_id
                  AND id = above.parent_id
                LIMIT
                  1
              ) higher ON true
              LEFT JOIN LATERAL (
                SELECT
                  parent_id
                FROM
                  realms.realms
                WHERE
                  organization_id = :organization_id
                  AND id = higher.parent_id
                LIMIT
                  1
              ) highest ON true
              CROSS JOIN LATERAL (
                VALUES
                  (m.realm_id),
                  (r.parent_id),
                  (above.parent_id),
                  (higher.parent_id),
                  (highest.parent_id)
              ) place (id)
            WHERE
              m.organization_id = :organization_id
              AND m.member_id = rights.id
              AND place.id IS NOT NULL
          ) own ON true
          JOIN realms.realms r ON r.organization_id = :organization_id
          AND r.id = own.id
          LEFT JOIN realms.memberships m ON m.organization_id = :organization_id
          AND m.realm_id = r.id
          AND m.member_id = rights.id
          JOIN realms.events e ON e.organization_id = :organization_id
          AND e.realm_id = r.id
        WHERE
          rights.may_see
        UNION ALL
        SELECT
          e.*,
          'user',
          rights.id,
          true,
          true,
          coalesce(u.time_zone, o.time_zone)
        FROM
          rights
          JOIN tenancy.members u ON u.organization_id = :organization_id
          AND u.id = rights.id
          JOIN tenancy.organizations o ON o.id = :organization_id
          JOIN realms.events e ON e.organization_id = :organization_id
          AND e.user_id = rights.id
        WHERE
          rights.may_see
      ) e
    WHERE
      CASE
        WHEN e.all_day THEN coalesce(e.ends_at, e.starts_at)::date >= (:now::timestamptz AT TIME ZONE e.time_zone)::date
        ELSE coalesce(e.ends_at, e.starts_at) >= :now::timestamptz AT TIME ZONE e.time_zone
      END
      AND e.starts_at < :last::date + 1
      AND CASE
        WHEN e.all_day THEN coalesce(e.ends_at, e.starts_at)::date >= :first::date
        ELSE coalesce(e.ends_at, e.starts_at) > :first::date
        OR e.starts_at >= :first::date
      END
  )
SELECT
  rights.may_see,
  (
    SELECT
      count(*)::integer
    FROM
      e
  ) AS total,
  e.id,
  e.type,
  e.title,
  e.description,
  e.all_day,
  e.rsvp,
  e.comments_enabled,
  e.starts_at::text AS starts_at,
  e.ends_at::text AS ends_at,
  e.attached_links AS attached_links,
  e.type = 'event'
  AND (
    (
      :is_admin::boolean
      OR e.is_calendar_admin
    )
    OR (
      :is_admin::boolean
      OR e.is_calendar_member
    )
    AND coalesce(e.creator_id = :member_id::integer, false)
  ) AS editable,
  e.calendar_realm AS realm,
  e.calendar_id AS realm_id
FROM
  rights
  LEFT JOIN (
    SELECT
      *
    FROM
      e
    ORDER BY
      starts_at,
      id
    LIMIT
      :limit
    OFFSET
      :start
  ) e ON true
ORDER BY
  e.starts_at,
  e.id;

-- realms.realm.find.section
WITH
  rights AS MATERIALIZED (
    SELECT
      r.id,
      m.member_id IS NOT NULL AS is_member,
      :is_admin::boolean
      OR m.member_id IS NOT NULL AS belongs,
      :is_admin::boolean
      OR m.member_id IS NOT NULL
      OR EXISTS (
        SELECT
        FROM
          (
            SELECT DISTINCT
              place.id
            FROM
              realms.memberships m
              CROSS JOIN LATERAL (
                SELECT
                  parent_id
                FROM
                  realms.realms
                WHERE
                  organization_id = :organization_id
                  AND id = m.realm_id
                LIMIT
                  1
              ) r
              LEFT JOIN LATERAL (
                SELECT
                  parent_id
                FROM
                  realms.realms
                WHERE
                  organization_id = :organization_id
                  AND id = r.parent_id
                LIMIT
                  1
              ) above ON true
              LEFT JOIN LATERAL (
                SELECT
                  parent_id
                FROM
                  realms.realms
                WHERE
                  organization_id = :organization_id
                  AND id = above.parent_id
                LIMIT
                  1
              ) higher ON true
              LEFT JOIN LATERAL (
                SELECT
                  parent_id
                FROM
                  realms.realms
                WHERE
                  organization_id = :organization_id
                  AND id = higher.parent_id
                LIMIT
                  1
              ) highest ON true
              CROSS JOIN LATERAL (
                VALUES
                  (m.realm_id),
                  (r.parent_id),
                  (above.parent_id),
                  (higher.parent_id),
                  (highest.parent_id)
              ) place (id)
            WHERE
              m.organization_id = :organization_id
              AND m.member_id = :member_id::integer
              AND place.id IS NOT NULL
          ) below
        WHERE
          below.id = r.id
      ) AS may_see,
      :is_admin::boolean
      OR coalesce(m.is_admin, false) AS may_write
    FROM
      realms.realms r
      LEFT JOIN realms.memberships m ON m.organization_id = r.organization_id
      AND m.realm_id = r.id
      AND m.member_id = :member_id::integer
    WHERE
      r.organization_id = :organization_id
      AND r.id = :realm_id
      AND r.kind = 'section'
    OFFSET
      0
  )
SELECT
  rights.may_see,
  r.*
FROM
  rights
  CROSS JOIN (
    SELECT
      r.id,
      r.kind,
      r.name,
      CASE 'school'
        WHEN above.kind THEN above.id
        WHEN higher.kind THEN higher.id
        WHEN highest.kind THEN highest.id
      END AS school_id,
      CASE
        WHEN r.kind = 'section'
        AND above.kind = 'course' THEN above.id
      END AS course_id,
      CASE
        WHEN r.kind = 'section'
        AND above.kind = 'course' THEN above.name
      END AS course_name,
      coalesce(m.is_admin, false) AS is_realm_admin
    FROM
      rights page
      JOIN realms.realms r ON r.organization_id = :organization_id
      AND r.id = page.id
      LEFT JOIN realms.realms above ON above.organization_id = :organization_id
      AND above.id = r.parent_id
      LEFT JOIN realms.realms higher ON higher.organization_id = :organization_id
      AND higher.id = above.parent_id
      LEFT JOIN realms.realms highest ON highest.organization_id = :organization_id
      AND highest.id = higher.parent_id
      LEFT JOIN realms.memberships m ON m.organization_id = :organization_id
      AND m.realm_id = r.id
      AND m.member_id = :member_id::integer
  ) r;

-- realms.realm.find.user
WITH
  rights AS MATERIALIZED (
    SELECT
      u.id,
      own.own AS is_member,
      :is_admin::boolean
      OR own.own AS belongs,
      :is_admin::boolean
      OR own.own AS may_see,
      :is_admin::boolean
      OR own.own AS may_write
    FROM
      tenancy.members u,
      LATERAL (
        SELECT
          coalesce(u.id = :member_id::integer, false) AS own
      ) own
    WHERE
      u.organization_id = :organization_id
      AND u.id = :realm_id
  )
SELECT
  rights.may_see,
  r.*
FROM
  rights
  CROSS JOIN (
    SELECT
      r.id,
      r.kind,
      r.name,
      CASE 'school'
        WHEN above.kind THEN above.id
        WHEN higher.kind THEN higher.id
        WHEN highest.kind THEN highest.id
      END AS school_id,
      CASE
        WHEN r.kind = 'section'
        AND above.kind = 'course' THEN above.id
      END AS course_id,
      CASE
        WHEN r.kind = 'section'
        AND above.kind = 'course' THEN above.name
      END AS course_name,
      coalesce(m.is_admin, false) AS is_realm_admin
    FROM
      rights page
      JOIN realms.realms r ON r.organization_id = :organization_id
      AND r.id = page.id
      LEFT JOIN realms.realms above ON above.organization_id = :organization_id
      AND above.id = r.parent_id
      LEFT JOIN realms.realms higher ON higher.organization_id = :organization_id
      AND higher.id = above.parent_id
      LEFT JOIN realms.realms highest ON highest.organization_id = :organization_id
      AND highest.id = higher.parent_id
      LEFT JOIN realms.memberships m ON m.organization_id = :organization_id
      AND m.realm_id = r.id
      AND m.member_id = :member_id::integer
  ) r;

-- realms.realm.list
WITH
  rights AS MATERIALIZED (
    SELECT
      true AS may_see
  ),
  found AS MATERIALIZED (
    SELECT
      r.id
    FROM
      realms.realms r
    WHERE
      r.organization_id = :organization_id
      AND r.kind = :kind
      AND (
        :is_admin::boolean
        OR r.id IN (
          SELECT DISTINCT
            place.id
          FROM
            realms.memberships m
            CROSS JOIN LATERAL (
              SELECT
                parent_id
              FROM
                realms.realms
              WHERE
                organization_id = :organization_id
                AND id = m.realm_id
              LIMIT
                1
            ) r
            LEFT JOIN LATERAL (
              SELECT
                parent_id
              FROM
                realms.realms
              WHERE
                organization_id = :organization_id
                AND id = r.parent_id
              LIMIT
                1
            ) above ON true
            LEFT JOIN LATERAL (
              SELECT
                parent_id
              FROM
                realms.realms
              WHERE
                organization_id = :organization_id
                AND id = above.parent_id
              LIMIT
                1
            ) higher ON true
            LEFT JOIN LATERAL (
              SELECT
                parent_id
              FROM
                realms.realms
              WHERE
                organization_id = :organization_id
                AND id = higher.parent_id
              LIMIT
                1
            ) highest ON true
            CROSS JOIN LATERAL (
              VALUES
                (m.realm_id),
                (r.parent_id),
                (above.parent_id),
                (higher.parent_id),
                (highest.parent_id)
            ) place (id)
          WHERE
            m.organization_id = :organization_id
            AND m.member_id = :member_id::integer
            AND place.id IS NOT NULL
        )
      )
  ),
  page AS (
    SELECT
      id
    FROM
      found
    ORDER BY
      id
    LIMIT
      :limit
    OFFSET
      :start
  )
SELECT
  rights.may_see,
  (
    SELECT
      count(*)::integer
    FROM
      found
  ) AS total,
  r.*
FROM
  rights
  LEFT JOIN (
    SELECT
      r.id,
      r.kind,
      r.name,
      CASE 'school'
        WHEN above.kind THEN above.id
        WHEN higher.kind THEN higher.id
        WHEN highest.kind THEN highest.id
      END AS school_id,
      CASE
        WHEN r.kind = 'section'
        AND above.kind = 'course' THEN above.id
      END AS course_id,
      CASE
        WHEN r.kind = 'section'
        AND above.kind = 'course' THEN above.name
      END AS course_name,
      coalesce(m.is_admin, false) AS is_realm_admin
    FROM
      page page
      JOIN realms.realms r ON r.organization_id = :organization_id
      AND r.id = page.id
      LEFT JOIN realms.realms above ON above.organization_id = :organization_id
      AND above.id = r.parent_id
      LEFT JOIN realms.realms higher ON higher.organization_id = :organization_id
      AND higher.id = above.parent_id
      LEFT JOIN realms.realms highest ON highest.organization_id = :organization_id
      AND highest.id = higher.parent_id
      LEFT JOIN realms.memberships m ON m.organization_id = :organization_id
      AND m.realm_id = r.id
      AND m.member_id = :member_id::integer
  ) r ON rights.may_see
ORDER BY
  r.id;

-- realms.realm.list_courses_of_user
WITH
  rights AS MATERIALIZED (
    SELECT
      u.id,
      own.own AS is_member,
      :is_admin::boolean
      OR own.own AS belongs,
      :is_admin::boolean
      OR own.own AS may_see,
      :is_admin::boolean
      OR own.own AS may_write
    FROM
      tenancy.members u,
      LATERAL (
        SELECT
          coalesce(u.id = :member_id::integer, false) AS own
      ) own
    WHERE
      u.organization_id = :organization_id
      AND u.id = :realm_id
  ),
  found AS MATERIALIZED (
    SELECT DISTINCT
      course.id
    FROM
      realms.memberships m
      JOIN realms.realms r ON r.organization_id = m.organization_id
      AND r.id = m.realm_id
      JOIN realms.realms course ON course.organization_id = m.organization_id
      AND course.kind = 'course'
      AND course.id = CASE r.kind
        WHEN 'course' THEN r.id
        WHEN 'section' THEN r.parent_id
      END
    WHERE
      m.organization_id = :organization_id
      AND m.member_id = :realm_id
  ),
  page AS (
    SELECT
      id
    FROM
      found
    ORDER BY
      id
    LIMIT
      :limit
    OFFSET
      :start
  )
SELECT
  rights.may_see,
  (
    SELECT
      count(*)::integer
    FROM
      found
  ) AS total,
  r.*
FROM
  rights
  LEFT JOIN (
    SELECT
      r.id,
      r.kind,
      r.name,
      CASE 'school'
        WHEN above.kind THEN above.id
        WHEN higher.kind THEN higher.id
        WHEN highest.kind THEN highest.id
      END AS school_id,
      CASE
        WHEN r.kind = 'section'
        AND above.kind = 'course' THEN above.id
      END AS course_id,
      CASE
        WHEN r.kind = 'section'
        AND above.kind = 'course' THEN above.name
      END AS course_name,
      coalesce(m.is_admin, false) AS is_realm_admin
    FROM
      page page
      JOIN realms.realms r ON r.organization_id = :organization_id
      AND r.id = page.id
      LEFT JOIN realms.realms above ON above.organization_id = :organization_id
      AND above.id = r.parent_id
      LEFT JOIN realms.realms higher ON higher.organization_id = :organization_id
      AND higher.id = above.parent_id
      LEFT JOIN realms.realms highest ON highest.organization_id = :organization_id
      AND highest.id = higher.parent_id
      LEFT JOIN realms.memberships m ON m.organization_id = :organization_id
      AND m.realm_id = r.id
      AND m.member_id = :realm_id::integer
  ) r ON rights.may_see
ORDER BY
  r.id;

-- realms.realm.list_of_user
WITH
  rights AS MATERIALIZED (
    SELECT
      u.id,
      own.own AS is_member,
      :is_admin::boolean
      OR own.own AS belongs,
      :is_admin::boolean
      OR own.own AS may_see,
      :is_admin::boolean
      OR own.own AS may_write
    FROM
      tenancy.members u,
      LATERAL (
        SELECT
          coalesce(u.id = :member_id::integer, false) AS own
      ) own
    WHERE
      u.organization_id = :organization_id
      AND u.id = :realm_id
  ),
  found AS MATERIALIZED (
    SELECT
      r.id
    FROM
      realms.memberships m
      JOIN realms.realms r ON r.organization_id = m.organization_id
      AND r.id = m.realm_id
      AND r.kind = :kind
    WHERE
      m.organization_id = :organization_id
      AND m.member_id = :realm_id
  ),
  page AS (
    SELECT
      id
    FROM
      found
    ORDER BY
      id
    LIMIT
      :limit
    OFFSET
      :start
  )
SELECT
  rights.may_see,
  (
    SELECT
      count(*)::integer
    FROM
      found
  ) AS total,
  r.*
FROM
  rights
  LEFT JOIN (
    SELECT
      r.id,
      r.kind,
      r.name,
      CASE 'school'
        WHEN above.kind THEN above.id
        WHEN higher.kind THEN higher.id
        WHEN highest.kind THEN highest.id
      END AS school_id,
      CASE
        WHEN r.kind = 'section'
        AND above.kind = 'course' THEN above.id
      END AS course_id,
      CASE
        WHEN r.kind = 'section'
        AND above.kind = 'course' THEN above.name
      END AS course_name,
      coalesce(m.is_admin, false) AS is_realm_admin
    FROM
      page page
      JOIN realms.realms r ON r.organization_id = :organization_id
      AND r.id = page.id
      LEFT JOIN realms.realms above ON above.organization_id = :organization_id
      AND above.id = r.parent_id
      LEFT JOIN realms.realms higher ON higher.organization_id = :organization_id
      AND higher.id = above.parent_id
      LEFT JOIN realms.realms highest ON highest.organization_id = :organization_id
      AND highest.id = higher.parent_id
      LEFT JOIN realms.memberships m ON m.organization_id = :organization_id
      AND m.realm_id = r.id
      AND m.member_id = :realm_id::integer
  ) r ON rights.may_see
ORDER BY
  r.id;

-- realms.realm.list_sections
WITH
  rights AS MATERIALIZED (
    SELECT
      r.id,
      m.member_id IS NOT NULL AS is_member,
      :is_admin::boolean
      OR m.member_id IS NOT NULL AS belongs,
      :is_admin::boolean
      OR m.member_id IS NOT NULL
      OR EXISTS (
        SELECT
        FROM
          (
            SELECT DISTINCT
              place.id
            FROM
              realms.memberships m
              CROSS JOIN LATERAL (
                SELECT
                  parent_id
                FROM
                  realms.realms
                WHERE
                  organization_id = :organization_id
                  AND id = m.realm_id
                LIMIT
                  1
              ) r
              LEFT JOIN LATERAL (
                SELECT
                  parent_id
                FROM
                  realms.realms
                WHERE
                  organization_id = :organization_id
                  AND id = r.parent_id
                LIMIT
                  1
              ) above ON true
              LEFT JOIN LATERAL (
                SELECT
                  parent_id
                FROM
                  realms.realms
                WHERE
                  organization_id = :organization_id
                  AND id = above.parent_id
                LIMIT
                  1
              ) higher ON true
              LEFT JOIN LATERAL (
                SELECT
                  parent_id
                FROM
                  realms.realms
                WHERE
                  organization_id = :organization_id
                  AND id = higher.parent_id
                LIMIT
                  1
              ) highest ON true
              CROSS JOIN LATERAL (
                VALUES
                  (m.realm_id),
                  (r.parent_id),
                  (above.parent_id),
                  (higher.parent_id),
                  (highest.parent_id)
              ) place (id)
            WHERE
              m.organization_id = :organization_id
              AND m.member_id = :member_id::integer
              AND place.id IS NOT NULL
          ) below
        WHERE
          below.id = r.id
      ) AS may_see,
      :is_admin::boolean
      OR coalesce(m.is_admin, false) AS may_write
    FROM
      realms.realms r
      LEFT JOIN realms.memberships m ON m.organization_id = r.organization_id
      AND m.realm_id = r.id
      AND m.member_id = :member_id::integer
    WHERE
      r.organization_id = :organization_id
      AND r.id = :realm_id
      AND r.kind = 'course'
    OFFSET
      0
  ),
  found AS MATERIALIZED (
    SELECT
      r.id
    FROM
      realms.realms r
    WHERE
      r.organization_id = :organization_id
      AND r.parent_id = :realm_id
      AND r.kind = 'section'
      AND (
        :is_admin::boolean
        OR r.id IN (
          SELECT DISTINCT
            place.id
          FROM
            realms.memberships m
            CROSS JOIN LATERAL (
              SELECT
                parent_id
              FROM
                realms.realms
              WHERE
                organization_id = :organization_id
                AND id = m.realm_id
              LIMIT
                1
            ) r
            LEFT JOIN LATERAL (
              SELECT
                parent_id
              FROM
                realms.realms
              WHERE
                organization_id = :organization_id
                AND id = r.parent_id
              LIMIT
                1
            ) above ON true
            LEFT JOIN LATERAL (
              SELECT
                parent_id
              FROM
                realms.realms
              WHERE
                organization_id = :organization_id
                AND id = above.parent_id
              LIMIT
                1
            ) higher ON true
            LEFT JOIN LATERAL (
              SELECT
                parent_id
              FROM
                realms.realms
              WHERE
                organization_id = :organization_id
                AND id = higher.parent_id
              LIMIT
                1
            ) highest ON true
            CROSS JOIN LATERAL (
              VALUES
                (m.realm_id),
                (r.parent_id),
                (above.parent_id),
                (higher.parent_id),
                (highest.parent_id)
            ) place (id)
          WHERE
            m.organization_id = :organization_id
            AND m.member_id = :member_id::integer
            AND place.id IS NOT NULL
        )
      )
  ),
  page AS (
    SELECT
      id
    FROM
      found
    ORDER BY
      id
    LIMIT
      :limit
    OFFSET
      :start
  )
SELECT
  rights.may_see,
  (
    SELECT
      count(*)::integer
    FROM
      found
  ) AS total,
  r.*
FROM
  rights
  LEFT JOIN (
    SELECT
      r.id,
      r.kind,
      r.name,
      CASE 'school'
        WHEN above.kind THEN above.id
        WHEN higher.kind THEN higher.id
        WHEN highest.kind THEN highest.id
      END AS school_id,
      CASE
        WHEN r.kind = 'section'
        AND above.kind = 'course' THEN above.id
      END AS course_id,
      CASE
        WHEN r.kind = 'section'
        AND above.kind = 'course' THEN above.name
      END AS course_name,
      coalesce(m.is_admin, false) AS is_realm_admin
    FROM
      page page
      JOIN realms.realms r ON r.organization_id = :organization_id
      AND r.id = page.id
      LEFT JOIN realms.realms above ON above.organization_id = :organization_id
      AND above.id = r.parent_id
      LEFT JOIN realms.realms higher ON higher.organization_id = :organization_id
      AND higher.id = above.parent_id
      LEFT JOIN realms.realms highest ON highest.organization_id = :organization_id
      AND highest.id = higher.parent_id
      LEFT JOIN realms.memberships m ON m.organization_id = :organization_id
      AND m.realm_id = r.id
      AND m.member_id = :member_id::integer
  ) r ON rights.may_see
ORDER BY
  r.id;

-- realms.rsvp.answer.section
WITH
  rights AS MATERIALIZED (
    SELECT
      r.id,
      m.member_id IS NOT NULL AS is_member,
      :is_admin::boolean
      OR m.member_id IS NOT NULL AS belongs,
      :is_admin::boolean
      OR m.member_id IS NOT NULL
      OR EXISTS (
        SELECT
        FROM
          (
            SELECT DISTINCT
              place.id
            FROM
              realms.memberships m
              CROSS JOIN LATERAL (
                SELECT
                  parent_id
                FROM
                  realms.realms
                WHERE
                  organization_id = :organization_id
                  AND id = m.realm_id
                LIMIT
                  1
              ) r
              LEFT JOIN LATERAL (
                SELECT
                  parent_id
                FROM
                  realms.realms
                WHERE
                  organization_id = :organization_id
                  AND id = r.parent_id
                LIMIT
                  1
              ) above ON true
              LEFT JOIN LATERAL (
                SELECT
                  parent_id
                FROM
                  realms.realms
                WHERE
                  organization_id = :organization_id
                  AND id = above.parent_id
                LIMIT
                  1
              ) higher ON true
              LEFT JOIN LATERAL (
                SELECT
                  parent_id
                FROM
                  realms.realms
                WHERE
                  organization_id = :organization_id
                  AND id = higher.parent_id
                LIMIT
                  1
              ) highest ON true
              CROSS JOIN LATERAL (
                VALUES
                  (m.realm_id),
                  (r.parent_id),
                  (above.parent_id),
                  (higher.parent_id),
                  (highest.parent_id)
              ) place (id)
            WHERE
              m.organization_id = :organization_id
              AND m.member_id = :member_id::integer
              AND place.id IS NOT NULL
          ) below
        WHERE
          below.id = r.id
      ) AS may_see,
      :is_admin::boolean
      OR coalesce(m.is_admin, false) AS may_write
    FROM
      realms.realms r
      LEFT JOIN realms.memberships m ON m.organization_id = r.organization_id
      AND m.realm_id = r.id
      AND m.member_id = :member_id::integer
    WHERE
      r.organization_id = :organization_id
      AND r.id = :realm_id
      AND r.kind = 'section'
    OFFSET
      0
  ),
  saved AS (
    INSERT INTO
      realms.rsvps (organization_id, event_id, member_id, response, answered_at)
    SELECT
      :organization_id,
      e.id,
      :member_id,
      :response,
      :now
    FROM
      rights
      LEFT JOIN realms.events e ON e.organization_id = :organization_id
      AND e.realm_id = rights.id
      AND e.id = :event_id
    WHERE
      :member_id IS NOT NULL
      AND (
        e.rsvp = 2
        OR (
          e.rsvp = 1
          AND rights.is_member
        )
      )
    ON CONFLICT (organization_id, event_id, member_id) DO UPDATE
    SET
      response = excluded.response,
      answered_at = excluded.answered_at
    RETURNING
      response
  )
SELECT
  rights.may_see,
  rights.may_write,
  rights.is_member,
  rights.belongs,
  e.id,
  e.rsvp,
  (
    SELECT
      response
    FROM
      saved
  ) AS own,
  rsvps.yes,
  rsvps.no,
  rsvps.maybe,
  EXISTS (
    SELECT
    FROM
      saved
  ) AS done
FROM
  rights
  LEFT JOIN realms.events e ON e.organization_id = :organization_id
  AND e.realm_id = rights.id
  AND e.id = :event_id
  LEFT JOIN LATERAL (
    SELECT
      count(*) FILTER (
        WHERE
          response = 'yes'
          AND member_id IS DISTINCT FROM :member_id
      )::integer AS yes,
      count(*) FILTER (
        WHERE
          response = 'no'
          AND member_id IS DISTINCT FROM :member_id
      )::integer AS no,
      count(*) FILTER (
        WHERE
          response = 'maybe'
          AND member_id IS DISTINCT FROM :member_id
      )::integer AS maybe,
      max(response) FILTER (
        WHERE
          member_id = :member_id
      ) AS own
    FROM
      realms.rsvps
    WHERE
      organization_id = :organization_id
      AND event_id = e.id
  ) rsvps ON true;

-- realms.rsvp.answer.user
WITH
  rights AS MATERIALIZED (
    SELECT
      u.id,
      own.own AS is_member,
      :is_admin::boolean
      OR own.own AS belongs,
      :is_admin::boolean
      OR own.own AS may_see,
      :is_admin::boolean
      OR own.own AS may_write
    FROM
      tenancy.members u,
      LATERAL (
        SELECT
          coalesce(u.id = :member_id::integer, false) AS own
      ) own
    WHERE
      u.organization_id = :organization_id
      AND u.id = :realm_id
  ),
  saved AS (
    INSERT INTO
      realms.rsvps (organization_id, event_id, member_id, response, answered_at)
    SELECT
      :organization_id,
      e.id,
      :member_id,
      :response,
      :now
    FROM
      rights
      LEFT JOIN realms.events e ON e.organization_id = :organization_id
      AND e.user_id = rights.id
      AND e.id = :event_id
    WHERE
      :member_id IS NOT NULL
      AND (
        e.rsvp = 2
        OR (
          e.rsvp = 1
          AND rights.is_member
        )
      )
    ON CONFLICT (organization_id, event_id, member_id) DO UPDATE
    SET
      response = excluded.response,
      answered_at = excluded.answered_at
    RETURNING
      response
  )
SELECT
  rights.may_see,
  rights.may_write,
  rights.is_member,
  rights.belongs,
  e.id,
  e.rsvp,
  (
    SELECT
      response
    FROM
      saved
  ) AS own,
  rsvps.yes,
  rsvps.no,
  rsvps.maybe,
  EXISTS (
    SELECT
    FROM
      saved
  ) AS done
FROM
  rights
  LEFT JOIN realms.events e ON e.organization_id = :organization_id
  AND e.user_id = rights.id
  AND e.id = :event_id
  LEFT JOIN LATERAL (
    SELECT
      count(*) FILTER (
        WHERE
          response = 'yes'
          AND member_id IS DISTINCT FROM :member_id
      )::integer AS yes,
      count(*) FILTER (
        WHERE
          response = 'no'
          AND member_id IS DISTINCT FROM :member_id
      )::integer AS no,
      count(*) FILTER (
        WHERE
          response = 'maybe'
          AND member_id IS DISTINCT FROM :member_id
      )::integer AS maybe,
      max(response) FILTER (
        WHERE
          member_id = :member_id
      ) AS own
    FROM
      realms.rsvps
    WHERE
      organization_id = :organization_id
      AND event_id = e.id
  ) rsvps ON true;

-- realms.rsvp.find.section
SELECT
  rights.may_see,
  rights.may_write,
  rights.is_member,
  rights.belongs,
  e.id,
  e.rsvp,
  rsvps.own AS own,
  rsvps.yes,
  rsvps.no,
  rsvps.maybe
FROM
  (
    SELECT
      r.id,
      m.member_id IS NOT NULL AS is_member,
      :is_admin::boolean
      OR m.member_id IS NOT NULL AS belongs,
      :is_admin::boolean
      OR m.member_id IS NOT NULL
      OR EXISTS (
        SELECT
        FROM
          (
            SELECT DISTINCT
              place.id
            FROM
              realms.memberships m
              CROSS JOIN LATERAL (
                SELECT
                  parent_id
                FROM
                  realms.realms
                WHERE
                  organization_id = :organization_id
                  AND id = m.realm_id
                LIMIT
                  1
              ) r
              LEFT JOIN LATERAL (
                SELECT
                  parent_id
                FROM
                  realms.realms
                WHERE
                  organization_id = :organization_id
                  AND id = r.parent_id
                LIMIT
                  1
              ) above ON true
              LEFT JOIN LATERAL (
                SELECT
                  parent_id
                FROM
                  realms.realms
                WHERE
                  organization_id = :organization_id
                  AND id = above.parent_id
                LIMIT
                  1
              ) higher ON true
              LEFT JOIN LATERAL (
                SELECT
                  parent_id
                FROM
                  realms.realms
                WHERE
                  organization_id = :organization_id
                  AND id = higher.parent_id
                LIMIT
                  1
              ) highest ON true
              CROSS JOIN LATERAL (
                VALUES
                  (m.realm_id),
                  (r.parent_id),
                  (above.parent_id),
                  (higher.parent_id),
                  (highest.parent_id)
              ) place (id)
            WHERE
              m.organization_id = :organization_id
              AND m.member_id = :member_id::integer
              AND place.id IS NOT NULL
          ) below
        WHERE
          below.id = r.id
      ) AS may_see,
      :is_admin::boolean
      OR coalesce(m.is_admin, false) AS may_write
    FROM
      realms.realms r
      LEFT JOIN realms.memberships m ON m.organization_id = r.organization_id
      AND m.realm_id = r.id
      AND m.member_id = :member_id::integer
    WHERE
      r.organization_id = :organization_id
      AND r.id = :realm_id
      AND r.kind = 'section'
    OFFSET
      0
  ) rights
  LEFT JOIN realms.events e ON e.organization_id = :organization_id
  AND e.realm_id = rights.id
  AND e.id = :event_id
  LEFT JOIN LATERAL (
    SELECT
      count(*) FILTER (
        WHERE
          response = 'yes'
          AND member_id IS DISTINCT FROM :member_id
      )::integer AS yes,
      count(*) FILTER (
        WHERE
          response = 'no'
          AND member_id IS DISTINCT FROM :member_id
      )::integer AS no,
      count(*) FILTER (
        WHERE
          response = 'maybe'
          AND member_id IS DISTINCT FROM :member_id
      )::integer AS maybe,
      max(response) FILTER (
        WHERE
          member_id = :member_id
      ) AS own
    FROM
      realms.rsvps
    WHERE
      organization_id = :organization_id
      AND event_id = e.id
  ) rsvps ON true;

-- realms.rsvp.find.user
SELECT
  rights.may_see,
  rights.may_write,
  rights.is_member,
  rights.belongs,
  e.id,
  e.rsvp,
  rsvps.own AS own,
  rsvps.yes,
  rsvps.no,
  rsvps.maybe
FROM
  (
    SELECT
      u.id,
      own.own AS is_member,
      :is_admin::boolean
      OR own.own AS belongs,
      :is_admin::boolean
      OR own.own AS may_see,
      :is_admin::boolean
      OR own.own AS may_write
    FROM
      tenancy.members u,
      LATERAL (
        SELECT
          coalesce(u.id = :member_id::integer, false) AS own
      ) own
    WHERE
      u.organization_id = :organization_id
      AND u.id = :realm_id
  ) rights
  LEFT JOIN realms.events e ON e.organization_id = :organization_id
  AND e.user_id = rights.id
  AND e.id = :event_id
  LEFT JOIN LATERAL (
    SELECT
      count(*) FILTER (
        WHERE
          response = 'yes'
          AND member_id IS DISTINCT FROM :member_id
      )::integer AS yes,
      count(*) FILTER (
        WHERE
          response = 'no'
          AND member_id IS DISTINCT FROM :member_id
      )::integer AS no,
      count(*) FILTER (
        WHERE
          response = 'maybe'
          AND member_id IS DISTINCT FROM :member_id
      )::integer AS maybe,
      max(response) FILTER (
        WHERE
          member_id = :member_id
      ) AS own
    FROM
      realms.rsvps
    WHERE
      organization_id = :organization_id
      AND event_id = e.id
  ) rsvps ON true;

-- realms.user.find
SELECT
  coalesce(
    (
      :is_admin::boolean
      OR u.id IN (
        SELECT
          :member_id::integer
        UNION ALL
        SELECT
          other.member_id
        FROM
          realms.memberships own
          JOIN realms.memberships other ON other.organization_id = own.organization_id
          AND other.realm_id = own.realm_id
        WHERE
          own.organization_id = :organization_id
          AND own.member_id = :member_id::integer
      )
    ),
    false
  ) AS may_see,
  u.id,
  u.email::text AS email,
  u.name,
  u.is_admin,
  zone.name AS time_zone,
  trunc(
    extract(
      epoch
      FROM
        (:now::timestamptz AT TIME ZONE zone.name) - (:now::timestamptz AT TIME ZONE 'UTC')
    ) / 3600
  )::integer AS time_zone_offset,
  (
    SELECT
      min(r.id)
    FROM
      (
        SELECT DISTINCT
          place.id
        FROM
          realms.memberships m
          CROSS JOIN LATERAL (
            SELECT
              parent_id
            FROM
              realms.realms
            WHERE
              organization_id = :organization_id
              AND id = m.realm_id
            LIMIT
              1
          ) r
          LEFT JOIN LATERAL (
            SELECT
              parent_id
            FROM
              realms.realms
            WHERE
              organization_id = :organization_id
              AND id = r.parent_id
            LIMIT
              1
          ) above ON true
          LEFT JOIN LATERAL (
            SELECT
              parent_id
            FROM
              realms.realms
            WHERE
              organization_id = :organization_id
              AND id = above.parent_id
            LIMIT
              1
          ) higher ON true
          LEFT JOIN LATERAL (
            SELECT
              parent_id
            FROM
              realms.realms
            WHERE
              organization_id = :organization_id
              AND id = higher.parent_id
            LIMIT
              1
          ) highest ON true
          CROSS JOIN LATERAL (
            VALUES
              (m.realm_id),
              (r.parent_id),
              (above.parent_id),
              (higher.parent_id),
              (highest.parent_id)
          ) place (id)
        WHERE
          m.organization_id = :organization_id
          AND m.member_id = u.id
          AND place.id IS NOT NULL
      ) place
      JOIN realms.realms r ON r.organization_id = :organization_id
      AND r.id = place.id
      AND r.kind = 'school'
  ) AS school_id
FROM
  tenancy.members u
  JOIN tenancy.organizations o ON o.id = u.organization_id
  CROSS JOIN LATERAL (
    SELECT
      coalesce(u.time_zone, o.time_zone) AS name
  ) zone
WHERE
  u.organization_id = :organization_id
  AND u.id = :id;

-- realms.user.list
WITH
  seen AS MATERIALIZED (
    SELECT
      u.id
    FROM
      tenancy.members u
    WHERE
      u.organization_id = :organization_id
      AND (
        :is_admin::boolean
        OR u.id IN (
          SELECT
            :member_id::integer
          UNION ALL
          SELECT
            other.member_id
          FROM
            realms.memberships own
            JOIN realms.memberships other ON other.organization_id = own.organization_id
            AND other.realm_id = own.realm_id
          WHERE
            own.organization_id = :organization_id
            AND own.member_id = :member_id::integer
        )
      )
  ),
  u AS (
    SELECT
      u.*
    FROM
      tenancy.members u
    WHERE
      u.organization_id = :organization_id
      AND u.id IN (
        SELECT
          id
        FROM
          seen
        ORDER BY
          id
        LIMIT
          :limit
        OFFSET
          :start
      )
  )
SELECT
  (
    SELECT
      count(*)::integer
    FROM
      seen
  ) AS total,
  page.*
FROM
  (
    VALUES
      (1)
  ) one (row)
  LEFT JOIN (
    SELECT
      u.id,
      u.email::text AS email,
      u.name,
      u.is_admin,
      zone.name AS time_zone,
      trunc(
        extract(
          epoch
          FROM
            (:now::timestamptz AT TIME ZONE zone.name) - (:now::timestamptz AT TIME ZONE 'UTC')
        ) / 3600
      )::integer AS time_zone_offset,
      (
        SELECT
          min(r.id)
        FROM
          (
            SELECT DISTINCT
              place.id
            FROM
              realms.memberships m
              CROSS JOIN LATERAL (
                SELECT
                  parent_id
                FROM
                  realms.realms
                WHERE
                  organization_id = :organization_id
                  AND id = m.realm_id
                LIMIT
                  1
              ) r
              LEFT JOIN LATERAL (
                SELECT
                  parent_id
                FROM
                  realms.realms
                WHERE
                  organization_id = :organization_id
                  AND id = r.parent_id
                LIMIT
                  1
              ) above ON true
              LEFT JOIN LATERAL (
                SELECT
                  parent_id
                FROM
                  realms.realms
                WHERE
                  organization_id = :organization_id
                  AND id = above.parent_id
                LIMIT
                  1
              ) higher ON true
              LEFT JOIN LATERAL (
                SELECT
                  parent_id
                FROM
                  realms.realms
                WHERE
                  organization_id = :organization_id
                  AND id = higher.parent_id
                LIMIT
                  1
              ) highest ON true
              CROSS JOIN LATERAL (
                VALUES
                  (m.realm_id),
                  (r.parent_id),
                  (above.parent_id),
                  (higher.parent_id),
                  (highest.parent_id)
              ) place (id)
            WHERE
              m.organization_id = :organization_id
              AND m.member_id = u.id
              AND place.id IS NOT NULL
          ) place
          JOIN realms.realms r ON r.organization_id = :organization_id
          AND r.id = place.id
          AND r.kind = 'school'
      ) AS school_id
    FROM
      u
      JOIN tenancy.organizations o ON o.id = u.organization_id
      CROSS JOIN LATERAL (
        SELECT
          coalesce(u.time_zone, o.time_zone) AS name
      ) zone
  ) page ON true
ORDER BY
  page.id;

