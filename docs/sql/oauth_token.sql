-- oauth_token.create_request
WITH
  consumer AS (
    SELECT
      callback_hosts
    FROM
      tenancy.credentials
    WHERE
      organization_id = :organization_id
      AND id = :credential_id
  ),
  created AS (
    INSERT INTO
      tenancy.oauth_tokens (organization_id, token, credential_id, kind, sealed_secret, callback, created_at, expires_at)
    SELECT
      :organization_id,
      :token,
      :credential_id,
      'request',
      :sealed_secret,
      :callback,
      :now,
      :expires_at
    FROM
      consumer
    WHERE
      :registrations::text[] IS NULL
      OR callback_hosts && :registrations
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
      organization_id = :organization_id
      AND credential_id = :credential_id
      AND token = :request_token
      AND kind = 'request'
      AND member_id IS NOT NULL
      AND expires_at > :now
      AND (
        verifier = :verifier
        OR (
          :verifier::text IS NULL
          AND callback IS NULL
          AND EXISTS (
            SELECT
            FROM
              tenancy.credentials
            WHERE
              organization_id = :organization_id
              AND id = :credential_id
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
  :organization_id,
  :token,
  :credential_id,
  'access',
  :sealed_secret,
  member_id,
  :now
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
  organization_id = :organization_id
  AND id = :member_id;

-- oauth_token.find_request
SELECT
  t.token,
  t.credential_id,
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
  t.organization_id = :organization_id
  AND t.token = :token
  AND t.kind = 'request'
  AND t.expires_at > :now
  AND (
    c.expires_at IS NULL
    OR c.expires_at > :now
  );

-- oauth_token.find_signing
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
  m.is_admin AS member_is_admin,
  t.kind AS token_kind,
  t.sealed_secret AS token_sealed_secret,
  t.created_at AS token_created_at,
  t.expires_at AS token_expires_at
FROM
  tenancy.credentials c
  JOIN tenancy.organizations o ON o.id = c.organization_id
  LEFT JOIN tenancy.oauth_tokens t ON t.organization_id = c.organization_id
  AND t.credential_id IN (c.id, c.successor_id)
  AND t.token = :token
  LEFT JOIN tenancy.members m ON m.organization_id = c.organization_id
  AND m.id = CASE
    WHEN :token = '' THEN c.member_id
    ELSE t.member_id
  END
WHERE
  c.surface = :surface
  AND c.lookup = :consumer_key;

-- oauth_token.prune
WITH
  gone AS (
    DELETE FROM tenancy.oauth_tokens
    WHERE
      (organization_id, token) IN (
        SELECT
          organization_id,
          token
        FROM
          tenancy.oauth_tokens
        WHERE
          expires_at < now()
        ORDER BY
          expires_at
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

