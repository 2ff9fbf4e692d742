import { createServer, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { bootApp, type TestApp } from './support/app.js';
import { aPoll, givenPollsClient, type PollsClient } from './support/polls.js';
import { until } from './support/smtp.js';

let app: TestApp;
let receiver: Server;
let address: string;
/** Requests to paths that begin with `/dead`, until their sender gives them up. */
const held = new Map<ServerResponse, string>();
let mostHeld = 0;
/** Paths in the order in which they were answered; `/slow` takes its time. */
const answered: string[] = [];

beforeAll(async () => {
  receiver = createServer((request, response) => {
    const path = request.url ?? '';
    request.resume();
    if (path.startsWith('/dead')) {
      held.set(response, path);
      mostHeld = Math.max(mostHeld, held.size);
      response.on('close', () => held.delete(response));
      return;
    }
    setTimeout(
      () => {
        answered.push(path);
        response.writeHead(204).end();
      },
      path.startsWith('/slow') ? 250 : 0,
    );
  });
  await new Promise<void>((resolve) => receiver.listen(0, '127.0.0.1', resolve));
  address = `http://127.0.0.1:${(receiver.address() as AddressInfo).port}`;
  app = await bootApp({ environment: { HOOKS_ALLOW_INTERNAL: 'true' } });
});
afterAll(async () => {
  receiver.closeAllConnections();
  await app.close();
  await new Promise((resolve) => receiver.close(resolve));
});

async function hook(client: PollsClient, path: string): Promise<string> {
  const { json } = await client('/hooks', { body: { url: address + path, events: ['event.created'] } });
  return (json as { _id: string })._id;
}

/** Notices that were due before anything else. */
async function backlog(client: PollsClient, hooks: readonly string[], ofEach: number): Promise<void> {
  await app.open.pool.query(
    `INSERT INTO outbox.deliveries (organization_id, kind, target, payload, due_at, created_at)
     SELECT $1, 'polls.hook', hook, '{}', now() - n * interval '1 second', now()
       FROM unnest($2::text[]) AS hook, generate_series(1, $3::integer) n`,
    [client.tenant.id, hooks, ofEach],
  );
}

describe('an organization of which a hundred hooks never answer', () => {
  it('has ten notices under way, and keeps no neighbour waiting', async () => {
    const [dead, neighbour] = [await givenPollsClient(app), await givenPollsClient(app)];
    const hooks: string[] = [];
    for (let n = 1; n < 100; n++) hooks.push(await hook(dead, `/dead/${n}`));
    await hook(neighbour, '/neighbour');
    await backlog(dead, hooks, 5);
    await dead('/events', { body: aPoll() });
    await until(() => held.size > 0);
    await sleep(500);

    const began = Date.now();
    await neighbour('/events', { body: aPoll() });
    await until(() => answered.includes('/neighbour'));
    expect(Date.now() - began).toBeLessThan(3_000);
    expect(mostHeld).toBe(10);
    // Each to another of its hooks, though all have several due.
    expect(new Set(held.values()).size).toBe(10);
  }, 60_000);

  it('cannot have another', async () => {
    const client = await givenPollsClient(app);
    const body = { url: `${address}/none`, events: ['event.voted'] };
    const answers = await Promise.all(Array.from({ length: 105 }, () => client('/hooks', { body })));
    expect(answers.filter(({ status }) => status === 201)).toHaveLength(100);
    const refused = answers.filter(({ status }) => status !== 201);
    expect(refused).toHaveLength(5);
    for (const { json } of refused)
      expect(json).toEqual({ status: 409, message: expect.stringContaining('100 hooks') as unknown });
    const [{ _id }] = (await client('/hooks')).json as [{ _id: string }];
    await client(`/hooks/${_id}`, { method: 'DELETE' });
    expect((await client('/hooks', { body })).status).toBe(201);
  });
});

describe('when more organizations have something due than a process delivers at a time', () => {
  it('who has least under way comes next, however long others have waited', async () => {
    const busy = await Promise.all(Array.from({ length: 25 }, () => givenPollsClient(app)));
    for (const [index, client] of busy.entries()) {
      const hooks = await Promise.all([1, 2, 3, 4, 5].map((n) => hook(client, `/slow/${index}/${n}`)));
      await backlog(client, hooks, 40);
    }
    const newcomer = await givenPollsClient(app);
    await hook(newcomer, '/newcomer');
    await until(() => answered.some((path) => path.startsWith('/slow')));
    await newcomer('/events', { body: aPoll() });
    await until(() => answered.includes('/newcomer'));
    // All 5,000 take more than six seconds.
    expect(answered.filter((path) => path.startsWith('/slow')).length).toBeLessThan(2_500);
  }, 60_000);
});
