import { ChildProcess, spawn } from 'node:child_process';
import { closeSync } from 'node:fs';
import { Account, CHILD_ENV, runAs } from './account.js';
import { Layout } from './data-dir.js';
import { openPostgresLog } from './postgres-log.js';
import { signal } from './processes.js';

/**
 * The watchdog. PostgreSQL runs beside a reader of descriptor 3, whose other end only our Node process holds:
 * however Node ends, the reader sees the end of the pipe and asks for a fast shutdown. The shell itself ends
 * when PostgreSQL does, with its exit code.
 *
 * HUP, INT and TERM are ignored (PostgreSQL sets its own handlers): a Ctrl-C, or a TERM to everything, is for
 * Node, which finishes its requests first. So the reader, which ignores them too, is ended by KILL.
 */
const WATCHDOG = `
trap '' HUP INT TERM
"$@" 3<&- </dev/null &
server=$!
( read -r nothing <&3; kill -INT $server ) </dev/null >/dev/null 2>&1 &
reader=$!
exec 3<&-
wait $server
code=$?
kill -KILL $reader 2>/dev/null
exit $code
`;

export interface Watched {
  /** Resolves, with words for a person, when the watchdog has ended, and with it the server. */
  ended: Promise<string>;
  hasEnded(): boolean;
  /** Size of the log when it began: what follows are its own words. */
  logFrom: number;
  /** Lets go of the pipe, exactly what the death of this process would do. */
  letGo(): void;
  /** The last resort. */
  kill(): void;
}

export function startWatched(
  layout: Layout,
  program: string,
  args: string[],
  account: Account | null,
): Watched {
  const log = openPostgresLog(layout.log);
  let child: ChildProcess;
  try {
    child = spawn('/bin/sh', ['-c', WATCHDOG, 'quintet-watchdog', program, ...args], {
      ...runAs(account),
      cwd: '/',
      env: CHILD_ENV,
      stdio: ['ignore', log.fd, log.fd, 'pipe'],
      // A session of its own: the terminal's signals do not reach it.
      detached: true,
    });
  } finally {
    closeSync(log.fd);
  }
  const pipe = child.stdio[3];
  // The other end may be gone before ours; that is told by `exit`.
  pipe?.on('error', () => undefined);
  let over = false;
  const ended = new Promise<string>((resolve) => {
    const end = (reason: string): void => {
      over = true;
      pipe?.destroy();
      resolve(reason);
    };
    child.once('error', (error) => end(error.message));
    child.once('exit', (code, signalName) => end(describeExit(code, signalName)));
  });
  return {
    ended,
    hasEnded: () => over,
    logFrom: log.size,
    letGo: () => pipe?.destroy(),
    kill: () => {
      // Detached, so its number is that of its process group: watchdog, reader and postmaster.
      if (!over && child.pid !== undefined) signal(-child.pid, 'SIGKILL');
    },
  };
}

/** A shell reports a signal as 128 and its number. */
export function describeExit(code: number | null, signalName: string | null): string {
  if (signalName !== null) return `its watchdog was ended by ${signalName}`;
  if (code !== null && code > 128) return `it was ended by signal ${code - 128}`;
  return `it exited with code ${code}`;
}
