import { availableParallelism, cpus, totalmem } from 'node:os';
import type { Verdict } from './scenario.js';

export interface Run {
  readonly minutes: number;
  readonly processes: number;
  /** Settings of the service that differ from the defaults. */
  readonly settings: Readonly<Record<string, string>>;
  readonly verdicts: readonly Verdict[];
}

const MAX_FAULTS = 20;

/** The report as a page of Markdown. */
export function reportOf({ minutes, processes, settings, verdicts }: Run): string {
  const held = verdicts.filter(({ holds }) => holds).length;
  const gigabytes = Math.round(totalmem() / 2 ** 30);
  const machine = `${availableParallelism()} cores (${cpus()[0]?.model.trim()}), ${gigabytes} GB, Node ${process.version}, ${process.platform}`;
  const changed = Object.entries(settings).map(([name, value]) => `\`${name}=${value}\``);
  return [
    '# Reliability',
    '',
    `Written by \`npm run prove -- --minutes ${minutes}\` on ${new Date().toISOString().slice(0, 16).replace('T', ' ')} UTC: ` +
      `${held} of ${verdicts.length} promises held.`,
    '',
    `- Machine: ${machine}.`,
    `- Service: ${processes} processes of the built service on one embedded PostgreSQL with fsync, through its HTTP API.`,
    `- Settings that differ from the defaults: ${changed.join(', ')}.`,
    '- Judged by [prove/checkers](../prove/checkers), which share no code with the service: by what it answered, what it ' +
      'lists afterwards, and SQL.',
    '',
    '| Scenario | Verdict | Seconds |',
    '| --- | --- | ---: |',
    ...verdicts.map(({ name, holds, seconds }) => `| ${name} | ${word(holds)} | ${seconds} |`),
    ...verdicts.flatMap(section),
    '',
  ].join('\n');
}

const word = (holds: boolean): string => (holds ? 'held' : '**did not hold**');

function section({ name, promise, counts, faults, holds }: Verdict): string[] {
  const shown = faults
    .slice(0, MAX_FAULTS)
    .map((fault) => `- \`${fault.slice(0, 300).replace(/[`\n]/g, ' ')}\``);
  const more = faults.length > MAX_FAULTS ? [`- and ${faults.length - MAX_FAULTS} more`] : [];
  return [
    '',
    `## ${name}`,
    '',
    `${promise} Verdict: ${word(holds)}.`,
    '',
    '| Count | Of |',
    '| ---: | --- |',
    ...Object.entries(counts).map(([what, count]) => `| ${count.toLocaleString('en-US')} | ${what} |`),
    ...(shown.length > 0 ? ['', 'Faults:', '', ...shown, ...more] : []),
  ];
}

/** The verdicts in the form of Jest's report, for whoever adds up tests. */
export function resultsOf(verdicts: readonly Verdict[]): string {
  const held = verdicts.filter(({ holds }) => holds).length;
  return JSON.stringify({
    numPassedTests: held,
    numFailedTests: verdicts.length - held,
    numRuntimeErrorTestSuites: 0,
  });
}
