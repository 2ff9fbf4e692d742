-- oauth_nonce.admit_all
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
      least(asked, $1::integer),
      least(asked, $1::integer)
    FROM
      unnest(
        (
          SELECT
            $2::integer[]
        ),
        (
          SELECT
            $3::integer[]
        ),
        (
          SELECT
            $4::integer[]
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
        WHEN w.started_at BETWEEN excluded.started_at AND excluded.started_at + 5 THEN least(w.taken + excluded.taken, greatest($1::integer, w.taken))
        ELSE excluded.taken
      END,
      granted = CASE
        WHEN w.started_at BETWEEN excluded.started_at AND excluded.started_at + 5 THEN greatest(least(excluded.taken, $1::integer - w.taken), 0)
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
            $5::integer[]
        ),
        (
          SELECT
            $6::integer[]
        ),
        (
          SELECT
            $7::text[]
        ),
        (
          SELECT
            $8::float8[]
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
      digest
  )
SELECT
  count(*)::integer AS pruned
FROM
  gone;

-- oauth_nonce.spend
WITH
  spent AS (
    INSERT INTO
      tenancy.oauth_nonces (organization_id, credential_id, digest, expires_at)
    VALUES
      ($1, $2, decode($3, 'hex'), now() + $4::float8 * interval '1 second')
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

