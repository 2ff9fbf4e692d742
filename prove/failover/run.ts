/**
 * `npm run prove:failover`: a primary with a synchronous standby behind HAProxy, as docs/failover.md describes; the
 * primary is killed under load and the standby promoted, several times. Needs Debian's postgresql and haproxy, and root
 * or the account postgres. Prints its figures, which docs/failover.md repeats.
 */
import { spawn, spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { registerFaults } from '../checkers/registers.js';
import { Recorder } from '../recorder.js';
import { freePorts, startProcesses, type ServiceProcess } from '../target/service-process.js';
import { makeTenant } from '../target/tenant.js';
import { WRITINGS } from '../target/writes.js';
import { Node } from './cluster.js';

const { values } = parseArgs({ options: { rounds: { type: 'string', default: '5' } } });
const ROUNDS = Number(values.rounds);
const WRITERS_PER_SURFACE = 2;
const STEADY_MS = 5_000;
const SERVED_LIMIT_MS = 10_000;

const folder = mkdtempSync(join(tmpdir(), 'quintet-failover-'));
chmodSync(folder, 0o777);
const [entry = 0, ...nodePorts] = await freePorts(3);
const nodes = nodePorts.map((port, index) => new Node(`node-${index + 1}`, port, folder));
const [first, second] = nodes;
if (first === undefined || second === undefined) throw new Error('Two nodes are needed.');
let primary = first;
let standby = second;
const processes: ServiceProcess[] = [];
const undo: (() => unknown)[] = [() => rmSync(folder, { recursive: true, force: true })];
try {
  await primary.initialize();
  undo.push(() => primary.stop());
  await standby.follow(primary);
  undo.push(() => standby.stop());

  const proxy = spawn('haproxy', ['-f', 'failover/haproxy.cfg'], {
    env: {
      PATH: process.env.PATH,
      ADDRESS: `127.0.0.1:${entry}`,
      FIRST: `127.0.0.1:${first.port}`,
      SECOND: `127.0.0.1:${second.port}`,
    },
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  undo.push(() => proxy.kill());
  await pause(2_000);

  const token = randomBytes(24).toString('hex');
  const environment = {
    DATABASE_URL: primary.urlAt(entry),
    APP_SECRET: randomBytes(24).toString('hex'),
    ADMIN_TOKEN: token,
    REALMS_RATE_LIMIT: '0',
    POLLS_RATE_LIMIT: '0',
    SPACES_RATE_LIMIT: '0',
    TRAINING_RATE_LIMIT: '0',
    COMPANIES_RATE_LIMIT: '0',
    SHUTDOWN_DELAY_MS: '0',
    LOG_LEVEL: 'error',
  };
  const { status, stderr } = spawnSync(process.execPath, ['dist/src/migrate.js'], {
    env: { PATH: process.env.PATH, ...environment },
    encoding: 'utf8',
  });
  if (status !== 0) throw new Error(stderr);
  processes.push(...(await startProcesses(2, environment, folder)));
  undo.push(() => Promise.all(processes.map((one) => one.stop())));
  const url = processes[0]?.url ?? '';
  let turn = 0;
  const tenant = await makeTenant({
    admin: { url, token },
    mark: 'failover',
    publicUrl: url,
    next: () => processes[turn++ % processes.length]?.url ?? url,
  });

  const recorders = WRITINGS.map((writing) => new Recorder(writing, tenant));
  const acknowledged = (): number => recorders.reduce((sum, one) => sum + one.acknowledged, 0);
  let isOver = false;
  const write = async (recorder: Recorder): Promise<void> => {
    while (!isOver) await pause((await recorder.writeOne()) ? 5 : 50);
  };
  const writers = recorders.flatMap((one) => Array.from({ length: WRITERS_PER_SURFACE }, () => write(one)));
  const faults: string[] = [];
  for (let round = 1; round <= ROUNDS; round++) {
    await pause(STEADY_MS);
    const before = acknowledged();
    const killedAt = performance.now();
    primary.kill();
    const said = acknowledged();
    await primary.isGone();
    const promotedAt = performance.now();
    standby.promote();
    const decided = acknowledged();
    while (acknowledged() === decided) await pause(10);
    const servedAfter = performance.now() - killedAt;
    console.log(
      `${round}: ${before} writes acknowledged before; promoted after ${Math.round(promotedAt - killedAt)} ms, ` +
        `next write acknowledged after ${Math.round(servedAfter)} ms`,
    );
    if (servedAfter > SERVED_LIMIT_MS) faults.push(`round ${round} took ${Math.round(servedAfter)} ms`);
    if (decided > said + recorders.length * WRITERS_PER_SURFACE)
      faults.push(`${decided - said} writes were acknowledged without a primary`);
    [primary, standby] = [standby, primary];
    await standby.follow(primary);
  }
  isOver = true;
  await Promise.all(writers);
  let found = 0;
  for (const { writing, history, wrongAnswers } of recorders) {
    const rows = await writing.read(tenant);
    found += rows.length;
    faults.push(...registerFaults(history, rows), ...wrongAnswers);
  }
  const unknown = recorders.reduce((sum, one) => sum + one.unknown, 0);
  console.log(`${acknowledged()} writes acknowledged, ${unknown} not, ${found} things read back`);
  if (processes.some(({ crashes }) => crashes > 0)) faults.push('a process of the service ended');
  for (const fault of faults.slice(0, 20)) console.log(`! ${fault.slice(0, 500)}`);
  console.log(faults.length === 0 ? 'Held: no acknowledged write was lost.' : `${faults.length} faults`);
  process.exitCode = faults.length === 0 ? 0 : 1;
} finally {
  for (const step of undo.reverse()) await Promise.resolve(step()).catch(String);
}
