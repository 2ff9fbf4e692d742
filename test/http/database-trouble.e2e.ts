import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { connect, type Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import type { EntityManager } from 'typeorm';
import type { Failure } from '../../src/core/failure.js';
import { databaseFailure } from '../../src/database/failures.js';
import { statement } from '../../src/database/statement.js';
import { UnitOfWork } from '../../src/database/unit-of-work.js';
import { bootApp, type TestApp } from '../support/app.js';
import { call, type Answer } from '../support/http.js';
import { givenKey } from '../support/tenant.js';
import { ThrowawayPostgres } from '../support/throwaway-postgres.js';
import { anEvent, givenTrainingClient, type TrainingClient } from '../support/training.js';

/** Guaranteed response time, whatever the database does. */
const PROMISE_MS = 2_000;

// An uncaught exception fails the running test, so every test checks that the process survives.
let postgres: ThrowawayPostgres;
let app: TestApp;
let client: TrainingClient;
let eventId: string;
let victimId: string;

beforeAll(async () => {
  postgres = await ThrowawayPostgres.start();
  app = await bootApp({ databaseUrl: postgres.url, environment: { STATEMENT_TIMEOUT_MS: '1000' } });
  client = await givenTrainingClient(app);
  [eventId = '', victimId = ''] = await Promise.all(
    [1, 2].map(async () => {
      const answer = await client('/events', { body: anEvent(client) });
      return (answer.json as { id: string }).id;
    }),
  );
}, 60_000);

afterEach(async () => {
  postgres.thaw();
  await postgres.startAgain();
  await recovers();
});

afterAll(async () => {
  await app.close();
  await postgres.remove();
});

const TICK_MS = 10;

/** The duration, without time in which this process (service and client) got no processor. */
async function timed<T>(work: Promise<T>): Promise<{ result: T; took: number }> {
  const began = performance.now();
  let last = began;
  let starved = 0;
  const metronome = setInterval(() => {
    const now = performance.now();
    starved += Math.max(0, now - last - 2 * TICK_MS);
    last = now;
  }, TICK_MS);
  try {
    const result = await work;
    return { result, took: performance.now() - began - starved };
  } finally {
    clearInterval(metronome);
  }
}

/** Expects a timely 503 in the product's format, with `retry-after`. */
async function isRefused(request: Promise<Answer>): Promise<void> {
  const { result, took } = await timed(request);
  expect(result.status).toBe(503);
  expect(result.json).toEqual({
    result: 'failure',
    error: { type: 'ServiceUnavailable', message: expect.any(String) },
  });
  expect(result.headers.get('retry-after')).toMatch(/^[1-9]\d*$/);
  expect(result.headers.get('x-request-id')).toMatch(/^[0-9a-f]{32}$/);
  expect(took).toBeLessThan(PROMISE_MS);
}

/** A read, a list, a write and a change at once, with a cached credential. */
function everyKindIsRefused(): Promise<unknown> {
  return Promise.all([
    isRefused(client(`/events/${eventId}`)),
    isRefused(client('/events')),
    isRefused(client('/events', { body: anEvent(client) })),
    isRefused(client(`/events/${eventId}`, { method: 'PATCH', body: { name: 'Changed' } })),
    // Not the row that others read: a frozen server executes pending statements once it resumes.
    isRefused(client(`/events/${victimId}`, { method: 'DELETE' })),
  ]);
}

async function isAliveButNotReady(): Promise<void> {
  const { result: ready, took } = await timed(call(`${app.url}/health/ready`));
  expect(ready.status).toBe(503);
  expect(ready.headers.get('content-type')).toMatch(/^application\/problem\+json/);
  expect(ready.headers.get('retry-after')).toMatch(/^[1-9]\d*$/);
  expect(took).toBeLessThan(PROMISE_MS);
  expect((await call(`${app.url}/health/live`)).status).toBe(200);
  expect((await call(`${app.url}/api/v1/health`)).status).toBe(200);
  expect((await call(app.url)).text).toContain('The database does not answer at the moment');
}

/** The failure that a caller gets for a failed statement. */
function told(work: Promise<unknown>): Promise<Failure | undefined> {
  return work.then(
    () => undefined,
    (error: unknown) => databaseFailure(error),
  );
}

/** Expects that requests soon succeed again, without intervention. */
async function recovers(): Promise<void> {
  const deadline = performance.now() + PROMISE_MS;
  for (;;) {
    const answers = await Promise.all([
      client(`/events/${eventId}`),
      client('/events?limit=1'),
      client('/members'),
      call(`${app.url}/health/ready`),
    ]);
    if (answers.every(({ status }) => status === 200)) return;
    expect(answers.map(({ status }) => status).filter((status) => status !== 200 && status !== 503)).toEqual(
      [],
    );
    if (performance.now() > deadline) throw new Error('it did not recover');
    await sleep(50);
  }
}

/** A client of the same organization with a credential that is not cached. */
async function strangerOf(known: TrainingClient): Promise<(path: string) => Promise<Answer>> {
  const authorization = `Bearer ${known.tenant.id}:${await givenKey(app, known.tenant)}`;
  return (path) => call(`${app.url}/api/v1${path}`, { headers: { authorization } });
}

describe('a database that is not there', () => {
  it('is told as 503 when its server is stopped, and forgotten when it is back', async () => {
    const stranger = await strangerOf(client);
    await postgres.stop();
    try {
      await everyKindIsRefused();
      await isRefused(stranger('/members'));
      await isAliveButNotReady();
      // Half a second later as well, so no queue is growing.
      await sleep(500);
      await everyKindIsRefused();
    } finally {
      await postgres.startAgain();
    }
    await recovers();
    expect((await stranger('/members')).status).toBe(200);
  });

  it('is told as 503 to whom a restart met midway', async () => {
    const answers: Promise<Answer>[] = [];
    await postgres.whileLocked('training.events', async () => {
      for (let n = 0; n < 8; n++) answers.push(client(`/events/${eventId}`));
      await sleep(100);
      await postgres.stop();
    });
    // The lock may have been released a moment before the connections closed.
    for (const answer of answers) if ((await answer).status !== 200) await isRefused(answer);
  });

  it('is told as 503 when it takes no more connections', async () => {
    const stranger = await strangerOf(client);
    const hoarded: pg.Client[] = [];
    const [limits] = await postgres.query<{ max: number }>(
      `SELECT current_setting('max_connections')::int AS max`,
    );
    await postgres.query(TERMINATE_ALL);
    try {
      for (let n = 0; n <= (limits?.max ?? 0); n++) {
        const hoarder = new pg.Client({ connectionString: postgres.url, application_name: 'hoarder' });
        hoarder.on('error', () => undefined);
        hoarded.push(hoarder);
        await hoarder.connect();
      }
    } catch (error) {
      expect((error as { code?: string }).code).toBe('53300');
    }
    await isRefused(stranger('/members'));
    await everyKindIsRefused();
    await isAliveButNotReady();
    await Promise.all(hoarded.map((hoarder) => hoarder.end().catch(() => undefined)));
  });
});

describe('a database that does not answer', () => {
  it('is told as 503 when it is frozen, to known and unknown credentials', async () => {
    const stranger = await strangerOf(client);
    postgres.freeze();
    try {
      await Promise.all([everyKindIsRefused(), isRefused(stranger('/members')), isAliveButNotReady()]);
      // The connections are closed by now, and new ones get no response either.
      await Promise.all([everyKindIsRefused(), isRefused(stranger('/members')), isAliveButNotReady()]);
    } finally {
      postgres.thaw();
    }
    await recovers();
    expect((await stranger('/members')).status).toBe(200);
  });

  it.each(['training.events', 'tenancy.credentials', 'tenancy.rate_windows'])(
    'is told as 503 when a lock on %s outlives the statement',
    async (table) => {
      const stranger = await strangerOf(client);
      await postgres.whileLocked(table, async () => {
        await Promise.all([1, 2, 3, 4, 5, 6, 7, 8].map(() => isRefused(stranger('/events'))));
        expect((await call(`${app.url}/health/live`)).status).toBe(200);
      });
      await recovers();
      expect((await stranger('/events')).status).toBe(200);
    },
  );
});

describe('connections that are taken away', () => {
  it('are told as 503 to who waited on them, and are replaced for the next', async () => {
    const answers: Promise<Answer>[] = [];
    await postgres.whileLocked('training.events', async () => {
      for (let n = 0; n < 8; n++) answers.push(client(`/events/${eventId}`));
      await sleep(100);
      await postgres.query(TERMINATE_ALL);
    });
    await Promise.all(answers.map(isRefused));
    expect((await client(`/events/${eventId}`)).status).toBe(200);
  });

  it('while nobody used them are not noticed by anybody', async () => {
    await recovers();
    await postgres.query(TERMINATE_ALL);
    await sleep(200);
    expect((await client(`/events/${eventId}`)).status).toBe(200);
  });

  it('in the middle of a transaction end that transaction, not the process', async () => {
    const { result, took } = await timed(
      unitOfWork()
        .run(async (manager) => {
          const [here] = await backendOf(manager);
          await postgres.query('SELECT pg_terminate_backend($1)', [here?.pid]);
          await sleep(100);
          return backendOf(manager);
        })
        .catch((error: unknown) => databaseFailure(error)?.kind),
    );
    expect(result).toBe('unavailable');
    expect(took).toBeLessThan(PROMISE_MS);
    expect(await unitOfWork().run(backendOf)).toHaveLength(1);
  });
});

describe('a deadlock', () => {
  const BUMP = statement<{ done: boolean }>('test.bump', 'SELECT true AS done FROM bump()');

  it('between a statement and a transaction is broken, and nobody hears of it', async () => {
    await postgres.query(`
      CREATE TABLE pair (id integer PRIMARY KEY, n integer NOT NULL DEFAULT 0);
      GRANT ALL ON pair TO PUBLIC;
      INSERT INTO pair VALUES (1), (2);
      CREATE FUNCTION bump() RETURNS void LANGUAGE plpgsql AS $$
        BEGIN
          UPDATE pair SET n = n + 1 WHERE id = 1;
          UPDATE pair SET n = n + 1 WHERE id = 2;
        END $$`);
    const { database, pool } = app.open;
    const other = await pool.connect();
    try {
      await other.query('BEGIN');
      await other.query('UPDATE pair SET n = n + 1 WHERE id = 2');
      const bumped = database.one(BUMP, []);
      await sleep(20);
      await other.query('UPDATE pair SET n = n + 1 WHERE id = 1');
      await other.query('COMMIT');
      expect(await bumped).toEqual({ done: true });
      expect((await other.query('SELECT n FROM pair')).rows).toEqual([{ n: 2 }, { n: 2 }]);
    } finally {
      other.release();
      await postgres.query('DROP FUNCTION bump; DROP TABLE pair');
    }
  });
});

describe('a process that got no processor for a while', () => {
  it('reads what the database had answered meanwhile before it gives anything up', async () => {
    const { database } = app.open;
    const answers = Promise.all([1, 2, 3].map(() => database.one(BACKEND, [])));
    // The statements are sent in this iteration of the event loop.
    await new Promise((next) => setImmediate(next));
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, PROMISE_MS);
    expect(await answers).toEqual(Array(3).fill({ pid: expect.any(Number) }));
  });
});

