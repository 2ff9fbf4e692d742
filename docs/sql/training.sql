-- training.class.change
WITH
  c AS (
    UPDATE training.classes old
    SET
      (name, owner_id, description, resources, presentation_notes, updated_at) = (
        SELECT
          change.name,
          CASE
            WHEN :changes_owner::boolean THEN (
              SELECT
                m.id
              FROM
                tenancy.members m
              WHERE
                m.organization_id = :organization_id
                AND m.email = :owner::citext
            )
            ELSE old.owner_id
          END,
          change.description,
          change.resources,
          change.presentation_notes,
          change.updated_at
        FROM
          jsonb_populate_record(old, :change::jsonb) change
      )
    WHERE
      organization_id = :organization_id
      AND id = :id
      AND (
        :owner::citext IS NULL
        OR EXISTS (
          SELECT
          FROM
            tenancy.members m
          WHERE
            m.organization_id = :organization_id
            AND m.email = :owner::citext
        )
      )
    RETURNING
      *
  )
SELECT
  c.id,
  c.name,
  c.description,
  c.resources,
  c.presentation_notes,
  c.created_at,
  c.updated_at,
  o.email::text AS owner_email,
  o.training_id AS owner_training_id
FROM
  c
  LEFT JOIN tenancy.members o ON o.organization_id = c.organization_id
  AND o.id = c.owner_id;

-- training.class.create
WITH
  c AS (
    INSERT INTO
      training.classes (
        organization_id,
        id,
        name,
        owner_id,
        description,
        resources,
        presentation_notes,
        created_at,
        updated_at
      )
    SELECT
      :organization_id,
      :id,
      :name,
      m.id,
      :description,
      :resources,
      :presentation_notes,
      :now,
      :now
    FROM
      (
        SELECT
          1
      ) one
      LEFT JOIN tenancy.members m ON m.organization_id = :organization_id
      AND m.email = :owner::citext
    WHERE
      :owner IS NULL
      OR m.id IS NOT NULL
    RETURNING
      *
  )
SELECT
  c.id,
  c.name,
  c.description,
  c.resources,
  c.presentation_notes,
  c.created_at,
  c.updated_at,
  o.email::text AS owner_email,
  o.training_id AS owner_training_id
FROM
  c
  LEFT JOIN tenancy.members o ON o.organization_id = c.organization_id
  AND o.id = c.owner_id;

-- training.class.find
SELECT
  c.id,
  c.name,
  c.description,
  c.resources,
  c.presentation_notes,
  c.created_at,
  c.updated_at,
  o.email::text AS owner_email,
  o.training_id AS owner_training_id
FROM
  training.classes c
  LEFT JOIN tenancy.members o ON o.organization_id = c.organization_id
  AND o.id = c.owner_id
WHERE
  c.organization_id = :organization_id
  AND c.id = :id;

-- training.class.list
SELECT
  c.id,
  c.name,
  c.description,
  c.resources,
  c.presentation_notes,
  c.created_at,
  c.updated_at,
  o.email::text AS owner_email,
  o.training_id AS owner_training_id
FROM
  training.classes c
  LEFT JOIN tenancy.members o ON o.organization_id = c.organization_id
  AND o.id = c.owner_id
WHERE
  c.organization_id = :organization_id
ORDER BY
  c.created_at,
  c.id;

-- training.class.page
SELECT
  c.id,
  c.name,
  c.description,
  c.resources,
  c.presentation_notes,
  c.created_at,
  c.updated_at,
  o.email::text AS owner_email,
  o.training_id AS owner_training_id
FROM
  training.classes c
  LEFT JOIN tenancy.members o ON o.organization_id = c.organization_id
  AND o.id = c.owner_id
WHERE
  c.organization_id = :organization_id
ORDER BY
  c.created_at,
  c.id
LIMIT
  :limit
OFFSET
  :offset;

