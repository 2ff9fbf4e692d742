import { ChildProcess, spawn } from 'node:child_process';
import { closeSync } from 'node:fs';
import { Account, CHILD_ENV, runAs } from './account.js';
import { Layout } from './data-dir.js';
import { openPostgresLog } from './postgres-log.js';
import { signal } from './processes.js';

/**
 * Shell script that runs PostgreSQL beside a reader of descriptor 3, a pipe whose other end only our Node process
 * holds: however Node ends, the reader sees the end of the pipe and requests a fast shutdown. The shell exits when
 * PostgreSQL does, with the same code.
 *
 * HUP, INT and TERM are ignored (PostgreSQL sets its own handlers): a Ctrl-C, or a TERM to all processes, is for
 * Node, which finishes its requests first. The reader ignores them too, so it is ended by KILL.
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
  /** Resolves with a description when the watchdog, and with it the server, has exited. */
  ended: Promise<string>;
  hasEnded(): boolean;
  /** Size of the log at the start: the server's own output begins there. */
  logFrom: number;
  /** Closes the pipe, as the death of this process would. */
  closePipe(): void;
  /** Sends SIGKILL to the whole process group. */
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
      // Its own session, which the terminal's signals do not reach.
      detached: true,
    });
  } finally {
    closeSync(log.fd);
  }
  const pipe = child.stdio[3];
  // The other end may close first; `exit` reports that.
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
    closePipe: () => pipe?.destroy(),
    kill: () => {
      // Detached, so its pid is that of its process group: watchdog, reader and postmaster.
      if (!over && child.pid !== undefined) signal(-child.pid, 'SIGKILL');
    },
  };
}

/** A shell reports a signal as 128 plus its number. */
export function describeExit(code: number | null, signalName: string | null): string {
  if (signalName !== null) return `its watchdog was ended by ${signalName}`;
  if (code !== null && code > 128) return `it was ended by signal ${code - 128}`;
  return `it exited with code ${code}`;
}
