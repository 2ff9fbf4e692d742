import { setTimeout as sleep } from 'node:timers/promises';
import { Account } from './account.js';
import { Binaries } from './binaries.js';
import { Layout } from './data-dir.js';
import { EmbeddedPostgresError, explain } from './embedded-postgres-error.js';
import { endLeftoverServer, until } from './leftover-server.js';
import { memorySettings } from './memory-settings.js';
import { readPostmasterPid } from './pid-file.js';
import { freePort } from './port.js';
import { readPostgresLog } from './postgres-log.js';
import { isServerOf, processFacts, signal } from './processes.js';
import { startWatched, Watched } from './watchdog.js';

export interface ServerPlan {
  layout: Layout;
  binaries: Binaries;
  account: Account | null;
  maxConnections: number;
  /** `false` where the data may be lost in a crash of the machine. */
  durable: boolean;
}

export interface Server {
  port: number;
  watched: Watched;
}

const STOP_MS = 5_000;
const POLL_MS = 15;
const RETRY_MS = 250;

/** Transient errors: a port lost in a race, the last backends of a killed server, a doubtful pid file. */
const TRANSIENT =
  /Address already in use|could not create any TCP\/IP sockets|pre-existing shared memory|lock file/;

/**
 * Starts PostgreSQL and waits until it accepts connections. Without a given port it uses a free one; with one (so that
 * a pool can reconnect) only that. Aborting stops the wait and the server. `onWait` is called before it waits.
 */
export async function startServer(
  plan: ServerPlan,
  asked: number | null,
  timeout: number,
  aborted: AbortSignal,
  onWait: () => void = () => undefined,
): Promise<Server> {
  const { layout } = plan;
  const deadline = Date.now() + timeout;
  for (;;) {
    await endLeftoverServer(layout.pgDir, layout.dir);
    aborted.throwIfAborted();
    const port = asked ?? (await freePort());
    const watched = startWatched(layout, plan.binaries.postgres, serverArguments(plan, port), plan.account);
    const server = { port, watched };
    onWait();
    while (!watched.hasEnded() && !isReady(layout.pgDir, port)) {
      if (aborted.aborted || Date.now() >= deadline) {
        await stopServer(plan, server);
        aborted.throwIfAborted();
        throw new EmbeddedPostgresError(
          `The embedded PostgreSQL in DATA_DIR ${layout.dir} was not ready within ${timeout / 1000} s (see postgres.log there).`,
        );
      }
      await sleep(POLL_MS);
    }
    if (!watched.hasEnded()) return server;
    const said = readPostgresLog(layout.log, watched.logFrom) || (await watched.ended);
    if (!TRANSIENT.test(said) || Date.now() >= deadline) throw explain(layout.dir, said);
    await sleep(RETRY_MS);
  }
}

/** Requests a fast shutdown and waits until the server has exited; after 5 s SIGQUIT, then SIGKILL. */
export async function stopServer(plan: ServerPlan, { watched }: Server): Promise<void> {
  const { pgDir, dir } = plan.layout;
  watched.closePipe();
  if (!(await until(watched.hasEnded, STOP_MS))) {
    const file = readPostmasterPid(pgDir);
    if (typeof file === 'object' && isServerOf(pgDir, file.pid) === 'yes') signal(file.pid, 'SIGQUIT');
    if (!(await until(watched.hasEnded, 2_000))) watched.kill();
    await watched.ended;
  }
  // If only the watchdog was killed, its server is still running.
  await endLeftoverServer(pgDir, dir);
}

/** The pid file of a killed server also says ready, on the same port, so the process is checked too. */
function isReady(pgDir: string, port: number): boolean {
  const file = readPostmasterPid(pgDir);
  return (
    typeof file === 'object' &&
    file.port === port &&
    file.status === 'ready' &&
    processFacts(file.pid) !== null
  );
}

function serverArguments({ layout, maxConnections, durable }: ServerPlan, port: number): string[] {
  const settings: Record<string, string | number> = {
    cluster_name: 'quintet',
    listen_addresses: '127.0.0.1',
    port,
    unix_socket_directories: '',
    max_connections: maxConnections,
    ...memorySettings(),
    fsync: durable ? 'on' : 'off',
    full_page_writes: durable ? 'on' : 'off',
    // Detected well before the statement timeout, so that the transaction can be retried.
    deadlock_timeout: '200ms',
    timezone: 'UTC',
    log_timezone: 'UTC',
    // The service gets the errors of its statements. In the log they would fill the disk, and quote request bodies
    // and secrets.
    log_min_messages: 'log',
    log_min_error_statement: 'panic',
    log_error_verbosity: 'terse',
    log_checkpoints: 'off',
  };
  return [
    '-D',
    layout.pgDir,
    ...Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]),
  ];
}
