import { spawn, type ChildProcess } from 'node:child_process';
import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import pg from 'pg';
import { readPostmasterPid } from '../../src/embedded-postgres/pid-file.js';

/** The output of `nest build`, which `npm start` runs. */
const BUILT = resolve('dist/src');

export interface ServiceOptions {
  /** Built from `src`: `main`, `migrate`, `seed`, `tour`. */
  readonly command?: 'main' | 'migrate' | 'seed' | 'tour';
  /** Arguments of the command. */
  readonly words?: readonly string[];
  readonly environment?: Readonly<Record<string, string>>;
  /** How many files it may open; as many as the test run by default. */
  readonly openFiles?: number;
  /** Options of Node.js itself. */
  readonly nodeOptions?: readonly string[];
  readonly account?: { readonly uid: number; readonly gid: number };
}

/** A temporary folder that every account may enter. */
export function makeFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'quintet-process-'));
  chmodSync(folder, 0o755);
  return folder;
}

/** A port that nobody listens on. */
export async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  const address = server.address();
  await new Promise((closed) => server.close(closed));
  return typeof address === 'object' && address !== null ? address.port : 0;
}

/** The service as a separate process, started in a folder as a user starts it, with its output. */
export class Service {
  /** Its stdout, and its stderr. */
  said = '';
  complained = '';
  /** Its exit code, or the signal that ended it. */
  readonly ended: Promise<number | NodeJS.Signals | null>;
  private readonly child: ChildProcess;

  constructor(
    folder: string,
    {
      command = 'main',
      environment = {},
      account,
      words = [],
      openFiles,
      nodeOptions = [],
    }: ServiceOptions = {},
  ) {
    const line = [process.execPath, ...nodeOptions, join(BUILT, `${command}.js`), ...words];
    const limited =
      openFiles === undefined ? line : ['/bin/sh', '-c', `ulimit -n ${openFiles}; exec "$0" "$@"`, ...line];
    const [program = '', ...parameters] = limited;
    this.child = spawn(program, parameters, {
      cwd: folder,
      env: { PATH: process.env.PATH, HOME: folder, ...environment },
      stdio: ['ignore', 'pipe', 'pipe'],
      ...account,
    });
    this.child.stdout?.setEncoding('utf8').on('data', (text: string) => (this.said += text));
    this.child.stderr?.setEncoding('utf8').on('data', (text: string) => (this.complained += text));
    this.ended = new Promise((end) => this.child.once('close', (code, signal) => end(code ?? signal)));
  }

  get pid(): number {
    return this.child.pid ?? 0;
  }

  /** The address it listens on. */
  get url(): string {
    return /listens on (\S+)/.exec(this.said)?.[1] ?? '';
  }

  signal(name: NodeJS.Signals): void {
    this.child.kill(name);
  }

  /** Waits for a text in its output; fails if it exits before. */
  async hears(pattern: RegExp, patience = 30_000): Promise<string> {
    const deadline = Date.now() + patience;
    while (Date.now() < deadline) {
      const found = pattern.exec(this.said);
      if (found !== null) return found[1] ?? found[0];
      if (this.child.exitCode !== null || this.child.signalCode !== null) break;
      await new Promise((resume) => setTimeout(resume, 20));
    }
    throw new Error(`${pattern} was not said:\n${this.said}\n${this.complained}`);
  }

  /** Waits until it is ready. */
  async ready(): Promise<this> {
    await this.hears(/listens on \S+\n[^]*\n\n/);
    return this;
  }
}

/** The pid of a data folder's embedded PostgreSQL, and its connection URL. */
export function embeddedPostgresOf(dataDir: string): { pid: number; url: string } {
  const found = readPostmasterPid(join(dataDir, 'pg'));
  if (typeof found !== 'object') throw new Error(`postmaster.pid is ${found}`);
  const password = readFileSync(join(dataDir, 'postgres-password'), 'utf8').trim();
  return { pid: found.pid, url: `postgresql://quintet:${password}@127.0.0.1:${found.port}/quintet` };
}

/** Connections to a service's database, for tests that insert rows or hold locks. */
export function connectTo(url: string): pg.Pool {
  const pool = new pg.Pool({ connectionString: url, max: 4 });
  // Tests kill the server.
  pool.on('error', () => undefined);
  return pool;
}

/** Stops the services of a test and removes its folders. */
export async function tidyUp(services: Service[], folders: string[]): Promise<void> {
  for (const service of services.splice(0)) {
    service.signal('SIGKILL');
    await service.ended;
  }
  for (const folder of folders.splice(0)) {
    if (existsSync(folder)) rmSync(folder, { recursive: true, force: true, maxRetries: 20, retryDelay: 100 });
  }
}
