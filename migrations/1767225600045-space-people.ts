import type { MigrationInterface, QueryRunner } from 'typeorm';

/** People as clients of spaces know them: each with a slug, and who is in which space. */
export class SpacePeople1767225600045 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE tenancy.organizations ADD COLUMN updated_at timestamptz;
      ALTER TABLE tenancy.members ADD COLUMN updated_at timestamptz, ADD COLUMN slug text;

      -- Words of ASCII letters and digits with hyphens between them; empty where nothing of that kind is left.
      CREATE FUNCTION tenancy.slug_words(name text) RETURNS text IMMUTABLE LANGUAGE sql AS $$
        SELECT trim(BOTH '-' FROM left(trim(BOTH '-' FROM regexp_replace(
                 lower(regexp_replace(
                   replace(replace(replace(translate(normalize(coalesce(name, ''), NFKD), 'ØøŁłĐđÐðÆŒẞ', 'OoLlDdDdæœß'),
                     'ß', 'ss'), 'æ', 'ae'), 'œ', 'oe'),
                   '[''’\\u0300-\\u036f]', '', 'g') COLLATE "C"),
                 '[^a-z0-9]+', '-', 'g')), 60))
      $$;

      -- The first free slug of a person: of the name, else of the address. It is neither a number nor the word "me",
      -- which paths use in its place.
      CREATE FUNCTION tenancy.free_member_slug(organization integer, name text, email text) RETURNS text
      LANGUAGE plpgsql AS $$
      DECLARE
        plain text := coalesce(nullif(tenancy.slug_words(name), ''), nullif(tenancy.slug_words(split_part(email, '@', 1)), ''),
                               'user');
        candidate text;
      BEGIN
        IF plain = 'me' OR plain !~ '[^0-9]' THEN plain := 'user-' || plain; END IF;
        candidate := plain;
        -- One after the other, so that two new people of one name do not choose the same slug.
        PERFORM FROM tenancy.organizations o WHERE o.id = organization FOR NO KEY UPDATE;
        FOR number IN 2..1000000 LOOP
          EXIT WHEN NOT EXISTS (SELECT FROM tenancy.members m WHERE m.organization_id = organization AND m.slug = candidate);
          candidate := plain || '-' || number;
        END LOOP;
        RETURN candidate;
      END $$;

      DO $$
      DECLARE person record;
      BEGIN
        FOR person IN SELECT * FROM tenancy.members ORDER BY organization_id, id LOOP
          UPDATE tenancy.members m
             SET slug = tenancy.free_member_slug(person.organization_id, person.name, person.email::text)
           WHERE m.organization_id = person.organization_id AND m.id = person.id;
        END LOOP;
      END $$;

      ALTER TABLE tenancy.members ALTER COLUMN slug SET NOT NULL,
        ADD CONSTRAINT uq_members_slug UNIQUE (organization_id, slug),
        ADD CONSTRAINT ck_members_slug CHECK (slug ~ '[^0-9]' AND slug <> 'me');

      CREATE FUNCTION tenancy.give_member_slug() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN
        NEW.slug := tenancy.free_member_slug(NEW.organization_id, NEW.name, NEW.email::text);
        RETURN NEW;
      END $$;
      CREATE TRIGGER member_needs_slug BEFORE INSERT ON tenancy.members
        FOR EACH ROW WHEN (NEW.slug IS NULL) EXECUTE FUNCTION tenancy.give_member_slug();

      -- One row for each person, and for each device that is there without a person; it moves along with them.
      CREATE TABLE spaces.presences (
        organization_id integer NOT NULL,
        id integer NOT NULL GENERATED ALWAYS AS IDENTITY,
        space_id integer NOT NULL,
        user_id integer,
        device_id integer,
        session_ttl integer NOT NULL,
        arrived_at timestamptz NOT NULL,
        last_seen_at timestamptz NOT NULL,
        expires_at timestamptz NOT NULL,
        CONSTRAINT pk_presences PRIMARY KEY (organization_id, id),
        CONSTRAINT uq_presences_user UNIQUE (organization_id, user_id),
        CONSTRAINT ck_presences_someone CHECK (user_id IS NOT NULL OR device_id IS NOT NULL),
        CONSTRAINT fk_presences_organization FOREIGN KEY (organization_id)
          REFERENCES tenancy.organizations (id) ON DELETE CASCADE,
        CONSTRAINT fk_presences_space FOREIGN KEY (organization_id, space_id)
          REFERENCES spaces.spaces (organization_id, id) ON DELETE CASCADE,
        CONSTRAINT fk_presences_user FOREIGN KEY (organization_id, user_id)
          REFERENCES tenancy.members (organization_id, id) ON DELETE CASCADE
      );
      CREATE UNIQUE INDEX uq_presences_device ON spaces.presences (organization_id, device_id) WHERE user_id IS NULL;
      CREATE INDEX ix_presences_device ON spaces.presences (organization_id, device_id);
      CREATE INDEX ix_presences_space ON spaces.presences (organization_id, space_id);

      -- When somebody was last there, which outlives the presence. Not a column of the space: a presence must not wait
      -- for a booking that has the space locked.
      CREATE TABLE spaces.last_presences (
        organization_id integer NOT NULL,
        space_id integer NOT NULL,
        last_presence_at timestamptz NOT NULL,
        CONSTRAINT pk_last_presences PRIMARY KEY (organization_id, space_id),
        CONSTRAINT fk_last_presences_organization FOREIGN KEY (organization_id)
          REFERENCES tenancy.organizations (id) ON DELETE CASCADE,
        CONSTRAINT fk_last_presences_space FOREIGN KEY (organization_id, space_id)
          REFERENCES spaces.spaces (organization_id, id) ON DELETE CASCADE
      );
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      DROP TABLE spaces.last_presences;
      DROP TABLE spaces.presences;
      DROP TRIGGER member_needs_slug ON tenancy.members;
      DROP FUNCTION tenancy.give_member_slug;
      ALTER TABLE tenancy.members DROP COLUMN slug, DROP COLUMN updated_at;
      ALTER TABLE tenancy.organizations DROP COLUMN updated_at;
      DROP FUNCTION tenancy.free_member_slug;
      DROP FUNCTION tenancy.slug_words;
    `);
  }
}
