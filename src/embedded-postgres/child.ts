import { spawn } from 'node:child_process';
import { Account, CHILD_ENV, runAs } from './account.js';

export interface ChildResult {
  code: number | null;
  /** stdout and stderr, in order of arrival. */
  output: string;
  /** Set when it could not be started: ENOENT, EACCES, EPERM. */
  errorCode: string | null;
}

/** Runs one of PostgreSQL's programs until it exits, as the account, without our environment variables. */
export function runToEnd(
  program: string,
  args: string[],
  options: { account: Account | null; timeout: number },
): Promise<ChildResult> {
  return new Promise((resolve) => {
    let output = '';
    const collect = (chunk: Buffer): void => {
      output = (output + chunk.toString('utf8')).slice(-65_536);
    };
    const child = spawn(program, args, {
      ...runAs(options.account),
      cwd: '/',
      env: CHILD_ENV,
      stdio: ['ignore', 'pipe', 'pipe'],
      timeout: Math.max(1, options.timeout),
      killSignal: 'SIGKILL',
      // Not in the terminal's process group: Ctrl-C during the first start must not leave half a message.
      detached: true,
    });
    child.stdout.on('data', collect);
    child.stderr.on('data', collect);
    child.once('error', (error: NodeJS.ErrnoException) => {
      resolve({ code: null, output, errorCode: error.code ?? error.message });
    });
    child.once('close', (code, signal) => {
      if (signal !== null) output += `\nerror: ended by ${signal}`;
      resolve({ code, output, errorCode: null });
    });
  });
}
