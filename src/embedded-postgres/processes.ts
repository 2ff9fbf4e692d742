import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, readlinkSync, realpathSync } from 'node:fs';
import { codeOf } from './embedded-postgres-error.js';

/** What can be known of a living process; null where this system does not tell. */
export interface ProcessFacts {
  /** Differs between two processes that had the same number. */
  startedAt: string | null;
  name: string | null;
  /** Where it stands; a PostgreSQL process stands in its data folder. */
  cwd: string | null;
  command: string | null;
}

const hasProc = existsSync('/proc/self/stat');

/** Reads a line of /proc/<pid>/stat. The name stands in parentheses and may itself hold some. */
export function parseStat(stat: string): { name: string; state: string; startedAt: string } {
  const open = stat.indexOf('(');
  const close = stat.lastIndexOf(')');
  const fields = stat.slice(close + 2).split(' ');
  return { name: stat.slice(open + 1, close), state: fields[0] ?? '', startedAt: fields[19] ?? '' };
}

/** The facts of a living process, or null. A zombie, dead but not yet collected by its parent, is not living. */
export function lookAt(pid: number): ProcessFacts | null {
  if (!Number.isSafeInteger(pid) || pid <= 0) return null;
  return hasProc ? lookInProc(pid) : askPs(pid);
}

function lookInProc(pid: number): ProcessFacts | null {
  const stat = attempt(() => readFileSync(`/proc/${pid}/stat`, 'utf8'));
  if (stat === null) return null;
  const { name, state, startedAt } = parseStat(stat);
  if (state === 'Z' || state === 'X') return null;
  // Ticks since boot alone could meet again after a reboot.
  const boot = attempt(() => readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim()) ?? '';
  return {
    startedAt: `${boot}/${startedAt}`,
    name,
    cwd: attempt(() => readlinkSync(`/proc/${pid}/cwd`)),
    command: null,
  };
}

/** macOS and the BSDs: no /proc, but ps. */
function askPs(pid: number): ProcessFacts | null {
  try {
    process.kill(pid, 0);
  } catch (error) {
    // EPERM: it lives, and belongs to somebody else.
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

/** Whether a process number, found in a file, still means PostgreSQL on this very data folder. */
export function isServerOf(pgDir: string, pid: number): 'yes' | 'no' | 'unknown' {
  const facts = lookAt(pid);
  if (facts === null) return 'no';
  if (facts.name !== null) {
    if (facts.name !== 'postgres') return 'no';
    if (facts.cwd === null) return 'unknown';
    return facts.cwd === (attempt(() => realpathSync(pgDir)) ?? pgDir) ? 'yes' : 'no';
  }
  if (facts.command === null) return 'unknown';
  return facts.command.includes('postgres') && facts.command.includes(pgDir) ? 'yes' : 'no';
}

/** Every PostgreSQL process that stands in the data folder, postmaster or left behind by one. Linux only. */
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
