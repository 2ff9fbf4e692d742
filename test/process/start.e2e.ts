import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { execFile } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { connect, createServer } from 'node:net';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { Pool } from 'pg';
import { isRoot, unprivilegedAccount } from '../../src/embedded-postgres/account.js';
import { processFacts } from '../../src/embedded-postgres/processes.js';
import { call } from '../support/http.js';
import { StartingProxy } from '../support/starting-proxy.js';
import { connectTo, embeddedPostgresOf, freePort, makeFolder, Service, tidyUp } from '../support/service.js';
import { until } from '../support/smtp.js';
import { createTestDatabase, dropTestDatabase, serverUrl } from '../support/test-database.js';
import { anEvent, givenTrainingClient } from '../support/training.js';

const SECRET = 'a secret for tests only';
const services: Service[] = [];
const folders: string[] = [];
const databases: string[] = [];

afterEach(() => tidyUp(services, []));
afterAll(async () => {
  await tidyUp(services, folders);
  for (const url of databases) await dropTestDatabase(url);
});

function newFolder(): string {
  const folder = makeFolder();
  folders.push(folder);
  return folder;
}

async function newDatabase(from: 'migrated' | 'empty' = 'migrated'): Promise<string> {
  const url = await createTestDatabase(from);
  databases.push(url);
  return url;
}

function launch(...parameters: ConstructorParameters<typeof Service>): Service {
  const service = new Service(...parameters);
  services.push(service);
  return service;
}

/** The output of a refused start: lines on stderr, without a stack, and exit code 1. */
async function complaints(...parameters: ConstructorParameters<typeof Service>): Promise<string[]> {
  const service = launch(...parameters);
  expect(await service.ended).toBe(1);
  expect(service.said).not.toContain('listens on');
  expect(service.complained).not.toMatch(/^\s+at /m);
  const lines = service.complained.trimEnd().split('\n');
  for (const line of lines) expect(line).toMatch(/^[A-Z].*\.$/);
  return lines;
}

/** The error message of a refused start. */
async function complaint(...parameters: ConstructorParameters<typeof Service>): Promise<string> {
  const lines = await complaints(...parameters);
  expect(lines).toHaveLength(1);
  return lines[0] ?? '';
}

