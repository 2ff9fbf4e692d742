import { spawn, type ChildProcess } from 'node:child_process';
import { chmodSync, existsSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { isRoot, unprivilegedAccount } from '../../src/embedded-postgres/account.js';
import { bootApp, type TestApp } from '../support/app.js';
import { freePort, makeFolder } from '../support/service.js';
import { createTestDatabase, dropTestDatabase } from '../support/test-database.js';
import { anEvent, givenTrainingClient } from '../support/training.js';

/** Where Debian installs it. */
const PGBOUNCER = '/usr/sbin/pgbouncer';

let pooler: ChildProcess | undefined;
let folder: string;
let databaseUrl: string;
let pooledUrl: string;

async function startPgBouncer(): Promise<void> {
  const target = new URL(databaseUrl);
  const port = await freePort();
  const pooled = new URL(databaseUrl);
  pooled.hostname = '127.0.0.1';
  pooled.port = String(port);
  pooledUrl = pooled.href;
  folder = makeFolder();
  const file = join(folder, 'pgbouncer.ini');
  const name = target.pathname.slice(1);
  writeFileSync(
    file,
    `[databases]
${name} = host=${target.hostname} port=${target.port} dbname=${name} user=${target.username} password=${target.password}
[pgbouncer]
listen_addr = 127.0.0.1
listen_port = ${port}
unix_socket_dir =
auth_type = any
pool_mode = session
default_pool_size = 40
ignore_startup_parameters = extra_float_digits, options, statement_timeout, idle_in_transaction_session_timeout
`,
  );
  chmodSync(file, 0o644);
  const account = isRoot() ? unprivilegedAccount() : undefined;
  pooler = spawn(PGBOUNCER, ['-q', file], {
    stdio: 'ignore',
    ...(account && { uid: account.uid, gid: account.gid }),
  });
  await reachable();
}

async function reachable(): Promise<void> {
  const deadline = Date.now() + 10_000;
  for (;;) {
    const client = new pg.Client({ connectionString: pooledUrl });
    client.on('error', () => undefined);
    try {
      await client.connect();
      await client.end();
      return;
    } catch (error) {
      if (Date.now() > deadline) throw error;
      await sleep(100);
    }
  }
}

/** What a role or database must have where a pooler does not pass on what sessions ask for. */
async function giveSettings(settings: readonly string[]): Promise<void> {
  const client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  const name = new URL(databaseUrl).pathname.slice(1);
  for (const setting of settings) await client.query(`ALTER DATABASE ${name} SET ${setting}`);
  await client.end();
}

(existsSync(PGBOUNCER) ? describe : describe.skip)('PgBouncer in session mode', () => {
  let app: TestApp | undefined;

  beforeAll(async () => {
    databaseUrl = await createTestDatabase();
    await startPgBouncer();
  });
  afterAll(async () => {
    await app?.close();
    pooler?.kill('SIGKILL');
    rmSync(folder, { recursive: true, force: true });
    await dropTestDatabase(databaseUrl);
  });

  it('is refused at start as long as it drops the settings of sessions and nobody else gives them', async () => {
    await expect(bootApp({ databaseUrl: pooledUrl })).rejects.toThrow(
      /pooler that drops what sessions ask for/,
    );
  });

  it('serves once the database gives them: reads, writes, long lists, revocation within a second', async () => {
    await giveSettings([`TimeZone = 'UTC'`, `DateStyle = 'ISO'`, `statement_timeout = '10s'`]);
    // Sessions that it keeps open were made before.
    pooler?.kill('SIGKILL');
    await startPgBouncer();
    app = await bootApp({ databaseUrl: pooledUrl });
    const client = await givenTrainingClient(app);
    const written = await Promise.all(
      Array.from({ length: 20 }, () => client('/events', { body: anEvent(client) })),
    );
    expect(written.map(({ status }) => status)).toEqual(Array(20).fill(200));
    expect((await client('/events')).json).toHaveLength(20);
    await app.open.pool.query('DELETE FROM tenancy.credentials WHERE organization_id = $1', [
      client.tenant.id,
    ]);
    const deadline = Date.now() + 1_000;
    while ((await client('/members')).status === 200) {
      if (Date.now() > deadline) throw new Error('it is still served');
      await sleep(20);
    }
  }, 60_000);
});
