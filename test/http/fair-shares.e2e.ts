import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { connect, type Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { plannedEachTime } from '../../src/database/statement.js';
import { bootApp, type TestApp } from '../support/app.js';
import { aPoll, givenPollsClient, type PollsClient } from '../support/polls.js';
import { givenKey } from '../support/tenant.js';
import { givenTrainingClient, type TrainingClient } from '../support/training.js';

let app: TestApp;

beforeAll(async () => {
  app = await bootApp({ environment: { POLLS_RATE_LIMIT: '1000000' } });
});
afterAll(() => app.close());

describe('searches', () => {
  /** Runs until its timeout, like an expression that is expensive to evaluate. */
  const ENDLESS = plannedEachTime<{ slept: string }>('SELECT pg_sleep(60)::text AS slept');
  let flooder: PollsClient;
  let neighbour: PollsClient;

  beforeAll(async () => {
    [flooder, neighbour] = await Promise.all([givenPollsClient(app), givenPollsClient(app)]);
    for (const client of [flooder, neighbour])
      expect((await client('/events', { body: aPoll() })).status).toBe(201);
  });

  /** Runs sixteen endless ones of an organization at a time, until stopped. */
  function flood({ tenant }: PollsClient): { end: () => Promise<unknown> } {
    let isEnough = false;
    const searchers = Array.from({ length: 16 }, async () => {
      while (!isEnough) await app.open.database.search(ENDLESS, [], tenant.id).catch(() => undefined);
    });
    return {
      end: () => {
        isEnough = true;
        return Promise.all(searchers);
      },
    };
  }

  it('of a neighbour are served while one organization searches without end', async () => {
    const { end } = flood(flooder);
    try {
      for (let n = 0; n < 26; n++) {
        const answer = await neighbour('/events?q=kick');
        expect([answer.status, (answer.json as unknown[]).length]).toEqual([200, 1]);
      }
      const together = await Promise.all(Array.from({ length: 26 }, () => neighbour('/events?q=kick')));
      expect(together.map(({ status }) => status)).toEqual(together.map(() => 200));
    } finally {
      await end();
    }
    expect((await flooder('/events?q=kick')).status).toBe(200);
  });

  it('of several organizations that flood leave a turn to a third', async () => {
    const other = await givenPollsClient(app);
    const floods = [flood(flooder), flood(other)];
    try {
      for (let n = 0; n < 8; n++) expect((await neighbour('/events?q=kick')).status).toBe(200);
    } finally {
      await Promise.all(floods.map(({ end }) => end()));
    }
  });

  it('are told in time that there are too many of them', async () => {
    const { end } = flood(flooder);
    await sleep(50);
    const began = performance.now();
    const { database } = app.open;
    const told = await Promise.allSettled(
      Array.from({ length: 60 }, () => database.search(ENDLESS, [], flooder.tenant.id)),
    );
    const took = performance.now() - began;
    await end();
    const kinds = told.map((one) =>
      one.status === 'rejected' ? (one.reason as { kind?: string }).kind : 'done',
    );
    expect(kinds).toEqual(told.map(() => 'unavailable'));
    expect(took).toBeLessThan(2_000);
  });
});

describe('long lists', () => {
  const COUNT = 6_000;
  let clients: TrainingClient[];
  const readers: Socket[] = [];

  beforeAll(async () => {
    clients = await Promise.all(Array.from({ length: 5 }, () => givenTrainingClient(app)));
    for (const [index, { tenant, classId }] of clients.entries())
      await app.open.pool.query(LONG_EVENTS, [tenant.id, tenant.member.id, classId, COUNT, 'ABCDE'[index]]);
  }, 60_000);

  afterEach(async () => {
    for (const reader of readers.splice(0)) reader.destroy();
    await sleep(200);
  });

  /** Reads the beginning of a list, then nothing. Returns the status. */
  async function readSlowly(authorization: string): Promise<{ reader: Socket; status: number }> {
    const reader = connect(Number(new URL(app.url).port), '127.0.0.1');
    readers.push(reader);
    reader.on('error', () => undefined);
    reader.write(`GET /api/v1/events HTTP/1.1\r\nhost: localhost\r\nauthorization: ${authorization}\r\n\r\n`);
    const head = await new Promise<Buffer>((begun) => reader.once('data', begun));
    reader.pause();
    return { reader, status: Number(head.toString().slice(9, 12)) };
  }

  /** Whether a slow client gets the rest of its list when it continues to read. */
  async function isComplete(reader: Socket): Promise<boolean> {
    let tail = '';
    await new Promise<void>((over) => {
      reader.on('data', (bytes) => {
        tail = (tail + bytes.toString('latin1')).slice(-16);
        if (tail.endsWith('0\r\n\r\n')) over();
      });
      reader.once('close', () => over());
      reader.resume();
    });
    return tail.endsWith('0\r\n\r\n');
  }

  const at = (index: number): TrainingClient => clients[index] as TrainingClient;

  it('of a neighbour are served while one credential reads many slowly', async () => {
    const held = await Promise.all([1, 2, 3, 4, 5, 6].map(() => readSlowly(at(0).authorization)));
    expect(held.map(({ status }) => status).sort()).toEqual([200, 200, 503, 503, 503, 503]);
    for (let n = 0; n < 5; n++) expect((await at(1)('/events')).status).toBe(200);
    const together = await Promise.all([at(1)('/events'), at(1)('/events')]);
    expect(together.map(({ status }) => status)).toEqual([200, 200]);
  });

  it('of a neighbour are served while one organization reads many slowly with several credentials', async () => {
    const { tenant, authorization } = at(0);
    const keys = await Promise.all([1, 2, 3].map(() => givenKey(app, tenant)));
    const all = [authorization, ...keys.map((key) => `Bearer ${tenant.id}:${key}`)];
    const held = await Promise.all(all.map(readSlowly));
    expect(held.map(({ status }) => status).sort()).toEqual([200, 200, 200, 503]);
    for (let n = 0; n < 5; n++) expect((await at(1)('/events')).status).toBe(200);
    // No other request waits, so no client is disconnected.
    expect(await isComplete((held.find(({ status }) => status === 200) as { reader: Socket }).reader)).toBe(
      true,
    );
  });

  it('of one more organization are served when four others read slowly: one of those is cut off', async () => {
    const held = await Promise.all([0, 1, 2, 3].map((index) => readSlowly(at(index).authorization)));
    expect(held.map(({ status }) => status)).toEqual([200, 200, 200, 200]);
    await sleep(2_200);
    const answer = await at(4)('/events');
    expect([answer.status, (answer.json as unknown[]).length]).toEqual([200, COUNT]);
    const complete = await Promise.all(held.map(({ reader }) => isComplete(reader)));
    expect(complete.filter((isWhole) => !isWhole)).toHaveLength(1);
    expect(
      (await Promise.all([0, 1, 2, 3].map((index) => at(index)('/events')))).every(
        ({ status }) => status === 200,
      ),
    ).toBe(true);
  });

  it('leave no connection with clients that went away while they waited', async () => {
    for (let round = 0; round < 3; round++) {
      const gone = Array.from({ length: 12 }, (_, n) => {
        const socket = connect(Number(new URL(app.url).port), '127.0.0.1');
        socket.on('error', () => undefined);
        const { authorization } = at(n % 4);
        socket.write(
          `GET /api/v1/events HTTP/1.1\r\nhost: localhost\r\nauthorization: ${authorization}\r\n\r\n`,
        );
        return socket;
      });
      await sleep(30 * round + 5);
      for (const socket of gone) socket.destroy();
    }
    // Shorter than the limit for a slow client while others wait; a busy machine has not read all requests by then.
    let statuses: number[] = [];
    for (let attempt = 0; attempt < 3; attempt++) {
      await sleep(1_500);
      const answers = await Promise.all([0, 0, 1, 1].map((index) => at(index)('/events')));
      statuses = answers.map(({ status }) => status);
      if (statuses.every((status) => status === 200)) break;
    }
    expect(statuses).toEqual([200, 200, 200, 200]);
  });
});

describe('a client that hangs up', () => {
  it('is logged as 499, and not as trouble of the database', async () => {
    const client = await givenTrainingClient(app);
    const { tenant, classId, authorization } = client;
    await app.open.pool.query(LONG_EVENTS, [tenant.id, tenant.member.id, classId, 6_000, 'F']);
    const locker = await app.open.pool.connect();
    app.log.length = 0;
    const ask = async (path: string, milliseconds: number): Promise<void> => {
      const signal = AbortSignal.timeout(milliseconds);
      await fetch(`${app.url}/api/v1${path}`, { headers: { authorization }, signal })
        .then((answer) => answer.text())
        .catch(() => undefined);
    };
    try {
      await locker.query('BEGIN; LOCK TABLE training.events');
      await Promise.all([
        ask('/events', 100),
        ask('/events/ABCDEFGHIJKLMNOPQ', 100),
        ask('/events?limit=1', 100),
      ]);
      await sleep(200);
      // Other tests use other databases of this server at the same time.
      await locker.query(
        `SELECT pg_cancel_backend(pid) FROM pg_stat_activity
          WHERE datname = current_database() AND wait_event_type = 'Lock'`,
      );
      await locker.query('COMMIT');
    } finally {
      locker.release();
    }
    // In the middle of a long list, and while it is queued.
    await Promise.all([1, 2, 3, 4, 5].map((n) => ask('/events', 40 * n)));
    await sleep(1_800);
    const requests = app.log.filter(({ msg }) => msg === 'request');
    expect(requests.map(({ status }) => status)).toContain(499);
    expect(app.log.filter(({ level }) => (level as number) >= 40)).toEqual([]);
  });
});

/** With long descriptions: more than the socket buffers can hold. */
const LONG_EVENTS = `
  INSERT INTO training.events
    (organization_id, id, token, name, owner_id, class_id, availability, description, date_start, date_end,
     include_chat, include_video, tas, trainees, use_new_terminal)
  SELECT $1, lpad(n::text, 17, $5), 'T' || n, 'Event ' || n, $2, $3, 'public', repeat('long ', 600),
         '2031-05-04T09:00Z', '2031-05-04T17:00Z', false, false, '{}', '{}', false
    FROM generate_series(1, $4::integer) n`;
