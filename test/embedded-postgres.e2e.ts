import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { ChildProcess, spawn } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync } from 'node:fs';
import { rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client } from 'pg';
import { isRoot, unprivilegedAccount } from '../src/embedded-postgres/account.js';
import {
  EmbeddedPostgres,
  EmbeddedPostgresError,
  settleDataDir,
  startEmbeddedPostgres,
} from '../src/embedded-postgres/embedded-postgres.js';
import { until } from '../src/embedded-postgres/leftover-server.js';
import { readPostmasterPid } from '../src/embedded-postgres/pid-file.js';
import { serversOf } from '../src/embedded-postgres/processes.js';
import { buildEmbeddedService, EmbeddedService, removeEmbeddedService } from './support/embedded-child.js';

// Everything here is real: processes, signals, accounts, files. It looks into /proc, so it is for Linux.
const linux = process.platform === 'linux' ? describe : describe.skip;
const asRoot = isRoot() ? it : it.skip;

linux('the embedded PostgreSQL', () => {
  const folder = mkdtempSync(join(tmpdir(), 'quintet-embedded-'));
  const running: EmbeddedPostgres[] = [];
  const services: EmbeddedService[] = [];
  const others: ChildProcess[] = [];
  const logged: string[] = [];
  let made = 0;

  beforeAll(() => {
    chmodSync(folder, 0o755);
    buildEmbeddedService();
  });

  afterEach(async () => {
    for (const service of services.splice(0)) {
      if (service.pid !== 0) tryTo(() => service.signal('SIGKILL'));
      await service.ended;
    }
    for (const other of others.splice(0)) other.kill('SIGKILL');
    for (const embedded of running.splice(0)) await embedded.stop();
    logged.length = 0;
  });

  afterAll(() => {
    removeEmbeddedService();
    rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
  });

  const freshDir = (): string => join(folder, `data-${(made += 1)}`);
  const pgOf = (dataDir: string): string => join(dataDir, 'pg');

  async function start(dataDir: string): Promise<EmbeddedPostgres> {
    const embedded = await startEmbeddedPostgres({ dataDir, log: (line) => logged.push(line) });
    running.push(embedded);
    return embedded;
  }

  async function launch(
    dataDir: string,
    options: ConstructorParameters<typeof EmbeddedService>[1] = {},
  ): Promise<EmbeddedService> {
    const service = new EmbeddedService(dataDir, options);
    services.push(service);
    await service.hears(({ ready, failed }) => ready ?? failed);
    return service;
  }

  async function refusal(dataDir: string): Promise<string> {
    try {
      await start(dataDir);
    } catch (error) {
      expect(error).toBeInstanceOf(EmbeddedPostgresError);
      const { message } = error as EmbeddedPostgresError;
      expect(message).not.toContain('\n');
      return message;
    }
    throw new Error('it started');
  }

  function postmasterOf(dataDir: string): number {
    const file = readPostmasterPid(pgOf(dataDir));
    if (typeof file !== 'object') throw new Error(`postmaster.pid is ${file}`);
    return file.pid;
  }

  const noServer = (dataDir: string): Promise<boolean> =>
    until(() => serversOf(pgOf(dataDir)).length === 0, 5_000);

  it('starts for the first time: real PostgreSQL, UTF-8, UTC, a password, loopback only, nothing left half-made', async () => {
    const dataDir = freshDir();
    mkdirSync(join(dataDir, 'pg.tmp-left'), { recursive: true });
    const embedded = await start(dataDir);
    const [row] = await query(
      embedded.url,
      `SELECT current_setting('server_version') version, current_setting('server_encoding') encoding,
              current_setting('TimeZone') zone, current_setting('fsync') fsync, current_database() "database",
              current_setting('listen_addresses') address, current_setting('unix_socket_directories') socket,
              current_setting('max_connections') connections, current_setting('password_encryption') password,
              (SELECT datlocprovider::text || datlocale FROM pg_database WHERE datname = current_database()) locale`,
    );
    expect(row).toEqual({
      version: '18.4',
      encoding: 'UTF8',
      zone: 'UTC',
      fsync: 'on',
      database: 'quintet',
      address: '127.0.0.1',
      socket: '',
      connections: '100',
      password: 'scram-sha-256',
      locale: 'bC.UTF-8',
    });
    expect(readdirSync(dataDir).filter((name) => name.includes('tmp'))).toEqual([]);
    expect(statSync(join(dataDir, 'postgres-password')).mode & 0o777).toBe(0o600);
    await expect(query(embedded.url.replace(/:[^:@]+@/, ':wrong@'), 'SELECT 1')).rejects.toThrow(/password/);
    for (const extension of ['btree_gist', 'pg_trgm', 'citext', 'pgcrypto', 'unaccent']) {
      await query(embedded.url, `CREATE EXTENSION ${extension}`);
    }
  });

  it('keeps its data from one start to the next and leaves no process behind', async () => {
    const dataDir = freshDir();
    const first = await start(dataDir);
    await query(first.url, 'CREATE TABLE kept AS SELECT 42 AS answer');
    await first.stop();
    await first.stop();
    expect(serversOf(pgOf(dataDir))).toEqual([]);
    expect(existsSync(join(dataDir, 'quintet.lock'))).toBe(false);
    const second = await start(dataDir);
    expect(await query(second.url, 'SELECT answer FROM kept')).toEqual([{ answer: 42 }]);
  });

  it('stops within five seconds although clients are busy', async () => {
    const embedded = await start(freshDir());
    const busy = query(embedded.url, 'SELECT pg_sleep(60)').catch((error: Error) => error.message);
    await new Promise((resolve) => setTimeout(resolve, 200));
    const began = Date.now();
    await embedded.stop();
    expect(Date.now() - began).toBeLessThan(5_000);
    expect(await busy).toMatch(/terminat/);
  });

  it('shuts PostgreSQL down when Node is killed, and has every acknowledged row at the next start', async () => {
    const dataDir = freshDir();
    const acknowledged: number[] = [];
    for (let round = 0; round < 3; round += 1) {
      const service = await launch(dataDir, { write: true });
      await service.hears(() => (service.rows().length > 50 ? true : undefined));
      service.signal('SIGKILL');
      await service.ended;
      acknowledged.push(...service.rows());
      // Every other round the next start comes at once, while the watchdog is still at work.
      if (round % 2 === 0) expect(await noServer(dataDir)).toBe(true);
    }
    const embedded = await start(dataDir);
    expect(await missing(embedded.url, acknowledged)).toEqual([]);
    expect(acknowledged.length).toBeGreaterThan(150);
  });

  it('recovers when Node and PostgreSQL are both killed, watchdog included', async () => {
    const dataDir = freshDir();
    const service = await launch(dataDir, { write: true });
    await service.hears(() => (service.rows().length > 50 ? true : undefined));
    const postmaster = postmasterOf(dataDir);
    process.kill(parentOf(postmaster), 'SIGKILL');
    process.kill(postmaster, 'SIGKILL');
    service.signal('SIGKILL');
    await service.ended;
    const embedded = await start(dataDir);
    expect(await missing(embedded.url, service.rows())).toEqual([]);
  });

  it('stops an orphan that no watchdog guards, before it starts its own', async () => {
    const dataDir = freshDir();
    const service = await launch(dataDir);
    const orphan = postmasterOf(dataDir);
    const watchdog = parentOf(orphan);
    // Stopped first, so that the service cannot react to the end of the watchdog; the reader is its other child.
    service.signal('SIGSTOP');
    process.kill(watchdog, 'SIGSTOP');
    for (const child of childrenOf(watchdog)) if (child !== orphan) process.kill(child, 'SIGKILL');
    process.kill(watchdog, 'SIGKILL');
    service.signal('SIGKILL');
    await service.ended;
    expect(serversOf(pgOf(dataDir))).toContain(orphan);
    await start(dataDir);
    expect(serversOf(pgOf(dataDir))).not.toContain(orphan);
    expect(postmasterOf(dataDir)).not.toBe(orphan);
  });

  it('brings PostgreSQL back on the same port when it is killed, with every acknowledged row', async () => {
    const dataDir = freshDir();
    const embedded = await start(dataDir);
    const reasons: string[] = [];
    embedded.onExit((reason) => reasons.push(reason));
    await query(embedded.url, 'CREATE TABLE kept (id int)');
    for (let round = 0; round < 2; round += 1) {
      await query(embedded.url, 'INSERT INTO kept VALUES ($1)', [round]);
      const killed = postmasterOf(dataDir);
      process.kill(killed, 'SIGKILL');
      expect(await untilAnswered(embedded.url, `SELECT id FROM kept ORDER BY id`)).toHaveLength(round + 1);
      expect(postmasterOf(dataDir)).not.toBe(killed);
    }
    expect(reasons).toEqual(['it was ended by signal 9', 'it was ended by signal 9']);
    expect(logged.filter((line) => /is back on port/.test(line))).toHaveLength(2);
  });

  it('brings PostgreSQL back when only its watchdog is killed', async () => {
    const dataDir = freshDir();
    const embedded = await start(dataDir);
    const before = postmasterOf(dataDir);
    process.kill(parentOf(before), 'SIGKILL');
    expect(await until(() => logged.some((line) => /is back on port/.test(line)), 10_000)).toBe(true);
    await untilAnswered(embedded.url, 'SELECT 1');
    expect(serversOf(pgOf(dataDir))).not.toContain(before);
  });

  it('stops for good when it is asked to during a restart', async () => {
    const dataDir = freshDir();
    const embedded = await start(dataDir);
    process.kill(postmasterOf(dataDir), 'SIGKILL');
    await until(() => logged.some((line) => /is gone/.test(line)), 5_000);
    await embedded.stop();
    await new Promise((resolve) => setTimeout(resolve, 500));
    expect(serversOf(pgOf(dataDir))).toEqual([]);
  });

  it('starts over a stale pid file: a dead number, a number that another program has now, a torn file', async () => {
    const dataDir = freshDir();
    await (await start(dataDir)).stop();
    running.length = 0;
    const account = isRoot() ? unprivilegedAccount() : undefined;
    // PostgreSQL itself only minds a process of its own account.
    const other = spawn('/bin/sleep', ['60'], { stdio: 'ignore', ...(account && { uid: account.uid }) });
    others.push(other);
    const rest = `${pgOf(dataDir)}\n1700000000\n25432\n\n127.0.0.1\n  1234 5678\nready   \n`;
    for (const content of [`4194000\n${rest}`, `${other.pid}\n${rest}`, '']) {
      writeFileSync(join(pgOf(dataDir), 'postmaster.pid'), content);
      const embedded = await start(dataDir);
      expect(await query(embedded.url, 'SELECT 1 AS one')).toEqual([{ one: 1 }]);
      await embedded.stop();
    }
    expect(other.exitCode).toBeNull();
  });

  it('refuses a second process on the same folder and leaves the first its database', async () => {
    const dataDir = freshDir();
    const first = await launch(dataDir, { write: true });
    expect(await refusal(dataDir)).toBe(
      `DATA_DIR ${dataDir} is in use by process ${first.pid}: stop that one or choose another DATA_DIR.`,
    );
    const before = first.rows().length;
    await first.hears(() => (first.rows().length > before + 20 ? true : undefined));
    expect(await first.stop()).toBe(0);
    await start(dataDir);
    expect(await refusal(dataDir)).toContain(`in use by process ${process.pid}`);
  });

  it('lets exactly one of several simultaneous starts have the folder, also over a stale lock', async () => {
    const dataDir = freshDir();
    const killed = await launch(dataDir);
    killed.signal('SIGKILL');
    await killed.ended;
    const racing = await Promise.all([launch(dataDir), launch(dataDir), launch(dataDir)]);
    const ready = racing.filter(({ told }) => told.some((line) => line.ready !== undefined));
    const failed = racing.flatMap(({ told }) => told.flatMap((line) => line.failed ?? []));
    expect(ready).toHaveLength(1);
    expect(failed).toHaveLength(2);
    for (const line of failed)
      expect(line).toMatch(/EmbeddedPostgresError: DATA_DIR .* (in use by|being taken)/);
  });

  it('outlives the Ctrl-C that its service gets, until the service has finished', async () => {
    const dataDir = freshDir();
    const service = await launch(dataDir, { write: true });
    await service.hears(({ row }) => row);
    service.interruptGroup();
    await service.hears(({ interrupted }) => interrupted);
    const before = service.rows().length;
    expect(await service.ended).toBe(0);
    expect(service.rows().length).toBeGreaterThan(before);
    expect(service.told.filter(({ writing }) => writing !== undefined && writing !== 'ended')).toEqual([]);
    expect(serversOf(pgOf(dataDir))).toEqual([]);
  });

  it('names both versions when the data is of another major version', async () => {
    const dataDir = freshDir();
    await (await start(dataDir)).stop();
    writeFileSync(join(pgOf(dataDir), 'PG_VERSION'), '17\n');
    expect(await refusal(dataDir)).toMatch(
      /^DATA_DIR .* holds data of PostgreSQL 17 .* brings PostgreSQL 18/,
    );
    expect(existsSync(join(dataDir, 'quintet.lock'))).toBe(false);
  });

  it('names DATA_DIR when it is a file, when it lies in one, or when it holds something else', async () => {
    const file = freshDir();
    writeFileSync(file, '');
    expect(await refusal(file)).toMatch(/^DATA_DIR .* is a file/);
    expect(await refusal(join(file, 'below'))).toMatch(/^DATA_DIR .* is a file|^DATA_DIR .* is not a folder/);
    const odd = freshDir();
    mkdirSync(pgOf(odd), { recursive: true });
    expect(await refusal(odd)).toMatch(/^DATA_DIR .* no PostgreSQL database/);
  });

  it('names DATA_DIR when its password file is lost', async () => {
    const dataDir = freshDir();
    await (await start(dataDir)).stop();
    rmSync(join(dataDir, 'postgres-password'));
    expect(await refusal(dataDir)).toMatch(/^DATA_DIR .*postgres-password/);
  });

  it('runs as an ordinary user, and names DATA_DIR when that user may not write there', async () => {
    const account = isRoot() ? unprivilegedAccount() : undefined;
    const home = freshDir();
    mkdirSync(home);
    if (account) chmodSync(home, 0o777);
    const dataDir = join(home, 'data');
    const service = await launch(dataDir, account && { account });
    expect(service.told.find(({ ready }) => ready)?.dataDir).toBe(dataDir);
    expect(statSync(dataDir).mode & 0o777).toBe(0o700);
    expect(await service.stop()).toBe(0);

    const closed = freshDir();
    mkdirSync(closed, { mode: 0o555 });
    for (const place of [closed, join(closed, 'below')]) {
      const refused = await launch(place, account && { account });
      expect(refused.told.find(({ failed }) => failed)?.failed).toMatch(
        /^EmbeddedPostgresError: DATA_DIR .* cannot be written/,
      );
      expect(await refused.ended).toBe(1);
    }
  });

  asRoot('serves, as root, what an ordinary user began, and leaves it theirs', async () => {
    const account = unprivilegedAccount();
    const home = freshDir();
    mkdirSync(home);
    chmodSync(home, 0o777);
    const dataDir = join(home, 'data');
    expect(await (await launch(dataDir, { account })).stop()).toBe(0);
    await (await start(dataDir)).stop();
    running.length = 0;
    expect(await (await launch(dataDir, { account })).stop()).toBe(0);
  });

  asRoot('runs PostgreSQL as an unprivileged account, and moves data out of a closed folder', async () => {
    const closed = freshDir();
    mkdirSync(closed, { mode: 0o700 });
    const asked = join(closed, 'data');
    const settled = settleDataDir(asked);
    try {
      expect(settled).toMatchObject({ moved: true, account: unprivilegedAccount() });
      expect(settled.dir).toMatch(/^\/var\/lib\/quintet\/[\w-]+-[0-9a-f]{12}$/);
      expect(settleDataDir(asked)).toEqual(settled);
      expect(settleDataDir(settled.dir)).toEqual({ ...settled, moved: false });
      const embedded = await start(asked);
      expect(embedded.dataDir).toBe(settled.dir);
      expect(logged.join()).toContain(settled.dir);
      expect(statSync(pgOf(settled.dir)).uid).toBe(unprivilegedAccount().uid);
      expect(statSync(join(settled.dir, 'postgres-password')).uid).toBe(0);
      const status = readFileSync(`/proc/${postmasterOf(settled.dir)}/status`, 'utf8');
      expect(status).toContain(`Uid:\t${unprivilegedAccount().uid}`);
      await embedded.stop();
    } finally {
      rmSync(settled.dir, { recursive: true, force: true });
    }
  });

  asRoot('asks a user without a name for DATABASE_URL', async () => {
    const home = freshDir();
    mkdirSync(home);
    chmodSync(home, 0o777);
    const refused = await launch(join(home, 'data'), { account: { uid: 54_321, gid: 54_321 } });
    expect(refused.told.find(({ failed }) => failed)?.failed).toMatch(/uid 54321 .* DATABASE_URL/);
  });
});

async function query(url: string, sql: string, values: unknown[] = []): Promise<Record<string, unknown>[]> {
  const client = new Client({ connectionString: url, connectionTimeoutMillis: 2_000 });
  client.on('error', () => undefined);
  try {
    await client.connect();
    return (await client.query<Record<string, unknown>>(sql, values)).rows;
  } finally {
    await client.end().catch(() => undefined);
  }
}

async function untilAnswered(url: string, sql: string): Promise<Record<string, unknown>[]> {
  const deadline = Date.now() + 15_000;
  for (;;) {
    try {
      return await query(url, sql);
    } catch (error) {
      if (Date.now() > deadline) throw error;
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  }
}

async function missing(url: string, acknowledged: number[]): Promise<number[]> {
  const rows = await query(url, 'SELECT id::int FROM acknowledged');
  const kept = new Set(rows.map(({ id }) => id));
  return acknowledged.filter((id) => !kept.has(id));
}

function parentOf(pid: number): number {
  return Number(/PPid:\t(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]);
}

function childrenOf(pid: number): number[] {
  return readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8')
    .trim()
    .split(' ')
    .filter(Boolean)
    .map(Number);
}

function tryTo(work: () => void): void {
  try {
    work();
  } catch {
    // It is over already.
  }
}
