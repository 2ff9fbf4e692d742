import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { bookingFaults, raceForSlots } from '../../../prove/booking-race.js';
import { bootApp, type TestApp } from '../../support/app.js';
import { givenClientOf, givenSpace, givenSpacesClient } from '../../support/spaces.js';

let app: TestApp;
let second: TestApp;

beforeAll(async () => {
  // The default pool size; other tests use a smaller one.
  const environment = { DATABASE_POOL_SIZE: '8' };
  app = await bootApp({ environment });
  second = await bootApp({ databaseUrl: app.databaseUrl, environment });
});
afterAll(async () => {
  await second.close();
  await app.close();
});

it('lets 32 clients make 5,000 attempts on few slots of 3 spaces, on two processes, and holds every slot once', async () => {
  const client = await givenSpacesClient(app);
  const { tenant, locationId, spaceId } = client;
  const spaceIds = [
    spaceId,
    await givenSpace(app, tenant, locationId),
    await givenSpace(app, tenant, locationId),
  ];
  const clients = [await givenClientOf(app, tenant, null), await givenClientOf(second, tenant, null)];
  let turn = 0;
  const result = await raceForSlots({
    call: (path, method, body) => {
      const send = clients[turn++ % 2] ?? client;
      return send(path, { method, ...(body !== undefined && { body }) });
    },
    spaceIds,
    clients: 32,
    attempts: 5_000,
    seed: 20320105,
  });
  const statuses = new Map<number, number>();
  for (const { status } of result.ledger) statuses.set(status, (statuses.get(status) ?? 0) + 1);
  // If a request fails because of the database, this shows the error.
  const troubles = [...app.log, ...second.log].filter(({ msg }) => msg === 'unavailable');
  expect(troubles).toEqual([]);
  expect(result.ledger.length).toBeGreaterThanOrEqual(5_000);
  expect([...statuses.keys()].sort()).toEqual([200, 201, 409]);
  expect(result.contests.length).toBeGreaterThan(30);
  expect(bookingFaults(result)).toEqual([]);
  const { rows } = await app.open.pool.query(
    `SELECT count(*)::int AS overlaps FROM spaces.holds a JOIN spaces.holds b
         ON a.organization_id = b.organization_id AND a.space_id = b.space_id
        AND (a.event_id, a.original_start) < (b.event_id, b.original_start)
        AND a.starts_at < b.ends_at AND b.starts_at < a.ends_at
      WHERE a.status = 'confirmed' AND b.status = 'confirmed'`,
  );
  expect(rows).toEqual([{ overlaps: 0 }]);
}, 120_000);
