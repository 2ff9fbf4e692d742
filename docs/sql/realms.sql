-- realms.feed.calendar
WITH
  p AS MATERIALIZED (
    SELECT
      u.id,
      own.own AS is_member,
      $4::boolean
      OR own.own AS may_see,
      $4::boolean
      OR own.own AS may_write
    FROM
      tenancy.members u,
      LATERAL (
        SELECT
          coalesce(u.id = $3::integer, false) AS own
      ) own
    WHERE
      u.organization_id = $1
      AND u.id = $2
  ),
  e AS MATERIALIZED (
    SELECT
      *
    FROM
      (
        SELECT
          e.*,
          r.kind AS place_realm,
          r.id AS place_id,
          m.is_admin AS place_admin,
          r.time_zone
        FROM
          p
          JOIN realms.memberships m ON m.organization_id = $1
          AND m.member_id = p.id
          JOIN realms.realms r ON r.organization_id = $1
          AND r.id = m.realm_id
          JOIN realms.events e ON e.organization_id = $1
          AND e.realm_id = r.id
        WHERE
          p.may_see
        UNION ALL
        SELECT
          e.*,
          'user',
          p.id,
          true,
          coalesce(u.time_zone, o.time_zone)
        FROM
          p
          JOIN tenancy.members u ON u.organization_id = $1
          AND u.id = p.id
          JOIN tenancy.organizations o ON o.id = $1
          JOIN realms.events e ON e.organization_id = $1
          AND e.user_id = p.id
        WHERE
          p.may_see
      ) e
    WHERE
      true
  )
SELECT
  p.may_see,
  (
    SELECT
      count(*)::integer
    FROM
      e
  ) AS total,
  e.id,
  e.title,
  e.description,
  e.starts_at::text AS start,
  e.ends_at::text AS "end",
  e.all_day,
  e.rsvp,
  e.comments_enabled,
  e.type,
  e.attached_links AS attached_links,
  e.type = 'event'
  AND (
    (
      $4::boolean
      OR e.place_admin
    )
    OR coalesce(e.creator_id = $3::integer, false)
  ) AS editable,
  e.place_realm AS realm,
  e.place_id AS realm_id
FROM
  p
  LEFT JOIN (
    SELECT
      *
    FROM
      e
    ORDER BY
      starts_at,
      id
    LIMIT
      $5
    OFFSET
      $6
  ) e ON true
ORDER BY
  e.starts_at,
  e.id;

-- realms.feed.calendar.days
WITH
  p AS MATERIALIZED (
    SELECT
      u.id,
      own.own AS is_member,
      $4::boolean
      OR own.own AS may_see,
      $4::boolean
      OR own.own AS may_write
    FROM
      tenancy.members u,
      LATERAL (
        SELECT
          coalesce(u.id = $3::integer, false) AS own
      ) own
    WHERE
      u.organization_id = $1
      AND u.id = $2
  ),
  e AS MATERIALIZED (
    SELECT
      *
    FROM
      (
        SELECT
          e.*,
          r.kind AS place_realm,
          r.id AS place_id,
          m.is_admin AS place_admin,
          r.time_zone
        FROM
          p
          JOIN realms.memberships m ON m.organization_id = $1
          AND m.member_id = p.id
          JOIN realms.realms r ON r.organization_id = $1
          AND r.id = m.realm_id
          JOIN realms.events e ON e.organization_id = $1
          AND e.realm_id = r.id
        WHERE
          p.may_see
        UNION ALL
        SELECT
          e.*,
          'user',
          p.id,
          true,
          coalesce(u.time_zone, o.time_zone)
        FROM
          p
          JOIN tenancy.members u ON u.organization_id = $1
          AND u.id = p.id
          JOIN tenancy.organizations o ON o.id = $1
          JOIN realms.events e ON e.organization_id = $1
          AND e.user_id = p.id
        WHERE
          p.may_see
      ) e
    WHERE
      e.starts_at < $8::date + 1
      AND CASE
        WHEN e.all_day THEN coalesce(e.ends_at, e.starts_at)::date >= $7::date
        ELSE coalesce(e.ends_at, e.starts_at) > $7::date
        OR e.starts_at >= $7::date
      END
  )
SELECT
  p.may_see,
  (
    SELECT
      count(*)::integer
    FROM
      e
  ) AS total,
  e.id,
  e.title,
  e.description,
  e.starts_at::text AS start,
  e.ends_at::text AS "end",
  e.all_day,
  e.rsvp,
  e.comments_enabled,
  e.type,
  e.attached_links AS attached_links,
  e.type = 'event'
  AND (
    (
      $4::boolean
      OR e.place_admin
    )
    OR coalesce(e.creator_id = $3::integer, false)
  ) AS editable,
  e.place_realm AS realm,
  e.place_id AS realm_id
FROM
  p
  LEFT JOIN (
    SELECT
      *
    FROM
      e
    ORDER BY
      starts_at,
      id
    LIMIT
      $5
    OFFSET
      $6
  ) e ON true
ORDER BY
  e.starts_at,
  e.id;

