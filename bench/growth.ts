/**
 * How the number of bookings affects a list: requests a week of one space in a table of 10,000 bookings and in one of
 * 1,000,000, alternately. All in one organization, whose 50 spaces are booked for 10 weeks or for 19 years; the
 * requested weeks are equally many in both, and in the middle.
 */
import 'reflect-metadata';
import { chmodSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { Client } from 'pg';
import { migrateDatabase } from '../src/boot/database.js';
import { servingUrlOf, startEmbeddedPostgres } from '../src/embedded-postgres/embedded-postgres.js';
import { Draw } from './dataset/draw.js';
import { book, createPlaces, weekOf, type BenchSpaces } from './dataset/spaces.js';
import { writeResult } from './results.js';
import { getSpaces } from './scenarios/spaces-requests.js';
import { startOurs } from './processes/contestants.js';
import { DriverProcess } from './processes/driver-process.js';
import type { ServerProcess } from './processes/server-process.js';
import { Undo } from './processes/undo.js';
import { median } from './summary.js';

const SPACES = 50;
const EVENTS_A_DAY = 4;
const EVENTS_A_WEEK = 5 * EVENTS_A_DAY;
const FIRST_MONDAY = '2031-01-06T14:00:00Z';
const WEEK = 7 * 86_400_000;
/** Weeks booked by one statement. */
const CHUNK = 50;
/** Weeks that are requested. */
const ASKED_WEEKS = 10;
const REQUESTS = 20_000;
const GOAL = 1.3;

interface Table {
  readonly bookings: number;
  readonly server: ServerProcess;
  readonly driver: DriverProcess;
  readonly p50: number[];
}

const { values } = parseArgs({
  options: {
    small: { type: 'string', default: '10000' },
    large: { type: 'string', default: '1000000' },
    rounds: { type: 'string', default: '7' },
    seconds: { type: 'string', default: '3' },
    connections: { type: 'string', default: '8' },
  },
});
const rounds = Number(values.rounds);
const seconds = Number(values.seconds);
const connections = Number(values.connections);

const startedAt = new Date();
const undo = new Undo();
for (const signal of ['SIGINT', 'SIGTERM'] as const)
  process.once(signal, () => void undo.run().finally(() => process.exit(1)));
try {
  await measureGrowth();
} finally {
  await undo.run();
}

async function measureGrowth(): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'quintet-growth-'));
  chmodSync(folder, 0o755);
  undo.add(() => Promise.resolve(rmSync(folder, { recursive: true, force: true })));
  const postgres = await startEmbeddedPostgres({ dataDir: join(folder, 'data'), log: () => undefined });
  undo.add(async () => {
    await postgres.stop();
    rmSync(postgres.dataDir, { recursive: true, force: true });
  });
  const small = await prepare(postgres.url, 'small', Number(values.small), folder);
  const large = await prepare(postgres.url, 'large', Number(values.large), folder);
  // Each once to fill the caches.
  for (const table of [small, large]) await ask(table);
  for (const table of [small, large]) table.p50.length = 0;
  for (let round = 0; round < rounds; round++)
    for (const table of round % 2 === 0 ? [small, large] : [large, small]) await ask(table);
  const ratio = median(large.p50.map((p50, round) => p50 / (small.p50[round] ?? NaN)));
  for (const { bookings, p50 } of [small, large])
    console.log(`${String(bookings).padStart(9)} bookings: p50 ${median(p50).toFixed(2)} ms`);
  console.log(`ratio ${ratio.toFixed(2)}, goal at most ${GOAL}: ${ratio <= GOAL ? 'met' : 'MISSED'}`);
  const tables = [small, large].map(({ bookings, p50 }) => ({ bookings, p50: median(p50), rounds: p50 }));
  const settings = { rounds, seconds, connections };
  console.log(writeResult(startedAt, 'spaces-growth', { settings, tables, ratio, goal: GOAL }));
}

/** A database with that many bookings, the service on it, and a driver. */
async function prepare(clusterUrl: string, name: string, bookings: number, folder: string): Promise<Table> {
  const url = await createDatabase(clusterUrl, name);
  const client = new Client({ connectionString: url });
  await client.connect();
  const weeks = bookings / SPACES / EVENTS_A_WEEK;
  const organization = await createPlaces(client, 1, SPACES);
  // The loaded rows are valid; checking each reference would take time.
  await client.query(`SET session_replication_role = replica`);
  for (let week = 0; week < weeks; week += CHUNK) {
    const from = new Date(Date.parse(FIRST_MONDAY) + week * WEEK).toISOString();
    await book(client, organization, {
      from,
      weeks: Math.min(CHUNK, weeks - week),
      eventsADay: EVENTS_A_DAY,
    });
  }
  await client.query('VACUUM (ANALYZE)');
  await client.query('CHECKPOINT');
  const { rows } = await client.query<{ count: number }>('SELECT count(*)::integer FROM spaces.holds');
  await client.end();
  if (rows[0]?.count !== bookings) throw new Error(`There are ${rows[0]?.count} bookings, not ${bookings}.`);
  const own = join(folder, name);
  mkdirSync(own);
  const server = await startOurs(servingUrlOf(url), own, []);
  undo.add(() => server.stop());
  const driver = new DriverProcess();
  undo.add(() => driver.stop());
  await driver.prepare(requestsFor(organization, weeks));
  return { bookings, server, driver, p50: [] };
}

async function createDatabase(clusterUrl: string, name: string): Promise<string> {
  const client = new Client({ connectionString: clusterUrl });
  await client.connect();
  await client.query(`CREATE DATABASE ${name}`);
  await client.end();
  const url = new URL(clusterUrl);
  url.pathname = `/${name}`;
  await migrateDatabase(url.href, servingUrlOf(url.href));
  return url.href;
}

function requestsFor(organization: BenchSpaces, weeks: number): ReturnType<typeof getSpaces>[] {
  const draw = new Draw(74);
  const season = { from: FIRST_MONDAY, weeks, eventsADay: EVENTS_A_DAY };
  const first = Math.floor((weeks - ASKED_WEEKS) / 2);
  return Array.from({ length: REQUESTS }, () => {
    const { after, before } = weekOf(season, first + draw.below(ASKED_WEEKS));
    const window = `after=${after}&before=${before}&per_page=${EVENTS_A_WEEK}`;
    return getSpaces(organization, `/spaces/${draw.from(organization.spaceIds)}/events?${window}`);
  });
}

async function ask({ server: { port }, driver, p50 }: Table): Promise<void> {
  p50.push((await driver.load({ port, connections, seconds })).p50);
}
