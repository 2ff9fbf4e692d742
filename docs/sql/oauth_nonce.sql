-- oauth_nonce.prune
WITH
  gone AS (
    DELETE FROM tenancy.oauth_nonces
    WHERE
      (organization_id, credential_id, digest) IN (
        SELECT
          organization_id,
          credential_id,
          digest
        FROM
          tenancy.oauth_nonces
        WHERE
          expires_at < now()
        ORDER BY
          expires_at
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

-- oauth_nonce.record
WITH
  counted AS (
    INSERT INTO
      tenancy.rate_windows AS w (organization_id, credential_id, started_at, taken, granted)
    SELECT
      organization_id,
      credential_id,
      floor(
        extract(
          epoch
          FROM
            now()
        ) / 5
      )::bigint * 5,
      least(asked, :limit::integer),
      least(asked, :limit::integer)
    FROM
      unnest(
        (
          SELECT
            :organization_ids::integer[]
        ),
        (
          SELECT
            :credential_ids::integer[]
        ),
        (
          SELECT
            :request_counts::integer[]
        )
      ) AS asked (organization_id, credential_id, asked)
    ORDER BY
      credential_id
    ON CONFLICT (organization_id, credential_id) DO UPDATE
    SET
      started_at = CASE
        WHEN w.started_at BETWEEN excluded.started_at AND excluded.started_at + 5 THEN w.started_at
        ELSE excluded.started_at
      END,
      taken = CASE
        WHEN w.started_at BETWEEN excluded.started_at AND excluded.started_at + 5 THEN least(w.taken + excluded.taken, greatest(:limit::integer, w.taken))
        ELSE excluded.taken
      END,
      granted = CASE
        WHEN w.started_at BETWEEN excluded.started_at AND excluded.started_at + 5 THEN greatest(least(excluded.taken, :limit::integer - w.taken), 0)
        ELSE excluded.taken
      END
    RETURNING
      organization_id,
      credential_id,
      taken,
      granted,
      started_at
  ),
  spent AS (
    INSERT INTO
      tenancy.oauth_nonces (organization_id, credential_id, digest, expires_at)
    SELECT
      organization_id,
      credential_id,
      decode(asked.digest, 'hex'),
      now() + asked.expires_in * interval '1 second'
    FROM
      unnest(
        (
          SELECT
            :nonce_credential_ids::integer[]
        ),
        (
          SELECT
            :places::integer[]
        ),
        (
          SELECT
            :digests::text[]
        ),
        (
          SELECT
            :expiries::float8[]
        )
      ) AS asked (credential_id, place, digest, expires_in)
      JOIN counted USING (credential_id)
    WHERE
      asked.place <= counted.granted
    ON CONFLICT DO NOTHING
    RETURNING
      credential_id,
      digest
  )
SELECT
  credential_id,
  granted,
  taken,
  started_at::integer,
  (
    started_at + 5 - extract(
      epoch
      FROM
        clock_timestamp()
    )
  )::float8 AS seconds_left,
  encode(digest, 'hex') AS fresh,
  set_config('synchronous_commit', 'off', true)
FROM
  counted
  LEFT JOIN spent USING (credential_id);

-- oauth_nonce.record_one
WITH
  spent AS (
    INSERT INTO
      tenancy.oauth_nonces (organization_id, credential_id, digest, expires_at)
    VALUES
      (
        :organization_id,
        :credential_id,
        decode(:digest, 'hex'),
        now() + :expires_in::float8 * interval '1 second'
      )
    ON CONFLICT DO NOTHING
    RETURNING
      digest
  )
SELECT
  EXISTS (
    SELECT
    FROM
      spent
  ) AS fresh,
  set_config('synchronous_commit', 'off', true);