-- realms.feed.upcoming
WITH
  p AS MATERIALIZED (
    SELECT
      u.id,
      own.own AS is_member,
      $4::boolean
      OR own.own AS may_see,
      $4::boolean
      OR own.own AS may_write
    FROM
      tenancy.members u,
      LATERAL (
        SELECT
          coalesce(u.id = $3::integer, false) AS own
      ) own
    WHERE
      u.organization_id = $1
      AND u.id = $2
  ),
  e AS MATERIALIZED (
    SELECT
      *
    FROM
      (
        SELECT
          e.*,
          r.kind AS place_realm,
          r.id AS place_id,
          m.is_admin AS place_admin,
          r.time_zone
        FROM
          p
          JOIN realms.memberships m ON m.organization_id = $1
          AND m.member_id = p.id
          JOIN realms.realms r ON r.organization_id = $1
          AND r.id = m.realm_id
          JOIN realms.events e ON e.organization_id = $1
          AND e.realm_id = r.id
        WHERE
          p.may_see
        UNION ALL
        SELECT
          e.*,
          'user',
          p.id,
          true,
          coalesce(u.time_zone, o.time_zone)
        FROM
          p
          JOIN tenancy.members u ON u.organization_id = $1
          AND u.id = p.id
          JOIN tenancy.organizations o ON o.id = $1
          JOIN realms.events e ON e.organization_id = $1
          AND e.user_id = p.id
        WHERE
          p.may_see
      ) e
    WHERE
      CASE
        WHEN e.all_day THEN coalesce(e.ends_at, e.starts_at)::date >= ($7::timestamptz AT TIME ZONE e.time_zone)::date
        ELSE coalesce(e.ends_at, e.starts_at) >= $7::timestamptz AT TIME ZONE e.time_zone
      END
  )
SELECT
  p.may_see,
  (
    SELECT
      count(*)::integer
    FROM
      e
  ) AS total,
  e.id,
  e.title,
  e.description,
  e.starts_at::text AS start,
  e.ends_at::text AS "end",
  e.all_day,
  e.rsvp,
  e.comments_enabled,
  e.type,
  e.attached_links AS attached_links,
  e.type = 'event'
  AND (
    (
      $4::boolean
      OR e.place_admin
    )
    OR coalesce(e.creator_id = $3::integer, false)
  ) AS editable,
  e.place_realm AS realm,
  e.place_id AS realm_id
FROM
  p
  LEFT JOIN (
    SELECT
      *
    FROM
      e
    ORDER BY
      starts_at,
      id
    LIMIT
      $5
    OFFSET
      $6
  ) e ON true
ORDER BY
  e.starts_at,
  e.id;

-- realms.feed.upcoming.days
WITH
  p AS MATERIALIZED (
    SELECT
      u.id,
      own.own AS is_member,
      $4::boolean
      OR own.own AS may_see,
      $4::boolean
      OR own.own AS may_write
    FROM
      tenancy.members u,
      LATERAL (
        SELECT
          coalesce(u.id = $3::integer, false) AS own
      ) own
    WHERE
      u.organization_id = $1
      AND u.id = $2
  ),
  e AS MATERIALIZED (
    SELECT
      *
    FROM
      (
        SELECT
          e.*,
          r.kind AS place_realm,
          r.id AS place_id,
          m.is_admin AS place_admin,
          r.time_zone
        FROM
          p
          JOIN realms.memberships m ON m.organization_id = $1
          AND m.member_id = p.id
          JOIN realms.realms r ON r.organization_id = $1
          AND r.id = m.realm_id
          JOIN realms.events e ON e.organization_id = $1
          AND e.realm_id = r.id
        WHERE
          p.may_see
        UNION ALL
        SELECT
          e.*,
          'user',
          p.id,
          true,
          coalesce(u.time_zone, o.time_zone)
        FROM
          p
          JOIN tenancy.members u ON u.organization_id = $1
          AND u.id = p.id
          JOIN tenancy.organizations o ON o.id = $1
          JOIN realms.events e ON e.organization_id = $1
          AND e.user_id = p.id
        WHERE
          p.may_see
      ) e
    WHERE
      CASE
        WHEN e.all_day THEN coalesce(e.ends_at, e.starts_at)::date >= ($7::timestamptz AT TIME ZONE e.time_zone)::date
        ELSE coalesce(e.ends_at, e.starts_at) >= $7::timestamptz AT TIME ZONE e.time_zone
      END
      AND e.starts_at < $9::date + 1
      AND CASE
        WHEN e.all_day THEN coalesce(e.ends_at, e.starts_at)::date >= $8::date
        ELSE coalesce(e.ends_at, e.starts_at) > $8::date
        OR e.starts_at >= $8::date
      END
  )
SELECT
  p.may_see,
  (
    SELECT
      count(*)::integer
    FROM
      e
  ) AS total,
  e.id,
  e.title,
  e.description,
  e.starts_at::text AS start,
  e.ends_at::text AS "end",
  e.all_day,
  e.rsvp,
  e.comments_enabled,
  e.type,
  e.attached_links AS attached_links,
  e.type = 'event'
  AND (
    (
      $4::boolean
      OR e.place_admin
    )
    OR coalesce(e.creator_id = $3::integer, false)
  ) AS editable,
  e.place_realm AS realm,
  e.place_id AS realm_id
FROM
  p
  LEFT JOIN (
    SELECT
      *
    FROM
      e
    ORDER BY
      starts_at,
      id
    LIMIT
      $5
    OFFSET
      $6
  ) e ON true
ORDER BY
  e.starts_at,
  e.id;

