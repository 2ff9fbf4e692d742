import { execFileSync } from 'node:child_process';
import { mkdirSync, rmSync, statfsSync, writeFileSync } from 'node:fs';
import { get } from 'node:http';
import { connect, type Socket } from 'node:net';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, afterEach, describe, expect, it } from '@jest/globals';
import { isRoot } from '../../src/embedded-postgres/account.js';
import { call, type Answer } from '../support/http.js';
import {
  connectTo,
  embeddedPostgresOf,
  makeFolder,
  Service,
  tidyUp,
  type ServiceOptions,
} from '../support/service.js';
import { aPoll, givenPollsClient } from '../support/polls.js';
import { until } from '../support/smtp.js';
import { createTestDatabase, dropTestDatabase } from '../support/test-database.js';
import { anEvent, givenTrainingClient, type TrainingClient } from '../support/training.js';

const RECOVERY_MS = 5_000;
const SECRET = 'a secret for tests only';

const services: Service[] = [];
const folders: string[] = [];
const databases: string[] = [];
afterEach(() => tidyUp(services, []));
afterAll(async () => {
  await tidyUp(services, folders);
  for (const url of databases) await dropTestDatabase(url);
});

function launch(folder: string, options: ServiceOptions): Service {
  const service = new Service(folder, options);
  services.push(service);
  return service;
}

function newFolder(): string {
  const folder = makeFolder();
  folders.push(folder);
  return folder;
}

/** A service on its embedded PostgreSQL, with an organization. */
async function givenService(
  options: ServiceOptions = {},
  folder = newFolder(),
): Promise<{ service: Service; client: TrainingClient }> {
  const environment = { PORT: '0', TRAINING_RATE_LIMIT: '0', DATA_DIR: join(folder, 'data') };
  const service = await launch(folder, { ...options, environment }).ready();
  const pool = connectTo(embeddedPostgresOf(environment.DATA_DIR).url);
  try {
    return { service, client: await givenTrainingClient({ open: { pool }, url: service.url }) };
  } finally {
    await pool.end();
  }
}

/** Waits until a request succeeds; fails after the time within which everything is to recover. */
async function recovers(request: () => Promise<Answer>): Promise<void> {
  const deadline = Date.now() + RECOVERY_MS;
  for (;;) {
    const status = await request().then(
      (answer) => answer.status,
      () => undefined,
    );
    if (status === 200) return;
    if (Date.now() > deadline) throw new Error(`It did not recover: ${status}.`);
    await sleep(100);
  }
}

/** The status of a request on a connection of its own; `undefined` if that is closed without a response. */
function statusOf(url: string, authorization: string): Promise<number | undefined> {
  return new Promise((resolve) => {
    const request = get(url, { agent: false, headers: { authorization } }, (response) => {
      response.resume().once('close', () => resolve(response.complete ? response.statusCode : undefined));
    });
    request.once('error', () => resolve(undefined));
  });
}

describe('a process that may open few files', () => {
  it('starts with 64, refuses further clients, not the database, and serves when they are gone', async () => {
    // PostgreSQL needs more than that for itself.
    const databaseUrl = await createTestDatabase();
    databases.push(databaseUrl);
    const environment = {
      PORT: '0',
      PROCESSES: '1',
      DATABASE_URL: databaseUrl,
      APP_SECRET: SECRET,
      TRAINING_RATE_LIMIT: '0',
    };
    const service = await launch(newFolder(), { openFiles: 64, environment }).ready();
    const pool = connectTo(databaseUrl);
    const client = await givenTrainingClient({ open: { pool }, url: service.url });
    await pool.end();
    const { port } = new URL(service.url);
    const idle: Socket[] = [];
    for (let n = 0; n < 100; n++) {
      const socket = connect(Number(port), '127.0.0.1');
      socket.on('error', () => undefined);
      idle.push(socket);
    }
    await sleep(500);
    const crowd = Array.from({ length: 50 }, () =>
      statusOf(`${service.url}/api/v1/events`, client.authorization),
    );
    for (const status of await Promise.all(crowd)) expect([200, 503, undefined]).toContain(status);
    for (const socket of idle) socket.destroy();
    await recovers(() => client('/events'));
    const answers = await Promise.all(
      Array.from({ length: 8 }, () => client('/events', { body: anEvent(client) })),
    );
    expect(answers.map(({ status }) => status)).toEqual(Array(8).fill(200));
    expect(service.complained).toBe('');
  }, 120_000);

  it('says in one line what it needs when that is too few', async () => {
    const service = launch(newFolder(), { openFiles: 48, environment: { PORT: '0' } });
    expect(await service.ended).toBe(1);
    expect(service.complained).toMatch(
      /^This process may open 48 files; .* needs at least 56: raise the limit \(ulimit -n\)\.\n$/,
    );
  }, 60_000);
});

