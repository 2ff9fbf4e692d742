-- attempt_window.count
INSERT INTO
  tenancy.attempt_windows AS w (digest, attempts, ends_at)
VALUES
  (:digest, 1, now() + make_interval(secs => :seconds))
ON CONFLICT (digest) DO UPDATE
SET
  attempts = CASE
    WHEN w.ends_at <= now() THEN 1
    ELSE w.attempts + 1
  END,
  ends_at = CASE
    WHEN w.ends_at <= now() THEN excluded.ends_at
    ELSE w.ends_at
  END
RETURNING
  attempts,
  (
    extract(
      epoch
      FROM
        ends_at - now()
    ) * 1000
  )::float8 AS milliseconds;

-- attempt_window.prune
WITH
  gone AS (
    DELETE FROM tenancy.attempt_windows
    WHERE
      (digest) IN (
        SELECT
          digest
        FROM
          tenancy.attempt_windows
        WHERE
          ends_at <= now()
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

