import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { setTimeout as sleep } from 'node:timers/promises';
import { bootApp, type TestApp } from '../../support/app.js';
import type { Answer } from '../../support/http.js';
import { aBooking, givenSpace, givenSpacesClient, times, type SpacesClient } from '../../support/spaces.js';

const LIMIT_MS = 1_000;
/** Tolerance for the service and the test machine, on top of the time limit. */
const SLACK_MS = 900;

let app: TestApp;
let client: SpacesClient;

beforeAll(async () => {
  app = await bootApp({ environment: { STATEMENT_TIMEOUT_MS: String(LIMIT_MS) } });
  client = await givenSpacesClient(app);
});
afterAll(() => app.close());

const newSpace = (): Promise<number> => givenSpace(app, client.tenant, client.locationId);

/** Locks a space repeatedly while `work` runs, each time for less than the time limit. */
async function whileContended<T>(space: number, work: () => Promise<T>): Promise<T> {
  const connection = await app.open.pool.connect();
  let stopped = false;
  const lock = async (): Promise<void> => {
    await connection.query('BEGIN');
    await connection.query('SELECT FROM spaces.spaces WHERE id = $1 FOR UPDATE', [space]);
  };
  await lock();
  const contention = (async () => {
    while (!stopped) {
      await sleep(0.4 * LIMIT_MS);
      await connection.query('COMMIT');
      if (!stopped) await lock();
    }
  })();
  try {
    return await work();
  } finally {
    stopped = true;
    await contention;
    connection.release();
  }
}

interface Timed {
  readonly answer: Answer;
  readonly elapsedMs: number;
}

async function timed(request: Promise<Answer>): Promise<Timed> {
  const startedAt = performance.now();
  return { answer: await request, elapsedMs: performance.now() - startedAt };
}

const day = (n: number): string => `2031-04-${String(n + 1).padStart(2, '0')}`;

/** Some requests succeed and the others get 503, all within the time limit. */
function expectServedOrRejected(all: readonly Timed[], served: number): void {
  const statuses = all.map(({ answer }) => answer.status);
  expect([...new Set(statuses)].sort()).toEqual([served, 503]);
  for (const { answer, elapsedMs } of all) {
    expect(elapsedMs).toBeLessThan(LIMIT_MS + SLACK_MS);
    if (answer.status !== 503) continue;
    expect(answer.headers.get('retry-after')).toMatch(/^[1-9]\d*$/);
    expect(answer.json).toMatchObject({
      meta: { status_code: 503, status: 'SERVICE_UNAVAILABLE', more_info: {} },
      data: {},
    });
  }
}

describe('a space that many want to book', () => {
  it.each([
    ['single bookings', {}],
    ['series', { recurrence: ['RRULE:FREQ=YEARLY;COUNT=2'] }],
  ])('keeps none of them waiting longer than a statement may take: %s', async (_, extraFields) => {
    const space = await newSpace();
    const answers = await whileContended(space, () =>
      Promise.all(
        Array.from({ length: 16 }, (__, n) => {
          const body = aBooking({ ...extraFields, title: `n${n}`, ...times(day(n), 9) });
          return timed(client(`/spaces/${space}/events`, { body }));
        }),
      ),
    );
    expectServedOrRejected(answers, 201);
    // Rejected bookings are not stored, not even later.
    await sleep(LIMIT_MS);
    const { json } = await client(`/spaces/${space}/events?per_page=200`);
    const stored = new Set((json.data as { title: string }[]).map(({ title }) => title));
    const confirmed = answers.flatMap(({ answer }, n) => (answer.status === 201 ? [`n${n}`] : []));
    expect([...stored].sort()).toEqual(confirmed.sort());
    expect((await client(`/spaces/${space}/events`, { body: aBooking() })).status).toBe(201);
  });

  it('keeps no change waiting longer, and changes nothing of what it refused', async () => {
    const space = await newSpace();
    const ids: string[] = [];
    for (let n = 0; n < 8; n++) {
      const body = aBooking({ title: 'before', ...times(day(n), 9) });
      ids.push(String((await client(`/spaces/${space}/events`, { body })).json.data.id));
    }
    const answers = await whileContended(space, () =>
      Promise.all(
        ids.map((id) => timed(client(`/events/${id}`, { method: 'PATCH', body: { title: 'after' } }))),
      ),
    );
    expectServedOrRejected(answers, 200);
    await sleep(LIMIT_MS);
    for (const [n, { answer }] of answers.entries()) {
      const { json } = await client(`/events/${ids[n] ?? ''}`);
      expect(json.data.title).toBe(answer.status === 200 ? 'after' : 'before');
    }
  });
});
