/**
 * How the number of rows affects requests: the same ones in a small and in a large table, alternately. All rows are those
 * of one organization, which is the worst case. See `bench/README.md`.
 */
import 'reflect-metadata';
import { chmodSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { servingUrlOf, startEmbeddedPostgres } from '../src/embedded-postgres/embedded-postgres.js';
import { GROWTH_SCENARIOS, type GrowthScenario } from './growth/scenarios.js';
import { execute, prepareTable, type Table } from './growth/table.js';
import { startOurs } from './processes/contestants.js';
import { DriverProcess } from './processes/driver-process.js';
import type { ServerProcess } from './processes/server-process.js';
import { Undo } from './processes/undo.js';
import { writeResult } from './results.js';
import { median } from './summary.js';

/** How many times the p50 in the small table that in the large one may be. */
const GOAL = 1.1;

interface Served {
  readonly table: Table;
  readonly server: ServerProcess;
  readonly driver: DriverProcess;
}

const { values } = parseArgs({
  options: {
    small: { type: 'string', default: '100000' },
    large: { type: 'string', default: '1000000' },
    rounds: { type: 'string', default: '7' },
    seconds: { type: 'string', default: '3' },
    connections: { type: 'string', default: '8' },
    only: { type: 'string' },
    keep: { type: 'string' },
    checkout: { type: 'string' },
  },
});
const rounds = Number(values.rounds);
const seconds = Number(values.seconds);
const only = values.only?.split(',');
const scenarios = GROWTH_SCENARIOS.filter(({ name }) => only?.includes(name) ?? true);

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
  const own = mkdtempSync(join(tmpdir(), 'quintet-growth-'));
  undo.add(() => Promise.resolve(rmSync(own, { recursive: true, force: true })));
  const folder = values.keep ?? own;
  mkdirSync(folder, { recursive: true });
  // As root, PostgreSQL runs under another account, which must be able to enter the folder.
  chmodSync(folder, 0o755);
  const postgres = await startEmbeddedPostgres({ dataDir: join(folder, 'data'), log: () => undefined });
  undo.add(() => postgres.stop());
  const small = await serve(await prepareTable(postgres.url, Number(values.small), folder), own);
  const large = await serve(await prepareTable(postgres.url, Number(values.large), folder), own);
  const measured = [];
  for (const scenario of scenarios) {
    const failed = (error: unknown) => ({ name: scenario.name, title: scenario.title, error: String(error) });
    const result = await compare(scenario, small, large).catch(failed);
    if ('error' in result) console.log(`${result.title}: ${String(result.error)}`);
    measured.push(result);
  }
  const settings = { ...values, rounds, seconds };
  console.log(writeResult(startedAt, 'growth', { settings, scenarios: measured }));
}

async function serve(table: Table, folder: string): Promise<Served> {
  const logs = mkdtempSync(join(folder, 'server-'));
  const server = await startOurs(servingUrlOf(table.url), logs, [], { checkout: values.checkout });
  undo.add(() => server.stop());
  const driver = new DriverProcess();
  undo.add(() => driver.stop());
  return { table, server, driver };
}

async function compare(
  scenario: GrowthScenario,
  small: Served,
  large: Served,
): Promise<Readonly<Record<string, unknown>>> {
  const { name, title, cleanUp } = scenario;
  const tables = [small, large].map((served) => ({ ...served, p50: [] as number[] }));
  for (const served of tables) {
    await served.driver.prepare(await scenario.requests(served.table));
    // Once to fill the caches.
    await ask(scenario, served);
  }
  for (let round = 0; round < rounds; round++)
    for (const served of round % 2 === 0 ? tables : tables.toReversed())
      served.p50.push(await ask(scenario, served));
  if (cleanUp !== undefined) for (const { table } of tables) await execute(table.url, cleanUp(table));
  const [ofSmall, ofLarge] = tables.map(({ p50 }) => p50);
  const ratios = ofLarge?.map((p50, round) => p50 / (ofSmall?.[round] ?? NaN)) ?? [];
  const ratio = median(ratios);
  const figures = tables.map(({ table: { rows }, p50 }) => ({ rows, p50: median(p50), rounds: p50 }));
  const times = figures.map(({ rows, p50 }) => `${p50.toFixed(2)} ms among ${rows}`).join(', ');
  const spread = `${Math.min(...ratios).toFixed(2)} to ${Math.max(...ratios).toFixed(2)}`;
  const verdict = ratio <= GOAL ? 'met' : 'MISSED';
  console.log(`${title}: ${times}; ratio ${ratio.toFixed(2)} (${spread}), goal ${GOAL} ${verdict}`);
  return { name, title, tables: figures, ratio, ratios, goal: GOAL };
}

/** The p50 of a round, in ms. */
async function ask({ connections }: GrowthScenario, { server: { port }, driver }: Served): Promise<number> {
  const clients = connections ?? Number(values.connections);
  return (await driver.load({ port, connections: clients, seconds })).p50;
}
