import { execFileSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { cpus, totalmem } from 'node:os';
import type { Scenario } from './scenarios/scenario.js';
import { SCENARIOS } from './scenarios/scenarios.js';
import type { Settings } from './settings.js';
import { CONNECTIONS, STREAM_CONNECTIONS } from './processes/contestants.js';
import type { Measured, Summary } from './summary.js';

const FOLDER = 'bench/results';
const MOST_NAMES = 6;

/** Saves the figures with what is needed to compare them later. Returns the file's path. */
export function writeResults(
  startedAt: Date,
  settings: Settings,
  summaries: readonly Summary[],
  measured: readonly Measured[],
): string {
  const { scenarios, ...rest } = settings;
  return writeResult(startedAt, nameOf(scenarios), {
    settings: { ...rest, databaseConnections: CONNECTIONS, streamConnections: STREAM_CONNECTIONS },
    summaries,
    rounds: measured.map(({ scenario, ...figures }) => ({ scenario: scenario.name, ...figures })),
  });
}

/** The scenarios, for the file's name, within the limits of the file system. */
function nameOf(scenarios: readonly Scenario[]): string {
  if (scenarios.length === SCENARIOS.length) return 'all';
  const names = scenarios.slice(0, MOST_NAMES).map(({ name }) => name);
  if (scenarios.length > MOST_NAMES) names.push(`and-${scenarios.length - MOST_NAMES}-more`);
  return names.join('-');
}

/** Saves any figures in the same way. */
export function writeResult(startedAt: Date, what: string, figures: object): string {
  const when = startedAt
    .toISOString()
    .replace(/\.\d+Z$/, 'Z')
    .replaceAll(':', '');
  const file = `${FOLDER}/${when}-${what}.json`;
  const content = {
    startedAt,
    machine: {
      cores: cpus().length,
      processor: cpus()[0]?.model,
      memoryMb: Math.round(totalmem() / 1024 / 1024),
      node: process.version,
      platform: `${process.platform}-${process.arch}`,
    },
    commit: commit(),
    ...figures,
  };
  mkdirSync(FOLDER, { recursive: true });
  writeFileSync(file, `${JSON.stringify(content, null, 1)}\n`);
  return file;
}

/** The measured commit; `+` marks uncommitted changes. */
function commit(): string {
  try {
    return execFileSync('git', ['describe', '--always', '--abbrev=12', '--dirty=+', '--exclude=*'], {
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
    }).trim();
  } catch {
    return 'unknown';
  }
}
