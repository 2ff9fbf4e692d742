-- sign_in_link.create
INSERT INTO
  tenancy.sign_in_links (token_sha256, organization_id, member_id, expires_at)
VALUES
  (:token_sha256, :organization_id, :member_id, :expires_at)
RETURNING
  expires_at;

-- sign_in_link.is_valid
SELECT
  EXISTS (
    SELECT
    FROM
      tenancy.sign_in_links
    WHERE
      token_sha256 = :token_sha256
      AND expires_at > :now
  ) AS is_valid;

-- sign_in_link.prune
WITH
  gone AS (
    DELETE FROM tenancy.sign_in_links
    WHERE
      (token_sha256) IN (
        SELECT
          token_sha256
        FROM
          tenancy.sign_in_links
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

