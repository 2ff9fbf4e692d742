-- tenancy.member.change
UPDATE tenancy.members AS old
SET
  (email, name, time_zone, locale, is_admin, updated_at) = (
    SELECT
      change.email,
      change.name,
      change.time_zone,
      change.locale,
      change.is_admin,
      change.updated_at
    FROM
      jsonb_populate_record(old, :change::jsonb) change
  )
WHERE
  old.organization_id = :organization_id
  AND old.id = :id
RETURNING
  old.organization_id,
  old.id,
  old.training_id,
  old.polls_id,
  old.email,
  old.name,
  old.time_zone,
  old.locale,
  old.is_admin,
  old.created_at,
  old.updated_at,
  old.slug;

-- tenancy.member.create
INSERT INTO
  tenancy.members AS m (organization_id, training_id, polls_id, email, name, time_zone, locale, is_admin, created_at)
VALUES
  (
    :organization_id,
    :training_id,
    :polls_id,
    :email,
    :name,
    :time_zone,
    :locale,
    :is_admin,
    :created_at
  )
ON CONFLICT ON CONSTRAINT uq_members_email DO NOTHING
RETURNING
  m.organization_id,
  m.id,
  m.training_id,
  m.polls_id,
  m.email,
  m.name,
  m.time_zone,
  m.locale,
  m.is_admin,
  m.created_at,
  m.updated_at,
  m.slug;

