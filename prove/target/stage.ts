import { randomBytes } from 'node:crypto';
import { spawnSync } from 'node:child_process';
import type { Stage } from '../scenario.js';
import { startDatabase } from './database.js';
import { startProcesses, type ServiceProcess } from './service-process.js';
import { makeTenant } from './tenant.js';

/** Settings that differ from the defaults, and why. */
const SETTINGS = {
  // What is proven is what remains when nothing is refused for being too much.
  TRAINING_RATE_LIMIT: '0',
  SPACES_RATE_LIMIT: '0',
  REALMS_RATE_LIMIT: '0',
  POLLS_RATE_LIMIT: '0',
  COMPANIES_RATE_LIMIT: '0',
  WRONG_CREDENTIALS_PER_MINUTE: '0',
  // Slow peers have to be cut off within a short round, too.
  REQUEST_TIMEOUT_MS: '4000',
  SHUTDOWN_DELAY_MS: '0',
  // Webhooks of a run go to a port of this machine where nobody listens.
  HOOKS_ALLOW_INTERNAL: 'true',
  LOG_LEVEL: 'warn',
} as const;

export interface OpenStage extends Stage {
  /** Settings that differ from the defaults. */
  readonly settings: Readonly<Record<string, string>>;
  close(): Promise<void>;
}

/** Starts a database and that many processes of the built service. */
export async function openStage(processCount: number): Promise<OpenStage> {
  const database = await startDatabase();
  const started: ServiceProcess[] = [];
  const close = async (): Promise<void> => {
    await Promise.all(started.map((one) => one.stop()));
    await database.stop();
  };
  try {
    const token = randomBytes(24).toString('hex');
    // As the owner of the tables, whom row-level security does not restrict: what holds here, its statements hold alone.
    const environment = {
      ...SETTINGS,
      DATABASE_URL: database.url,
      APP_SECRET: randomBytes(24).toString('hex'),
      ADMIN_TOKEN: token,
    };
    migrate(environment);
    started.push(...(await startProcesses(processCount, environment, database.folder)));
    const [first] = started;
    if (first === undefined) throw new Error('At least one process is needed.');
    let turn = 0;
    const next = (): string => {
      const running = started.filter((one) => one.isRunning);
      return (running[turn++ % Math.max(1, running.length)] ?? first).url;
    };
    const admin = { url: first.url, token };
    return {
      processes: started,
      database,
      admin,
      settings: SETTINGS,
      next,
      tenant: (mark) => makeTenant({ admin, mark, publicUrl: first.url, next }),
      close,
    };
  } catch (error) {
    await close();
    throw error;
  }
}

function migrate(environment: Readonly<Record<string, string>>): void {
  const { PATH = '' } = process.env;
  const { status, stderr } = spawnSync(process.execPath, ['dist/src/migrate.js'], {
    env: { PATH, ...environment },
    encoding: 'utf8',
  });
  if (status !== 0) throw new Error(`The database could not be migrated:\n${stderr}`);
}
