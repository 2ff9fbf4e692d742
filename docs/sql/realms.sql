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