describe('the pool for transactions', () => {
  it('refuses in time when all its connections are taken, and serves when they are back', async () => {
    const pool = app.servingPool;
    const taken = await Promise.all([1, 2, 3, 4].map(() => pool.connect()));
    const { result, took } = await timed(
      unitOfWork()
        .run(backendOf)
        .catch((error: unknown) => databaseFailure(error)?.kind),
    );
    expect(result).toBe('unavailable');
    expect(took).toBeLessThan(PROMISE_MS);
    // Single statements use other connections.
    expect((await client(`/events/${eventId}`)).status).toBe(200);
    for (const connection of taken) connection.release();
    expect(await unitOfWork().run(backendOf)).toHaveLength(1);
  });

  it('refuses in time when the database freezes in a transaction', async () => {
    try {
      const failure = unitOfWork().run(async (manager) => {
        await backendOf(manager);
        postgres.freeze();
        const { result, took } = await timed(told(backendOf(manager)));
        expect(took).toBeLessThan(PROMISE_MS);
        if (result !== undefined) throw result;
      });
      await expect(failure).rejects.toMatchObject({ kind: 'unavailable' });
    } finally {
      postgres.thaw();
    }
    await recovers();
    expect(await unitOfWork().run(backendOf)).toHaveLength(1);
  });
});

