-- credential.find_by_lookup
SELECT
  c.organization_id,
  c.id,
  c.secret_sha256,
  c.sealed_secret,
  c.scopes,
  c.envelope,
  c.created_at,
  c.expires_at,
  o.slug AS organization_slug,
  m.id AS member_id,
  m.is_admin AS member_is_admin
FROM
  tenancy.credentials c
  JOIN tenancy.organizations o ON o.id = c.organization_id
  LEFT JOIN tenancy.members m ON m.organization_id = c.organization_id
  AND m.id = c.member_id
WHERE
  c.surface = :surface
  AND c.lookup = :lookup;

