import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { Webhook } from 'standardwebhooks';
import { TrainingFinishedEventsService } from '../../../src/surfaces/training/subscriptions/training-finished-events.service.js';
import { adminClient } from '../../support/admin.js';
import { bootApp, type TestApp } from '../../support/app.js';
import { startHookReceiver, type HookReceiver, type ReceivedHook } from '../../support/hook-receiver.js';
import { call, type Answer, type Call } from '../../support/http.js';
import { until } from '../../support/smtp.js';
import { givenKey } from '../../support/tenant.js';
import { anEvent, givenTrainingClient, type TrainingClient } from '../../support/training.js';

// eslint-disable-next-line @typescript-eslint/no-explicit-any -- tests read responses as an untyped client does
type Json = any;

let app: TestApp;
let receiver: HookReceiver;
let client: TrainingClient;
let asMember: (path: string, request?: Call) => Promise<Answer>;

beforeAll(async () => {
  app = await bootApp({ environment: { HOOKS_ALLOW_INTERNAL: 'true' } });
  receiver = await startHookReceiver();
});
beforeEach(async () => {
  client = await givenTrainingClient(app);
  const key = await givenKey(app, client.tenant, { memberId: client.tenant.member.id });
  const authorization = `Bearer ${client.tenant.id}:${key}`;
  asMember = (path, request = {}) =>
    call(`${app.url}/api/v1${path}`, { ...request, headers: { authorization } });
});
afterAll(async () => {
  await app.close();
  await receiver.close();
});

const ID = expect.stringMatching(/^[0-9A-Za-z]{17}$/);
const TIME = expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/);
const UNKNOWN = 'AAAAAAAAAAAAAAAAA';
const PAST = { date_start: '2020-01-02T09:00:00.000Z', date_end: '2020-01-02T17:00:00.000Z' };

/** A subscription with an address of its own. */
async function subscribe(event: string): Promise<Json> {
  const { json } = await client('/subscriptions', {
    body: { target: `${receiver.address}/${Math.random()}`, event },
  });
  return json;
}
const receivedBy = ({ target }: Json): ReceivedHook[] =>
  receiver.received.filter(({ path }) => path === new URL(String(target)).pathname);

/** The only thing that a subscription is told. */
async function toldTo(subscription: Json): Promise<Json> {
  await until(() => receivedBy(subscription).length > 0);
  expect(receivedBy(subscription)).toHaveLength(1);
  return JSON.parse(receivedBy(subscription)[0]?.body ?? '');
}

/** How many deliveries were written for a subscription, sent or not. */
async function writtenFor({ id }: Json): Promise<number> {
  const { rows } = await app.open.pool.query<{ count: number }>(
    `SELECT count(*)::integer FROM outbox.deliveries WHERE kind = 'training.subscription' AND target = $1`,
    [id],
  );
  return rows[0]?.count ?? 0;
}

const createEvent = async (differing: object = {}): Promise<Json> =>
  (await client('/events', { body: anEvent(client, { ...differing }) })).json;
const patchEvent = ({ id }: Json, body: object): Promise<Answer> =>
  client(`/events/${String(id)}`, { method: 'PATCH', body });