describe('long answers', () => {
  const COUNT = 40_000;
  let many: TrainingClient;
  /** Another organization's, since no credential may use all connections. */
  let others: TrainingClient;
  const readers: Socket[] = [];

  beforeAll(async () => {
    [many, others] = await Promise.all([givenTrainingClient(app), givenTrainingClient(app)]);
    for (const [letter, { tenant, classId }] of Object.entries({ E: many, F: others }))
      await postgres.query(MANY_EVENTS, [tenant.id, tenant.member.id, classId, COUNT, letter]);
  });

  afterEach(() => {
    for (const reader of readers.splice(0)) reader.destroy();
  });

  /** A client that reads the beginning of the long response, then nothing until it is resumed. */
  async function slowReader({ authorization }: TrainingClient = many): Promise<Socket> {
    const reader = connect(Number(new URL(app.url).port), '127.0.0.1');
    readers.push(reader);
    reader.on('error', () => undefined);
    reader.write(`GET /api/v1/events HTTP/1.1\r\nhost: localhost\r\nauthorization: ${authorization}\r\n\r\n`);
    const head = await new Promise<Buffer>((begun) => reader.once('data', begun));
    reader.pause();
    expect(head.toString()).toMatch(/^HTTP\/1\.1 (?:200|503) /);
    return reader;
  }

  /** The rest of the response, and whether it was complete. */
  async function rest(reader: Socket): Promise<{ complete: boolean }> {
    let tail = '';
    reader.on('data', (bytes) => (tail = (tail + bytes.toString('latin1')).slice(-16)));
    reader.resume();
    await new Promise<void>((over) => {
      reader.once('close', () => over());
      reader.on('data', () => tail.endsWith('0\r\n\r\n') && over());
    });
    return { complete: tail.endsWith('0\r\n\r\n') };
  }

  /** Expects one long response per connection at once, as soon as the earlier ones have ended. */
  async function streamsAreFree(): Promise<void> {
    const deadline = performance.now() + 5 * PROMISE_MS;
    for (;;) {
      const answers = await Promise.all([many, many, others, others].map((one) => one('/events')));
      if (answers.every(({ status }) => status === 200)) {
        for (const answer of answers) expect(answer.json).toHaveLength(COUNT);
        return;
      }
      if (performance.now() > deadline) throw new Error('connections stay lost');
      await sleep(100);
    }
  }

  it('give their connection back when the client hangs up midway', async () => {
    for (let round = 0; round < 3; round++) {
      const held = await Promise.all([many, many, others, others].map(slowReader));
      for (const reader of held) reader.destroy();
      await sleep(300);
    }
    await streamsAreFree();
  });

  it('do not starve others when eight clients read slowly', async () => {
    await Promise.all([1, 2, 3, 4, 5, 6, 7, 8].map(() => slowReader()));
    await recovers();
    const { result, took } = await timed(client('/events', { body: anEvent(client) }));
    expect(result.status).toBe(200);
    expect(took).toBeLessThan(PROMISE_MS);
    // One more long list finds no connection, and gets its 503 in time.
    await isRefused(many('/events'));
    for (const reader of readers.splice(0)) reader.destroy();
    await sleep(300);
    await streamsAreFree();
  });

  it('come to their end for a reader that pauses longer than any statement may take', async () => {
    const reader = await slowReader();
    await sleep(6_000);
    expect(await rest(reader)).toEqual({ complete: true });
  });

  it('are cut off, never patched, when their connection is taken away midway', async () => {
    const reader = await slowReader();
    await postgres.query(TERMINATE_ALL);
    expect(await rest(reader)).toEqual({ complete: false });
    await recovers();
    await streamsAreFree();
  });

  it('are cut off when the database freezes midway, and their connections do not stay lost', async () => {
    const held = await Promise.all([many, others, many, others].map(slowReader));
    postgres.freeze();
    try {
      // Two disconnect while the database is frozen, two wait for it.
      for (const reader of held.slice(0, 2)) reader.destroy();
      const ends = await Promise.all(held.slice(2).map(rest));
      expect(ends).toEqual([{ complete: false }, { complete: false }]);
    } finally {
      postgres.thaw();
    }
    await recovers();
    await streamsAreFree();
  });
});

