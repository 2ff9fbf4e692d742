import { createServer, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { bootApp, type TestApp } from './support/app.js';
import { aPoll, givenPollsClient, type PollsClient } from './support/polls.js';
import { openPostbox, until, type Postbox } from './support/smtp.js';
import { createTestDatabase, dropTestDatabase } from './support/test-database.js';

describe('a receiver that does not answer', () => {
  let app: TestApp;
  let client: PollsClient;
  let postbox: Postbox;
  let receiver: Server;
  let address: string;
  /** Requests that wait for an answer, until the test lets go. */
  const held = new Set<ServerResponse>();
  let holding = true;
  let mostHeld = 0;
  /** Paths in the order in which they were answered. */
  const answered: string[] = [];

  const answer = (path: string, response: ServerResponse): void => {
    answered.push(path);
    response.writeHead(204).end();
  };
  const times = (path: string): number => answered.filter((one) => one === path).length;
  const hook = async (path: string): Promise<string> => {
    const { json } = await client('/hooks', { body: { url: address + path, events: ['event.created'] } });
    return (json as { _id: string })._id;
  };

  beforeAll(async () => {
    postbox = await openPostbox();
    receiver = createServer((request, response) => {
      request.resume();
      if (request.url !== '/slow' || !holding) return answer(request.url ?? '', response);
      held.add(response);
      response.on('close', () => held.delete(response));
      mostHeld = Math.max(mostHeld, held.size);
    });
    await new Promise<void>((resolve) => receiver.listen(0, '127.0.0.1', resolve));
    address = `http://127.0.0.1:${(receiver.address() as AddressInfo).port}`;
    app = await bootApp({
      environment: { HOOKS_ALLOW_INTERNAL: 'true', SMTP_URL: `smtp://127.0.0.1:${postbox.port}` },
    });
    client = await givenPollsClient(app);
  });
  afterAll(async () => {
    await app.close();
    receiver.closeAllConnections();
    await new Promise((resolve) => receiver.close(resolve));
    await postbox.close();
  });

  it('delays neither other hooks nor mails, however much waits for it', async () => {
    const slow = await hook('/slow');
    // More than one look reaches, and all of it due before anything else.
    const backlog = 300;
    await app.open.pool.query(
      `INSERT INTO outbox.deliveries (organization_id, kind, target, payload, due_at, created_at)
       SELECT $1, 'polls.hook', $2, '{}', now() - n * interval '1 minute', now() FROM generate_series(1, $3::integer) n`,
      [client.tenant.id, slow, backlog],
    );
    await until(() => held.size > 0);
    await hook('/quick');
    const events = 15;
    for (let index = 0; index < events; index++) {
      const body = aPoll({ title: `Waiting ${index}`, settings: null, invitees: [{ email: 'g@x.org' }] });
      await client('/events', { body });
    }
    await until(() => times('/quick') === events);
    await postbox.hold(events);
    expect(times('/slow')).toBe(0);

    holding = false;
    for (const response of held) answer('/slow', response);
    await until(() => times('/slow') >= backlog + events);
    expect(times('/quick')).toBe(events);
    expect(postbox.mails).toHaveLength(events);
    expect(mostHeld).toBeLessThanOrEqual(2);
  });
});

describe('what was done with', () => {
  it('is forgotten after the retention, once, by any of several processes; nothing else is', async () => {
    const databaseUrl = await createTestDatabase();
    const ground = await bootApp({ databaseUrl });
    const { tenant } = await givenPollsClient(ground);
    const write = (days: number, state: string, count: number): Promise<unknown> =>
      ground.open.pool.query(
        `INSERT INTO outbox.deliveries (organization_id, kind, target, payload, state, due_at, created_at, done_at)
         SELECT $1, 'nobody', $2, '{}', $3, now(), now() - $4::integer * interval '1 day',
                CASE $3 WHEN 'waiting' THEN NULL ELSE now() - $4::integer * interval '1 day' END
           FROM generate_series(1, $5::integer)`,
        [tenant.id, `${state} ${days}`, state, days, count],
      );
    for (const state of ['delivered', 'kept', 'given up']) {
      await write(8, state, state === 'delivered' ? 5000 : 10);
      await write(6, state, 3);
    }
    await write(8, 'waiting', 3);
    await ground.close();

    const environment = { OUTBOX_RETENTION_DAYS: '7' };
    const apps = await Promise.all([1, 2].map(() => bootApp({ databaseUrl, environment })));
    const left = async (): Promise<Record<string, number>> => {
      const { rows } = await (apps[0] as TestApp).open.pool.query<{ target: string; count: number }>(
        'SELECT target, count(*)::integer FROM outbox.deliveries GROUP BY target',
      );
      return Object.fromEntries(rows.map(({ target, count }) => [target, count]));
    };
    const young = { 'delivered 6': 3, 'kept 6': 3, 'given up 6': 3, 'waiting 8': 3 };
    await until(async () => Object.keys(await left()).length === Object.keys(young).length);
    expect(await left()).toEqual(young);
    expect(apps.flatMap(({ log }) => log.filter(({ msg }) => String(msg).includes('pruned')))).toEqual([]);
    for (const app of apps) await app.close();
    await dropTestDatabase(databaseUrl);
  });
});
