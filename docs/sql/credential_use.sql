-- credential_use.note
WITH
  input AS (
    SELECT
      *
    FROM
      json_to_recordset(:uses::json) AS u (organization_id integer, credential_id integer, at timestamptz, address text)
  ),
  used AS (
    INSERT INTO
      tenancy.credential_uses AS u (organization_id, credential_id, first_used_at, last_used_at)
    SELECT
      c.organization_id,
      c.id,
      input.at,
      input.at
    FROM
      input
      JOIN tenancy.credentials c ON c.organization_id = input.organization_id
      AND c.id = input.credential_id
    ORDER BY
      c.organization_id,
      c.id
    FOR KEY SHARE OF
      c
    ON CONFLICT ON CONSTRAINT pk_credential_uses DO UPDATE
    SET
      last_used_at = greatest(u.last_used_at, excluded.last_used_at)
    RETURNING
      u.organization_id,
      u.credential_id,
      u.first_used_at,
      u.xmax = 0 AS is_first
  )
INSERT INTO
  tenancy.audit_entries (at, action, organization_id, actor, address, subject, outcome)
SELECT
  used.first_used_at,
  'credential.first_used',
  used.organization_id,
  'credential:' || used.credential_id,
  input.address,
  'credential:' || used.credential_id,
  'done'
FROM
  used
  JOIN input USING (organization_id, credential_id)
WHERE
  used.is_first
RETURNING
  id,
  at,
  action,
  organization_id,
  actor,
  address,
  subject,
  outcome,
  attempts,
  details,
  request_id;

