import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { setTimeout as sleep } from 'node:timers/promises';
import { lookupOf } from '../../src/auth/credentials/bearer-key.js';
import { bootApp, type TestApp } from '../support/app.js';
import { call, type Answer } from '../support/http.js';
import { givenKey } from '../support/tenant.js';
import { givenTrainingClient, type TrainingClient } from '../support/training.js';

const LIMIT = 50;
const WINDOW_MS = 60_000;

/** Two applications on one database, which act as two processes. */
let first: TestApp;
let second: TestApp;
let unlimited: TestApp;
let client: TrainingClient;

beforeAll(async () => {
  const environment = { TRAINING_RATE_LIMIT: String(LIMIT) };
  first = await bootApp({ environment });
  second = await bootApp({ environment, databaseUrl: first.databaseUrl });
  unlimited = await bootApp({ environment: { TRAINING_RATE_LIMIT: '0' }, databaseUrl: first.databaseUrl });
  client = await givenTrainingClient(first);
});
afterAll(async () => {
  await second.close();
  await unlimited.close();
  await first.close();
});

/** The header of an unused credential. */
async function newAuthorization(): Promise<string> {
  return `Bearer ${client.tenant.id}:${await givenKey(first, client.tenant)}`;
}

function ask(app: TestApp, authorization: string): Promise<Answer> {
  return call(`${app.url}/api/v1/members`, { headers: { authorization } });
}

/** Waits for the next minute if the rest of this one is too short for the test. */
async function withinOneWindow(needed: number): Promise<void> {
  const left = WINDOW_MS - (Date.now() % WINDOW_MS);
  if (left < needed) await sleep(left + 50);
}

describe('a credential that is revoked', () => {
  const revocations: Readonly<Record<string, string>> = {
    'is deleted': 'DELETE FROM tenancy.credentials WHERE lookup = $1',
    'loses its key': `UPDATE tenancy.credentials SET secret_sha256 = '\\x00' WHERE lookup = $1`,
    'has expired by a change': `UPDATE tenancy.credentials SET expires_at = now() - interval '1 s' WHERE lookup = $1`,
  };

  it.each(Object.keys(revocations))('is refused by every process within a second: it %s', async (what) => {
    const authorization = await newAuthorization();
    const lookup = lookupOf(authorization.split(':')[1] ?? '');
    for (const app of [first, second]) expect((await ask(app, authorization)).status).toBe(200);
    await first.open.pool.query(revocations[what] ?? '', [lookup]);
    const deadline = Date.now() + 1_000;
    for (const app of [first, second]) {
      while ((await ask(app, authorization)).status === 200) {
        if (Date.now() > deadline) throw new Error('it is still served');
        await sleep(10);
      }
      expect((await ask(app, authorization)).status).toBe(401);
    }
  });
});

describe('a ceiling', () => {
  it(
    'is shared by all processes: together they serve exactly that many in a minute',
    async () => {
      await withinOneWindow(15_000);
      const authorization = await newAuthorization();
      const answers: Answer[] = [];
      for (let round = 0; round < 10; round++) {
        const batch = Array.from({ length: 20 }, (_, n) => ask(n % 2 === 0 ? first : second, authorization));
        answers.push(...(await Promise.all(batch)));
      }
      const served = answers.filter(({ status }) => status === 200);
      const refused = answers.filter(({ status }) => status === 429);
      expect([served.length, refused.length]).toEqual([LIMIT, answers.length - LIMIT]);

      const reset = Math.ceil(Date.now() / WINDOW_MS) * (WINDOW_MS / 1_000);
      for (const { headers } of answers) {
        expect(headers.get('x-ratelimit-limit')).toBe(String(LIMIT));
        expect(Number(headers.get('x-ratelimit-remaining'))).toBeLessThan(LIMIT);
        expect(headers.get('x-ratelimit-reset')).toBe(String(reset));
      }
      for (const answer of refused) {
        expect(answer.headers.get('x-ratelimit-remaining')).toBe('0');
        expect(Number(answer.headers.get('retry-after'))).toBeGreaterThanOrEqual(1);
        expect(Number(answer.headers.get('retry-after'))).toBeLessThanOrEqual(60);
        expect(answer.json).toMatchObject({ result: 'failure', error: { type: 'TooManyRequests' } });
      }
      // Each credential has its own limit.
      expect((await ask(first, await newAuthorization())).status).toBe(200);
    },
    WINDOW_MS,
  );

  it('counts down in the headers', async () => {
    await withinOneWindow(5_000);
    const authorization = await newAuthorization();
    const remaining: number[] = [];
    for (let n = 0; n < 4; n++) {
      remaining.push(Number((await ask(first, authorization)).headers.get('x-ratelimit-remaining')));
    }
    expect(remaining).toEqual([LIMIT - 1, LIMIT - 2, LIMIT - 3, LIMIT - 4]);
  }, 30_000);

  it('of 0 is none: everything is served, and no header tells of it', async () => {
    const authorization = await newAuthorization();
    const answers = await Promise.all(Array.from({ length: 2 * LIMIT }, () => ask(unlimited, authorization)));
    expect(answers.filter(({ status }) => status !== 200)).toEqual([]);
    expect(answers[0]?.headers.has('x-ratelimit-limit')).toBe(false);
  });
});
