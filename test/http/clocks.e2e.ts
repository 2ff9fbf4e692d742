import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { randomBytes } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { NoncesRepository } from '../../src/auth/oauth1/nonces.repository.js';
import { bootApp, type TestApp } from '../support/app.js';
import { call, type Answer } from '../support/http.js';
import { aPoll, givenPollsClient } from '../support/polls.js';
import { givenRealmsClient } from '../support/realms.js';
import { until } from '../support/smtp.js';
import { givenKey, givenTenant } from '../support/tenant.js';

const HOUR_MS = 3_600_000;
const HOUR = 3_600;
const LIMIT = 20;
const REALMS_LIMIT = 5;

/** Two processes on one database; the clock is wrong during requests to the first. */
let wrong: TestApp;
let right: TestApp;
const realNow = Date.now;
let clockShift = 0;

function setClock(shiftMs: number): void {
  clockShift = shiftMs;
}

beforeAll(async () => {
  Date.now = () => realNow() + clockShift;
  const environment = {
    TRAINING_RATE_LIMIT: String(LIMIT),
    REALMS_RATE_LIMIT: String(REALMS_LIMIT),
    HOOKS_ALLOW_INTERNAL: 'true',
  };
  wrong = await bootApp({ environment });
  right = await bootApp({ environment, databaseUrl: wrong.databaseUrl });
});
afterEach(() => setClock(0));
afterAll(async () => {
  Date.now = realNow;
  await right.close();
  await wrong.close();
});

describe.each([
  ['ahead', HOUR_MS],
  ['behind', -HOUR_MS],
])('a process whose clock is an hour %s', (_, shift) => {
  it('counts a key’s requests in the same minute as the others', async () => {
    const tenant = await givenTenant(wrong);
    const authorization = `Bearer ${tenant.id}:${await givenKey(wrong, tenant)}`;
    const ask = (app: TestApp): Promise<Answer> =>
      call(`${app.url}/api/v1/members`, { headers: { authorization } });
    const left = 60_000 - (realNow() % 60_000);
    if (left < 10_000) await sleep(left + 50);

    setClock(shift);
    const served = await Promise.all(Array.from({ length: LIMIT }, () => ask(wrong)));
    const refused = await ask(wrong);
    setClock(0);
    expect(served.map(({ status }) => status)).toEqual(Array(LIMIT).fill(200));
    expect(refused.status).toBe(429);
    expect(Number(refused.headers.get('retry-after'))).toBeLessThanOrEqual(60);
    const reset = Math.ceil(realNow() / 60_000) * 60;
    expect(served[0]?.headers.get('x-ratelimit-reset')).toBe(String(reset));
    expect((await ask(right)).status).toBe(429);

    // Simulates the end of the minute.
    await wrong.open.pool.query('UPDATE tenancy.rate_windows SET started_at = started_at - 60');
    const another = await bootApp({
      databaseUrl: wrong.databaseUrl,
      environment: { TRAINING_RATE_LIMIT: String(LIMIT) },
    });
    expect((await ask(another)).status).toBe(200);
    await another.close();
  }, 60_000);

  it('does not lock out who signs, and lets nobody repeat a request', async () => {
    const { consumer, section } = await givenRealmsClient(wrong);
    const authorization = (seconds: number): string =>
      'OAuth ' +
      Object.entries({
        oauth_consumer_key: consumer.consumerKey,
        oauth_signature_method: 'PLAINTEXT',
        oauth_signature: `${consumer.consumerSecret}&`,
        oauth_timestamp: String(Math.floor(realNow() / 1000) + seconds),
        oauth_nonce: randomBytes(8).toString('hex'),
      })
        .map(([name, value]) => `${name}="${encodeURIComponent(value)}"`)
        .join(', ');
    const ask = (app: TestApp, header: string): Promise<Answer> =>
      call(`${app.url}/v1/sections/${section}/events`, { headers: { authorization: header } });
    const seconds = Math.sign(shift) * HOUR;

    setClock(shift);
    const headers = Array.from({ length: REALMS_LIMIT }, () => authorization(seconds));
    for (const header of headers) expect((await ask(wrong, header)).status).toBe(200);
    setClock(0);
    expect((await ask(right, authorization(seconds))).status).toBe(401);
    await sleep(5_100);
    expect((await ask(right, authorization(0))).status).toBe(200);

    await right.app.get(NoncesRepository).prune();
    await sleep(5_100);
    setClock(shift);
    const again = await ask(wrong, headers[0] ?? '');
    expect([again.status, again.text]).toEqual([401, expect.stringContaining('Duplicate')]);
  }, 60_000);
});

describe('a delivery', () => {
  let receiver: Server;
  let address: string;
  /** Paths of requests, in order of arrival. */
  const received: string[] = [];

  beforeAll(async () => {
    receiver = createServer((request, response) => {
      received.push(request.url ?? '');
      request.resume();
      setTimeout(() => response.writeHead(204).end(), 3_000);
    });
    await new Promise<void>((resolve) => receiver.listen(0, '127.0.0.1', resolve));
    address = `http://127.0.0.1:${(receiver.address() as AddressInfo).port}`;
  });
  afterAll(async () => {
    receiver.closeAllConnections();
    await new Promise((resolve) => receiver.close(resolve));
  });

  it.each([
    ['ahead', HOUR_MS],
    ['behind', -HOUR_MS],
  ])('goes out at once and once where it was written by a clock that is an hour %s', async (path, shift) => {
    const client = await givenPollsClient(wrong);
    const body = { url: `${address}/${path}`, events: ['event.created'] };
    const { _id } = (await client('/hooks', { body })).json as { _id: string };
    setClock(shift);
    expect((await client('/events', { body: aPoll() })).status).toBe(201);
    await sleep(500);
    setClock(0);
    await until(() => received.includes(`/${path}`), 3_000);
    const { rows } = await wrong.open.pool.query<{ seconds: number }>(
      `SELECT extract(epoch FROM due_at - now())::float8 AS seconds FROM outbox.deliveries WHERE target = $1`,
      [_id],
    );
    // Another process may claim it exactly one minute after the first claim.
    expect(rows[0]?.seconds).toBeGreaterThan(50);
    expect(rows[0]?.seconds).toBeLessThanOrEqual(60);
    const states = async (): Promise<string[]> =>
      ((await client(`/hooks/${_id}/deliveries`)).json as { state: string }[]).map(({ state }) => state);
    await until(async () => (await states())[0] === 'delivered', 8_000);
    expect(received.filter((one) => one === `/${path}`)).toHaveLength(1);
  });
});