describe('a process with a heap of 128 MB', () => {
  const LISTS = 1_000;
  const ROWS = 5_000;

  it('answers a thousand long lists with rows or 503, and refuses no small request meanwhile', async () => {
    const folder = newFolder();
    const { service, client } = await givenService({ nodeOptions: ['--max-old-space-size=128'] }, folder);
    const pool = connectTo(embeddedPostgresOf(join(folder, 'data')).url);
    const { tenant, classId } = client;
    await pool.query(MANY_EVENTS, [tenant.id, tenant.member.id, classId, ROWS]);
    await pool.end();

    const address = `${service.url}/api/v1/events?limit=1000`;
    const lists = Promise.all(Array.from({ length: LISTS }, () => statusOf(address, client.authorization)));
    const small: number[] = [];
    let over = false;
    const watch = lists.finally(() => (over = true));
    while (!over) {
      small.push(
        (await client('/events/EEEEEEEEEEEEEEEE1')).status,
        (await call(`${service.url}/health/live`)).status,
      );
      await sleep(50);
    }
    const statuses = await watch;
    expect(statuses.filter((status) => status !== 200 && status !== 503)).toEqual([]);
    expect(statuses).toContain(200);
    expect(small.filter((status) => status !== 200)).toEqual([]);
    await recovers(() => client('/events?limit=1000'));
  }, 180_000);
});

describe('a process that hangs', () => {
  it('holds up no other one, and serves rightly when it goes on', async () => {
    const databaseUrl = await createTestDatabase();
    databases.push(databaseUrl);
    const environment = {
      PORT: '0',
      PROCESSES: '1',
      DATABASE_URL: databaseUrl,
      APP_SECRET: SECRET,
      TRAINING_RATE_LIMIT: '0',
    };
    const [hung, other] = (await Promise.all(
      [0, 1].map(() => launch(newFolder(), { environment }).ready()),
    )) as [Service, Service];
    const pool = connectTo(databaseUrl);
    const client = await givenTrainingClient({ open: { pool }, url: hung.url });
    await pool.end();
    const { authorization } = client;
    const through = (service: Service, path: string, body?: unknown): Promise<Answer> =>
      call(`${service.url}/api/v1${path}`, { headers: { authorization }, body });
    // It is stopped in the middle of writes, of which some may hold locks.
    const writes = Promise.allSettled(
      Array.from({ length: 40 }, (_, n) => through(hung, '/events', anEvent(client, { name: `Hung ${n}` }))),
    );
    await sleep(5);
    hung.signal('SIGSTOP');
    await recovers(() => through(other, '/events'));
    for (let n = 0; n < 20; n++) {
      expect((await through(other, '/events', anEvent(client, { name: `Served ${n}` }))).status).toBe(200);
    }
    hung.signal('SIGCONT');
    const acknowledged = (await writes).filter(
      (one) => one.status === 'fulfilled' && one.value.status === 200,
    ).length;
    await recovers(() => through(hung, '/events'));
    const names = ((await through(hung, '/events')).json as { name: string }[]).map(({ name }) => name);
    expect(names.filter((name) => name.startsWith('Served'))).toHaveLength(20);
    expect(names.filter((name) => name.startsWith('Hung')).length).toBeGreaterThanOrEqual(acknowledged);
    expect(new Set(names).size).toBe(names.length);
  }, 120_000);
});

