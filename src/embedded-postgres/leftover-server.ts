import { rmSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { EmbeddedPostgresError } from './embedded-postgres-error.js';
import { pidFileOf, readPostmasterPid } from './pid-file.js';
import { isServerOf, processFacts, serversOf, signal } from './processes.js';

/** A watchdog stops its server quickly once Node has died; a server not stopping by then is an orphan. */
const WATCHDOG_MS = 1_000;
const FAST_SHUTDOWN_MS = 15_000;
const IMMEDIATE_SHUTDOWN_MS = 5_000;
const POLL_MS = 25;

/**
 * Makes sure that no server runs on the data folder: waits for one that is shutting down, stops an orphan cleanly,
 * and removes the pid file of a dead one. Call it only while holding the folder's lock.
 */
export async function endLeftoverServer(pgDir: string, dataDir: string): Promise<void> {
  const file = readPostmasterPid(pgDir);
  if (file === 'unreadable') {
    // Truncated by a crash. PostgreSQL would refuse to start.
    await endAll(() => serversOf(pgDir), FAST_SHUTDOWN_MS);
    rmSync(pidFileOf(pgDir), { force: true });
    return;
  }
  if (file !== 'absent' && processFacts(file.pid) !== null) {
    switch (isServerOf(pgDir, file.pid)) {
      case 'yes':
        await endServer(pgDir, dataDir, file.pid);
        break;
      case 'no':
        // Another program has the pid now, and PostgreSQL would mistake it for a server.
        await endAll(() => serversOf(pgDir), FAST_SHUTDOWN_MS);
        rmSync(pidFileOf(pgDir), { force: true });
        return;
      case 'unknown':
        throw new EmbeddedPostgresError(
          `DATA_DIR ${dataDir} may be in use by process ${file.pid}, named in ${pidFileOf(pgDir)}: stop that process, or remove that file if it is no PostgreSQL.`,
        );
    }
  }
  // Orphaned backends exit by themselves, but one in a long statement takes a while and keeps the shared memory
  // in use, which stops a new server from starting.
  await endAll(() => serversOf(pgDir), WATCHDOG_MS);
}

async function endServer(pgDir: string, dataDir: string, pid: number): Promise<void> {
  const gone = (): boolean => isServerOf(pgDir, pid) === 'no';
  const stopping = (): boolean => {
    const file = readPostmasterPid(pgDir);
    return file === 'absent' || (file !== 'unreadable' && file.status === 'stopping');
  };
  if (await until(() => gone() || stopping(), WATCHDOG_MS)) {
    if (await until(gone, FAST_SHUTDOWN_MS)) return;
  } else {
    signal(pid, 'SIGINT');
    if (await until(gone, FAST_SHUTDOWN_MS)) return;
  }
  signal(pid, 'SIGQUIT');
  if (await until(gone, IMMEDIATE_SHUTDOWN_MS)) return;
  throw new EmbeddedPostgresError(
    `DATA_DIR ${dataDir} is in use by a PostgreSQL that cannot be stopped (process ${pid}): stop it, or choose another DATA_DIR.`,
  );
}

/** Waits for the processes to exit, then sends SIGQUIT, then SIGKILL. */
async function endAll(find: () => number[], timeoutMs: number): Promise<void> {
  if (find().length === 0) return;
  if (await until(() => find().length === 0, timeoutMs)) return;
  for (const name of ['SIGQUIT', 'SIGKILL'] as const) {
    for (const pid of find()) signal(pid, name);
    if (await until(() => find().length === 0, 2_000)) return;
  }
}

export async function until(met: () => boolean, timeoutMs: number): Promise<boolean> {
  const deadline = Date.now() + timeoutMs;
  while (!met()) {
    if (Date.now() >= deadline) return false;
    await sleep(POLL_MS);
  }
  return true;
}