describe('the line on which revocations are told', () => {
  async function listenerPid(): Promise<number> {
    for (;;) {
      const [row] = await postgres.query<{ pid: number }>(
        `SELECT pid FROM pg_stat_activity WHERE application_name = 'quintet listener'`,
      );
      if (row !== undefined) return row.pid;
      await sleep(20);
    }
  }

  /** Whether the credential is cached: then a request costs one statement, else two. */
  async function isRemembered(request: () => Promise<Answer>): Promise<boolean> {
    const before = app.open.database.statementCount;
    expect((await request()).status).toBe(200);
    return app.open.database.statementCount - before === 1;
  }

  async function becomesRemembered(request: () => Promise<Answer>): Promise<void> {
    const deadline = performance.now() + PROMISE_MS;
    while (!(await isRemembered(request))) {
      if (performance.now() > deadline) throw new Error('it is looked up each time');
      await sleep(20);
    }
  }

  async function revoke(authorization: string): Promise<void> {
    const lookup = authorization.split(':')[1]?.slice(0, 10);
    await postgres.query('DELETE FROM tenancy.credentials WHERE lookup = $1', [lookup]);
  }

  it('switches the memory for credentials off while it is down, and on again', async () => {
    const other = await givenTrainingClient(app);
    await becomesRemembered(() => other('/members'));
    await postgres.query('SELECT pg_terminate_backend($1, 5000)', [await listenerPid()]);
    // Looked up again, whether while the listener was disconnected or afterwards.
    await sleep(50);
    expect(await isRemembered(() => other('/members'))).toBe(false);
    await becomesRemembered(() => other('/members'));
    await revoke(other.authorization);
    await sleep(200);
    expect((await other('/members')).status).toBe(401);
  });

  it('is not trusted when it hangs without a word: a revoked credential is refused within a second', async () => {
    const other = await givenTrainingClient(app);
    expect((await other('/members')).status).toBe(200);
    const pid = await listenerPid();
    process.kill(pid, 'SIGSTOP');
    try {
      await revoke(other.authorization);
      await sleep(1_000);
      expect((await other('/members')).status).toBe(401);
    } finally {
      process.kill(pid, 'SIGCONT');
    }
  });
});

const TERMINATE_ALL = `
  SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity
   WHERE application_name LIKE 'quintet%' AND backend_type = 'client backend'`;

const BACKEND = statement<{ pid: number }>('test.backend', 'SELECT pg_backend_pid() AS pid');

const MANY_EVENTS = `
  INSERT INTO training.events
    (organization_id, id, token, name, owner_id, class_id, availability, date_start, date_end,
     include_chat, include_video, tas, trainees, use_new_terminal)
  SELECT $1, lpad(n::text, 17, $5), 'T' || n, 'Event ' || n, $2, $3, 'public', '2031-05-04T09:00Z', '2031-05-04T17:00Z',
         false, false, '{}', '{}', false
    FROM generate_series(1, $4::integer) n`;

const unitOfWork = (): UnitOfWork => new UnitOfWork(app.open.dataSource);

/** The backend that runs a transaction. */
const backendOf = ({ queryRunner }: EntityManager): Promise<{ pid: number }[]> =>
  app.open.database.all(BACKEND, [], queryRunner);
