import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, openSync, readFileSync, readdirSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';

const START_LIMIT_MS = 60_000;
const STOP_LIMIT_MS = 15_000;

/** One process of the service. It keeps its port when it is killed and started again. */
export class ServiceProcess {
  /** How often it ended while it was ready, without having been told to. */
  crashes = 0;
  private child: ChildProcess | undefined;
  private isExpectedToEnd = false;

  constructor(
    readonly port: number,
    private readonly environment: Readonly<Record<string, string>>,
    private readonly logFile: string,
  ) {}

  get url(): string {
    return `http://127.0.0.1:${this.port}`;
  }

  get isRunning(): boolean {
    return this.child !== undefined && this.child.exitCode === null && this.child.signalCode === null;
  }

  /** Resolves when it is ready. */
  async start(): Promise<void> {
    const output = openSync(this.logFile, 'a');
    const { PATH = '' } = process.env;
    const child = spawn(process.execPath, ['dist/src/main.js'], {
      env: { PATH, ...this.environment, PORT: String(this.port) },
      stdio: ['ignore', output, output],
    });
    closeSync(output);
    this.isExpectedToEnd = true;
    child.once('exit', () => {
      if (!this.isExpectedToEnd) this.crashes++;
    });
    this.child = child;
    const deadline = Date.now() + START_LIMIT_MS;
    while (!(await this.isReady())) {
      if (!this.isRunning || Date.now() > deadline) {
        throw new Error(`The service did not start:\n${readFileSync(this.logFile, 'utf8').slice(-2_000)}`);
      }
      await pause(50);
    }
    this.isExpectedToEnd = false;
  }

  /** `kill -9`; resolves when it is gone. */
  async kill(): Promise<void> {
    await this.end('SIGKILL');
  }

  async stop(): Promise<void> {
    const force = setTimeout(() => this.child?.kill('SIGKILL'), STOP_LIMIT_MS);
    await this.end('SIGTERM');
    clearTimeout(force);
  }

  async isReady(): Promise<boolean> {
    return fetch(`${this.url}/health/ready`, { signal: AbortSignal.timeout(2_000) }).then(
      ({ ok }) => ok,
      () => false,
    );
  }

  /** Resident memory in MB, and open files; 0 where there is no /proc. */
  figures(): { readonly rssMb: number; readonly files: number } {
    try {
      const folder = `/proc/${this.child?.pid}`;
      const kilobytes = /^VmRSS:\s+(\d+) kB$/m.exec(readFileSync(`${folder}/status`, 'latin1'))?.[1];
      return { rssMb: Number(kilobytes ?? 0) / 1024, files: readdirSync(`${folder}/fd`).length };
    } catch {
      return { rssMb: 0, files: 0 };
    }
  }

  private async end(signal: NodeJS.Signals): Promise<void> {
    const { child } = this;
    if (child === undefined || !this.isRunning) return;
    this.isExpectedToEnd = true;
    const ended = once(child, 'exit');
    child.kill(signal);
    await ended;
  }
}

/** Processes on one database, with equal settings. The first port is the public address of all. */
export async function startProcesses(
  count: number,
  environment: Readonly<Record<string, string>>,
  folder: string,
): Promise<ServiceProcess[]> {
  const ports = await freePorts(count);
  const publicUrl = `http://127.0.0.1:${ports[0]}`;
  const processes = ports.map(
    (port, index) =>
      new ServiceProcess(
        port,
        { ...environment, PUBLIC_URL: publicUrl },
        join(folder, `service-${index + 1}.log`),
      ),
  );
  for (const one of processes) await one.start();
  return processes;
}

/** Ports that nobody listens on. All are held until the last is found, so that they differ. */
export async function freePorts(count: number): Promise<number[]> {
  const servers = Array.from({ length: count }, () => createServer().listen(0, '127.0.0.1'));
  await Promise.all(servers.map((server) => once(server, 'listening')));
  const ports = servers.map((server) => {
    const address = server.address();
    return typeof address === 'object' && address !== null ? address.port : 0;
  });
  await Promise.all(servers.map((server) => once(server.close(), 'close')));
  return ports;
}
