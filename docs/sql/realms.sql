-- realms.feed.calendar
WITH
  rights AS MATERIALIZED (
    SELECT
      u.id,
      own.own AS is_member,
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
          m.is_admin AS is_calendar_admin,
          r.time_zone
        FROM
          rights
          JOIN realms.memberships m ON m.organization_id = :organization_id
          AND m.member_id = rights.id
          JOIN realms.realms r ON r.organization_id = :organization_id
          AND r.id = m.realm_id
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
    OR coalesce(e.creator_id = :member_id::integer, false)
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
          m.is_admin AS is_calendar_admin,
          r.time_zone
        FROM
          rights
          JOIN realms.memberships m ON m.organization_id = :organization_id
          AND m.member_id = rights.id
          JOIN realms.realms r ON r.organization_id = :organization_id
          AND r.id = m.realm_id
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
    OR coalesce(e.creator_id = :member_id::integer, false)
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
          m.is_admin AS is_calendar_admin,
          r.time_zone
        FROM
          rights
          JOIN realms.memberships m ON m.organization_id = :organization_id
          AND m.member_id = rights.id
          JOIN realms.realms r ON r.organization_id = :organization_id
          AND r.id = m.realm_id
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
    OR coalesce(e.creator_id = :member_id::integer, false)
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
          m.is_admin AS is_calendar_admin,
          r.time_zone
        FROM
          rights
          JOIN realms.memberships m ON m.organization_id = :organization_id
          AND m.member_id = rights.id
          JOIN realms.realms r ON r.organization_id = :organization_id
          AND r.id = m.realm_id
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
    OR coalesce(e.creator_id = :member_id::integer, false)
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