describe('a first start, on the embedded PostgreSQL', () => {
  // These tests start one after another in one folder, as a new user does.
  const folder = newFolder();
  const dataDir = join(folder, 'data');
  const secrets = ['admin-token', 'app-secret', 'demo.json', 'postgres-password'];
  let port: number;
  let environment: Record<string, string>;
  let kept: string[];

  const contents = (): string[] => secrets.map((name) => readFileSync(join(dataDir, name), 'utf8'));

  async function connected<T>(work: (pool: Pool) => Promise<T>): Promise<T> {
    const pool = connectTo(embeddedPostgresOf(dataDir).url);
    try {
      return await work(pool);
    } finally {
      await pool.end();
    }
  }

  beforeAll(async () => {
    port = await freePort();
    environment = { PORT: String(port) };
  });

  it('says where it listens, where its documents are and where the credentials lie, all for nobody else', async () => {
    const service = await launch(folder, { environment }).ready();
    expect(service.said).toContain(`listens on http://127.0.0.1:${port}\n`);
    expect(service.said).toContain(`http://localhost:${port}/docs\n`);
    expect(service.said).toContain(join(dataDir, 'demo.json'));
    expect(service.said).toContain(join(dataDir, 'admin-token'));
    expect(service.complained).toBe('');
    for (const name of secrets) expect(statSync(join(dataDir, name)).mode & 0o777).toBe(0o600);
    kept = contents();
    for (const secret of [kept[0], kept[1], kept[3]]) {
      expect(secret?.trim()).toMatch(/^[\w-]{32,}$/);
      expect(service.said).not.toContain(secret?.trim());
    }
    expect((await call(`${service.url}/docs`)).status).toBe(200);
    expect((await call(`${service.url}/health/ready`)).status).toBe(200);
    service.signal('SIGTERM');
    expect(await service.ended).toBe(0);
  });

  describe('a later start', () => {
    // One service for these tests.
    let service: Service;
    beforeAll(async () => {
      service = new Service(folder, { environment });
      await service.ready();
    });
    afterAll(() => tidyUp([service], []));

    it('prints a curl line that works when it is pasted into a shell', async () => {
      const line = (await service.hears(/^ +(curl .*)$/m)).trim();
      const pasted = await promisify(execFile)(
        'sh',
        ['-c', `${line} --silent --write-out '\n%{http_code}'`],
        {
          cwd: '/',
        },
      );
      const [body = '', status] = pasted.stdout.split('\n');
      expect(status).toBe('200');
      expect(JSON.parse(body)).toHaveLength(1);
    });

    it('lets the demo’s realms key send members back to this machine alone', async () => {
      const { rows } = await connected((pool) =>
        pool.query(`SELECT callback_hosts, verifier FROM tenancy.credentials WHERE surface = 'realms'`),
      );
      expect(rows).toEqual([{ callback_hosts: ['localhost', '127.0.0.1'], verifier: 'required' }]);
    });

    it('refuses a second service on its DATA_DIR, and serves on', async () => {
      expect(await complaint(folder, { environment: { PORT: String(await freePort()) } })).toBe(
        `DATA_DIR ${dataDir} is in use by process ${service.pid}: stop that one or choose another DATA_DIR.`,
      );
      expect((await call(`${service.url}/health/ready`)).status).toBe(200);
    });
  });

  it('keeps its data and its secrets from one start to the next', async () => {
    const first = await launch(folder, { environment }).ready();
    const answer = await connected(async (pool) => {
      const client = await givenTrainingClient({ open: { pool }, url: first.url });
      const created = await client('/events', { body: anEvent(client) });
      expect(created.status).toBe(200);
      first.signal('SIGINT');
      expect(await first.ended).toBe(0);
      return { client, id: (created.json as { id: string }).id };
    });
    expect(contents()).toEqual(kept);
    await launch(folder, { environment }).ready();
    expect((await answer.client(`/events/${answer.id}`)).json).toMatchObject({ id: answer.id });
    expect(contents()).toEqual(kept);
  });

  it.each(['SIGTERM', 'SIGINT'] as const)(
    'finishes a request in flight on %s, then ends with its database',
    async (signal) => {
      const service = await launch(folder, {
        environment: { ...environment, STATEMENT_TIMEOUT_MS: '8000' },
      }).ready();
      const postgres = embeddedPostgresOf(dataDir).pid;
      // Idle and unused connections of clients do not delay the exit.
      const silent = connect(port, '127.0.0.1');
      silent.on('error', () => undefined);
      await new Promise((connection) => silent.once('connect', connection));
      await connected(async (pool) => {
        const client = await givenTrainingClient({ open: { pool }, url: service.url });
        expect((await client('/members')).status).toBe(200);
        const holder = await pool.connect();
        await holder.query('BEGIN; LOCK TABLE training.events');
        const inFlight = client('/events', { body: anEvent(client) });
        await untilTrue(async () => (await waitingForLock(pool)) > 0);
        const began = Date.now();
        service.signal(signal);
        await service.hears(/finishing requests/);
        // New connections are refused now.
        await untilTrue(() =>
          call(`${service.url}/health/live`).then(
            () => false,
            () => true,
          ),
        );
        await holder.query('COMMIT');
        holder.release();
        expect((await inFlight).status).toBe(200);
        expect(await service.ended).toBe(0);
        expect(Date.now() - began).toBeLessThan(10_000);
      });
      expect(processFacts(postgres)).toBeNull();
      silent.destroy();
    },
  );

  it('ends within ten seconds although a client does not read its answer', async () => {
    const service = await launch(folder, { environment }).ready();
    const postgres = embeddedPostgresOf(dataDir).pid;
    const slow = connect(port, '127.0.0.1');
    slow.on('error', () => undefined);
    await connected(async (pool) => {
      const client = await givenTrainingClient({ open: { pool }, url: service.url });
      await pool.query(MANY_EVENTS, [client.tenant.id, client.tenant.member.id, client.classId, 20_000]);
      slow.write(
        `GET /api/v1/events HTTP/1.1\r\nhost: localhost\r\nauthorization: ${client.authorization}\r\n\r\n`,
      );
      await new Promise((head) => slow.once('data', head));
      slow.pause();
    });
    const began = Date.now();
    service.signal('SIGTERM');
    expect(await service.ended).toBe(0);
    expect(Date.now() - began).toBeLessThan(10_000);
    expect(processFacts(postgres)).toBeNull();
    slow.destroy();
  });

  it('names both versions where DATA_DIR is of another major version', async () => {
    writeFileSync(join(dataDir, 'pg', 'PG_VERSION'), '17\n');
    expect(await complaint(folder, { environment })).toMatch(
      /^DATA_DIR \S+ holds data of PostgreSQL 17 and this service brings PostgreSQL 18: .*DATABASE_URL/,
    );
  });
});

