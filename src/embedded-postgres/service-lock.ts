import { linkSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { codeOf, EmbeddedPostgresError } from './embedded-postgres-error.js';
import { processFacts } from './processes.js';

/** The process that holds a data folder. The start time distinguishes it from a later process with the same pid. */
export interface Holder {
  pid: number;
  startedAt: string | null;
}

const heldHere = new Set<string>();

export function parseHolder(text: string): Holder | null {
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value !== 'object' || value === null || !('pid' in value) || typeof value.pid !== 'number')
      return null;
    const startedAt = 'startedAt' in value && typeof value.startedAt === 'string' ? value.startedAt : null;
    return { pid: value.pid, startedAt };
  } catch {
    return null;
  }
}

/** Whether the holder is still running. Where the system reports no start time, only the pid is compared. */
export function isAlive(holder: Holder, lockPath: string): boolean {
  const facts = processFacts(holder.pid);
  if (facts === null) return false;
  if (holder.startedAt !== null && facts.startedAt !== null) return holder.startedAt === facts.startedAt;
  return holder.pid !== process.pid || heldHere.has(lockPath);
}

/**
 * Locks the data folder for this process; throws if another process holds it. Takes over the lock of a killed process.
 * The file is created complete (by link), so that nobody reads half of it.
 */
export async function takeServiceLock(lockPath: string, dataDir: string): Promise<() => void> {
  const mine = JSON.stringify({ pid: process.pid, startedAt: processFacts(process.pid)?.startedAt ?? null });
  const draft = `${lockPath}.${process.pid}`;
  for (let attempt = 0; attempt < 5; attempt += 1) {
    writeFileSync(draft, mine, { mode: 0o644 });
    try {
      linkSync(draft, lockPath);
    } catch (error) {
      if (codeOf(error) !== 'EEXIST') throw error;
      removeIfStale(lockPath, dataDir);
      continue;
    } finally {
      rmSync(draft, { force: true });
    }
    // Another process that found the same stale lock may have moved ours aside for a moment.
    if (attempt > 0) await sleep(100);
    if (read(lockPath) !== mine) continue;
    heldHere.add(lockPath);
    return () => {
      heldHere.delete(lockPath);
      if (read(lockPath) === mine) rmSync(lockPath, { force: true });
    };
  }
  throw new EmbeddedPostgresError(`DATA_DIR ${dataDir} is being taken by another process at this moment.`);
}

function removeIfStale(lockPath: string, dataDir: string): void {
  const found = read(lockPath);
  if (found === null) return;
  const holder = parseHolder(found);
  if (holder !== null && isAlive(holder, lockPath)) {
    throw new EmbeddedPostgresError(
      `DATA_DIR ${dataDir} is in use by process ${holder.pid}: stop that one or choose another DATA_DIR.`,
    );
  }
  // Renamed before it is removed: only the lock that was read may be removed, not one taken in between.
  const aside = `${lockPath}.stale.${process.pid}`;
  try {
    renameSync(lockPath, aside);
  } catch {
    return;
  }
  if (read(aside) !== found) {
    try {
      linkSync(aside, lockPath);
    } catch {
      // A third process holds it now; the next attempt reads that.
    }
  }
  rmSync(aside, { force: true });
}

function read(path: string): string | null {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return null;
  }
}
