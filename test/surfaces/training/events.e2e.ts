import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { bootApp, type TestApp } from '../../support/app.js';
import { givenClass } from '../../support/tenant.js';
import { anEvent, givenTrainingClient, type TrainingClient } from '../../support/training.js';

let app: TestApp;
let client: TrainingClient;

beforeAll(async () => {
  app = await bootApp();
  client = await givenTrainingClient(app);
});
afterAll(() => app.close());

/** Creates an event and answers it; `differing` replaces parts of a sound body. */
async function created(differing: Record<string, unknown> = {}): Promise<Record<string, unknown>> {
  const answer = await client('/events', { body: anEvent(client, differing) });
  expect(answer.status).toBe(200);
  return answer.json as Record<string, unknown>;
}

/** Dates around now, so that the event has the status. */
const dates = {
  ready: { date_start: at(+1), date_end: at(+2) },
  live: { date_start: at(-1), date_end: at(+1) },
  done: { date_start: at(-2), date_end: at(-1) },
};

function at(hours: number): string {
  return new Date(Date.now() + hours * 3_600_000).toISOString();
}

describe('creating an event', () => {
  it('answers 200 with all of it and the defaults of the product', async () => {
    expect(await created()).toEqual({
      availability: 'public',
      class_id: client.classId,
      date_end: '2031-05-04T17:00:00.000Z',
      date_start: '2031-05-04T09:00:00.000Z',
      event_link: expect.stringMatching(/^https:\/\/quintet\.test\/event\/[0-9A-Za-z]{17}$/),
      id: expect.stringMatching(/^[0-9A-Za-z]{17}$/),
      include_chat: false,
      include_video: false,
      name: 'Kubernetes, day 1',
      owner: { email: client.tenant.member.email, id: client.tenant.member.trainingId },
      status: 'ready',
      tas: [],
      token: expect.stringMatching(/^[0-9A-Z]{4}$/),
      trainees: [],
      use_new_terminal: false,
    });
  });

  it('keeps everything that it was given', async () => {
    const dto = {
      description: 'Bring a laptop.\nÇa va — 教室 🎓',
      include_chat: true,
      include_video: true,
      tas: ['tim@example.org', 'ann@example.org'],
      trainees: ['zoe@example.com', 'bob@example.com'],
      partner_id: 'partner-7',
      use_new_terminal: true,
    };
    const event = await created(dto);
    expect(event).toMatchObject({ ...dto, availability: 'private' });
    expect((await client(`/events/${String(event.id)}`)).json).toEqual(event);
  });

  it('leaves description and partner_id out of the answer while they are unset', async () => {
    const event = await created({ description: null, partner_id: null, tas: null, trainees: null });
    expect(Object.keys(event)).not.toContain('description');
    expect(Object.keys(event)).not.toContain('partner_id');
    expect(event).toMatchObject({ tas: [], trainees: [] });
  });

  it.each([
    ['2031-05-04T09:00', '2031-05-04T09:00:00.000Z'],
    ['2031-05-04 09:00:30', '2031-05-04T09:00:30.000Z'],
    ['2031-05-04T09:00:00+02:00', '2031-05-04T07:00:00.000Z'],
    ['2031-05-04T09:00:00.25-0530', '2031-05-04T14:30:00.250Z'],
  ])('reads the date %s as %s', async (given, shown) => {
    expect((await created({ date_start: given })).date_start).toBe(shown);
  });

  it('ignores keys that it does not know', async () => {
    const event = await created({
      colour: 'red',
      __proto__: { admin: true },
      constructor: 1,
      id: 'mine',
      token: 'MINE',
    });
    expect(event.id).not.toBe('mine');
    expect(event).not.toHaveProperty('colour');
  });

  it('drops addresses that differ only in case from an earlier one and keeps the order', async () => {
    const event = await created({
      tas: ['Tim@x.org', 'ann@x.org', 'tim@X.org'],
      trainees: ['B@x.org', 'a@x.org', 'b@x.org'],
    });
    expect(event).toMatchObject({ tas: ['Tim@x.org', 'ann@x.org'], trainees: ['B@x.org', 'a@x.org'] });
  });

  it('finds the owner whatever the case of the address', async () => {
    const event = await created({ owner: client.tenant.member.email.toUpperCase() });
    expect(event.owner).toEqual({ email: client.tenant.member.email, id: client.tenant.member.trainingId });
  });

  it('lets trainees beat public', async () => {
    expect((await created({ availability: 'public', trainees: ['a@x.org'] })).availability).toBe('private');
  });

  it('makes a private event without trainees when asked', async () => {
    expect(await created({ availability: 'private' })).toMatchObject({
      availability: 'private',
      trainees: [],
    });
  });

  it.each(['ready', 'live', 'done'] as const)('says %s by the clock', async (status) => {
    expect((await created(dates[status])).status).toBe(status);
  });

  it('gives 200 simultaneous creates 200 different ids and tokens', async () => {
    const events = await Promise.all(Array.from({ length: 200 }, () => created()));
    expect(new Set(events.map(({ id }) => id)).size).toBe(200);
    expect(new Set(events.map(({ token }) => token)).size).toBe(200);
  });
});

