import 'reflect-metadata';
import { measure, type Measured } from './measure.js';
import { DATASET_PARTS } from './dataset/dataset.js';
import { describe } from './report.js';
import { writeResults } from './results.js';
import { assertSameAnswers } from './same-answers.js';
import type { Scenario } from './scenarios/scenario.js';
import { readSettings, USAGE, type Settings } from './settings.js';
import { startOurs, startRaw } from './processes/contestants.js';
import { DriverProcess } from './processes/driver-process.js';
import { rssMbOf } from './processes/process-figures.js';
import { startTemporaryDatabase, type TemporaryDatabase } from './processes/temporary-database.js';
import { Undo } from './processes/undo.js';
import { summarize } from './summary.js';

/** Time besides the rounds: startup, checks, cleanup after rounds, the slowest stream. */
const SLACK_SECONDS = 180;
const STREAM_SECONDS = 30;

const undo = new Undo();

async function run(settings: Settings): Promise<void> {
  const startedAt = new Date();
  const parts = new Set(settings.scenarios.flatMap(({ needs = DATASET_PARTS }) => needs));
  console.log(`Loading ${[...parts].join(', ')} ...`);
  const database = await startTemporaryDatabase(undo.add, parts);
  const measured: Measured[] = [];
  for (const scenario of settings.scenarios) {
    const result = await perform(scenario, database, settings);
    measured.push(result);
    console.log(`\n${describe([summarize(result)])}`);
  }
  const summaries = measured.map(summarize);
  const file = writeResults(startedAt, settings, summaries, measured);
  console.log(`\nAll rounds: ${file}`);
}

/** One scenario on newly started servers. */
async function perform(
  scenario: Scenario,
  { url, servingUrl, folder, data, run: runSql }: TemporaryDatabase,
  settings: Settings,
): Promise<Measured> {
  const stage = new Undo();
  undo.add(() => stage.run());
  try {
    const driver = new DriverProcess();
    stage.add(() => driver.stop());
    const ours = await startOurs(servingUrl, folder, settings.nodeOptions);
    stage.add(() => ours.stop());
    const { against, nodeOptions } = settings;
    const raw = await (against === undefined
      ? startRaw(url, folder, nodeOptions)
      : startOurs(servingUrl, folder, nodeOptions, against));
    stage.add(() => raw.stop());

    const idle = { ours: rssMbOf(ours.pid), raw: rssMbOf(raw.pid) };
    const requests = scenario.requests(data);
    const cleanUp = (): Promise<void> => runSql(scenario.cleanUp ?? []);
    await assertSameAnswers(scenario, requests, { ours, raw }, cleanUp);
    await driver.prepare(requests);
    return { ...(await measure(scenario, { ours, raw }, driver, settings, cleanUp)), idleMb: idle };
  } finally {
    await stage.run();
  }
}

function limitSeconds({ scenarios, rounds, seconds, warmUpSeconds }: Settings): number {
  return scenarios.reduce(
    (sum, { kind }) =>
      sum + 2 * (kind === 'load' ? warmUpSeconds + rounds * (seconds + 5) : (rounds + 1) * STREAM_SECONDS),
    SLACK_SECONDS,
  );
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