describe('a process that hangs in a transaction', () => {
  it('holds its locks for four seconds, not for as long as it hangs', async () => {
    const databaseUrl = await createTestDatabase();
    databases.push(databaseUrl);
    const environment = { PORT: '0', PROCESSES: '1', DATABASE_URL: databaseUrl, APP_SECRET: SECRET };
    const [hung, other] = (await Promise.all(
      [0, 1].map(() => launch(newFolder(), { environment }).ready()),
    )) as [Service, Service];
    const pool = connectTo(databaseUrl);
    const client = await givenPollsClient({ open: { pool }, url: hung.url });
    const { _id } = (await client('/events', { body: aPoll() })).json as { _id: string };
    const change = (service: Service, title: string): Promise<Answer> =>
      call(`${service.url}/v2/events/${_id}`, {
        method: 'PUT',
        headers: { authorization: client.key },
        body: { title },
      });
    expect((await change(other, 'Before')).status).toBe(200);

    // The process is stopped while its transaction waits for a lock, which it then gets.
    const holder = await pool.connect();
    await holder.query('BEGIN');
    await holder.query('SELECT FROM polls.events WHERE id = $1 FOR UPDATE', [_id]);
    const caught = change(hung, 'Caught').catch(() => undefined);
    await until(async () => {
      const { rows } = await pool.query(
        `SELECT FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'`,
      );
      return rows.length > 0;
    });
    hung.signal('SIGSTOP');
    await holder.query('COMMIT');
    holder.release();
    await recovers(() => change(other, 'After'));

    hung.signal('SIGCONT');
    const answer = await caught;
    expect(answer?.status).toBe(503);
    const event = (await client(`/events/${_id}`)).json as { title: string };
    expect(event.title).toBe('After');
    await pool.end();
  }, 120_000);
});

/** Only root may mount a file system, and not in every container. */
function mountSmallDisk(folder: string): boolean {
  if (!isRoot()) return false;
  mkdirSync(folder, { recursive: true });
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=320m,mode=755', 'tmpfs', folder], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}

describe('a full disk', () => {
  const folder = newFolder();
  const disk = join(folder, 'disk');
  const isMounted = mountSmallDisk(disk);
  afterAll(async () => {
    await tidyUp(services, []);
    if (isMounted) execFileSync('umount', ['--lazy', disk]);
  });

  (isMounted ? it : it.skip)(
    'is told as 503, loses nothing that was acknowledged, and is over when there is room',
    async () => {
      const { service, client } = await givenService({}, disk);
      const filler = join(disk, 'filler');
      const { bavail, bsize } = statfsSync(disk);
      writeFileSync(filler, Buffer.alloc(bavail * bsize - 64 * 1024));
      const acknowledged: string[] = [];
      let refused = 0;
      const text = 'x'.repeat(20_000);
      const deadline = Date.now() + 60_000;
      while (refused < 5 && Date.now() < deadline) {
        const answer = await client('/events', { body: anEvent(client, { description: text }) });
        expect([200, 503]).toContain(answer.status);
        if (answer.status === 200) acknowledged.push((answer.json as { id: string }).id);
        else {
          refused++;
          expect(answer.headers.get('retry-after')).toMatch(/^[1-9]\d*$/);
        }
      }
      expect(refused).toBe(5);
      expect((await call(`${service.url}/health/live`)).status).toBe(200);
      rmSync(filler);
      await recovers(() => client('/events', { body: anEvent(client) }));
      const there = new Set(((await client('/events')).json as { id: string }[]).map(({ id }) => id));
      expect(acknowledged.filter((id) => !there.has(id))).toEqual([]);
    },
    180_000,
  );
});

const MANY_EVENTS = `
  INSERT INTO training.events
    (organization_id, id, token, name, owner_id, class_id, availability, date_start, date_end,
     include_chat, include_video, tas, trainees, use_new_terminal)
  SELECT $1, lpad(n::text, 17, 'E'), 'T' || n, 'Event ' || n, $2, $3, 'public', '2031-05-04T09:00Z', '2031-05-04T17:00Z',
         false, false, '{}', '{}', false
    FROM generate_series(1, $4::integer) n`;
