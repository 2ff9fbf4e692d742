import 'reflect-metadata';
import { measure } from './measure.js';
import { DATASET_PARTS } from './dataset/dataset.js';
import { describe } from './report.js';
import { writeResults } from './results.js';
import { assertSameAnswers } from './same-answers.js';
import type { Scenario } from './scenarios/scenario.js';
import { readSettings, USAGE, type Settings } from './settings.js';
import { startContestant, type Contestant } from './processes/contestants.js';
import { DriverProcess } from './processes/driver-process.js';
import { startTemporaryDatabase, type TemporaryDatabase } from './processes/temporary-database.js';
import { Wrk } from './processes/wrk.js';
import { Undo } from './processes/undo.js';
import { summarize, type Measured } from './summary.js';

/** Time besides the rounds: startup, checks, cleanup after rounds, the slowest stream. */
const SLACK_SECONDS = 180;
const STREAM_SECONDS = 30;
const MOST_CONTESTANTS = 3;

const undo = new Undo();

async function run(settings: Settings): Promise<void> {
  const startedAt = new Date();
  const parts = new Set(settings.scenarios.flatMap(({ needs = DATASET_PARTS }) => needs));
  console.log(`Loading ${[...parts].join(', ')} ...`);
  const database = await startTemporaryDatabase(undo.add, parts);
  const measured: Measured[] = [];
  for (const scenario of settings.scenarios) {
    for (const connections of connectionsOf(scenario, settings)) {
      const result = await perform(scenario, connections, database, settings);
      measured.push(result);
      console.log(`\n${describe(summarize(result))}`);
    }
  }
  const summaries = measured.map(summarize);
  const file = writeResults(startedAt, settings, summaries, measured);
  console.log(`\nAll rounds: ${file}`);
}

/** The numbers of clients that a scenario is measured with. */
function connectionsOf({ kind, connections }: Scenario, settings: Settings): readonly number[] {
  if (connections !== undefined) return [connections];
  return kind === 'stream' ? [1] : settings.connections;
}

/** One scenario on newly started servers. */
async function perform(
  scenario: Scenario,
  connections: number,
  { url, servingUrl, pid, folder, data, run: runSql }: TemporaryDatabase,
  settings: Settings,
): Promise<Measured> {
  const { against, nodeOptions, processes } = settings;
  const stage = new Undo();
  undo.add(() => stage.run());
  try {
    const driver = settings.client === 'wrk' ? new Wrk(folder) : new DriverProcess();
    stage.add(() => driver.stop());
    const start = async (name: Contestant['name']): Promise<Contestant> => {
      const contestant = await startContestant(name, {
        url,
        servingUrl,
        folder,
        nodeOptions,
        against,
        processes,
      });
      stage.add(() => contestant.server.stop());
      return contestant;
    };
    const ours = await start('ours');
    const rivals: Contestant[] = [];
    for (const name of rivalsOf(scenario, connections, against)) rivals.push(await start(name));

    const requests = scenario.requests(data);
    const cleanUp = (): Promise<void> => runSql(scenario.cleanUp ?? []);
    for (const { server } of rivals)
      await assertSameAnswers(scenario, requests, [ours.server, server], cleanUp);
    await driver.prepare(requests);
    const course = { scenario, connections, contestants: [ours, ...rivals], driver, postgresPid: pid };
    return { scenario, connections, series: await measure(course, settings, cleanUp) };
  } finally {
    await stage.run();
  }
}

/** A single client has nobody to share a statement with. */
function rivalsOf(
  { batched = false }: Scenario,
  connections: number,
  against: string | undefined,
): readonly Contestant['name'][] {
  if (against !== undefined) return ['other'];
  return batched && connections > 1 ? ['raw', 'batched'] : ['raw'];
}

function limitSeconds(settings: Settings): number {
  const { scenarios, rounds, seconds, warmUpSeconds } = settings;
  return scenarios.reduce((sum, scenario) => {
    const turn =
      scenario.kind === 'load' ? warmUpSeconds + rounds * (seconds + 5) : (rounds + 1) * STREAM_SECONDS;
    return sum + MOST_CONTESTANTS * turn * connectionsOf(scenario, settings).length;
  }, SLACK_SECONDS);
}

let abandoned = false;

/** Ends the run early, after stopping what it started. Errors meanwhile are consequences of one already reported. */
function abandon(reason: string): void {
  if (abandoned) return;
  abandoned = true;
  console.error(reason);
  void undo.run().finally(() => process.exit(1));
}

/** Parses the command line; errors in it are printed without a stack. */
function settingsOf(line: readonly string[]): Settings | undefined {
  try {
    return readSettings(line);
  } catch (error) {
    console.error(error instanceof Error ? error.message : String(error));
    process.exit(1);
  }
}

const settings = settingsOf(process.argv.slice(2));
if (settings === undefined) {
  console.log(USAGE);
} else {
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => abandon('Stopping ...'));
  const limit = limitSeconds(settings);
  setTimeout(() => abandon(`The run took longer than ${limit} s.`), limit * 1000).unref();
  await run(settings).then(
    () => undo.run(),
    (error: unknown) => abandon(error instanceof Error ? (error.stack ?? error.message) : String(error)),
  );
}
