/**
 * Checks that bookings never overlap: starts the built service on an empty database, lets clients race for few slots
 * over HTTP, records every attempt, and reports the result. Or does so against a running service: `--url`, `--token`, `--spaces 1,2,3`.
 */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { raceForSlots, type RaceCall, type RaceResult } from './prove/booking-race.js';
import { startProvenService, type ProvenService } from './prove/proven-service.js';

const { values } = parseArgs({
  options: {
    url: { type: 'string' },
    token: { type: 'string' },
    spaces: { type: 'string' },
    clients: { type: 'string', default: '32' },
    attempts: { type: 'string', default: '5000' },
    seed: { type: 'string', default: '1' },
    ledger: { type: 'string', default: 'bookings-ledger.json' },
  },
});

const folder = mkdtempSync(join(tmpdir(), 'quintet-prove-'));
let started: ProvenService | undefined;
try {
  const { url, token, spaces } = values;
  if (url === undefined) started = await startProvenService(folder);
  const target = started ?? {
    url: url ?? '',
    token: token ?? '',
    spaceIds: (spaces ?? '').split(',').map(Number),
  };
  const result = await raceForSlots({
    call: callerOf(target.url, target.token),
    spaceIds: target.spaceIds,
    clients: Number(values.clients),
    attempts: Number(values.attempts),
    seed: Number(values.seed),
  });
  writeFileSync(values.ledger, JSON.stringify(result, null, 1));
  process.exitCode = report(result) ? 0 : 1;
} finally {
  await started?.stop();
  rmSync(folder, { recursive: true, force: true });
}

function callerOf(url: string, token: string): RaceCall {
  return async (path, method, body) => {
    const response = await fetch(`${url}/v1.0${path}`, {
      method,
      headers: { authorization: token, ...(body !== undefined && { 'content-type': 'application/json' }) },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
    return { status: response.status, json: await response.json() };
  };
}

/** Whether all checks passed. */
function report({ ledger, slots, slotsWithoutOneWinner, lost, overlaps }: RaceResult): boolean {
  const byKind = new Map<string, Map<number, number>>();
  for (const { kind, status } of ledger) {
    const counts = byKind.get(kind) ?? new Map<number, number>();
    byKind.set(kind, counts.set(status, (counts.get(status) ?? 0) + 1));
  }
  for (const [kind, counts] of byKind) {
    const said = [...counts].sort().map(([status, count]) => `${count} × ${status}`);
    console.log(`${kind.padEnd(12)} ${said.join(', ')}`);
  }
  const times = ledger.map(({ milliseconds }) => milliseconds).sort((left, right) => left - right);
  const percentile = (share: number): string =>
    `${Math.round(times[Math.floor(times.length * share)] ?? 0)} ms`;
  console.log(`p50 ${percentile(0.5)}, p99 ${percentile(0.99)}`);
  const failures = ledger.filter(({ status }) => ![200, 201, 409, 503].includes(status)).length;
  const told = ledger.filter(({ status }) => status === 503).length;
  if (told > 0)
    console.log(
      `${told} attempts waited for too long and were told to come back; none of them may be booked`,
    );
  const verdicts: [string, number][] = [
    [`overlapping events, of all that the service lists`, overlaps.length],
    [`contested slots without exactly one winner, of ${slots}`, slotsWithoutOneWinner],
    [`promised bookings that are missing, or the other way round`, lost.length],
    [`answers other than 200, 201, 409 and 503, of ${ledger.length}`, failures],
  ];
  for (const [what, count] of verdicts) console.log(`${count === 0 ? 'ok  ' : 'FAIL'} ${count} ${what}`);
  const holds = verdicts.every(([, count]) => count === 0);
  console.log(holds ? 'Verdict: no slot was ever held twice.' : 'Verdict: NOT PROVEN.');
  return holds;
}
