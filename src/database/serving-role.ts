import pg from 'pg';
import type { DataSource } from 'typeorm';
import { ourSchemas } from './policies.js';

/** The migrating role may not create the one that serves. */
export class MissingRole extends Error {
  constructor(readonly role: string) {
    super(`role ${role} does not exist`);
  }
}

const INSUFFICIENT_PRIVILEGE = '42501';

/**
 * Gives the role of `url` what serving needs: reading and writing rows of our tables. It owns nothing, so it cannot
 * change the schema. A role that does not exist is created with the password of `url`. Repeated after every migration,
 * because new tables need it too.
 */
export async function prepareServingRole(dataSource: DataSource, url: string): Promise<void> {
  const { user = '', password } = new pg.Client({ connectionString: url });
  const role = pg.escapeIdentifier(user);
  const [found]: { is_owner: boolean; exists: boolean }[] = await dataSource.query(
    `SELECT $1 = current_user AS is_owner, EXISTS (SELECT FROM pg_roles WHERE rolname = $1) AS exists`,
    [user],
  );
  if (found?.is_owner === true) return;
  if (found?.exists !== true) await create(dataSource, user, password ?? '');
  const schemas = ourSchemas(dataSource).map(pg.escapeIdentifier).join(', ');
  await dataSource.query(`
    GRANT USAGE ON SCHEMA ${schemas} TO ${role};
    GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA ${schemas} TO ${role};
    GRANT USAGE ON ALL SEQUENCES IN SCHEMA ${schemas} TO ${role};
    GRANT SELECT ON migrations TO ${role};`);
}

async function create(dataSource: DataSource, role: string, password: string): Promise<void> {
  const statement = `CREATE ROLE ${pg.escapeIdentifier(role)} LOGIN PASSWORD ${pg.escapeLiteral(password)}`;
  await dataSource.query(statement).catch((error: unknown) => {
    throw (error as { code?: unknown }).code === INSUFFICIENT_PRIVILEGE ? new MissingRole(role) : error;
  });
}

/** What a role may do beyond serving, see `excessOf`. */
interface Rights {
  readonly is_superuser: boolean;
  readonly bypasses_policies: boolean;
  readonly owns_tables: boolean;
}

/** What the role of the data source may do beyond serving, as the end of a sentence; `undefined` if nothing. */
export async function excessOf(dataSource: DataSource): Promise<string | undefined> {
  const [rights]: Rights[] = await dataSource.query(
    `SELECT r.rolsuper AS is_superuser, r.rolbypassrls AS bypasses_policies,
            EXISTS (SELECT FROM pg_class c
                     WHERE c.relnamespace = ANY ($1::text[]::regnamespace[]) AND pg_has_role(c.relowner, 'USAGE')) AS owns_tables
       FROM pg_roles r WHERE r.rolname = current_user`,
    [ourSchemas(dataSource)],
  );
  if (rights?.is_superuser === true) return 'is a superuser';
  if (rights?.bypasses_policies === true) return 'bypasses row-level security';
  return rights?.owns_tables === true ? 'owns the tables' : undefined;
}
