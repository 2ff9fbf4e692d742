import { spawn, type ChildProcess, type StdioOptions } from 'node:child_process';
import { closeSync, openSync, readFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';

/** A server that is measured. */
export interface ServerProcess {
  readonly name: string;
  readonly port: number;
  readonly pid: number;
  stop(): Promise<void>;
}

export interface ServerPlan {
  readonly name: string;
  /** Arguments of `node`, its own options first. */
  readonly arguments: readonly string[];
  readonly environment: Readonly<Record<string, string>>;
  /** Whether the process exits when the IPC channel closes. */
  readonly channel: boolean;
  /** Its log file is written here. */
  readonly folder: string;
}

const START_LIMIT_MS = 20_000;
const STOP_LIMIT_MS = 10_000;

/** Starts a server with its own environment and waits until it is ready. */
export async function startServer(plan: ServerPlan): Promise<ServerProcess> {
  const port = await freePort();
  const log = join(plan.folder, `${plan.name}.log`);
  const output = openSync(log, 'w');
  const stdio: StdioOptions = ['ignore', output, output, ...(plan.channel ? (['ipc'] as const) : [])];
  const { PATH = '' } = process.env;
  const child = spawn(process.execPath, [...plan.arguments], {
    stdio,
    env: { PATH, ...plan.environment, PORT: String(port) },
  });
  closeSync(output);
  const { pid } = child;
  if (pid === undefined) throw new Error(`${plan.name} could not be started.`);
  const server = { name: plan.name, port, pid, stop: () => stopChild(child) };
  try {
    await ready(child, port);
  } catch {
    await server.stop();
    throw new Error(`${plan.name} did not start:\n${readFileSync(log, 'utf8').slice(-2_000)}`);
  }
  return server;
}

async function ready(child: ChildProcess, port: number): Promise<void> {
  const deadline = Date.now() + START_LIMIT_MS;
  for (;;) {
    if (child.exitCode !== null || Date.now() > deadline) throw new Error('not ready');
    const answer = await fetch(`http://127.0.0.1:${port}/health/ready`, {
      signal: AbortSignal.timeout(2_000),
    }).catch(() => undefined);
    if (answer?.status === 200) return;
    await pause(100);
  }
}

/** Asks a child to exit, and kills it if it does not. */
export async function stopChild(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const gone = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  child.kill('SIGTERM');
  const force = setTimeout(() => child.kill('SIGKILL'), STOP_LIMIT_MS);
  await gone;
  clearTimeout(force);
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer().once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() =>
        typeof address === 'object' && address !== null
          ? resolve(address.port)
          : reject(new Error('No port.')),
      );
    });
  });
}
