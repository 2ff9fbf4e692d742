import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import pg from 'pg';
import { databaseFailure } from '../../src/database/failures.js';
import { batchedRead } from '../../src/database/batched-read.js';
import { batchedWrite } from '../../src/database/batched-write.js';
import { bootApp, type TestApp } from '../support/app.js';
import { aBooking, givenSpacesClient, times, type SpacesClient } from '../support/spaces.js';

const STATEMENT_MS = 1_000;
/** Guaranteed response time, whatever other clients request. */
const PROMISE_MS = 2_000;

let app: TestApp;
let client: SpacesClient;
let neighbour: SpacesClient;

beforeAll(async () => {
  app = await bootApp({ environment: { STATEMENT_TIMEOUT_MS: String(STATEMENT_MS) } });
  [client, neighbour] = await Promise.all([givenSpacesClient(app), givenSpacesClient(app)]);
});
afterAll(() => app.close());

const QUOTIENT = batchedRead<{ quotient: number }>(
  'test.shared.quotient',
  { organization_id: 'integer', divisor: 'integer' },
  'SELECT input.n, 12 / input.divisor AS quotient FROM {input}',
);

const NAP = batchedRead<{ slept: number }>(
  'test.shared.nap',
  { organization_id: 'integer', seconds: 'integer' },
  'SELECT input.n, input.seconds AS slept FROM {input}, LATERAL (SELECT pg_sleep(input.seconds)) nap',
);

const KEEP = batchedWrite<{ id: number }>(
  'test.shared.keep',
  { organization_id: 'integer', id: 'integer' },
  `WITH a AS (SELECT * FROM {input}),
        kept AS (INSERT INTO kept SELECT id FROM a ORDER BY id RETURNING id)
   SELECT a.n, kept.id FROM a JOIN kept USING (id)`,
);

/** The result of each: its row, or its error. */
const outcomes = async (work: readonly Promise<unknown>[]): Promise<unknown[]> =>
  (await Promise.allSettled(work)).map((one) => {
    if (one.status === 'fulfilled') return one.value;
    return databaseFailure(one.reason)?.kind ?? (one.reason as { code?: unknown }).code;
  });

/** Holds a statement's locks during `work`. */
async function whileHolding<T>(sql: string, values: unknown[], work: () => Promise<T>): Promise<T> {
  const other = new pg.Client({ connectionString: app.databaseUrl });
  await other.connect();
  try {
    await other.query('BEGIN');
    await other.query(sql, values);
    return await work();
  } finally {
    await other.end();
  }
}

describe('questions that share a statement', () => {
  it('are answered beside one that cannot be', async () => {
    const { database } = app.open;
    const answers = outcomes(
      [3, 0, 4].map((divisor) => database.readBatched(QUOTIENT, [client.tenant.id, divisor])),
    );
    expect(await answers).toEqual([[{ n: '1', quotient: 4 }], '22012', [{ n: '1', quotient: 3 }]]);
  });

  it('are answered beside one that takes too long, and that one is told so in time', async () => {
    const { database } = app.open;
    const began = performance.now();
    const companions = Array.from({ length: 20 }, () => 0);
    const answers = await outcomes(
      [...companions, 5].map((seconds) => database.readBatched(NAP, [client.tenant.id, seconds])),
    );
    expect(answers).toEqual([...companions.map(() => [{ n: '1', slept: 0 }]), 'unavailable']);
    expect(performance.now() - began).toBeLessThan(PROMISE_MS);
  });

  it('are all told in time where all take too long', async () => {
    const { database } = app.open;
    const began = performance.now();
    const answers = await outcomes(
      [5, 5, 5, 5, 5, 5].map((seconds) => database.readBatched(NAP, [client.tenant.id, seconds])),
    );
    expect(new Set(answers)).toEqual(new Set(['unavailable']));
    expect(performance.now() - began).toBeLessThan(PROMISE_MS);
  });

  it('do not fail a neighbour with the number of a page that nobody has', async () => {
    const window = 'after=2031-03-05T00:00:00Z&before=2031-03-09T00:00:00Z';
    const asked = Array.from({ length: 8 }, () => [
      client(`/spaces/${client.spaceId}/events?${window}&page=214748366`),
      neighbour(`/spaces/${neighbour.spaceId}/events?${window}`),
    ]).flat();
    const answers = await Promise.all(asked);
    expect(answers.map(({ status }) => status)).toEqual(asked.map(() => 200));
    expect(answers[0]?.json.data).toEqual([]);
  });
});

describe('writes that share a statement', () => {
  it('are done beside one that waits for a lock, and that one is told so', async () => {
    const { database, pool } = app.open;
    await pool.query('CREATE TABLE kept (id integer PRIMARY KEY); GRANT ALL ON kept TO quintet_serving');
    const answers = await whileHolding('INSERT INTO kept VALUES (2)', [], () =>
      outcomes([1, 2, 3].map((id) => database.writeBatched(KEEP, { organization_id: client.tenant.id, id }))),
    );
    expect(answers).toEqual([{ n: '1', id: 1 }, 'unavailable', { n: '1', id: 3 }]);
    expect((await pool.query('SELECT id FROM kept ORDER BY id')).rows).toEqual([{ id: 1 }, { id: 3 }]);
  });
});

describe('bookings that share a statement', () => {
  it('are stored beside one that waits for a lock', async () => {
    const path = `/spaces/${client.spaceId}/events`;
    const { data } = (await client(path, { body: aBooking() })).json;
    const [locked, free] = await whileHolding(
      `UPDATE spaces.events SET remote_event_id = 'taken', remote_type = 'outlook'
        WHERE organization_id = $1 AND id = $2`,
      [client.tenant.id, data.id],
      () =>
        Promise.all([
          client(path, {
            body: aBooking({ ...times('2031-03-06', 9), remote_event_id: 'taken', remote_type: 'outlook' }),
          }),
          neighbour(`/spaces/${neighbour.spaceId}/events`, { body: aBooking() }),
        ]),
    );
    expect([locked?.status, free?.status]).toEqual([503, 201]);
  });
});
