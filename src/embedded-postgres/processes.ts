import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, readlinkSync, realpathSync } from 'node:fs';
import { codeOf } from './embedded-postgres-error.js';

/** Facts about a running process; null where the system does not report them. */
export interface ProcessFacts {
  /** Distinguishes two processes that had the same pid. */
  startedAt: string | null;
  name: string | null;
  /** Working directory; that of a PostgreSQL process is its data folder. */
  cwd: string | null;
  command: string | null;
}

const hasProc = existsSync('/proc/self/stat');

/** Parses /proc/<pid>/stat. The name is in parentheses and may itself contain some. */
export function parseStat(stat: string): { name: string; state: string; startedAt: string } {
  const open = stat.indexOf('(');
  const close = stat.lastIndexOf(')');
  const fields = stat.slice(close + 2).split(' ');
  return { name: stat.slice(open + 1, close), state: fields[0] ?? '', startedAt: fields[19] ?? '' };
}

/** Returns null if the process is not running; a zombie is not. */
export function processFacts(pid: number): ProcessFacts | null {
  if (!Number.isSafeInteger(pid) || pid <= 0) return null;
  return hasProc ? readProc(pid) : readPs(pid);
}

function readProc(pid: number): ProcessFacts | null {
  const stat = attempt(() => readFileSync(`/proc/${pid}/stat`, 'utf8'));
  if (stat === null) return null;
  const { name, state, startedAt } = parseStat(stat);
  if (state === 'Z' || state === 'X') return null;
  // Ticks since boot alone could be equal after a reboot.
  const boot = attempt(() => readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim()) ?? '';
  return {
    startedAt: `${boot}/${startedAt}`,
    name,
    cwd: attempt(() => readlinkSync(`/proc/${pid}/cwd`)),
    command: null,
  };
}

/** For macOS and the BSDs, which have ps but no /proc. */
function readPs(pid: number): ProcessFacts | null {
  try {
    process.kill(pid, 0);
  } catch (error) {
    // EPERM: it is running under another user.
    if (codeOf(error) !== 'EPERM') return null;
  }
  const ask = (column: string): string | null => {
    const answer = spawnSync('/bin/ps', ['-ww', '-o', `${column}=`, '-p', String(pid)], {
      encoding: 'utf8',
      env: {},
    });
    return answer.status === 0 ? answer.stdout.trim() : null;
  };
  const command = ask('command');
  return { startedAt: ask('lstart'), name: null, cwd: null, command };
}

/** Whether a pid, read from a file, still belongs to PostgreSQL on this data folder. */
export function isServerOf(pgDir: string, pid: number): 'yes' | 'no' | 'unknown' {
  const facts = processFacts(pid);
  if (facts === null) return 'no';
  if (facts.name !== null) {
    if (facts.name !== 'postgres') return 'no';
    if (facts.cwd === null) return 'unknown';
    return facts.cwd === (attempt(() => realpathSync(pgDir)) ?? pgDir) ? 'yes' : 'no';
  }
  if (facts.command === null) return 'unknown';
  return facts.command.includes('postgres') && facts.command.includes(pgDir) ? 'yes' : 'no';
}

/** Every PostgreSQL process of the data folder, postmaster or orphaned backend. Linux only. */
export function serversOf(pgDir: string): number[] {
  if (!hasProc) return [];
  return readdirSync('/proc')
    .filter((entry) => /^\d+$/.test(entry))
    .map(Number)
    .filter((pid) => isServerOf(pgDir, pid) === 'yes');
}

/** Sends a signal; false when the process is gone or is not ours to signal. */
export function signal(pid: number, name: NodeJS.Signals): boolean {
  return attempt(() => process.kill(pid, name)) ?? false;
}

function attempt<T>(work: () => T): T | null {
  try {
    return work();
  } catch {
    return null;
  }
}
