import { execFileSync, spawnSync } from 'node:child_process';
import { appendFileSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { userInfo } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { Client } from 'pg';

const PASSWORD = 'known to this run only';
const STANDBY = 'standby';
const LIMIT_MS = 30_000;
/** How many times in a row a primary must not answer before its standby is promoted, and how often it is asked. */
const MISSES = 3;
const ASK_EVERY_MS = 500;

/** Debian's newest binaries of PostgreSQL. */
function binaries(): string {
  const root = '/usr/lib/postgresql';
  const newest = readdirSync(root).sort((a, b) => Number(b) - Number(a))[0];
  return join(root, newest ?? '', 'bin');
}

/** PostgreSQL refuses to run as root. */
function asPostgres(command: string, args: readonly string[]): void {
  const line = [join(binaries(), command), ...args];
  const isRoot = userInfo().uid === 0;
  const [file = '', ...rest] = isRoot ? ['runuser', '-u', 'postgres', '--', ...line] : line;
  const { status, stderr } = spawnSync(file, rest, {
    encoding: 'utf8',
    // A server that is started keeps its output open.
    stdio: ['ignore', 'ignore', command === 'pg_ctl' ? 'ignore' : 'pipe'],
    env: { PATH: process.env.PATH, PGPASSWORD: PASSWORD },
  });
  if (status !== 0) throw new Error(`${command} failed: ${stderr ?? ''}`);
}

/** One of two PostgreSQL servers, of which the one is the other's standby. */
export class Node {
  constructor(
    readonly name: string,
    readonly port: number,
    private readonly folder: string,
  ) {}

  get dir(): string {
    return join(this.folder, this.name);
  }

  /** With the service's role and database, one for replication, and one for HAProxy that may ask and no more. */
  async initialize(): Promise<void> {
    asPostgres('initdb', [
      '-D',
      this.dir,
      '--auth=trust',
      '--username=postgres',
      '--encoding=UTF8',
      '--locale=C.UTF-8',
    ]);
    appendFileSync(
      join(this.dir, 'postgresql.conf'),
      "listen_addresses = '127.0.0.1'\nunix_socket_directories = ''\nmax_connections = 150\n",
    );
    this.start();
    await this.query(`CREATE ROLE quintet LOGIN PASSWORD '${PASSWORD}'`);
    await this.query(`CREATE ROLE replicator REPLICATION LOGIN PASSWORD '${PASSWORD}'`);
    await this.query('CREATE ROLE haproxy LOGIN');
    await this.query('CREATE DATABASE quintet OWNER quintet');
  }

  start(): void {
    asPostgres('pg_ctl', [
      '-D',
      this.dir,
      '-l',
      join(this.folder, `${this.name}.log`),
      '-o',
      `-p ${this.port}`,
      '-w',
      'start',
    ]);
  }

  /** Becomes the standby of another, whose commits wait for it from then on. */
  async follow(primary: Node): Promise<void> {
    rmSync(this.dir, { recursive: true, force: true });
    const source = `host=127.0.0.1 port=${primary.port} user=replicator application_name=${STANDBY}`;
    asPostgres('pg_basebackup', ['-D', this.dir, '-R', '-X', 'stream', '-c', 'fast', '-d', source]);
    this.start();
    const limit = Date.now() + LIMIT_MS;
    while ((await primary.query("SELECT FROM pg_stat_replication WHERE state = 'streaming'")) === 0) {
      if (Date.now() > limit) throw new Error(`${this.name} does not follow ${primary.name}.`);
      await pause(100);
    }
    // Set after the copy was made: a standby that is promoted has none of its own yet.
    await primary.query(`ALTER SYSTEM SET synchronous_standby_names = '${STANDBY}'`);
    await primary.query('SELECT pg_reload_conf()');
    while ((await primary.query("SELECT FROM pg_stat_replication WHERE sync_state = 'sync'")) === 0) {
      if (Date.now() > limit) throw new Error(`${this.name} is not synchronous.`);
      await pause(100);
    }
  }

  /** Ends every process at once, as a power cut does. */
  kill(): void {
    const pid = Number(readFileSync(join(this.dir, 'postmaster.pid'), 'utf8').split('\n')[0]);
    const children = execFileSync('ps', ['-o', 'pid=', '--ppid', String(pid)], { encoding: 'utf8' });
    for (const one of [pid, ...children.trim().split(/\s+/).map(Number)]) {
      try {
        process.kill(one, 'SIGKILL');
      } catch {
        // It has just ended.
      }
    }
  }

  /** Resolves when it has not answered for several times in a row. */
  async isGone(): Promise<void> {
    for (let misses = 0; misses < MISSES;) {
      misses = await this.query('SELECT 1').then(
        () => 0,
        () => misses + 1,
      );
      await pause(ASK_EVERY_MS);
    }
  }

  promote(): void {
    asPostgres('pg_ctl', ['-D', this.dir, '-w', 'promote']);
  }

  stop(): void {
    asPostgres('pg_ctl', ['-D', this.dir, '-m', 'immediate', 'stop']);
  }

  urlAt(port: number): string {
    return `postgresql://quintet:${encodeURIComponent(PASSWORD)}@127.0.0.1:${port}/quintet`;
  }

  /** The number of rows. */
  private async query(sql: string): Promise<number> {
    const client = new Client({
      host: '127.0.0.1',
      port: this.port,
      user: 'postgres',
      database: 'postgres',
      connectionTimeoutMillis: 1_000,
    });
    client.on('error', () => undefined);
    await client.connect();
    try {
      return (await client.query(sql)).rowCount ?? 0;
    } finally {
      await client.end().catch(() => undefined);
    }
  }
}