describe('changing an event', () => {
  const change = async (event: Record<string, unknown>, body: unknown): ReturnType<TrainingClient> =>
    client(`/events/${String(event.id)}`, { method: 'PATCH', body });

  it('changes what is given and keeps the rest', async () => {
    const event = await created({ description: 'old', tas: ['a@x.org'] });
    const answer = await change(event, { name: 'Another name' });
    expect(answer.status).toBe(200);
    expect(answer.json).toEqual({ ...event, name: 'Another name' });
  });

  it('changes every field that can be changed', async () => {
    const event = await created();
    const otherClass = await givenClass(app, client.tenant, 'Another class');
    const dto = {
      name: 'New name',
      class_id: otherClass,
      description: 'new',
      date_start: '2032-01-01T10:00:00.000Z',
      date_end: '2032-01-01T11:00:00.000Z',
      include_chat: true,
      include_video: true,
      tas: ['t@x.org'],
      trainees: ['s@x.org'],
      partner_id: 'p',
    };
    expect((await change(event, dto)).json).toEqual({ ...event, ...dto, availability: 'private' });
  });

  it('clears what null is given for', async () => {
    const event = await created({ description: 'd', partner_id: 'p', tas: ['a@x.org'], include_chat: true });
    const answer = await change(event, {
      description: null,
      partner_id: null,
      tas: null,
      include_chat: null,
    });
    expect(answer.json).not.toHaveProperty('description');
    expect(answer.json).not.toHaveProperty('partner_id');
    expect(answer.json).toMatchObject({ tas: [], include_chat: false });
  });

  it.each(['name', 'owner', 'class_id', 'date_start', 'date_end', 'availability'])(
    'refuses to clear %s',
    async (field) => {
      const answer = await change(await created(), { [field]: null });
      expect(answer.status).toBe(422);
      expect(answer.json.error.errors).toEqual([{ location: 'body', param: field, msg: expect.any(String) }]);
    },
  );

  it('does not become public again when its trainees are emptied', async () => {
    const event = await created({ trainees: ['a@x.org'] });
    expect((await change(event, { trainees: [] })).json).toMatchObject({
      availability: 'private',
      trainees: [],
    });
  });

  it('loses its trainees when it is made public', async () => {
    const event = await created({ trainees: ['a@x.org'] });
    expect((await change(event, { availability: 'public' })).json).toMatchObject({
      availability: 'public',
      trainees: [],
    });
  });

  it('refuses an end that the kept start is not before, and a start that the kept end is not after', async () => {
    const event = await created();
    const early = await change(event, { date_end: event.date_start });
    expect([early.status, early.json.error.errors[0].param]).toEqual([422, 'date_end']);
    const late = await change(event, { date_start: event.date_end });
    expect([late.status, late.json.error.errors[0].param]).toEqual([422, 'date_start']);
    expect((await client(`/events/${String(event.id)}`)).json).toEqual(event);
  });

  it('is refused while the event is live, and changes nothing', async () => {
    const event = await created(dates.live);
    const answer = await change(event, { name: 'Too late' });
    expect([answer.status, answer.json.error.type]).toEqual([409, 'EventIsLive']);
    expect((await client(`/events/${String(event.id)}`)).json.name).toBe(event.name);
  });

  it('is allowed after the event is over', async () => {
    expect((await change(await created(dates.done), { name: 'Minutes' })).json.name).toBe('Minutes');
  });

  it('does not change use_new_terminal', async () => {
    expect((await change(await created(), { use_new_terminal: true })).json.use_new_terminal).toBe(false);
  });

  it('says that the event is unknown before it says that the body is faulty', async () => {
    const answer = await client('/events/AAAAAAAAAAAAAAAAA', { method: 'PATCH', body: { name: 1 } });
    expect([answer.status, answer.json.error.type]).toEqual([404, 'EventNotFound']);
    const malformed = await client('/events/AAAAAAAAAAAAAAAAA', { method: 'PATCH', body: '{' });
    expect(malformed.status).toBe(404);
  });

  it('has no address without an id', async () => {
    expect((await client('/events', { method: 'PATCH', body: { name: 'x' } })).status).toBe(405);
  });
});

describe('deleting an event', () => {
  it('answers success, and the event is gone', async () => {
    const { id } = await created();
    const answer = await client(`/events/${String(id)}`, {
      method: 'DELETE',
      headers: { 'content-type': 'application/json' },
    });
    expect([answer.status, answer.json]).toEqual([200, { result: 'success' }]);
    expect((await client(`/events/${String(id)}`)).json.error.type).toBe('EventNotFound');
  });

  it('tolerates a body, even one that is no JSON', async () => {
    const { id } = await created();
    expect((await client(`/events/${String(id)}`, { method: 'DELETE', body: 'not json' })).status).toBe(200);
  });

  it.each(['live', 'done'] as const)('is refused for an event that is %s', async (status) => {
    const { id } = await created(dates[status]);
    const answer = await client(`/events/${String(id)}`, { method: 'DELETE' });
    expect([answer.status, answer.json.error.type]).toEqual([409, 'EventNotInReadyState']);
  });

  it('has one winner among 50 simultaneous deletes', async () => {
    const { id } = await created();
    const answers = await Promise.all(
      Array.from({ length: 50 }, () => client(`/events/${String(id)}`, { method: 'DELETE' })),
    );
    const statuses = answers.map(({ status }) => status).sort();
    expect(statuses).toEqual([200, ...Array<number>(49).fill(404)]);
  });
});

describe('showing one event', () => {
  it.each([
    'AAAAAAAAAAAAAAAAA',
    'x',
    '%00',
    'a'.repeat(400),
    '%F0%9F%8E%93',
    "'; DROP TABLE training.events",
  ])('answers EventNotFound for the id %s', async (id) => {
    const answer = await client(`/events/${id}`);
    expect([answer.status, answer.json.error.type]).toEqual([404, 'EventNotFound']);
  });
});
