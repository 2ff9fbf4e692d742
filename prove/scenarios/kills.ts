import { setTimeout as pause } from 'node:timers/promises';
import { registerFaults } from '../checkers/registers.js';
import { Recorder } from '../recorder.js';
import type { Outcome, Scenario, Stage } from '../scenario.js';
import type { ServiceProcess } from '../target/service-process.js';
import { WRITINGS } from '../target/writes.js';

const WRITERS_PER_SURFACE = 3;
/** How long a process serves before it is killed again, at most. */
const SERVICE_LIFE_MS = 1_500;
/** Who starts PostgreSQL again waits the longer the more often it ends within a minute. */
const DATABASE_LIFE_MS = 20_000;
const RECOVERY_LIMIT_MS = 30_000;

/** `kill -9` of processes of the service, and of PostgreSQL, while all five products are written to. */
export const kills: Scenario = {
  name: 'Kills',
  promise:
    'What was acknowledged is there, once and whole, and nothing else is, whatever is killed with `kill -9` meanwhile.',
  share: 4,
  run: async (stage, milliseconds) => {
    const tenant = await stage.tenant('killed');
    const recorders = WRITINGS.map((writing) => new Recorder(writing, tenant));
    let isOver = false;
    const write = async (recorder: Recorder): Promise<void> => {
      while (!isOver) {
        const isDone = await recorder.writeOne();
        await pause(isDone ? 5 : 50);
      }
    };
    const writers = recorders.flatMap((recorder) =>
      Array.from({ length: WRITERS_PER_SURFACE }, () => write(recorder)),
    );
    const killed = await killUntil(stage, Date.now() + milliseconds).finally(() => (isOver = true));
    await Promise.all(writers);
    const crashes = stage.processes.reduce((sum, one) => sum + one.crashes, 0);
    return judge(recorders, { ...killed, crashes });
  },
};

interface Killed {
  readonly services: number;
  readonly databases: number;
  /** Until PostgreSQL itself answered again. */
  readonly slowestRestartMs: number;
  readonly slowestRecoveryMs: number;
}

/** Kills each process, and PostgreSQL, again and again; they are started again at once, independently. */
async function killUntil({ processes, database }: Stage, deadline: number): Promise<Killed> {
  let services = 0;
  let databases = 0;
  let slowestRestartMs = 0;
  let slowestRecoveryMs = 0;
  const killService = async (victim: ServiceProcess): Promise<void> => {
    while (Date.now() < deadline) {
      await pause(SERVICE_LIFE_MS * Math.random());
      await victim.kill();
      services++;
      await startAgain(victim);
    }
  };
  const databaseLifeMs = Math.min(DATABASE_LIFE_MS, (deadline - Date.now()) / 2);
  const killDatabase = async (): Promise<void> => {
    while (Date.now() + databaseLifeMs < deadline || databases === 0) {
      await pause(databaseLifeMs);
      const from = Date.now();
      await database.kill();
      databases++;
      slowestRestartMs = Math.max(slowestRestartMs, Date.now() - from);
      while (!(await anyIsReady(processes))) {
        if (Date.now() - from > RECOVERY_LIMIT_MS) throw new Error('No process found PostgreSQL again.');
        await pause(20);
      }
      slowestRecoveryMs = Math.max(slowestRecoveryMs, Date.now() - from);
    }
  };
  await Promise.all([...processes.map(killService), killDatabase()]);
  return { services, databases, slowestRestartMs, slowestRecoveryMs };
}

/** It does not start while PostgreSQL is away, and is started until it does, as by a supervisor. */
async function startAgain(victim: ServiceProcess): Promise<void> {
  const limit = Date.now() + RECOVERY_LIMIT_MS;
  for (;;) {
    try {
      return await victim.start();
    } catch (error) {
      if (Date.now() > limit) throw error;
      await pause(200);
    }
  }
}

async function anyIsReady(processes: readonly ServiceProcess[]): Promise<boolean> {
  return (await Promise.all(processes.map((one) => one.isReady()))).includes(true);
}

async function judge(
  recorders: readonly Recorder[],
  { services, databases, slowestRestartMs, slowestRecoveryMs, crashes }: Killed & { crashes: number },
): Promise<Outcome> {
  const faults: string[] = [];
  let found = 0;
  for (const { writing, tenant, history, wrongAnswers } of recorders) {
    const rows = await writing.read(tenant);
    found += rows.length;
    faults.push(...registerFaults(history, rows), ...wrongAnswers);
    if (!history.some(({ outcome }) => outcome === 'acknowledged'))
      faults.push(`no write of ${writing.surface} was acknowledged`);
  }
  if (crashes > 0) faults.push(`${crashes} processes ended without having been killed`);
  const sum = (of: (recorder: Recorder) => number): number =>
    recorders.reduce((total, recorder) => total + of(recorder), 0);
  return {
    counts: {
      'processes of the service killed': services,
      'PostgreSQL killed': databases,
      'writes acknowledged': sum(({ acknowledged }) => acknowledged),
      'writes told to come back (503), or with a broken connection': sum(({ unknown }) => unknown),
      'things read back': found,
      'ms until PostgreSQL itself answers again after it was killed, at most': slowestRestartMs,
      'ms until requests are served again after PostgreSQL was killed, at most': slowestRecoveryMs,
    },
    faults,
  };
}
