import type { DataSource } from 'typeorm';

/**
 * A row is visible, and may be written, when its organization is one of the statement's. The subselect reads the setting
 * once per statement and table; there is one only, since planning each takes time. To compare with `{NULL}`, all
 * organizations, gives NULL, which is not false. PostgreSQL takes `IS NOT NULL` for nearly always true, and so plans as it
 * would without the policy.
 */
const conditionOn = (organization: string): string => `CASE WHEN (
    ${organization} = ANY (
      (SELECT coalesce(current_setting('quintet.organizations', true), '{}')::integer[])::integer[])
  ) IS NOT FALSE THEN true END IS NOT NULL`;

/** 0 is nobody's id: a row without an organization is for statements across all organizations only. */
const OF_ANY_OR_NONE = conditionOn('coalesce(organization_id, 0)');
const OF_ANY = conditionOn('organization_id');

/**
 * Functions in conditions that indexes answer. PostgreSQL evaluates a policy before any function that might reveal a value,
 * and so would read rows that the index could leave out. These reveal none: their errors, if any, name no value, and
 * nobody writes SQL of their own here. Only a superuser may tell PostgreSQL so.
 */
const LEAKPROOF = [
  'citext_eq(citext, citext)',
  'range_overlaps(anyrange, anyrange)',
  'tstzrange(timestamptz, timestamptz)',
  'timestamp_lt_date(timestamp, date)',
  'date_pli(date, integer)',
  'textlike(text, text)',
  'texticlike(text, text)',
];

/**
 * Gives every table with the column `organization_id` the policy. Repeated after every migration, for new tables. The owner
 * of the tables is not restricted, so that migrations and backups see all rows.
 */
export async function protectRows(dataSource: DataSource): Promise<void> {
  const tables: { name: string; is_always_of_one: boolean }[] = await dataSource.query(
    `SELECT c.oid::regclass AS name, a.attnotnull AS is_always_of_one
       FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid AND a.attname = 'organization_id'
      WHERE c.relkind = 'r' AND NOT c.relrowsecurity AND c.relnamespace::regnamespace::text = ANY ($1)`,
    [ourSchemas(dataSource)],
  );
  for (const { name, is_always_of_one } of tables) {
    await dataSource.query(`
      CREATE POLICY of_organizations ON ${name} USING (${is_always_of_one ? OF_ANY : OF_ANY_OR_NONE});
      ALTER TABLE ${name} ENABLE ROW LEVEL SECURITY;`);
  }
  const missing = await mayReveal(dataSource);
  const [user]: { is_superuser: boolean }[] = await dataSource.query(
    `SELECT current_setting('is_superuser') = 'on' AS is_superuser`,
  );
  if (user?.is_superuser !== true) return;
  for (const name of missing) await dataSource.query(`ALTER FUNCTION ${name} LEAKPROOF`);
}

/** Which of these functions PostgreSQL still takes for ones that might reveal a value. */
export async function mayReveal(dataSource: DataSource): Promise<string[]> {
  const rows: { name: string }[] = await dataSource.query(
    `SELECT oid::regprocedure AS name FROM pg_proc WHERE oid = ANY ($1::regprocedure[]) AND NOT proleakproof ORDER BY 1`,
    [LEAKPROOF],
  );
  return rows.map(({ name }) => name);
}

/** The schemas of all entities. */
export function ourSchemas(dataSource: DataSource): string[] {
  return [...new Set(dataSource.entityMetadatas.flatMap(({ schema }) => schema ?? []))].sort();
}
