-- sign_in_link.create
WITH
  past AS (
    DELETE FROM tenancy.sign_in_links
    WHERE
      expires_at <= $5
  )
INSERT INTO
  tenancy.sign_in_links (token_sha256, organization_id, member_id, expires_at)
VALUES
  ($1, $2, $3, $4)
RETURNING
  expires_at;

-- sign_in_link.find
SELECT
  expires_at
FROM
  tenancy.sign_in_links
WHERE
  token_sha256 = $1
  AND expires_at > $2;

