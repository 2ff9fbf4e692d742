-- rate_window.take
INSERT INTO
  tenancy.rate_windows AS w (organization_id, credential_id, started_at, taken, granted)
VALUES
  (
    :organization_id,
    :credential_id,
    floor(
      extract(
        epoch
        FROM
          now()
      ) / 60
    )::bigint * 60,
    :requests,
    :requests
  )
ON CONFLICT (organization_id, credential_id) DO UPDATE
SET
  started_at = CASE
    WHEN w.started_at BETWEEN excluded.started_at AND excluded.started_at + 60 THEN w.started_at
    ELSE excluded.started_at
  END,
  taken = CASE
    WHEN w.started_at BETWEEN excluded.started_at AND excluded.started_at + 60 THEN least(w.taken + excluded.taken, greatest(:limit::integer, w.taken))
    ELSE excluded.taken
  END,
  granted = CASE
    WHEN w.started_at BETWEEN excluded.started_at AND excluded.started_at + 60 THEN greatest(least(excluded.taken, :limit::integer - w.taken), 0)
    ELSE excluded.taken
  END
RETURNING
  taken,
  granted,
  started_at::integer,
  (
    started_at + 60 - extract(
      epoch
      FROM
        clock_timestamp()
    )
  )::float8 AS seconds_left;