describe('a subscription', () => {
  it('is answered in camel case, with its secret once', async () => {
    const answer = await client('/subscriptions', {
      body: { target: 'https://example.org/x', event: 'class.create' },
    });
    const { secret, ...shown } = answer.json;
    expect([answer.status, secret]).toEqual([200, expect.stringMatching(/^whsec_/)]);
    expect(shown).toEqual({
      id: ID,
      target: 'https://example.org/x',
      event: 'class.create',
      status: 'active',
      createdAt: TIME,
      updatedAt: shown.createdAt,
    });
    expect((await client(`/subscriptions/${String(shown.id)}`)).json).toEqual(shown);
    expect((await client('/subscriptions')).json).toEqual([shown]);
  });

  it('is listed, oldest first, several for one event too', async () => {
    const made = [await subscribe('event.create'), await subscribe('event.create')];
    expect((await client('/subscriptions')).json.map(({ id }: Json) => id)).toEqual(made.map(({ id }) => id));
  });

  it('is changed by what is given', async () => {
    const { id, secret, ...before } = await subscribe('event.create');
    expect(secret).toBeDefined();
    const path = `/subscriptions/${String(id)}`;
    const change = { event: 'event.delete', status: 'inactive', target: 'https://example.org/y' };
    const changed = await client(path, { method: 'PATCH', body: change });
    expect([changed.status, changed.json]).toEqual([200, { id, ...before, ...change, updatedAt: TIME }]);
    expect((await client(path)).json).toEqual(changed.json);
  });

  it('is deleted with 200', async () => {
    const { id } = await subscribe('event.create');
    const path = `/subscriptions/${String(id)}`;
    const deleted = await client(path, { method: 'DELETE' });
    expect([deleted.status, deleted.json]).toEqual([200, { result: 'success' }]);
    expect((await client(path)).status).toBe(404);
  });

  it.each([UNKNOWN, 'x'])('that is unknown is SubscriptionNotFound: %s', async (id) => {
    for (const request of [{}, { method: 'PATCH', body: { status: 7 } }, { method: 'DELETE' }]) {
      const answer = await client(`/subscriptions/${id}`, request);
      expect([answer.status, answer.json.error.type]).toEqual([404, 'SubscriptionNotFound']);
    }
  });

  it('of another organization is unknown', async () => {
    const { id } = await subscribe('event.create');
    const other = await givenTrainingClient(app);
    expect((await other('/subscriptions')).json).toEqual([]);
    for (const request of [{}, { method: 'PATCH', body: {} }, { method: 'DELETE' }]) {
      expect((await other(`/subscriptions/${String(id)}`, request)).status).toBe(404);
    }
  });

  it.each([
    [{}, ['target', 'event']],
    [{ target: 'ftp://example.org', event: 'event.eaten' }, ['target', 'event']],
    [{ target: 'https://user:word@example.org', event: 'event.create' }, ['target']],
    [{ target: 'https://example.org', event: ['event.create'] }, ['event']],
  ])('is refused with %j', async (body, fields) => {
    const { status, json } = await client('/subscriptions', { body });
    expect([status, json.error.type]).toEqual([422, 'RequestValidationError']);
    expect(json.error.errors.map(({ param }: Json) => param)).toEqual(fields);
  });

  it('is for administrators, also to read', async () => {
    const { id } = await subscribe('event.create');
    const body = { target: 'https://example.org', event: 'event.create' };
    const path = `/subscriptions/${String(id)}`;
    for (const [where, request] of [
      ['/subscriptions', {}],
      ['/subscriptions', { body }],
      [path, {}],
      [path, { method: 'PATCH', body }],
      [path, { method: 'DELETE' }],
    ] as const) {
      const answer = await asMember(where, request);
      expect([answer.status, answer.json.error.type]).toEqual([403, 'Forbidden']);
    }
  });

  it('is one of at most 100, also when several are made at once', async () => {
    await app.open.pool.query(
      `INSERT INTO training.subscriptions (organization_id, id, target, event, status, sealed_secret, created_at, updated_at)
       SELECT $1, lpad(i::text, 17, 'S'), 'https://example.org', 'event.create', 'active', 'x', now(), now()
         FROM generate_series(1, 98) i`,
      [client.tenant.id],
    );
    const body = { target: 'https://example.org', event: 'event.create' };
    const made = await Promise.all(Array.from({ length: 6 }, () => client('/subscriptions', { body })));
    expect(made.map(({ status }) => status).sort()).toEqual([200, 200, 422, 422, 422, 422]);
  });
});

