-- oauth_token.agree
UPDATE tenancy.oauth_tokens
SET
  member_id = $3,
  verifier = $4
WHERE
  organization_id = $1
  AND token = $2
  AND kind = 'request'
  AND member_id IS NULL
  AND expires_at > $5
RETURNING
  token;

-- oauth_token.create_request
WITH
  consumer AS (
    SELECT
      callback_hosts
    FROM
      tenancy.credentials
    WHERE
      organization_id = $1
      AND id = $3
  ),
  created AS (
    INSERT INTO
      tenancy.oauth_tokens (organization_id, token, credential_id, kind, sealed_secret, callback, created_at, expires_at)
    SELECT
      $1,
      $2,
      $3,
      'request',
      $4,
      $5,
      $6,
      $7
    FROM
      consumer
    WHERE
      $8::text[] IS NULL
      OR callback_hosts && $8
    RETURNING
      token
  )
SELECT
  EXISTS (
    SELECT
    FROM
      created
  ) AS created
FROM
  consumer;

-- oauth_token.exchange
WITH
  agreed AS (
    DELETE FROM tenancy.oauth_tokens
    WHERE
      organization_id = $1
      AND credential_id = $2
      AND token = $3
      AND kind = 'request'
      AND member_id IS NOT NULL
      AND expires_at > $4
      AND (
        verifier = $5
        OR (
          $5::text IS NULL
          AND callback IS NULL
          AND EXISTS (
            SELECT
            FROM
              tenancy.credentials
            WHERE
              organization_id = $1
              AND id = $2
              AND verifier = 'optional'
          )
        )
      )
    RETURNING
      member_id
  )
INSERT INTO
  tenancy.oauth_tokens (organization_id, token, credential_id, kind, sealed_secret, member_id, created_at)
SELECT
  $1,
  $6,
  $2,
  'access',
  $7,
  member_id,
  $4
FROM
  agreed
RETURNING
  token;

-- oauth_token.find_member
SELECT
  id,
  is_admin
FROM
  tenancy.members
WHERE
  organization_id = $1
  AND id = $2;

-- oauth_token.find_request
SELECT
  t.token,
  c.label,
  m.email::text AS owner_email,
  m.name AS owner_name,
  t.callback,
  c.callback_hosts,
  t.member_id IS NOT NULL AS agreed
FROM
  tenancy.oauth_tokens t
  JOIN tenancy.credentials c ON c.organization_id = t.organization_id
  AND c.id = t.credential_id
  LEFT JOIN tenancy.members m ON m.organization_id = c.organization_id
  AND m.id = c.member_id
WHERE
  t.organization_id = $1
  AND t.token = $2
  AND t.kind = 'request'
  AND t.expires_at > $3
  AND (
    c.expires_at IS NULL
    OR c.expires_at > $3
  );

-- oauth_token.find_signing
SELECT
  c.organization_id,
  o.slug AS organization_slug,
  c.id,
  m.id AS member_id,
  m.is_admin AS member_is_admin,
  c.secret_sha256,
  c.sealed_secret,
  c.scopes,
  c.envelope,
  c.expires_at,
  t.kind AS token_kind,
  t.sealed_secret AS token_sealed_secret,
  t.expires_at AS token_expires_at
FROM
  tenancy.credentials c
  JOIN tenancy.organizations o ON o.id = c.organization_id
  LEFT JOIN tenancy.oauth_tokens t ON t.organization_id = c.organization_id
  AND t.credential_id = c.id
  AND t.token = $3
  LEFT JOIN tenancy.members m ON m.organization_id = c.organization_id
  AND m.id = CASE
    WHEN $3 = '' THEN c.member_id
    ELSE t.member_id
  END
WHERE
  c.surface = $1
  AND c.lookup = $2;

-- oauth_token.prune
DELETE FROM tenancy.oauth_tokens
WHERE
  expires_at < now();

-- oauth_token.refuse
DELETE FROM tenancy.oauth_tokens
WHERE
  organization_id = $1
  AND token = $2
  AND kind = 'request'
  AND member_id IS NULL
RETURNING
  token;

