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
      1
  )
SELECT
  count(*)::integer AS deleted
FROM
  gone;

-- outbox.settle
WITH
  settled AS (
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
        :troubles::text[],
        :nexts::json[]
      ) AS o (organization_id, id, attempts, state, pause, trouble, next)
    WHERE
      d.organization_id = o.organization_id
      AND d.id = o.id
      AND d.attempts = o.attempts
    RETURNING
      d.organization_id,
      d.created_at,
      o.next
  )
INSERT INTO
  outbox.deliveries (organization_id, kind, target, payload, due_at, created_at)
SELECT
  organization_id,
  next ->> 'kind',
  next ->> 'target',
  next -> 'payload',
  now(),
  created_at
FROM
  settled
WHERE
  next IS NOT NULL;

