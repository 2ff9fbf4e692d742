import { rmSync } from 'node:fs';
import pg from 'pg';
import { migrateDatabase } from '../../src/boot/database.js';
import { prepareBinaries } from '../../src/embedded-postgres/binaries.js';
import { layoutOf, settleDataDir } from '../../src/embedded-postgres/data-dir.js';
import { startEmbeddedPostgres } from '../../src/embedded-postgres/embedded-postgres.js';
import { serversOf } from '../../src/embedded-postgres/processes.js';
import { startServer, stopServer, type Server, type ServerPlan } from '../../src/embedded-postgres/server.js';
import { makeFolder } from './service.js';

const PATIENCE_MS = 30_000;

/** A PostgreSQL that a test may stop, freeze and starve. It keeps its port and is not restarted automatically. */
export class ThrowawayPostgres {
  private constructor(
    readonly url: string,
    private readonly plan: ServerPlan,
    private server: Server,
  ) {}

  static async start(maxConnections = 100): Promise<ThrowawayPostgres> {
    const dataDir = makeFolder();
    const first = await startEmbeddedPostgres({ dataDir, log: () => undefined });
    await migrateDatabase(first.url, first.servingUrl);
    await first.stop();
    const { dir, account } = settleDataDir(dataDir);
    const binaries = await prepareBinaries(dir, account, () => undefined);
    const plan = { layout: layoutOf(dir), binaries, account, maxConnections, durable: false };
    return new ThrowawayPostgres(first.url, plan, await launch(plan, Number(new URL(first.url).port)));
  }

  /** A fast shutdown, as in a restart by the system. */
  async stop(): Promise<void> {
    await stopServer(this.plan, this.server);
  }

  async startAgain(): Promise<void> {
    if (!this.server.watched.hasEnded()) return;
    this.server = await launch(this.plan, this.server.port);
  }

  /** Suspends every process of the server: connections stay open and nothing responds. */
  freeze(): void {
    this.signalAll('SIGSTOP');
  }

  thaw(): void {
    this.signalAll('SIGCONT');
  }

  /** Runs one statement on a new connection. */
  async query<Row extends object>(sql: string, values: unknown[] = []): Promise<Row[]> {
    const client = new pg.Client({ connectionString: this.url, application_name: 'test' });
    await client.connect();
    try {
      return (await client.query<Row>(sql, values)).rows;
    } finally {
      await client.end();
    }
  }

  /** Holds a lock during `work`; statements that wait for it time out. */
  async whileLocked<T>(table: string, work: () => Promise<T>): Promise<T> {
    const client = new pg.Client({ connectionString: this.url, application_name: 'test' });
    // The work may have stopped the server.
    client.on('error', () => undefined);
    await client.connect();
    try {
      await client.query(`BEGIN; LOCK TABLE ${table}`);
      return await work();
    } finally {
      await client.end().catch(() => undefined);
    }
  }

  async remove(): Promise<void> {
    this.thaw();
    await this.stop();
    rmSync(this.plan.layout.dir, { recursive: true, force: true, maxRetries: 5 });
  }

  private signalAll(name: NodeJS.Signals): void {
    for (const pid of serversOf(this.plan.layout.pgDir)) {
      try {
        process.kill(pid, name);
      } catch (error) {
        // It has ended since it was listed.
        if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
      }
    }
  }
}

function launch(plan: ServerPlan, port: number): Promise<Server> {
  return startServer(plan, port, PATIENCE_MS, new AbortController().signal);
}
