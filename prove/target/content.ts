import type { ProvenDatabase } from './database.js';

/** The rows of an organization. */
export interface Content {
  /** A digest of its rows, by table. */
  readonly tables: ReadonlyMap<string, string>;
  readonly rows: number;
}

/** What changes by itself: counters of requests, what waits to be sent, what is told of requests. */
const MOVING = ['tenancy.rate_windows', 'tenancy.audit_entries', 'outbox.'];

/** What is in all tables of an organization, but for when a credential was last used. */
export async function contentOf(database: ProvenDatabase, { id }: { readonly id: number }): Promise<Content> {
  const tables = await database.query<{ name: string }>(
    `SELECT format('%I.%I', table_schema, table_name) AS name
       FROM information_schema.columns JOIN information_schema.tables USING (table_schema, table_name)
      WHERE column_name = 'organization_id' AND table_type = 'BASE TABLE'
        AND table_schema NOT IN ('pg_catalog', 'information_schema')
      ORDER BY 1`,
  );
  const digests = new Map<string, string>();
  let rows = 0;
  for (const { name } of tables.filter((table) => !MOVING.some((one) => table.name.startsWith(one)))) {
    const [found] = await database.query<{ digest: string | null; rows: number }>(
      `SELECT md5(string_agg((to_jsonb(t) - 'last_used_at')::text, '|' ORDER BY to_jsonb(t)::text)) AS digest,
              count(*)::integer AS rows
         FROM ${name} t WHERE organization_id = $1`,
      [id],
    );
    digests.set(name, found?.digest ?? '');
    rows += found?.rows ?? 0;
  }
  return { tables: digests, rows };
}

/** Sentences about the tables that differ. */
export function changesBetween(before: Content, after: Content): string[] {
  return [...before.tables]
    .filter(([table, digest]) => after.tables.get(table) !== digest)
    .map(([table]) => `${table} of the other organization has changed`);
}