describe('a subscriber is told', () => {
  it('what was created, as the API shows it, signed so that standardwebhooks verifies it', async () => {
    const subscription = await subscribe('event.create');
    const event = await createEvent({ description: 'd', trainees: ['g@example.com'] });
    await until(() => receivedBy(subscription).length === 1);
    const [{ headers, body }] = receivedBy(subscription) as [ReceivedHook];
    const payload = new Webhook(subscription.secret as string).verify(
      body,
      headers as Record<string, string>,
    );
    expect(payload).toEqual(event);
    expect([headers['x-quintet-event'], headers['content-type'], headers['user-agent']]).toEqual([
      'event.create',
      'application/json',
      'Quintet',
    ]);
  });

  it('bare content, whatever the credential reads', async () => {
    client = await givenTrainingClient(app, { envelope: true });
    const subscription = (
      await client('/subscriptions', {
        body: { target: `${receiver.address}/wrapped`, event: 'event.create' },
      })
    ).json.data;
    const { data } = await createEvent();
    expect(await toldTo(subscription)).toEqual(data);
  });

  it('every event of many that are created at once', async () => {
    const subscription = await subscribe('event.create');
    const events = await Promise.all(Array.from({ length: 30 }, () => createEvent()));
    await until(() => receivedBy(subscription).length === 30);
    const told = receivedBy(subscription).map(({ body }) => (JSON.parse(body) as Json).id);
    expect(told.sort()).toEqual(events.map(({ id }) => id).sort());
  });

  it('of a change, once per change that changed something', async () => {
    const subscription = await subscribe('event.update');
    const event = await createEvent();
    expect((await patchEvent(event, { name: event.name, tas: null })).status).toBe(200);
    expect(await writtenFor(subscription)).toBe(0);
    const changed = await patchEvent(event, { name: 'Another', tas: ['t@example.com'] });
    expect(await toldTo(subscription)).toEqual(changed.json);
    expect(changed.json.name).toBe('Another');
  });

  it('once of the same change that several make at once', async () => {
    const subscription = await subscribe('event.update');
    const event = await createEvent();
    await Promise.all(Array.from({ length: 8 }, () => patchEvent(event, { name: 'Same' })));
    expect(await writtenFor(subscription)).toBe(1);
  });

  it('nothing of a change that was refused', async () => {
    const subscription = await subscribe('event.update');
    const live = await createEvent({ date_start: '2020-01-01T00:00:00Z', date_end: '2090-01-01T00:00:00Z' });
    expect((await patchEvent(live, { name: 'x' })).status).toBe(409);
    const event = await createEvent();
    expect((await patchEvent(event, { date_end: '2000-01-01T00:00:00Z' })).status).toBe(422);
    expect(await writtenFor(subscription)).toBe(0);
  });

  it('what was deleted', async () => {
    const subscription = await subscribe('event.delete');
    const event = await createEvent();
    await client(`/events/${String(event.id)}`, { method: 'DELETE' });
    expect(await toldTo(subscription)).toEqual(event);
  });

  it('of a class, by this API and by the admin API', async () => {
    const subscription = await subscribe('class.create');
    const made = await client('/classes', { body: { name: 'Ours', labels: ['a'], resources: [{ x: 1 }] } });
    expect(await toldTo(subscription)).toEqual(made.json);
    const admin = adminClient(app);
    const byAdmin = await admin(`/organizations/${client.tenant.id}/classes`, { body: { name: 'Theirs' } });
    await until(() => receivedBy(subscription).length === 2);
    const second = JSON.parse(receivedBy(subscription)[1]?.body ?? '') as Json;
    expect(second).toEqual((await client(`/classes/${String(byAdmin.json.id)}`)).json);
  });

  it('of a member whom an administrator adds', async () => {
    const subscription = await subscribe('member.create');
    const admin = adminClient(app);
    const body = { email: 'New@example.org', name: 'New', is_admin: true };
    const { json } = await admin(`/organizations/${client.tenant.id}/members`, { body });
    const shown = (await client(`/members/${String(json.ids.training)}`)).json;
    expect(await toldTo(subscription)).toEqual(shown);
    expect(shown).toMatchObject({ email: 'New@example.org', level: 'admin' });
  });

  it('of a member whom another product adds', async () => {
    const subscription = await subscribe('member.create');
    const key = await givenKey(app, client.tenant, { surface: 'polls' });
    const headers = { authorization: key };
    const body = { emails: ['polled@example.org'], full_name: 'Polled' };
    expect((await call(`${app.url}/v2/users`, { headers, body })).status).toBe(201);
    expect(await toldTo(subscription)).toMatchObject({ email: 'polled@example.org', role: 'member' });
  });

  it('of a partner, and not of its people', async () => {
    const [partners, members] = [await subscribe('partner.create'), await subscribe('member.create')];
    const { json } = await client('/partners', { body: { name: 'P' } });
    await client(`/partners/${String(json.id)}/members`, { body: { email: 'p@example.com' } });
    expect(await toldTo(partners)).toEqual(json);
    expect(await writtenFor(members)).toBe(0);
  });

  it('of a course on demand', async () => {
    const subscription = await subscribe('ondemand.create');
    const body = { class_id: client.classId, owner: client.tenant.member.email, description: 'd' };
    const { json } = await client('/ondemand', { body });
    expect(await toldTo(subscription)).toEqual(json);
  });

  it('of enrollments, of each person once', async () => {
    const subscription = await subscribe('enrollment.create');
    const course = (await client('/ondemand', { body: { class_id: client.classId } })).json.id as string;
    const path = `/ondemand/${course}/enrollments`;
    const first = (await client(path, { body: { email: 'a@example.com' } })).json;
    const both = (await client(path, { body: { emails: ['a@example.com', 'b@example.com', 'x'] } })).json
      .data;
    await until(() => receivedBy(subscription).length === 2);
    expect(await writtenFor(subscription)).toBe(2);
    const told = receivedBy(subscription).map(({ body }) => JSON.parse(body) as Json);
    const byEmail = (rows: Json[]): Json[] => rows.sort((one, two) => (one.email < two.email ? -1 : 1));
    expect(byEmail(told)).toEqual(byEmail([first[0], both[1]]));
  });

  it('of an enrollment that is finished, once until it is finished again', async () => {
    const subscription = await subscribe('enrollment.finished');
    const course = (await client('/ondemand', { body: { class_id: client.classId } })).json.id as string;
    const path = `/ondemand/${course}/enrollments`;
    const [{ id }] = (await client(path, { body: { email: 'a@example.com' } })).json;
    const change = async (status: string): Promise<Json> =>
      (await client(`${path}/${String(id)}`, { method: 'PATCH', body: { status } })).json;
    const finished = await change('finished');
    expect(await toldTo(subscription)).toEqual(finished);
    await change('finished');
    expect(await writtenFor(subscription)).toBe(1);
    await change('enrolled');
    await change('finished');
    expect(await writtenFor(subscription)).toBe(2);
  });

  it('nothing while the subscription is inactive, or of other events', async () => {
    const [off, other] = [await subscribe('event.create'), await subscribe('event.delete')];
    await client(`/subscriptions/${String(off.id)}`, { method: 'PATCH', body: { status: 'inactive' } });
    await createEvent();
    expect([await writtenFor(off), await writtenFor(other)]).toEqual([0, 0]);
  });

  it('nothing of other organizations', async () => {
    const subscription = await subscribe('event.create');
    const other = await givenTrainingClient(app);
    expect((await other('/events', { body: anEvent(other) })).status).toBe(200);
    expect(await writtenFor(subscription)).toBe(0);
  });

  it('again under the same id until the address accepts it, and redirects are not followed', async () => {
    const subscription = await subscribe('event.create');
    receiver.statuses.set(new URL(subscription.target as string).pathname, [500, 302]);
    await createEvent();
    await until(() => receivedBy(subscription).length === 3);
    const [one, two, three] = receivedBy(subscription).map(({ headers, body }) => [
      headers['webhook-id'],
      body,
    ]);
    expect([two, three]).toEqual([one, one]);
    expect(receiver.received.filter(({ path }) => path === '/elsewhere')).toEqual([]);
  });

  it('nothing more once the address answers 410, until its owner switches it on', async () => {
    const subscription = await subscribe('event.create');
    const path = `/subscriptions/${String(subscription.id)}`;
    receiver.statuses.set(new URL(subscription.target as string).pathname, [410]);
    await createEvent();
    await until(async () => (await client(path)).json.status === 'inactive');
    await createEvent();
    expect(await writtenFor(subscription)).toBe(1);
    await client(path, { method: 'PATCH', body: { status: 'active' } });
    await createEvent();
    await until(() => receivedBy(subscription).length === 2);
  });
});

