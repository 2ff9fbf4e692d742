import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { setTimeout as sleep } from 'node:timers/promises';
import { bootApp, type TestApp } from '../support/app.js';
import { call, type Answer } from '../support/http.js';
import { StallingProxy } from '../support/stalling-proxy.js';
import { createTestDatabase, dropTestDatabase } from '../support/test-database.js';
import { anEvent, givenTrainingClient, type TrainingClient } from '../support/training.js';

/** Twice what is promised, since the machine of the tests may be busy. */
const PATIENCE_MS = 4_000;
const RECOVERY_MS = 5_000;

let databaseUrl: string;
let proxy: StallingProxy;
let app: TestApp;
let client: TrainingClient;

beforeAll(async () => {
  databaseUrl = await createTestDatabase();
  proxy = await StallingProxy.before(databaseUrl);
  app = await bootApp({ databaseUrl: proxy.url, environment: { STATEMENT_TIMEOUT_MS: '1000' } });
  client = await givenTrainingClient(app);
  expect((await client('/events')).status).toBe(200);
});
afterAll(async () => {
  proxy.resume();
  await app.close();
  await proxy.close();
  await dropTestDatabase(databaseUrl);
});

async function isRefusedInTime(request: Promise<Answer>): Promise<void> {
  const began = performance.now();
  const { status, headers } = await request;
  expect([status, headers.get('retry-after')]).toEqual([503, expect.stringMatching(/^[1-9]\d*$/)]);
  expect(performance.now() - began).toBeLessThan(PATIENCE_MS);
}

describe('a network that carries nothing any more', () => {
  it('is told as 503 in time, and served again when it does, with what was acknowledged and nothing twice', async () => {
    const kept = await client('/events', { body: anEvent(client, { name: 'Kept' }) });
    expect(kept.status).toBe(200);
    proxy.stall();
    // Again and again: neither do requests pile up, nor do new connections help.
    for (let round = 0; round < 2; round++) {
      await Promise.all([
        isRefusedInTime(client('/members')),
        isRefusedInTime(client('/events')),
        isRefusedInTime(client('/events', { body: anEvent(client, { name: `Refused ${round}` }) })),
      ]);
      expect((await call(`${app.url}/health/live`)).status).toBe(200);
    }
    proxy.resume();
    const deadline = performance.now() + RECOVERY_MS;
    while ((await client('/events')).status !== 200) {
      if (performance.now() > deadline) throw new Error('it is not served again');
      await sleep(50);
    }
    const again = await client('/events', { body: anEvent(client, { name: 'Again' }) });
    expect(again.status).toBe(200);
    const names = ((await client('/events')).json as { name: string }[]).map(({ name }) => name);
    expect(names.filter((name) => !name.startsWith('Refused')).sort()).toEqual(['Again', 'Kept']);
    // What was sent before the stall may have arrived; no request is there more than once.
    expect(new Set(names).size).toBe(names.length);
  }, 60_000);
});
