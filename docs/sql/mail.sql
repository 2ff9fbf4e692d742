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

