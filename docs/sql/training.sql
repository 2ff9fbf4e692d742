-- training.class.change
WITH
  c AS (
    UPDATE training.classes old
    SET
      (name, owner_id, description, resources, presentation_notes, labels, updated_at) = (
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
          (
            SELECT
              coalesce(
                jsonb_agg(
                  w.entry
                  ORDER BY
                    w.position
                ),
                '[]'
              )
            FROM
              jsonb_array_elements(change.resources) WITH ORDINALITY AS w (entry, position)
            WHERE
              jsonb_typeof(w.entry) <> 'object'
              OR NOT EXISTS (
                SELECT
                FROM
                  training.class_resources r
                WHERE
                  r.organization_id = :organization_id
                  AND r.class_id = :id
                  AND r.id = w.entry ->> 'id'
              )
          ),
          (
            SELECT
              coalesce(
                jsonb_agg(
                  w.entry
                  ORDER BY
                    w.position
                ),
                '[]'
              )
            FROM
              jsonb_array_elements(change.presentation_notes) WITH ORDINALITY AS w (entry, position)
            WHERE
              jsonb_typeof(w.entry) <> 'object'
              OR NOT EXISTS (
                SELECT
                FROM
                  training.presentation_notes r
                WHERE
                  r.organization_id = :organization_id
                  AND r.class_id = :id
                  AND r.id = w.entry ->> 'id'
              )
          ),
          change.labels,
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
  c.labels,
  c.created_at,
  c.updated_at,
  o.email::text AS owner_email,
  o.training_id AS owner_training_id,
  (
    SELECT
      json_agg(
        r
        ORDER BY
          r.created_at,
          r.id
      )
    FROM
      training.class_resources r
    WHERE
      r.organization_id = c.organization_id
      AND r.class_id = c.id
  ) AS resource_rows,
  (
    SELECT
      json_agg(
        json_build_object(
          'id',
          n.id,
          'presentation_id',
          n.presentation_id,
          'slide',
          n.slide,
          'text',
          n.text,
          'page',
          n.slide,
          'content',
          n.text
        )
        ORDER BY
          p.upload_date,
          p.id,
          n.slide,
          n.position
      )
    FROM
      training.presentation_notes n
      JOIN training.presentations p ON p.organization_id = n.organization_id
      AND p.class_id = n.class_id
      AND p.id = n.presentation_id
    WHERE
      n.organization_id = c.organization_id
      AND n.class_id = c.id
  ) AS note_rows,
  (
    SELECT
      p.filename
    FROM
      training.presentations p
    WHERE
      p.organization_id = c.organization_id
      AND p.class_id = c.id
    ORDER BY
      p.upload_date DESC,
      p.id DESC
    LIMIT
      1
  ) AS presentation_filename
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
        labels,
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
      :labels,
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
  ),
  told AS (
    INSERT INTO
      outbox.deliveries (organization_id, kind, target, payload, due_at, created_at)
    SELECT
      s.organization_id,
      'training.subscription',
      s.id,
      json_build_object(
        'event',
        s.event,
        'at',
        :now::timestamptz,
        'row',
        (
          SELECT
            to_json(shown)
          FROM
            (
              SELECT
                c.id,
                c.name,
                c.description,
                c.resources,
                c.presentation_notes,
                c.labels,
                c.created_at,
                c.updated_at,
                o.email::text AS owner_email,
                o.training_id AS owner_training_id,
                (
                  SELECT
                    json_agg(
                      r
                      ORDER BY
                        r.created_at,
                        r.id
                    )
                  FROM
                    training.class_resources r
                  WHERE
                    r.organization_id = c.organization_id
                    AND r.class_id = c.id
                ) AS resource_rows,
                (
                  SELECT
                    json_agg(
                      json_build_object(
                        'id',
                        n.id,
                        'presentation_id',
                        n.presentation_id,
                        'slide',
                        n.slide,
                        'text',
                        n.text,
                        'page',
                        n.slide,
                        'content',
                        n.text
                      )
                      ORDER BY
                        p.upload_date,
                        p.id,
                        n.slide,
                        n.position
                    )
                  FROM
                    training.presentation_notes n
                    JOIN training.presentations p ON p.organization_id = n.organization_id
                    AND p.class_id = n.class_id
                    AND p.id = n.presentation_id
                  WHERE
                    n.organization_id = c.organization_id
                    AND n.class_id = c.id
                ) AS note_rows,
                (
                  SELECT
                    p.filename
                  FROM
                    training.presentations p
                  WHERE
                    p.organization_id = c.organization_id
                    AND p.class_id = c.id
                  ORDER BY
                    p.upload_date DESC,
                    p.id DESC
                  LIMIT
                    1
                ) AS presentation_filename
            ) shown
        )
      ),
      now(),
      :now::timestamptz
    FROM
      c
      LEFT JOIN tenancy.members o ON o.organization_id = c.organization_id
      AND o.id = c.owner_id
      JOIN training.subscriptions s ON s.organization_id = c.organization_id
      AND s.event = 'class.create'
      AND s.status = 'active'
    WHERE
      true
  )
SELECT
  c.id,
  c.name,
  c.description,
  c.resources,
  c.presentation_notes,
  c.labels,
  c.created_at,
  c.updated_at,
  o.email::text AS owner_email,
  o.training_id AS owner_training_id,
  (
    SELECT
      json_agg(
        r
        ORDER BY
          r.created_at,
          r.id
      )
    FROM
      training.class_resources r
    WHERE
      r.organization_id = c.organization_id
      AND r.class_id = c.id
  ) AS resource_rows,
  (
    SELECT
      json_agg(
        json_build_object(
          'id',
          n.id,
          'presentation_id',
          n.presentation_id,
          'slide',
          n.slide,
          'text',
          n.text,
          'page',
          n.slide,
          'content',
          n.text
        )
        ORDER BY
          p.upload_date,
          p.id,
          n.slide,
          n.position
      )
    FROM
      training.presentation_notes n
      JOIN training.presentations p ON p.organization_id = n.organization_id
      AND p.class_id = n.class_id
      AND p.id = n.presentation_id
    WHERE
      n.organization_id = c.organization_id
      AND n.class_id = c.id
  ) AS note_rows,
  (
    SELECT
      p.filename
    FROM
      training.presentations p
    WHERE
      p.organization_id = c.organization_id
      AND p.class_id = c.id
    ORDER BY
      p.upload_date DESC,
      p.id DESC
    LIMIT
      1
  ) AS presentation_filename
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
  c.labels,
  c.created_at,
  c.updated_at,
  o.email::text AS owner_email,
  o.training_id AS owner_training_id,
  (
    SELECT
      json_agg(
        r
        ORDER BY
          r.created_at,
          r.id
      )
    FROM
      training.class_resources r
    WHERE
      r.organization_id = c.organization_id
      AND r.class_id = c.id
  ) AS resource_rows,
  (
    SELECT
      json_agg(
        json_build_object(
          'id',
          n.id,
          'presentation_id',
          n.presentation_id,
          'slide',
          n.slide,
          'text',
          n.text,
          'page',
          n.slide,
          'content',
          n.text
        )
        ORDER BY
          p.upload_date,
          p.id,
          n.slide,
          n.position
      )
    FROM
      training.presentation_notes n
      JOIN training.presentations p ON p.organization_id = n.organization_id
      AND p.class_id = n.class_id
      AND p.id = n.presentation_id
    WHERE
      n.organization_id = c.organization_id
      AND n.class_id = c.id
  ) AS note_rows,
  (
    SELECT
      p.filename
    FROM
      training.presentations p
    WHERE
      p.organization_id = c.organization_id
      AND p.class_id = c.id
    ORDER BY
      p.upload_date DESC,
      p.id DESC
    LIMIT
      1
  ) AS presentation_filename
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
  c.labels,
  c.created_at,
  c.updated_at,
  o.email::text AS owner_email,
  o.training_id AS owner_training_id,
  (
    SELECT
      json_agg(
        r
        ORDER BY
          r.created_at,
          r.id
      )
    FROM
      training.class_resources r
    WHERE
      r.organization_id = c.organization_id
      AND r.class_id = c.id
  ) AS resource_rows,
  (
    SELECT
      json_agg(
        json_build_object(
          'id',
          n.id,
          'presentation_id',
          n.presentation_id,
          'slide',
          n.slide,
          'text',
          n.text,
          'page',
          n.slide,
          'content',
          n.text
        )
        ORDER BY
          p.upload_date,
          p.id,
          n.slide,
          n.position
      )
    FROM
      training.presentation_notes n
      JOIN training.presentations p ON p.organization_id = n.organization_id
      AND p.class_id = n.class_id
      AND p.id = n.presentation_id
    WHERE
      n.organization_id = c.organization_id
      AND n.class_id = c.id
  ) AS note_rows,
  (
    SELECT
      p.filename
    FROM
      training.presentations p
    WHERE
      p.organization_id = c.organization_id
      AND p.class_id = c.id
    ORDER BY
      p.upload_date DESC,
      p.id DESC
    LIMIT
      1
  ) AS presentation_filename
FROM
  training.classes c
  LEFT JOIN tenancy.members o ON o.organization_id = c.organization_id
  AND o.id = c.owner_id
WHERE
  c.organization_id = :organization_id
ORDER BY
  c.created_at,
  c.id;

-- training.class.lock
SELECT
  id
FROM
  training.classes
WHERE
  organization_id = :organization_id
  AND id = :id
FOR NO KEY UPDATE;

-- training.class.page
SELECT
  c.id,
  c.name,
  c.description,
  c.resources,
  c.presentation_notes,
  c.labels,
  c.created_at,
  c.updated_at,
  o.email::text AS owner_email,
  o.training_id AS owner_training_id,
  (
    SELECT
      json_agg(
        r
        ORDER BY
          r.created_at,
          r.id
      )
    FROM
      training.class_resources r
    WHERE
      r.organization_id = c.organization_id
      AND r.class_id = c.id
  ) AS resource_rows,
  (
    SELECT
      json_agg(
        json_build_object(
          'id',
          n.id,
          'presentation_id',
          n.presentation_id,
          'slide',
          n.slide,
          'text',
          n.text,
          'page',
          n.slide,
          'content',
          n.text
        )
        ORDER BY
          p.upload_date,
          p.id,
          n.slide,
          n.position
      )
    FROM
      training.presentation_notes n
      JOIN training.presentations p ON p.organization_id = n.organization_id
      AND p.class_id = n.class_id
      AND p.id = n.presentation_id
    WHERE
      n.organization_id = c.organization_id
      AND n.class_id = c.id
  ) AS note_rows,
  (
    SELECT
      p.filename
    FROM
      training.presentations p
    WHERE
      p.organization_id = c.organization_id
      AND p.class_id = c.id
    ORDER BY
      p.upload_date DESC,
      p.id DESC
    LIMIT
      1
  ) AS presentation_filename
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

-- training.course.change
WITH
  k AS (
    UPDATE training.ondemand_courses old
    SET
      (name, class_id, owner_id, description, labels, updated_at) = (
        SELECT
          change.name,
          change.class_id,
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
          change.labels,
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
  k.id,
  k.name,
  k.class_id,
  k.description,
  k.labels,
  k.created_at,
  k.updated_at,
  o.email::text AS owner_email,
  o.training_id AS owner_training_id
FROM
  k
  LEFT JOIN tenancy.members o ON o.organization_id = k.organization_id
  AND o.id = k.owner_id;

-- training.course.create
WITH
  k AS (
    INSERT INTO
      training.ondemand_courses (organization_id, id, name, class_id, owner_id, description, labels, created_at, updated_at)
    SELECT
      :organization_id,
      :id,
      coalesce(:name, c.name, ''),
      :class_id,
      m.id,
      :description,
      :labels,
      :now,
      :now
    FROM
      (
        SELECT
          1
      ) one
      LEFT JOIN training.classes c ON c.organization_id = :organization_id
      AND c.id = :class_id
      LEFT JOIN tenancy.members m ON m.organization_id = :organization_id
      AND m.email = :owner::citext
    WHERE
      :owner IS NULL
      OR m.id IS NOT NULL
    RETURNING
      *
  ),
  told AS (
    INSERT INTO
      outbox.deliveries (organization_id, kind, target, payload, due_at, created_at)
    SELECT
      s.organization_id,
      'training.subscription',
      s.id,
      json_build_object(
        'event',
        s.event,
        'at',
        :now::timestamptz,
        'row',
        (
          SELECT
            to_json(shown)
          FROM
            (
              SELECT
                k.id,
                k.name,
                k.class_id,
                k.description,
                k.labels,
                k.created_at,
                k.updated_at,
                o.email::text AS owner_email,
                o.training_id AS owner_training_id
            ) shown
        )
      ),
      now(),
      :now::timestamptz
    FROM
      k
      LEFT JOIN tenancy.members o ON o.organization_id = k.organization_id
      AND o.id = k.owner_id
      JOIN training.subscriptions s ON s.organization_id = k.organization_id
      AND s.event = 'ondemand.create'
      AND s.status = 'active'
    WHERE
      true
  )
SELECT
  k.id,
  k.name,
  k.class_id,
  k.description,
  k.labels,
  k.created_at,
  k.updated_at,
  o.email::text AS owner_email,
  o.training_id AS owner_training_id
FROM
  k
  LEFT JOIN tenancy.members o ON o.organization_id = k.organization_id
  AND o.id = k.owner_id;

-- training.course.find
SELECT
  k.id,
  k.name,
  k.class_id,
  k.description,
  k.labels,
  k.created_at,
  k.updated_at,
  o.email::text AS owner_email,
  o.training_id AS owner_training_id
FROM
  training.ondemand_courses k
  LEFT JOIN tenancy.members o ON o.organization_id = k.organization_id
  AND o.id = k.owner_id
WHERE
  k.organization_id = :organization_id
  AND k.id = :id;

-- training.course.list
SELECT
  k.id,
  k.name,
  k.class_id,
  k.description,
  k.labels,
  k.created_at,
  k.updated_at,
  o.email::text AS owner_email,
  o.training_id AS owner_training_id
FROM
  training.ondemand_courses k
  LEFT JOIN tenancy.members o ON o.organization_id = k.organization_id
  AND o.id = k.owner_id
WHERE
  k.organization_id = :organization_id
ORDER BY
  k.created_at,
  k.id;

-- training.enrollment.change
WITH
  before AS (
    SELECT
      n.*
    FROM
      training.enrollments n
    WHERE
      n.organization_id = :organization_id
      AND n.course_id = :course_id
      AND n.id = :id
    FOR NO KEY UPDATE
  ),
  n AS (
    UPDATE training.enrollments n
    SET
      finished_at = CASE :status::text
        WHEN 'finished' THEN coalesce(before.finished_at, :now::timestamptz)
        WHEN 'enrolled' THEN NULL
        ELSE before.finished_at
      END
    FROM
      before
    WHERE
      n.organization_id = :organization_id
      AND n.course_id = :course_id
      AND n.id = before.id
    RETURNING
      n.*,
      before.finished_at IS NULL
      AND n.finished_at IS NOT NULL AS is_finished_now
  ),
  told AS (
    INSERT INTO
      outbox.deliveries (organization_id, kind, target, payload, due_at, created_at)
    SELECT
      s.organization_id,
      'training.subscription',
      s.id,
      json_build_object(
        'event',
        s.event,
        'at',
        :now::timestamptz,
        'row',
        (
          SELECT
            to_json(shown)
          FROM
            (
              SELECT
                n.id,
                n.course_id,
                n.email::text AS email,
                n.enrolled_at,
                n.finished_at
            ) shown
        )
      ),
      now(),
      :now::timestamptz
    FROM
      n
      JOIN training.subscriptions s ON s.organization_id = n.organization_id
      AND s.event = 'enrollment.finished'
      AND s.status = 'active'
    WHERE
      n.is_finished_now
  )
SELECT
  n.id,
  n.course_id,
  n.email::text AS email,
  n.enrolled_at,
  n.finished_at
FROM
  n;

-- training.enrollment.enroll
WITH
  given AS (
    SELECT DISTINCT
      ON (p.email) p.email,
      p.id,
      p.position
    FROM
      json_to_recordset(:people::json) AS p (email citext, id text, position integer)
    ORDER BY
      p.email,
      p.position
  ),
  n AS (
    INSERT INTO
      training.enrollments AS n (organization_id, course_id, id, email, enrolled_at)
    SELECT
      :organization_id,
      :course_id,
      g.id,
      g.email,
      :now::timestamptz
    FROM
      given g
    ORDER BY
      g.email
    ON CONFLICT ON CONSTRAINT uq_enrollments_email DO UPDATE
    SET
      email = n.email
    RETURNING
      n.*
  ),
  told AS (
    INSERT INTO
      outbox.deliveries (organization_id, kind, target, payload, due_at, created_at)
    SELECT
      s.organization_id,
      'training.subscription',
      s.id,
      json_build_object(
        'event',
        s.event,
        'at',
        :now::timestamptz,
        'row',
        (
          SELECT
            to_json(shown)
          FROM
            (
              SELECT
                n.id,
                n.course_id,
                n.email::text AS email,
                n.enrolled_at,
                n.finished_at
            ) shown
        )
      ),
      now(),
      :now::timestamptz
    FROM
      n
      JOIN given g ON g.id = n.id
      JOIN training.subscriptions s ON s.organization_id = n.organization_id
      AND s.event = 'enrollment.create'
      AND s.status = 'active'
    WHERE
      true
  )
SELECT
  n.id,
  n.course_id,
  n.email::text AS email,
  n.enrolled_at,
  n.finished_at
FROM
  n
  JOIN given g ON g.email = n.email
ORDER BY
  g.position;

-- training.enrollment.find
SELECT
  n.id,
  n.course_id,
  n.email::text AS email,
  n.enrolled_at,
  n.finished_at
FROM
  training.ondemand_courses k
  LEFT JOIN training.enrollments n ON n.organization_id = k.organization_id
  AND n.course_id = k.id
  AND n.id = :id
WHERE
  k.organization_id = :organization_id
  AND k.id = :course_id;

-- training.enrollment.page
SELECT
  (
    SELECT
      count(*)::integer
    FROM
      training.enrollments n
    WHERE
      n.organization_id = :organization_id
      AND n.course_id = :course_id
      AND (
        :status::text IS NULL
        OR (n.finished_at IS NOT NULL) = (:status = 'finished')
      )
  ) AS total,
  (
    SELECT
      coalesce(
        json_agg(
          n
          ORDER BY
            n.enrolled_at,
            n.email
        ),
        '[]'
      )
    FROM
      (
        SELECT
          n.id,
          n.course_id,
          n.email::text AS email,
          n.enrolled_at,
          n.finished_at
        FROM
          training.enrollments n
        WHERE
          n.organization_id = :organization_id
          AND n.course_id = :course_id
          AND (
            :status::text IS NULL
            OR (n.finished_at IS NOT NULL) = (:status = 'finished')
          )
        ORDER BY
          n.enrolled_at,
          n.email
        LIMIT
          :limit
        OFFSET
          :offset
      ) n
  ) AS rows
FROM
  training.ondemand_courses k
WHERE
  k.organization_id = :organization_id
  AND k.id = :course_id;

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
    FROM
      (
        SELECT
          *
        FROM
          training.events
        WHERE
          organization_id = :organization_id
          AND id = :id
        FOR NO KEY UPDATE
      ) before
    WHERE
      old.organization_id = before.organization_id
      AND old.id = before.id
      AND NOT (
        old.date_start <= :now
        AND old.date_end > :now
      )
    RETURNING
      old.*,
      old.* IS DISTINCT FROM before.* AS is_changed
  ),
  told AS (
    INSERT INTO
      outbox.deliveries (organization_id, kind, target, payload, due_at, created_at)
    SELECT
      s.organization_id,
      'training.subscription',
      s.id,
      json_build_object(
        'event',
        s.event,
        'at',
        :now::timestamptz,
        'row',
        (
          SELECT
            to_json(shown)
          FROM
            (
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
            ) shown
        )
      ),
      now(),
      :now::timestamptz
    FROM
      e
      JOIN tenancy.members o ON o.organization_id = e.organization_id
      AND o.id = e.owner_id
      JOIN training.subscriptions s ON s.organization_id = e.organization_id
      AND s.event = 'event.update'
      AND s.status = 'active'
    WHERE
      e.is_changed
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
  r AS MATERIALIZED (
    SELECT
      input.*,
      m.id AS member_id,
      m.email::text AS owner_email,
      m.training_id AS owner_training_id,
      c.id AS known_class
    FROM
      ROWS
    FROM
      (
        json_to_recordset($1::json) AS (
          organization_id integer,
          id text,
          token text,
          name text,
          owner_id integer,
          class_id text,
          availability text,
          description text,
          date_start timestamptz,
          date_end timestamptz,
          include_chat boolean,
          include_video boolean,
          tas text[],
          trainees text[],
          partner_id text,
          use_new_terminal boolean,
          owner citext,
          now timestamptz
        )
      ) WITH ORDINALITY AS input (
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
        use_new_terminal,
        owner,
        now,
        n
      )
      LEFT JOIN tenancy.members m ON m.organization_id = input.organization_id
      AND m.email = input.owner
      LEFT JOIN training.classes c ON c.organization_id = input.organization_id
      AND c.id = input.class_id
  ),
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
    SELECT
      organization_id,
      id,
      token,
      name,
      member_id,
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
    FROM
      r
    WHERE
      member_id IS NOT NULL
      AND known_class IS NOT NULL
    ORDER BY
      organization_id,
      token,
      n
    ON CONFLICT ON CONSTRAINT uq_events_token DO NOTHING
    RETURNING
      *
  ),
  told AS (
    INSERT INTO
      outbox.deliveries (organization_id, kind, target, payload, due_at, created_at)
    SELECT
      s.organization_id,
      'training.subscription',
      s.id,
      json_build_object(
        'event',
        s.event,
        'at',
        r.now::timestamptz,
        'row',
        (
          SELECT
            to_json(shown)
          FROM
            (
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
                r.owner_email,
                r.owner_training_id
            ) shown
        )
      ),
      now(),
      r.now::timestamptz
    FROM
      e
      JOIN r ON r.organization_id = e.organization_id
      AND r.id = e.id
      JOIN training.subscriptions s ON s.organization_id = e.organization_id
      AND s.event = 'event.create'
      AND s.status = 'active'
    WHERE
      true
  )
SELECT
  r.n,
  r.member_id IS NOT NULL AS has_owner,
  r.known_class IS NOT NULL AS has_class,
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
  r.owner_email,
  r.owner_training_id
FROM
  r
  LEFT JOIN e ON r.organization_id = e.organization_id
  AND r.id = e.id;

-- training.event.delete_ready
WITH
  e AS (
    DELETE FROM training.events
    WHERE
      organization_id = :organization_id
      AND id = :id
      AND date_start > :now
    RETURNING
      *
  ),
  told AS (
    INSERT INTO
      outbox.deliveries (organization_id, kind, target, payload, due_at, created_at)
    SELECT
      s.organization_id,
      'training.subscription',
      s.id,
      json_build_object(
        'event',
        s.event,
        'at',
        :now::timestamptz,
        'row',
        (
          SELECT
            to_json(shown)
          FROM
            (
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
            ) shown
        )
      ),
      now(),
      :now::timestamptz
    FROM
      e
      JOIN tenancy.members o ON o.organization_id = e.organization_id
      AND o.id = e.owner_id
      JOIN training.subscriptions s ON s.organization_id = e.organization_id
      AND s.event = 'event.delete'
      AND s.status = 'active'
    WHERE
      true
  )
SELECT
  id
FROM
  e;

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

-- training.finish.lock
SELECT
  id
FROM
  training.finish_watermarks
FOR UPDATE
  SKIP LOCKED;

-- training.finish.tell
WITH
  ended AS (
    SELECT
      e.*
    FROM
      training.finish_watermarks w
      CROSS JOIN (
        SELECT DISTINCT
          organization_id
        FROM
          training.subscriptions
        WHERE
          event = 'event.finish'
          AND status = 'active'
      ) told_of
      JOIN training.events e ON e.organization_id = told_of.organization_id
      AND e.date_end > w.until
      AND e.date_end <= :now
    ORDER BY
      e.date_end
    FETCH FIRST
      1000 ROWS
    WITH
      TIES
  ),
  told AS (
    INSERT INTO
      outbox.deliveries (organization_id, kind, target, payload, due_at, created_at)
    SELECT
      s.organization_id,
      'training.subscription',
      s.id,
      json_build_object(
        'event',
        s.event,
        'at',
        :now::timestamptz,
        'row',
        (
          SELECT
            to_json(shown)
          FROM
            (
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
            ) shown
        )
      ),
      now(),
      :now::timestamptz
    FROM
      ended e
      JOIN tenancy.members o ON o.organization_id = e.organization_id
      AND o.id = e.owner_id
      JOIN training.subscriptions s ON s.organization_id = e.organization_id
      AND s.event = 'event.finish'
      AND s.status = 'active'
    WHERE
      true
  )
UPDATE training.finish_watermarks
SET
  until = greatest(
    until,
    CASE
      WHEN (
        SELECT
          count(*)
        FROM
          ended
      ) < 1000 THEN :now::timestamptz
      ELSE (
        SELECT
          max(date_end)
        FROM
          ended
      )
    END
  )
RETURNING
  until;

-- training.member.find
SELECT
  training_id AS id,
  email::text AS email,
  name,
  is_admin
FROM
  tenancy.members
WHERE
  organization_id = :organization_id
  AND training_id = :id;

-- training.member.list
SELECT
  training_id AS id,
  email::text AS email,
  name,
  is_admin
FROM
  tenancy.members
WHERE
  organization_id = :organization_id
ORDER BY
  email;

-- training.partner.add_member
INSERT INTO
  training.partner_members AS m (organization_id, partner_id, id, email, created_at)
VALUES
  (:organization_id, :partner_id, :id, :email, :created_at)
ON CONFLICT ON CONSTRAINT uq_partner_members_email DO UPDATE
SET
  email = m.email
RETURNING
  m.id,
  m.email::text AS email,
  m.partner_id,
  m.created_at;

-- training.partner.change
UPDATE training.partners
SET
  name = coalesce(:name, name)
WHERE
  organization_id = :organization_id
  AND id = :id
RETURNING
  id,
  name;

-- training.partner.create
WITH
  p AS (
    INSERT INTO
      training.partners (organization_id, id, name, created_at)
    VALUES
      (:organization_id, :id, :name, :created_at)
    RETURNING
      *
  ),
  told AS (
    INSERT INTO
      outbox.deliveries (organization_id, kind, target, payload, due_at, created_at)
    SELECT
      s.organization_id,
      'training.subscription',
      s.id,
      json_build_object(
        'event',
        s.event,
        'at',
        :created_at::timestamptz,
        'row',
        (
          SELECT
            to_json(shown)
          FROM
            (
              SELECT
                p.id,
                p.name
            ) shown
        )
      ),
      now(),
      :created_at::timestamptz
    FROM
      p
      JOIN training.subscriptions s ON s.organization_id = p.organization_id
      AND s.event = 'partner.create'
      AND s.status = 'active'
    WHERE
      true
  )
SELECT
  id,
  name
FROM
  p;

-- training.partner.find
SELECT
  id,
  name
FROM
  training.partners
WHERE
  organization_id = :organization_id
  AND id = :id;

-- training.partner.list
SELECT
  id,
  name
FROM
  training.partners
WHERE
  organization_id = :organization_id
ORDER BY
  name,
  id;

-- training.partner.list_members
SELECT
  m.id,
  m.email::text AS email,
  m.partner_id,
  m.created_at
FROM
  training.partners p
  LEFT JOIN training.partner_members m ON m.organization_id = p.organization_id
  AND m.partner_id = p.id
WHERE
  p.organization_id = :organization_id
  AND p.id = :id
ORDER BY
  m.email;

-- training.presentation.create
INSERT INTO
  training.presentations AS p (organization_id, class_id, id, filename, content_type, size_bytes, md5, content, upload_date)
SELECT
  :organization_id,
  :class_id,
  :id,
  :filename,
  :content_type,
  :size_bytes,
  :md5,
  :content,
  :upload_date
WHERE
  (
    SELECT
      count(*)
    FROM
      training.presentations other
    WHERE
      other.organization_id = :organization_id
      AND other.class_id = :class_id
  ) < :most_in_class
  AND (
    SELECT
      coalesce(sum(other.size_bytes), 0)
    FROM
      training.presentations other
    WHERE
      other.organization_id = :organization_id
  ) + :size_bytes::integer <= :most_bytes::bigint
RETURNING
  p.class_id,
  p.id,
  p.filename,
  p.content_type,
  p.size_bytes,
  p.md5,
  p.upload_date;

-- training.presentation.delete_notes
DELETE FROM training.presentation_notes
WHERE
  organization_id = :organization_id
  AND class_id = :class_id
  AND presentation_id = :id;

-- training.presentation.find
SELECT
  p.class_id,
  p.id,
  p.filename,
  p.content_type,
  p.size_bytes,
  p.md5,
  p.upload_date
FROM
  training.classes c
  LEFT JOIN training.presentations p ON p.organization_id = c.organization_id
  AND p.class_id = c.id
  AND p.id = :id
WHERE
  c.organization_id = :organization_id
  AND c.id = :class_id;

-- training.presentation.find_content
SELECT
  p.id,
  p.filename,
  p.content_type,
  p.content
FROM
  training.classes c
  LEFT JOIN training.presentations p ON p.organization_id = c.organization_id
  AND p.class_id = c.id
  AND p.id = :id
WHERE
  c.organization_id = :organization_id
  AND c.id = :class_id;

-- training.presentation.find_notes
SELECT
  p.id,
  (
    SELECT
      coalesce(
        json_agg(
          json_build_object(
            'id',
            n.id,
            'presentation_id',
            n.presentation_id,
            'slide',
            n.slide,
            'text',
            n.text,
            'page',
            n.slide,
            'content',
            n.text
          )
          ORDER BY
            n.slide,
            n.position
        ),
        '[]'
      )
    FROM
      training.presentation_notes n
    WHERE
      n.organization_id = p.organization_id
      AND n.class_id = p.class_id
      AND n.presentation_id = p.id
  ) AS notes
FROM
  training.classes c
  LEFT JOIN training.presentations p ON p.organization_id = c.organization_id
  AND p.class_id = c.id
  AND p.id = :id
WHERE
  c.organization_id = :organization_id
  AND c.id = :class_id;

-- training.presentation.insert_notes
WITH
  n AS (
    INSERT INTO
      training.presentation_notes (organization_id, class_id, presentation_id, id, slide, position, text)
    SELECT
      :organization_id,
      :class_id,
      :id,
      g.id,
      g.slide,
      g.position,
      g.text
    FROM
      json_to_recordset(:notes::json) AS g (id text, slide integer, position integer, text text)
    RETURNING
      *
  )
SELECT
  n.id,
  n.presentation_id,
  n.slide,
  n.text,
  n.slide AS page,
  n.text AS content
FROM
  n
ORDER BY
  n.slide,
  n.position;

-- training.presentation.list
SELECT
  p.class_id,
  p.id,
  p.filename,
  p.content_type,
  p.size_bytes,
  p.md5,
  p.upload_date
FROM
  training.classes c
  LEFT JOIN training.presentations p ON p.organization_id = c.organization_id
  AND p.class_id = c.id
WHERE
  c.organization_id = :organization_id
  AND c.id = :class_id
ORDER BY
  p.upload_date DESC,
  p.id DESC;

-- training.presentation.lock
SELECT
  id
FROM
  training.presentations
WHERE
  organization_id = :organization_id
  AND class_id = :class_id
  AND id = :id
FOR NO KEY UPDATE;

-- training.presentation.lock_organization
SELECT
  id
FROM
  tenancy.organizations
WHERE
  id = :organization_id
FOR NO KEY UPDATE;

-- training.presentation.replace_file
UPDATE training.presentations p
SET
  filename = :filename,
  content_type = :content_type,
  size_bytes = :size_bytes::integer,
  md5 = :md5,
  content = :content,
  upload_date = :upload_date
WHERE
  p.organization_id = :organization_id
  AND p.class_id = :class_id
  AND p.id = :id
  AND (
    SELECT
      coalesce(sum(other.size_bytes), 0)
    FROM
      training.presentations other
    WHERE
      other.organization_id = :organization_id
  ) - p.size_bytes + :size_bytes::integer <= :most_bytes::bigint
RETURNING
  p.class_id,
  p.id,
  p.filename,
  p.content_type,
  p.size_bytes,
  p.md5,
  p.upload_date;

-- training.resource.change
WITH
  r AS (
    UPDATE training.class_resources old
    SET
      (
        type,
        name,
        image_id,
        image_user,
        instance_type,
        is_custom_image,
        webview_links,
        userdata,
        post_launch_script,
        ec2_region,
        view_interface,
        image_region_mapping,
        updated_at
      ) = (
        SELECT
          change.type,
          change.name,
          change.image_id,
          change.image_user,
          change.instance_type,
          change.is_custom_image,
          change.webview_links,
          change.userdata,
          change.post_launch_script,
          change.ec2_region,
          change.view_interface,
          change.image_region_mapping,
          change.updated_at
        FROM
          jsonb_populate_record(old, :change::jsonb) change
      )
    WHERE
      organization_id = :organization_id
      AND class_id = :class_id
      AND id = :id
    RETURNING
      *
  )
SELECT
  r.id,
  r.type,
  r.name,
  r.image_id,
  r.image_user,
  r.instance_type,
  r.is_custom_image,
  r.webview_links,
  r.userdata,
  r.post_launch_script,
  r.ec2_region,
  r.view_interface,
  r.image_region_mapping,
  r.created_at,
  r.updated_at
FROM
  r;

-- training.resource.create
INSERT INTO
  training.class_resources AS r (
    organization_id,
    class_id,
    id,
    type,
    name,
    image_id,
    image_user,
    instance_type,
    is_custom_image,
    webview_links,
    userdata,
    post_launch_script,
    ec2_region,
    view_interface,
    image_region_mapping,
    created_at,
    updated_at
  )
SELECT
  :organization_id,
  :class_id,
  :id,
  :type,
  :name,
  :image_id,
  :image_user,
  :instance_type,
  :is_custom_image,
  :webview_links,
  :userdata,
  :post_launch_script,
  :ec2_region,
  :view_interface,
  :image_region_mapping,
  :now,
  :now
WHERE
  (
    SELECT
      count(*)
    FROM
      training.class_resources other
    WHERE
      other.organization_id = :organization_id
      AND other.class_id = :class_id
  ) < :most
RETURNING
  r.id,
  r.type,
  r.name,
  r.image_id,
  r.image_user,
  r.instance_type,
  r.is_custom_image,
  r.webview_links,
  r.userdata,
  r.post_launch_script,
  r.ec2_region,
  r.view_interface,
  r.image_region_mapping,
  r.created_at,
  r.updated_at;

-- training.resource.find
SELECT
  r.id,
  r.type,
  r.name,
  r.image_id,
  r.image_user,
  r.instance_type,
  r.is_custom_image,
  r.webview_links,
  r.userdata,
  r.post_launch_script,
  r.ec2_region,
  r.view_interface,
  r.image_region_mapping,
  r.created_at,
  r.updated_at
FROM
  training.classes c
  LEFT JOIN training.class_resources r ON r.organization_id = c.organization_id
  AND r.class_id = c.id
  AND r.id = :id
WHERE
  c.organization_id = :organization_id
  AND c.id = :class_id;

-- training.resource.list
SELECT
  r.id,
  r.type,
  r.name,
  r.image_id,
  r.image_user,
  r.instance_type,
  r.is_custom_image,
  r.webview_links,
  r.userdata,
  r.post_launch_script,
  r.ec2_region,
  r.view_interface,
  r.image_region_mapping,
  r.created_at,
  r.updated_at
FROM
  training.classes c
  LEFT JOIN training.class_resources r ON r.organization_id = c.organization_id
  AND r.class_id = c.id
WHERE
  c.organization_id = :organization_id
  AND c.id = :class_id
ORDER BY
  r.created_at,
  r.id;

-- training.subscription.change
WITH
  s AS (
    UPDATE training.subscriptions old
    SET
      (target, event, status, updated_at) = (
        SELECT
          change.target,
          change.event,
          change.status,
          change.updated_at
        FROM
          jsonb_populate_record(old, :change::jsonb) change
      )
    WHERE
      organization_id = :organization_id
      AND id = :id
    RETURNING
      *
  )
SELECT
  s.id,
  s.target,
  s.event,
  s.status,
  s.sealed_secret,
  s.created_at,
  s.updated_at
FROM
  s;

-- training.subscription.create
INSERT INTO
  training.subscriptions AS s (organization_id, id, target, event, status, sealed_secret, created_at, updated_at)
SELECT
  :organization_id,
  :id,
  :target,
  :event,
  :status,
  :sealed_secret,
  :created_at,
  :updated_at
WHERE
  (
    SELECT
      count(*)
    FROM
      training.subscriptions
    WHERE
      organization_id = :organization_id
  ) < :most
RETURNING
  s.id,
  s.target,
  s.event,
  s.status,
  s.sealed_secret,
  s.created_at,
  s.updated_at;

-- training.subscription.find
SELECT
  input.n,
  s.id,
  s.target,
  s.event,
  s.status,
  s.sealed_secret,
  s.created_at,
  s.updated_at
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
  JOIN training.subscriptions s ON s.organization_id = input.organization_id
  AND s.id = input.id;

-- training.subscription.list
SELECT
  s.id,
  s.target,
  s.event,
  s.status,
  s.sealed_secret,
  s.created_at,
  s.updated_at
FROM
  training.subscriptions s
WHERE
  s.organization_id = :organization_id
ORDER BY
  s.created_at,
  s.id;

-- training.subscription.lock_organization
SELECT
FROM
  tenancy.organizations
WHERE
  id = :organization_id
FOR NO KEY UPDATE;

-- training.workspace.people
SELECT
  e.organization_id,
  e.id,
  e.date_start,
  o.email::text AS owner_email,
  e.tas,
  e.trainees,
  (
    SELECT
      coalesce(json_object_agg(lower(m.email::text), m.training_id), '{}')
    FROM
      tenancy.members m
    WHERE
      m.organization_id = e.organization_id
      AND (
        m.id = e.owner_id
        OR m.email = ANY (e.tas::citext[])
        OR m.email = ANY (e.trainees::citext[])
      )
  ) AS member_ids
FROM
  training.events e
  JOIN tenancy.members o ON o.organization_id = e.organization_id
  AND o.id = e.owner_id
WHERE
  e.organization_id = :organization_id
  AND e.id = :id;