describe('the end of an event', () => {
  /** Pretends that nothing was told since then. */
  const rewind = (time = '2020-01-01'): Promise<unknown> =>
    app.open.pool.query('UPDATE training.finish_watermarks SET until = $1', [time]);
  const run = (): Promise<void> => app.app.get(TrainingFinishedEventsService).run();

  it('is told by the clock, with the event as it is then', async () => {
    const subscription = await subscribe('event.finish');
    const event = await createEvent(PAST);
    await createEvent();
    expect(await writtenFor(subscription)).toBe(0);
    await rewind();
    await run();
    expect(await toldTo(subscription)).toEqual({ ...event, status: 'done' });
    await run();
    expect(await writtenFor(subscription)).toBe(1);
  });

  it('is told at start', async () => {
    const subscription = await subscribe('event.finish');
    await createEvent(PAST);
    await rewind();
    const second = await bootApp({ databaseUrl: app.databaseUrl });
    await until(async () => (await writtenFor(subscription)) === 1);
    await second.close();
  });

  it('is told once by two processes', async () => {
    const subscription = await subscribe('event.finish');
    await Promise.all(Array.from({ length: 20 }, () => createEvent(PAST)));
    const second = await bootApp({
      databaseUrl: app.databaseUrl,
      environment: { HOOKS_ALLOW_INTERNAL: 'true' },
    });
    const services = [app, second].map((process) => process.app.get(TrainingFinishedEventsService));
    for (let round = 1; round <= 3; round++) {
      await rewind();
      await Promise.all(services.map((service) => service.run()));
      await Promise.all(services.map((service) => service.run()));
      expect(await writtenFor(subscription)).toBe(20 * round);
    }
    await second.close();
  });

  it('is told of all when more have ended than one statement takes', async () => {
    const subscription = await subscribe('event.finish');
    await app.open.pool.query(
      `INSERT INTO training.events (organization_id, id, token, name, owner_id, class_id, availability, date_start,
                                    date_end, include_chat, include_video, tas, trainees, use_new_terminal)
       SELECT $1, $2 || lpad(i::text, 10, '0'), 'T' || i, 'x', $3, $4, 'public', '2020-01-01',
              '2020-01-02'::timestamptz + (i / 3) * interval '1 minute', false, false, '{}', '{}', false
         FROM generate_series(1, 2500) i`,
      [client.tenant.id, client.classId.slice(0, 7), client.tenant.member.id, client.classId],
    );
    await rewind();
    await run();
    expect(await writtenFor(subscription)).toBe(2500);
  });

  it('is told again when a change moves it ahead and it ends once more', async () => {
    const subscription = await subscribe('event.finish');
    const event = await createEvent(PAST);
    await rewind();
    await run();
    expect(await writtenFor(subscription)).toBe(1);
    await rewind('2020-02-01');
    expect((await patchEvent(event, { date_end: '2020-03-01T00:00:00Z' })).status).toBe(200);
    await run();
    expect(await writtenFor(subscription)).toBe(2);
  });

  it('does not move the watermark back when a clock is behind', async () => {
    await rewind('2090-01-01');
    await run();
    const { rows } = await app.open.pool.query<Json>(
      'SELECT until::date::text AS until FROM training.finish_watermarks',
    );
    expect(rows).toEqual([{ until: '2090-01-01' }]);
    await app.open.pool.query('UPDATE training.finish_watermarks SET until = now()');
  });
});

describe('without the setting that allows it', () => {
  it('an internal address is refused, also in a change', async () => {
    const strict = await bootApp();
    const strictClient = await givenTrainingClient(strict);
    const body = { target: 'http://127.0.0.1/', event: 'event.create' };
    const refused = await strictClient('/subscriptions', { body });
    expect([refused.status, refused.json.error.errors[0].param]).toEqual([422, 'target']);
    const { json } = await strictClient('/subscriptions', {
      body: { ...body, target: 'https://example.org' },
    });
    const changed = await strictClient(`/subscriptions/${String(json.id)}`, { method: 'PATCH', body });
    expect([changed.status, changed.json.error.errors[0].param]).toEqual([422, 'target']);
    await strict.close();
  });
});
