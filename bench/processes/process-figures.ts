import { readdirSync, readFileSync } from 'node:fs';

/** The kernel counts processor time in hundredths of a second, on every Linux that Node runs on. */
const MS_PER_TICK = 10;

/** Processor time that a process has used so far, in user and kernel mode. */
export function cpuMsOf(pid: number): number {
  const fields = statOf(pid);
  return (Number(fields[11]) + Number(fields[12])) * MS_PER_TICK;
}

/** The process that started it. */
export function parentOf(pid: number): number {
  return Number(statOf(pid)[1]);
}

/** Processor time of its children that are running: those of PostgreSQL serve one connection each. */
export function cpuMsOfChildren(pid: number): number {
  let sum = 0;
  for (const name of readdirSync('/proc')) {
    if (!/^\d+$/.test(name)) continue;
    try {
      const fields = statOf(Number(name));
      if (Number(fields[1]) === pid) sum += (Number(fields[11]) + Number(fields[12])) * MS_PER_TICK;
    } catch {
      // It has exited meanwhile.
    }
  }
  return sum;
}

/** The fields of the kernel's `stat` from the third on; the name in parentheses before it may contain spaces. */
function statOf(pid: number): string[] {
  const stat = readFileSync(`/proc/${pid}/stat`, 'latin1');
  return stat.slice(stat.lastIndexOf(')') + 2).split(' ');
}

/** Current memory of a process, in MB. */
export function rssMbOf(pid: number): number {
  const kilobytes = /^VmRSS:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, 'latin1'))?.[1];
  return Number(kilobytes) / 1024;
}

/** Samples a process's memory until it is stopped. */
export class MemoryWatch {
  readonly before: number;
  private peak: number;
  private readonly timer: NodeJS.Timeout;

  constructor(
    private readonly pid: number,
    everyMs: number,
  ) {
    this.before = this.peak = rssMbOf(pid);
    this.timer = setInterval(() => this.look(), everyMs);
  }

  /** The maximum. */
  stop(): number {
    clearInterval(this.timer);
    this.look();
    return this.peak;
  }

  private look(): void {
    try {
      this.peak = Math.max(this.peak, rssMbOf(this.pid));
    } catch {
      // The process has exited; its client reports that.
    }
  }
}
