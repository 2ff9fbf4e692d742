-- session.end
DELETE FROM tenancy.browser_sessions
WHERE
  token_sha256 = :token_sha256
RETURNING
  organization_id,
  member_id;

-- session.find_member
SELECT
  o.id AS organization_id,
  o.name AS organization_name,
  m.id,
  m.email::text AS email,
  m.name,
  m.is_admin
FROM
  tenancy.browser_sessions s
  JOIN tenancy.organizations o ON o.id = s.organization_id
  JOIN tenancy.members m ON m.organization_id = s.organization_id
  AND m.id = s.member_id
WHERE
  s.token_sha256 = :token_sha256
  AND s.expires_at > :now;

-- session.open
WITH
  link AS (
    DELETE FROM tenancy.sign_in_links
    WHERE
      token_sha256 = :link_sha256
      AND expires_at > :now
    RETURNING
      organization_id,
      member_id
  ),
  s AS (
    INSERT INTO
      tenancy.browser_sessions (token_sha256, organization_id, member_id, expires_at)
    SELECT
      :token_sha256,
      organization_id,
      member_id,
      :expires_at
    FROM
      link
    RETURNING
      organization_id,
      member_id
  )
SELECT
  o.id AS organization_id,
  o.name AS organization_name,
  m.id,
  m.email::text AS email,
  m.name,
  m.is_admin
FROM
  s
  JOIN tenancy.organizations o ON o.id = s.organization_id
  JOIN tenancy.members m ON m.organization_id = s.organization_id
  AND m.id = s.member_id;

-- session.prune
WITH
  gone AS (
    DELETE FROM tenancy.browser_sessions
    WHERE
      (token_sha256) IN (
        SELECT
          token_sha256
        FROM
          tenancy.browser_sessions
        WHERE
          expires_at < now() - interval '1 day'
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

