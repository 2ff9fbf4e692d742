-- outbox.prune
WITH
  gone AS (
    DELETE FROM outbox.deliveries
    WHERE
      (organization_id, id) IN (
        SELECT
          organization_id,
          id
        FROM
          outbox.deliveries
        WHERE
          done_at < now() - :days::integer * interval '1 day'
        ORDER BY
          done_at
        LIMIT
          2000
        FOR UPDATE
          SKIP LOCKED
      )
    RETURNING
      id
  )
SELECT
  count(*)::integer AS pruned
FROM
  gone;

-- outbox.settle
UPDATE outbox.deliveries d
SET
  state = o.state,
  trouble = o.trouble,
  done_at = CASE
    WHEN o.state <> 'waiting' THEN now()
  END,
  due_at = CASE
    WHEN o.state = 'waiting' THEN now() + o.pause * interval '1 second'
    ELSE d.due_at
  END
FROM
  unnest(
    :organization_ids::integer[],
    :ids::bigint[],
    :attempts::integer[],
    :states::text[],
    :pauses::integer[],
    :troubles::text[]
  ) AS o (organization_id, id, attempts, state, pause, trouble)
WHERE
  d.organization_id = o.organization_id
  AND d.id = o.id
  AND d.attempts = o.attempts;

