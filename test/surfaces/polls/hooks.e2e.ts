import { createServer, type IncomingHttpHeaders, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Webhook } from 'standardwebhooks';
import { bootApp, type TestApp } from '../../support/app.js';
import { aPoll, givenPollsClient, type PollsClient } from '../../support/polls.js';
import { until } from '../../support/smtp.js';

// eslint-disable-next-line @typescript-eslint/no-explicit-any -- tests read responses as an untyped client does
type Json = any;

interface Delivery {
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

let app: TestApp;
let client: PollsClient;
let receiver: Server;
let address: string;
const deliveries: Delivery[] = [];
/** Response statuses by path; 204 by default. */
const statuses = new Map<string, number[]>();

beforeAll(async () => {
  app = await bootApp({ environment: { HOOKS_ALLOW_INTERNAL: 'true' } });
  client = await givenPollsClient(app);
  receiver = createServer((request, response) => {
    let body = '';
    request.on('data', (chunk: Buffer) => (body += chunk.toString('utf8')));
    request.on('end', () => {
      const path = request.url ?? '';
      deliveries.push({ path, headers: request.headers, body });
      response.writeHead(statuses.get(path)?.shift() ?? 204, { location: '/elsewhere' }).end();
    });
  });
  await new Promise<void>((resolve) => receiver.listen(0, '127.0.0.1', resolve));
  address = `http://127.0.0.1:${(receiver.address() as AddressInfo).port}`;
});
afterAll(async () => {
  await app.close();
  receiver.closeAllConnections();
  await new Promise((resolve) => receiver.close(resolve));
});

const deliveriesTo = (path: string): Delivery[] => deliveries.filter((delivery) => delivery.path === path);
const createHook = async (path: string, events?: string[]): Promise<Json> =>
  (await client('/hooks', { body: { url: `${address}${path}`, events } })).json;
const createEvent = async (): Promise<Json> => (await client('/events', { body: aPoll() })).json;

describe('web hooks', () => {
  it('are told everything that happens, signed so that standardwebhooks verifies it', async () => {
    const { secret, ...shown } = await createHook('/all');
    expect(secret).toMatch(/^whsec_/);
    expect((await client(`/hooks/${shown._id}`)).json).toEqual(shown);
    const event = await createEvent();
    const guest = event.invitees[1];
    await client(`/events/${event._id}`, { method: 'PUT', body: { title: 'New' } });
    await client(`/events/${event._id}/votes`, { method: 'PUT', body: { invitee: guest._id, dates: {} } });
    await client(`/events/${event._id}/invitees`, { body: [{ email: 'n@x.org' }] });
    await client(`/events/${event._id}/confirm`, { method: 'POST' });
    await client(`/events/${event._id}/cancel`, { method: 'POST' });
    await until(() => deliveriesTo('/all').length === 6);
    const payloads = deliveriesTo('/all').map(
      ({ body, headers }) =>
        new Webhook(secret as string).verify(body, headers as Record<string, string>) as Json,
    );
    expect(payloads.map(({ type }) => type).sort()).toEqual([
      'event.cancelled',
      'event.confirmed',
      'event.created',
      'event.new_invitee',
      'event.updated',
      'event.voted',
    ]);
    const first = payloads.find(({ type }) => type === 'event.created');
    expect(first).toEqual({
      type: 'event.created',
      timestamp: event.createdAt,
      data: { ...event, key_store: event.key_store._id },
    });
    expect(() =>
      new Webhook(secret as string).verify(
        `${deliveriesTo('/all')[0]?.body} `,
        deliveriesTo('/all')[0]?.headers as Record<string, string>,
      ),
    ).toThrow();
  });

  it('are told only what they asked for', async () => {
    await createHook('/some', ['event.confirmed']);
    const event = await createEvent();
    await client(`/events/${event._id}/confirm`, { method: 'POST' });
    await until(() => deliveriesTo('/some').length === 1);
    expect(JSON.parse(deliveriesTo('/some')[0]?.body ?? '')).toMatchObject({ type: 'event.confirmed' });
  });

  it('are tried again under the same id, and redirects are not followed', async () => {
    statuses.set('/again', [500, 302]);
    await createHook('/again', ['event.created']);
    await createEvent();
    await until(() => deliveriesTo('/again').length === 3);
    expect(new Set(deliveriesTo('/again').map(({ headers }) => headers['webhook-id'])).size).toBe(1);
    expect(deliveriesTo('/elsewhere')).toEqual([]);
  });

  it('are switched off by 410, and switched on again by their owner', async () => {
    statuses.set('/gone', [410]);
    const { _id } = await createHook('/gone', ['event.created']);
    await createEvent();
    await until(async () => (await client(`/hooks/${_id}`)).json.active === false);
    await until(async () => (await client(`/hooks/${_id}/deliveries`)).json[0].state === 'given up');
    await createEvent();
    expect((await client(`/hooks/${_id}/deliveries`)).json).toHaveLength(1);
    expect((await client(`/hooks/${_id}`, { method: 'PUT', body: { active: true } })).json.active).toBe(true);
    await createEvent();
    await until(() => deliveriesTo('/gone').length === 2);
  });

  it('are replayed by id', async () => {
    const { _id } = await createHook('/replay', ['event.created']);
    await createEvent();
    await until(async () => (await client(`/hooks/${_id}/deliveries`)).json[0]?.state === 'delivered');
    const [delivery] = (await client(`/hooks/${_id}/deliveries`)).json;
    const response = await client(`/hooks/${_id}/deliveries/${delivery.id}/replay`, { method: 'POST' });
    expect([response.status, response.text]).toEqual([200, 'OK']);
    await until(() => deliveriesTo('/replay').length === 2);
    const [one, two] = deliveriesTo('/replay');
    expect([two?.body, two?.headers['webhook-id']]).toEqual([one?.body, one?.headers['webhook-id']]);
    expect((await client(`/hooks/${_id}/deliveries/999999/replay`, { method: 'POST' })).status).toBe(404);
  });

  it('are listed, changed and deleted, and are nobody else’s', async () => {
    const { secret, ...shown } = await createHook('/mine', ['event.voted']);
    const { _id, ...rest } = shown;
    expect(secret).toMatch(/^whsec_/);
    const other = await givenPollsClient(app);
    expect((await client('/hooks')).json[0]).toEqual({ _id, ...rest });
    expect((await client('/hooks')).json[0]).not.toHaveProperty('secret');
    expect((await other('/hooks')).json).toEqual([]);
    for (const request of [{}, { method: 'PUT', body: { url: 7 } }, { method: 'DELETE' }]) {
      expect((await other(`/hooks/${_id}`, request)).status).toBe(404);
    }
    const changed = await client(`/hooks/${_id}`, { method: 'PUT', body: { events: ['event.created'] } });
    expect(changed.json).toMatchObject({ url: rest.url, events: ['event.created'] });
    const deleted = await client(`/hooks/${_id}`, { method: 'DELETE' });
    expect([deleted.status, deleted.text]).toEqual([204, '']);
    expect((await client(`/hooks/${_id}`)).status).toBe(404);
  });

  it('that are deleted end what waits for them, and nobody is alarmed by it', async () => {
    const { _id } = await createHook('/ended', ['event.voted']);
    const write = (target: string, count: number, due: string): Promise<unknown> =>
      app.open.pool.query(
        `INSERT INTO outbox.deliveries (organization_id, kind, target, payload, due_at, created_at)
         SELECT $1, 'polls.hook', $2, '{}', now() + $4::interval, now() FROM generate_series(1, $3::integer)`,
        [client.tenant.id, target, count, due],
      );
    const ended = async (): Promise<Json[]> => {
      const { rows } = await app.open.pool.query<Json>(
        `SELECT state, trouble, done_at IS NOT NULL AS done, count(*)::integer FROM outbox.deliveries
          WHERE organization_id = $1 AND target = $2 GROUP BY 1, 2, 3 ORDER BY 2`,
        [client.tenant.id, _id],
      );
      return rows;
    };
    await write(_id, 60, '1 hour');
    expect((await client(`/hooks/${_id}`, { method: 'DELETE' })).status).toBe(204);
    const atOnce = { state: 'given up', trouble: 'The hook is deleted.', done: true, count: 60 };
    expect(await ended()).toEqual([atOnce]);

    // A concurrent change that read the hook may commit after its deletion.
    await write(_id, 30, '0');
    await until(async () => (await ended()).every(({ state }) => state === 'given up'));
    expect(await ended()).toEqual([
      { ...atOnce, trouble: 'The hook is deleted or switched off.', count: 30 },
      atOnce,
    ]);
    const alarming = app.log.filter(
      ({ level, msg }) => Number(level) >= 40 && /hook is deleted/.test(String(msg)),
    );
    expect(alarming).toEqual([]);
  });

  it.each([
    {},
    { url: 'ftp://x.org' },
    { url: 'http://user:word@x.org/' },
    { url: 'x', events: ['event.eaten'] },
  ])('refuse %j', async (body) => {
    const response = await client('/hooks', { body });
    expect(response.status).toBe(400);
    expect(Object.keys(response.json.errors)).toContain('url');
  });
});

describe('web hooks of the product’s own shape', () => {
  const create = async (path: string, action: string): Promise<Json> =>
    (await client('/hooks', { body: { action, target_url: `${address}${path}` } })).json;

  it('have an action and a target, and their secret once', async () => {
    const { secret, ...hook } = await create('/theirs', 'event.created');
    expect(secret).toMatch(/^whsec_/);
    const organization = (await client('/auth/test')).json._id;
    expect(hook).toEqual({
      _id: expect.stringMatching(/^[0-9a-f]{24}$/),
      organization,
      scope: 'organization',
      action: 'event.created',
      target_url: `${address}/theirs`,
      createdAt: expect.any(String),
      updatedAt: hook.createdAt,
      __v: 0,
    });
    const ours = await createHook('/ours-beside', ['event.voted']);
    delete ours.secret;
    expect((await client('/hooks?limit=2')).json).toEqual([ours, hook]);
    expect((await client(`/hooks/${hook._id}`)).json).toEqual(hook);
  });

  it('get a bare object with the action, the event and the organization, signed as ours are', async () => {
    const { secret } = await create('/bare', 'event.created');
    const event = await createEvent();
    await until(() => deliveriesTo('/bare').length === 1);
    const [{ body, headers }] = deliveriesTo('/bare') as [Delivery];
    const payload = new Webhook(secret as string).verify(body, headers as Record<string, string>);
    expect(payload).toEqual({
      action: 'event.created',
      resource: { ...event, key_store: event.key_store._id },
      organization: (await client('/auth/test')).json._id,
    });
    expect(headers['user-agent']).toBe('Quintet');
  });

  it('are told who did it, unless an organization’s key did', async () => {
    const hook = await create('/who', 'event.voted');
    const event = await createEvent();
    const [, guest] = event.invitees;
    const votes = `/events/${event._id}/votes`;
    const key = event.key_store.hash[guest.user];
    await client(votes, { method: 'PUT', body: { key, dates: {} } });
    await client(votes, { method: 'PUT', body: { invitee: guest._id, dates: {} } });
    await until(() => deliveriesTo('/who').length === 2);
    const users = deliveriesTo('/who').map(({ body }) => JSON.parse(body).user);
    expect(users.sort()).toEqual([guest.user, undefined]);
    const [delivery] = (await client(`/hooks/${hook._id}/deliveries`)).json;
    expect(delivery).toMatchObject({ type: 'event.voted', state: 'delivered' });
  });

  it('change by their own fields only', async () => {
    const { _id } = await create('/changing', 'event.created');
    const change = (body: Json): Promise<Json> => client(`/hooks/${_id}`, { method: 'PUT', body });
    const { json } = await change({ action: 'vyteme.updated', target_url: `${address}/changed` });
    expect(json).toMatchObject({ action: 'vyteme.updated', target_url: `${address}/changed` });
    const refused = await change({ url: address, events: ['event.created'], active: false });
    expect([refused.status, Object.keys(refused.json.errors)]).toEqual([400, ['url', 'events', 'active']]);
  });

  it('are switched off by 410, and on again by any change', async () => {
    statuses.set('/theirs-gone', [410]);
    const { _id } = await create('/theirs-gone', 'event.created');
    await createEvent();
    await until(async () => (await client(`/hooks/${_id}/deliveries`)).json[0]?.state === 'given up');
    await client(`/hooks/${_id}`, { method: 'PUT', body: {} });
    await createEvent();
    await until(() => deliveriesTo('/theirs-gone').length === 2);
  });

  it.each([
    [{ action: 'event.created' }, ['target_url']],
    [{ target_url: 'https://example.org/x' }, ['action']],
    [{ action: 'event.created', target_url: 'https://example.org/x', url: 'https://example.org/y' }, ['url']],
    [{ action: 'event.eaten', target_url: 'x' }, ['action', 'target_url']],
  ])('are refused with both shapes or half of one: %j', async (body, fields) => {
    const { status, json } = await client('/hooks', { body });
    expect([status, Object.keys(json.errors)]).toEqual([400, fields]);
  });

  it('are deleted with 204', async () => {
    const { _id } = await create('/deleted', 'event.created');
    const deleted = await client(`/hooks/${_id}`, { method: 'DELETE' });
    expect([deleted.status, deleted.text]).toEqual([204, '']);
  });
});

describe('without the setting that allows it', () => {
  let strictApp: TestApp;
  let strictClient: PollsClient;
  beforeAll(async () => {
    strictApp = await bootApp();
    strictClient = await givenPollsClient(strictApp);
  });
  afterAll(() => strictApp.close());

  it.each([
    'http://127.0.0.1/',
    'http://localhost:3000/',
    'http://[::1]/',
    'http://[::ffff:127.0.0.1]/',
    'http://169.254.169.254/',
    'http://2130706433/',
    'http://10.1.2.3/',
  ])('the internal address %s is refused', async (url) => {
    expect(Object.keys((await strictClient('/hooks', { body: { url } })).json.errors)).toEqual(['url']);
  });

  it('a name that resolves to an internal address is found out on delivery', async () => {
    const { _id } = (await strictClient('/hooks', { body: { url: 'http://outside.example/' } })).json;
    // Bypasses validation with a host name that resolves to an internal address.
    await strictApp.open.pool.query(`UPDATE polls.hooks SET url = $1 WHERE id = $2`, [
      `${address.replace('127.0.0.1', 'localhost')}/inside`,
      _id,
    ]);
    await strictClient('/events', { body: aPoll() });
    await until(async () => (await strictClient(`/hooks/${_id}/deliveries`)).json[0]?.state === 'given up');
    expect((await strictClient(`/hooks/${_id}/deliveries`)).json[0].trouble).toContain('internal');
    expect(deliveriesTo('/inside')).toEqual([]);
  });
});
