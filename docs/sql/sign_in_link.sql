-- sign_in_link.create
WITH
  past AS (
    DELETE FROM tenancy.sign_in_links
    WHERE
      expires_at <= :now
  )
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

