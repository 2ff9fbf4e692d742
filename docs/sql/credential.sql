-- credential.find_by_lookup
SELECT
  c.organization_id,
  o.slug AS organization_slug,
  c.id,
  c.member_id,
  m.is_admin AS member_is_admin,
  c.secret_sha256,
  c.sealed_secret,
  c.scopes,
  c.envelope,
  c.expires_at
FROM
  tenancy.credentials c
  JOIN tenancy.organizations o ON o.id = c.organization_id
  LEFT JOIN tenancy.members m ON m.organization_id = c.organization_id
  AND m.id = c.member_id
WHERE
  c.surface = $1
  AND c.lookup = $2;