describe('a start that cannot be', () => {
  const external = async (more: Record<string, string> = {}): Promise<Record<string, string>> => ({
    DATABASE_URL: await newDatabase(),
    APP_SECRET: SECRET,
    PORT: String(await freePort()),
    ...more,
  });

  it('names PORT when somebody else listens there, before it makes a database', async () => {
    const server = createServer();
    await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
    const { port } = server.address() as { port: number };
    const folder = newFolder();
    expect(await complaint(folder, { environment: { PORT: String(port) } })).toBe(
      `PORT ${port} is in use: stop what listens there or set another PORT.`,
    );
    expect(readdirSync(folder)).toEqual([]);
    server.close();
  });

  it('names PORT when somebody takes it while the database starts, which ends with the service', async () => {
    const port = await freePort();
    const folder = newFolder();
    const service = launch(folder, { environment: { PORT: String(port) } });
    await service.hears(/Making a PostgreSQL/);
    const server = createServer();
    await new Promise<void>((listening) => server.listen(port, '127.0.0.1', listening));
    expect(await service.ended).toBe(1);
    expect(service.complained).toBe(`PORT ${port} is in use: stop what listens there or set another PORT.\n`);
    expect(existsSync(join(folder, 'data', 'pg', 'postmaster.pid'))).toBe(false);
    server.close();
  });

  it('names HOST when it is no address of this machine', async () => {
    const hosts = ['203.0.113.7', 'no-such-host.invalid'].map(async (HOST) => {
      expect(await complaint(newFolder(), { environment: await external({ HOST }) })).toBe(
        `HOST ${HOST} is no address of this machine.`,
      );
    });
    await Promise.all(hosts);
  });

  it('names DATA_DIR when it cannot be written', async () => {
    const folder = newFolder();
    mkdirSync(join(folder, 'closed'), { mode: 0o555 });
    writeFileSync(join(folder, 'file'), '');
    const account = isRoot() ? { account: unprivilegedAccount() } : {};
    const start = (DATA_DIR: string): Promise<string> =>
      complaint(folder, { ...account, environment: { PORT: '0', DATA_DIR } });
    expect(await start('closed')).toMatch(/^DATA_DIR .*closed cannot be written/);
    expect(await start('closed/below')).toMatch(/^DATA_DIR .*below cannot be written/);
    expect(await start('file')).toMatch(/^DATA_DIR .*file is a file, not a folder/);
  });

  it('names DATABASE_URL when the server refuses, or is not there', async () => {
    const url = (change: (url: URL) => void): string => {
      const changed = new URL(serverUrl());
      change(changed);
      return changed.href;
    };
    const nobody = String(await freePort());
    const wrong: [string, RegExp][] = [
      [url((u) => (u.port = nobody)), /ECONNREFUSED/],
      [url((u) => (u.password = 'a-wrong-password')), /password authentication failed/],
      [url((u) => (u.username = 'nobody-of-this-name')), /password authentication failed/],
      [url((u) => (u.pathname = '/no_such_database')), /database "no_such_database" does not exist/],
      [url((u) => (u.hostname = 'no-such-host.invalid')), /ENOTFOUND|EAI_AGAIN/],
    ];
    const starts = wrong.map(async ([DATABASE_URL, reason]) => {
      const said = await complaint(newFolder(), {
        environment: { DATABASE_URL, APP_SECRET: SECRET, PORT: '0' },
      });
      expect(said).toMatch(/^DATABASE_URL/);
      expect(said).toMatch(reason);
      expect(said).not.toContain(new URL(DATABASE_URL).password);
    });
    await Promise.all(starts);
  });

  it('waits for a PostgreSQL that is just starting', async () => {
    const environment = await external();
    const proxy = await StartingProxy.before(environment.DATABASE_URL ?? '');
    const service = launch(newFolder(), { environment: { ...environment, DATABASE_URL: proxy.url } });
    // More often than one attempt connects.
    await until(() => proxy.refused > 10, 60_000);
    expect(service.said).not.toContain('listens on');
    proxy.hasStarted = true;
    await service.ready();
    expect((await call(`${service.url}/health/ready`)).status).toBe(200);
    service.signal('SIGTERM');
    await service.ended;
    await proxy.close();
  }, 120_000);

  it('names every faulty setting at once', async () => {
    const lines = await complaints(newFolder(), {
      environment: {
        PORT: 'eighty',
        PUBLIC_URL: 'example.org',
        DATABASE_URL: 'mysql://localhost/x',
        ADMIN_TOKEN: 'short',
        APP_SECRET: 'short',
        LOG_LEVEL: 'loud',
        TRAINING_RATE_LIMIT: '-1',
      },
    });
    expect(lines.map((line) => line.split(' ')[0]).sort()).toEqual([
      'ADMIN_TOKEN',
      'APP_SECRET',
      'DATABASE_URL',
      'LOG_LEVEL',
      'PORT',
      'PUBLIC_URL',
      'TRAINING_RATE_LIMIT',
    ]);
  });

  it('reads the settings of a .env file, and names what is wrong in it', async () => {
    const folder = newFolder();
    writeFileSync(join(folder, '.env'), 'PORT=eighty\n');
    expect(await complaint(folder)).toMatch(/^PORT must be a whole number/);
  });

  it('names APP_SECRET when DATABASE_URL is set without it', async () => {
    expect(await complaint(newFolder(), { environment: await external({ APP_SECRET: '' }) })).toMatch(
      /^APP_SECRET is required with DATABASE_URL/,
    );
  });
});

