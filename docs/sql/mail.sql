-- mail.find_unsealed
SELECT
  organization_id,
  id,
  target,
  payload
FROM
  outbox.deliveries
WHERE
  kind = 'mail'
  AND (payload ->> 'sealed') IS NULL
LIMIT
  200;

-- mail.held
SELECT
  count(*)::integer AS count,
  h.hour + interval '1 hour' AS until
FROM
  outbox.hourly_counts h
  JOIN outbox.deliveries d ON d.organization_id = h.organization_id
  AND d.kind = h.kind
WHERE
  h.organization_id = :organization_id
  AND h.kind = 'mail'
  AND h.hour = date_trunc('hour', now())
  AND h.begun >= :per_hour
  AND d.state = 'waiting'
  AND d.due_at <= now()
GROUP BY
  h.hour;

-- mail.seal
UPDATE outbox.deliveries d
SET
  payload = s.payload
FROM
  json_to_recordset(:mails::json) AS s (organization_id integer, id bigint, payload json)
WHERE
  d.organization_id = s.organization_id
  AND d.id = s.id;

