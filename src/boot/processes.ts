import cluster, { type Worker } from 'node:cluster';
import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Config } from '../config/config.js';
import { answerClusterMetrics } from '../http/server/cluster-metrics.js';
import { say } from './say.js';
import { stopOnSignal } from './shutdown.js';
import { WorkerStartError } from './start-error.js';
import type { DatabaseSource } from './start.js';

/** What a process that serves needs to know, from the one that starts it. */
export interface WorkerOrder {
  readonly port: number;
  readonly databaseUrl: string;
  readonly migrationUrl: string | undefined;
  /** Of the embedded database, if it is used. */
  readonly dataDir: string | undefined;
}

/** The answer: it listens. */
export interface WorkerReport {
  readonly address: string;
}

/** A new process asks for its order: one that came before it listens would be lost. */
const ASKS = 'order?';
/** Before a process that ended is replaced, so that one that cannot start does not keep the machine busy. */
const PAUSE_MS = 1_000;
/** Longer than a process takes to stop by itself. */
const STOP_LIMIT_MS = 15_000;

/**
 * Starts `config.processes` processes that serve on the same port, and replaces those that end. The first one migrates an
 * embedded database and seeds it. Returns the address.
 */
export async function startProcesses(config: Config, source: DatabaseSource): Promise<string> {
  const order: WorkerOrder = {
    port: config.port,
    databaseUrl: source.url,
    migrationUrl: source.migrationUrl,
    dataDir: source.files?.folder,
  };
  let stopping = false;
  stopOnSignal({
    delayMs: config.shutdownDelayMs,
    deadlineMs: STOP_LIMIT_MS,
    announce: (signal) => {
      stopping = true;
      for (const worker of workers()) worker.process.kill(signal);
    },
    steps: [ended, () => source.stop()],
    say,
  });
  answerClusterMetrics();
  const address = await startProcess(order);
  await Promise.all(Array.from({ length: config.processes - 1 }, () => startProcess(order)));
  const replace = async (): Promise<void> => {
    await sleep(PAUSE_MS);
    if (!stopping) await startProcess(order).catch(() => undefined);
  };
  cluster.on('exit', ({ process: { pid } }, code: number, signal: string | null) => {
    if (stopping) return;
    say(`Process ${pid} ended (${signal ?? code}) and is replaced.`);
    void replace();
  });
  return address;
}

/** Resolves when it listens. */
function startProcess(order: WorkerOrder): Promise<string> {
  const worker = cluster.fork();
  return new Promise((resolve, reject) => {
    worker.on('message', (message: string | Partial<WorkerReport>) => {
      if (message === ASKS) worker.send(order);
      else if (typeof message === 'object' && message.address !== undefined) resolve(message.address);
    });
    worker.once('exit', () => reject(new WorkerStartError()));
  });
}

function workers(): Worker[] {
  return Object.values(cluster.workers ?? {}).filter((worker) => worker !== undefined);
}

async function ended(): Promise<void> {
  const alive = workers().filter((worker) => !worker.isDead());
  await Promise.all(alive.map((worker) => once(worker, 'exit')));
}

/** In a process that serves. */
export async function receiveOrder(): Promise<WorkerOrder> {
  const message = once(process, 'message');
  process.send?.(ASKS);
  const [order] = (await message) as [WorkerOrder];
  return order;
}

/** In a process that serves: it listens. */
export function reportListening(address: string): void {
  process.send?.({ address } satisfies WorkerReport);
}