describe('a database of somebody else', () => {
  const settings = (DATABASE_URL: string, PORT: number): Record<string, string> => ({
    DATABASE_URL,
    APP_SECRET: SECRET,
    PORT: String(PORT),
  });

  it('is not served while migrations are pending, and is migrated by the step that is named', async () => {
    const environment = settings(await newDatabase('empty'), await freePort());
    expect(await complaint(newFolder(), { environment })).toMatch(
      /^DATABASE_URL leads to a database with \d+ pending migration\(s\): run "npm run migrate" first\.$/,
    );
    for (const said of [/^Migrated: \w+/, /^Nothing to migrate\.\n$/]) {
      const step = launch(newFolder(), { command: 'migrate', environment });
      expect(await step.ended).toBe(0);
      expect(step.said).toMatch(said);
      expect(step.complained).toBe('');
    }
    const service = await launch(newFolder(), { environment }).ready();
    expect((await call(`${service.url}/health/ready`)).status).toBe(200);
    service.signal('SIGTERM');
    expect(await service.ended).toBe(0);
  });

  it('is served on a free port for PORT 0, which every link names', async () => {
    const service = await launch(newFolder(), { environment: settings(await newDatabase(), 0) }).ready();
    const { port } = new URL(service.url);
    expect(port).not.toBe('0');
    expect(service.said).toContain(`http://localhost:${port}/docs\n`);
    const { json } = await call(`${service.url}/docs/training.json`);
    expect(json.servers).toEqual([{ url: `http://localhost:${port}` }]);
  });

  it('is migrated by processes that start together, each waiting for the other', async () => {
    const environment = settings(await newDatabase('empty'), 0);
    const steps = [1, 2, 3].map(() => launch(newFolder(), { command: 'migrate', environment }));
    expect(await Promise.all(steps.map((step) => step.ended))).toEqual([0, 0, 0]);
    expect(steps.filter((step) => /^Migrated/.test(step.said))).toHaveLength(1);
  });

  it('gets the demo only when it is asked for, and its credential is served', async () => {
    const port = await freePort();
    const environment = settings(await newDatabase(), port);
    const step = launch(newFolder(), { command: 'seed', environment });
    expect(await step.ended).toBe(0);
    const demo = JSON.parse(step.said) as { training: { authorization: string } };
    const service = await launch(newFolder(), { environment }).ready();
    const { authorization } = demo.training;
    const answer = await call(`${service.url}/api/v1/classes`, { headers: { authorization } });
    expect(answer.status).toBe(200);
    expect(answer.json).toHaveLength(1);
  });

  it('is asked for by the steps that need one', async () => {
    const environment = settings(serverUrl().replace(/:\d+\//, `:${await freePort()}/`), 0);
    const steps = (['migrate', 'seed'] as const).map(async (command) => {
      expect(await complaint(newFolder(), { command })).toMatch(/^DATABASE_URL is not set/);
      expect(await complaint(newFolder(), { command, environment })).toMatch(/^DATABASE_URL.*ECONNREFUSED/);
    });
    await Promise.all(steps);
  });
});

const MANY_EVENTS = `
  INSERT INTO training.events
    (organization_id, id, token, name, owner_id, class_id, availability, date_start, date_end,
     include_chat, include_video, tas, trainees, use_new_terminal)
  SELECT $1, lpad(n::text, 17, 'E'), 'T' || n, 'Event ' || n, $2, $3, 'public', '2031-05-04T09:00Z', '2031-05-04T17:00Z',
         false, false, '{}', '{}', false
    FROM generate_series(1, $4::integer) n`;

async function waitingForLock(pool: Pool): Promise<number> {
  const { rows } = await pool.query<{ waiting: number }>(
    `SELECT count(*)::int AS waiting FROM pg_locks WHERE NOT granted`,
  );
  return rows[0]?.waiting ?? 0;
}

async function untilTrue(met: () => Promise<boolean>): Promise<void> {
  const deadline = Date.now() + 8_000;
  while (!(await met())) {
    if (Date.now() > deadline) throw new Error('it did not come true');
    await new Promise((resume) => setTimeout(resume, 20));
  }
}
