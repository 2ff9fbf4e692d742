import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { setTimeout as sleep } from 'node:timers/promises';
import { plannedEachTime } from '../../src/database/statement.js';
import { bootApp, type TestApp } from '../support/app.js';
import { aPoll, givenPollsClient, type PollsClient } from '../support/polls.js';

let app: TestApp;

beforeAll(async () => {
  app = await bootApp({ environment: { POLLS_RATE_LIMIT: '1000000' } });
});
afterAll(() => app.close());

describe('searches', () => {
  /** Runs until it is cut off, as an expression does that the database cannot make short work of. */
  const ENDLESS = plannedEachTime<{ slept: string }>('SELECT pg_sleep(60)::text AS slept');
  let flooder: PollsClient;
  let neighbour: PollsClient;

  beforeAll(async () => {
    [flooder, neighbour] = await Promise.all([givenPollsClient(app), givenPollsClient(app)]);
    for (const client of [flooder, neighbour])
      expect((await client('/events', { body: aPoll() })).status).toBe(201);
  });

  /** Sixteen endless ones of an organization at a time, until it is enough. */
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
