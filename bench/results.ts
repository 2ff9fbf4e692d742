import { execFileSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { cpus, totalmem } from 'node:os';
import type { Measured } from './measure.js';
import type { Settings } from './settings.js';
import { CONNECTIONS, STREAM_CONNECTIONS } from './stage/contestants.js';
import type { Summary } from './summary.js';

const FOLDER = 'bench/results';

/** Keeps the figures with all that one has to know to compare them later. Answers the file's path. */
export function writeResults(
  startedAt: Date,
  settings: Settings,
  summaries: readonly Summary[],
  measured: readonly Measured[],
): string {
  const { scenarios, ...rest } = settings;
  const what = scenarios.map(({ name }) => name).join('-');
  return writeResult(startedAt, what, {
    settings: { ...rest, databaseConnections: CONNECTIONS, streamConnections: STREAM_CONNECTIONS },
    summaries,
    rounds: measured.map(({ scenario, ...figures }) => ({ scenario: scenario.name, ...figures })),
  });
}

/** The same for any figures. */
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

/** The commit that was measured; `+` says that the working tree holds more than that. */
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