-- training.event.change
WITH
  e AS (
    UPDATE training.events old
    SET
      (
        name,
        owner_id,
        class_id,
        availability,
        description,
        date_start,
        date_end,
        include_chat,
        include_video,
        tas,
        trainees,
        partner_id
      ) = (
        SELECT
          change.name,
          CASE
            WHEN :owner::citext IS NULL THEN old.owner_id
            ELSE (
              SELECT
                m.id
              FROM
                tenancy.members m
              WHERE
                m.organization_id = :organization_id
                AND m.email = :owner::citext
            )
          END,
          change.class_id,
          change.availability,
          change.description,
          change.date_start,
          change.date_end,
          change.include_chat,
          change.include_video,
          change.tas,
          change.trainees,
          change.partner_id
        FROM
          jsonb_populate_record(old, :change::jsonb) change
      )
    WHERE
      organization_id = :organization_id
      AND id = :id
      AND NOT (
        date_start <= :now
        AND date_end > :now
      )
    RETURNING
      *
  )
SELECT
  e.id,
  e.token,
  e.name,
  e.class_id,
  e.availability,
  e.description,
  e.date_start,
  e.date_end,
  e.include_chat,
  e.include_video,
  e.tas,
  e.trainees,
  e.partner_id,
  e.use_new_terminal,
  o.email::text AS owner_email,
  o.training_id AS owner_training_id
FROM
  e
  JOIN tenancy.members o ON o.organization_id = e.organization_id
  AND o.id = e.owner_id;

-- training.event.create
WITH
  e AS (
    INSERT INTO
      training.events (
        organization_id,
        id,
        token,
        name,
        owner_id,
        class_id,
        availability,
        description,
        date_start,
        date_end,
        include_chat,
        include_video,
        tas,
        trainees,
        partner_id,
        use_new_terminal
      )
    VALUES
      (
        :organization_id,
        :id,
        :token,
        :name,
        (
          SELECT
            m.id
          FROM
            tenancy.members m
          WHERE
            m.organization_id = :organization_id
            AND m.email = :owner::citext
        ),
        :class_id,
        :availability,
        :description,
        :date_start,
        :date_end,
        :include_chat,
        :include_video,
        :tas,
        :trainees,
        :partner_id,
        :use_new_terminal
      )
    RETURNING
      *
  )
SELECT
  e.id,
  e.token,
  e.name,
  e.class_id,
  e.availability,
  e.description,
  e.date_start,
  e.date_end,
  e.include_chat,
  e.include_video,
  e.tas,
  e.trainees,
  e.partner_id,
  e.use_new_terminal,
  o.email::text AS owner_email,
  o.training_id AS owner_training_id
FROM
  e
  JOIN tenancy.members o ON o.organization_id = e.organization_id
  AND o.id = e.owner_id;

-- training.event.delete_ready
DELETE FROM training.events
WHERE
  organization_id = :organization_id
  AND id = :id
  AND date_start > :now
RETURNING
  id;

-- training.event.find
SELECT
  input.n,
  e.id,
  e.token,
  e.name,
  e.class_id,
  e.availability,
  e.description,
  e.date_start,
  e.date_end,
  e.include_chat,
  e.include_video,
  e.tas,
  e.trainees,
  e.partner_id,
  e.use_new_terminal,
  o.email::text AS owner_email,
  o.training_id AS owner_training_id
FROM
  unnest(
    (
      SELECT
        $1::integer[]
    ),
    (
      SELECT
        $2::text[]
    )
  ) WITH ORDINALITY AS input (organization_id, id, n)
  JOIN training.events e ON e.organization_id = input.organization_id
  AND e.id = input.id
  JOIN tenancy.members o ON o.organization_id = e.organization_id
  AND o.id = e.owner_id;

-- training.event_page.find
SELECT
  e.name,
  c.name AS class_name,
  e.availability,
  e.token,
  e.date_start,
  e.date_end
FROM
  training.events e
  JOIN training.classes c ON c.organization_id = e.organization_id
  AND c.id = e.class_id
WHERE
  e.id = :id;

-- training.member.list
SELECT
  training_id AS id,
  email::text AS email,
  name
FROM
  tenancy.members
WHERE
  organization_id = :organization_id
ORDER BY
  email;

