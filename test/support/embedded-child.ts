import { ChildProcess, spawn } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { createInterface } from 'node:readline';
import ts from 'typescript';

/** Below node_modules, so that packages can be resolved; one per test process. */
const BUILT = join(process.cwd(), 'node_modules', '.cache', `embedded-e2e-${process.pid}`);
const ROOM = 'src/embedded-postgres';

/** Compiles the runner and the minimal service to JavaScript for a plain Node process. */
export function buildEmbeddedService(): void {
  const sources = readdirSync(ROOM).filter((name) => name.endsWith('.ts') && !name.endsWith('.spec.ts'));
  for (const source of [...sources.map((name) => join(ROOM, name)), 'test/support/embedded-service.ts']) {
    const target = join(BUILT, source.replace(/\.ts$/, '.js'));
    mkdirSync(dirname(target), { recursive: true });
    const { outputText } = ts.transpileModule(readFileSync(source, 'utf8'), {
      compilerOptions: { module: ts.ModuleKind.ESNext, target: ts.ScriptTarget.ES2022 },
    });
    writeFileSync(target, outputText);
  }
  writeFileSync(join(BUILT, 'package.json'), '{"type":"module"}');
}

export function removeEmbeddedService(): void {
  rmSync(BUILT, { recursive: true, force: true });
}

export interface Told {
  ready?: string;
  dataDir?: string;
  failed?: string;
  row?: number;
  log?: string;
  interrupted?: boolean;
  writing?: string;
}

/** The minimal service as a separate process, with its output so far. */
export class EmbeddedService {
  readonly told: Told[] = [];
  readonly ended: Promise<number | null>;
  private readonly child: ChildProcess;

  constructor(dataDir: string, options: { write?: boolean; account?: { uid: number; gid: number } } = {}) {
    this.child = spawn(
      process.execPath,
      [join(BUILT, 'test/support/embedded-service.js'), dataDir, options.write ? 'write' : 'idle'],
      // Its own process group, so that a test can signal it as a terminal does.
      { stdio: ['ignore', 'pipe', 'inherit'], cwd: '/', env: {}, detached: true, ...options.account },
    );
    const { stdout } = this.child;
    if (stdout === null) throw new Error('no output of the small service');
    createInterface({ input: stdout }).on('line', (line) => this.told.push(JSON.parse(line) as Told));
    this.ended = new Promise((resolve) => this.child.once('close', resolve));
  }

  get pid(): number {
    return this.child.pid ?? 0;
  }

  /** Waits for an event in the output. */
  async hears<T>(pick: (told: Told) => T | undefined, patience = 20_000): Promise<T> {
    const deadline = Date.now() + patience;
    while (Date.now() < deadline) {
      for (const told of this.told) {
        const found = pick(told);
        if (found !== undefined) return found;
      }
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
    throw new Error(`not said within ${patience} ms; said last: ${JSON.stringify(this.told.slice(-5))}`);
  }

  rows(): number[] {
    return this.told.flatMap(({ row }) => (row === undefined ? [] : [row]));
  }

  /** Exits with code 0 once its database has stopped. */
  async stop(): Promise<number | null> {
    this.signal('SIGTERM');
    return this.ended;
  }

  signal(name: NodeJS.Signals): void {
    process.kill(this.pid, name);
  }

  /** Like Ctrl-C: every process of the foreground group gets the signal. */
  interruptGroup(): void {
    process.kill(-this.pid, 'SIGINT');
  }
}
