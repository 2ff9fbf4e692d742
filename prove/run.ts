/**
 * `npm run prove`: starts the built service, several times on one embedded PostgreSQL, does to it what production
 * does and worse, and writes down what held. `-- --minutes 5 --only races,kills --report FILE --results FILE`.
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { parseArgs } from 'node:util';
import { reportOf, resultsOf } from './report.js';
import type { Verdict } from './scenario.js';
import { SCENARIOS } from './scenarios.js';
import { openStage } from './target/stage.js';

const { values } = parseArgs({
  options: {
    minutes: { type: 'string', default: '5' },
    only: { type: 'string', default: Object.keys(SCENARIOS).join() },
    processes: { type: 'string', default: '3' },
    report: { type: 'string', default: 'docs/reliability.md' },
    results: { type: 'string' },
  },
});
const minutes = Number(values.minutes);
const chosen = values.only.split(',').map((name) => {
  const scenario = SCENARIOS[name];
  if (scenario === undefined)
    throw new Error(`There is no scenario ${name}, only ${Object.keys(SCENARIOS).join()}.`);
  return scenario;
});
const shares = chosen.reduce((sum, { share }) => sum + share, 0);

const stage = await openStage(Number(values.processes));
const verdicts: Verdict[] = [];
try {
  for (const scenario of chosen) {
    const from = performance.now();
    const outcome = await scenario
      .run(stage, (minutes * 60_000 * scenario.share) / shares)
      // A scenario that could not be carried out proves nothing.
      .catch((error: unknown) => ({ counts: {}, faults: [`The scenario ended early: ${String(error)}`] }));
    const { name, promise } = scenario;
    const seconds = Math.round((performance.now() - from) / 1_000);
    const verdict = { ...outcome, name, promise, seconds, holds: outcome.faults.length === 0 };
    verdicts.push(verdict);
    print(verdict);
  }
} finally {
  await stage.close();
}
const run = { minutes, processes: stage.processes.length, settings: stage.settings, verdicts };
mkdirSync(dirname(values.report), { recursive: true });
writeFileSync(values.report, reportOf(run));
if (values.results !== undefined) writeFileSync(values.results, resultsOf(verdicts));
process.exitCode = verdicts.every(({ holds }) => holds) ? 0 : 1;

function print({ name, seconds, counts, faults, holds }: Verdict): void {
  console.log(`${holds ? 'ok  ' : 'FAIL'} ${name}, ${seconds} s`);
  for (const [what, count] of Object.entries(counts)) console.log(`       ${count} ${what}`);
  for (const fault of faults.slice(0, 20)) console.log(`     ! ${fault.slice(0, 500)}`);
  if (faults.length > 20) console.log(`     ! and ${faults.length - 20} more`);
}
