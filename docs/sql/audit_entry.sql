-- audit_entry.add
INSERT INTO
  tenancy.audit_entries (at, action, organization_id, actor, address, subject, outcome, attempts, details, request_id)
SELECT
  e.at,
  e.action,
  e.organization_id,
  e.actor,
  e.address,
  e.subject,
  e.outcome,
  e.attempts,
  e.details,
  e.request_id
FROM
  json_to_recordset(:entries::json) AS e (
    at timestamptz,
    action text,
    organization_id integer,
    actor text,
    address text,
    subject text,
    outcome text,
    attempts integer,
    details jsonb,
    request_id text
  )
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

-- audit_entry.prune
WITH
  gone AS (
    DELETE FROM tenancy.audit_entries
    WHERE
      (id) IN (
        SELECT
          id
        FROM
          tenancy.audit_entries
        WHERE
          at < now() - :days::integer * interval '1 day'
        ORDER BY
          at
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

