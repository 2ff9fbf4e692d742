-- session.end
DELETE FROM tenancy.browser_sessions
WHERE
  token_sha256 = $1
RETURNING
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
  s.token_sha256 = $1
  AND s.expires_at > $2;

-- session.open
WITH
  link AS (
    DELETE FROM tenancy.sign_in_links
    WHERE
      token_sha256 = $1
      AND expires_at > $2
    RETURNING
      organization_id,
      member_id
  ),
  session AS (
    INSERT INTO
      tenancy.browser_sessions (token_sha256, organization_id, member_id, expires_at)
    SELECT
      $3,
      organization_id,
      member_id,
      $4
    FROM
      link
    RETURNING
      organization_id,
      member_id
  ),
  past AS (
    DELETE FROM tenancy.browser_sessions
    WHERE
      expires_at <= $2
  )
SELECT
  o.id AS organization_id,
  o.name AS organization_name,
  m.id,
  m.email::text AS email,
  m.name,
  m.is_admin
FROM
  session s
  JOIN tenancy.organizations o ON o.id = s.organization_id
  JOIN tenancy.members m ON m.organization_id = s.organization_id
  AND m.id = s.member_id;

