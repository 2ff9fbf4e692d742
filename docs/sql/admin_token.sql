-- admin_token.find
SELECT
  t.id,
  t.name,
  t.lookup,
  t.secret_sha256,
  t.scopes,
  t.created_at,
  t.expires_at
FROM
  tenancy.admin_tokens t
WHERE
  t.lookup = :lookup;

