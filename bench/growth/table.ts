import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Client } from 'pg';
import { migrateDatabase } from '../../src/boot/database.js';
import { servingUrlOf } from '../../src/embedded-postgres/embedded-postgres.js';
import { book, createPlaces, type BenchSpaces } from '../dataset/spaces.js';
import { loadEvents, loadOrganization, type TrainingOrganization } from '../dataset/training.js';

/** A database with that many training events in one organization, and as many bookings in another. */
export interface Table {
  readonly rows: number;
  readonly url: string;
  readonly training: TrainingOrganization;
  readonly spaces: BenchSpaces;
}

const SPACES = 50;
export const EVENTS_A_DAY = 4;
export const EVENTS_A_WEEK = 5 * EVENTS_A_DAY;
export const FIRST_MONDAY = '2031-01-06T14:00:00Z';
export const WEEK = 7 * 86_400_000;
/** Weeks booked by one statement. */
const CHUNK = 50;

/** Weeks in which all spaces are booked. */
export function weeksOf({ rows }: Pick<Table, 'rows'>): number {
  return rows / SPACES / EVENTS_A_WEEK;
}

/** The table in `folder`, which is loaded unless an earlier run has kept it there. */
export async function prepareTable(clusterUrl: string, rows: number, folder: string): Promise<Table> {
  const name = `rows_${rows}`;
  const url = new URL(clusterUrl);
  url.pathname = `/${name}`;
  const loaded = join(folder, `${name}.json`);
  if (existsSync(loaded)) return { ...(JSON.parse(readFileSync(loaded, 'utf8')) as Table), url: url.href };
  console.log(`Loading ${rows} rows ...`);
  await execute(clusterUrl, [`DROP DATABASE IF EXISTS ${name}`, `CREATE DATABASE ${name}`]);
  await migrateDatabase(url.href, servingUrlOf(url.href));
  const table = await load(url.href, rows);
  mkdirSync(folder, { recursive: true });
  writeFileSync(loaded, JSON.stringify(table));
  return table;
}

function load(url: string, rows: number): Promise<Table> {
  return connected(url, async (client) => {
    const training = await loadOrganization(client, 1);
    const spaces = await createPlaces(client, 2, SPACES);
    // The loaded rows are valid; checking each reference would take time.
    await client.query(`SET session_replication_role = replica`);
    await loadEvents(client, training, rows);
    const weeks = weeksOf({ rows });
    for (let week = 0; week < weeks; week += CHUNK) {
      const from = new Date(Date.parse(FIRST_MONDAY) + week * WEEK).toISOString();
      await book(client, spaces, { from, weeks: Math.min(CHUNK, weeks - week), eventsADay: EVENTS_A_DAY });
    }
    await client.query('VACUUM (ANALYZE)');
    await client.query('CHECKPOINT');
    return { rows, url, training, spaces };
  });
}

/** Runs statements one by one, without a transaction. */
export function execute(url: string, statements: readonly string[]): Promise<void> {
  return connected(url, async (client) => {
    for (const statement of statements) await client.query(statement);
  });
}

/** Some training events, from all over the table. */
export function sampleIds({ url, rows }: Table, count: number): Promise<string[]> {
  return connected(url, async (client) => {
    const { rows: sample } = await client.query<{ id: string }>(
      `SELECT id FROM training.events TABLESAMPLE BERNOULLI ($1) LIMIT $2`,
      [Math.min(100, (110 * count) / rows), count],
    );
    return sample.map(({ id }) => id);
  });
}

async function connected<T>(url: string, work: (client: Client) => Promise<T>): Promise<T> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}
