import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { bootApp, type TestApp } from '../../support/app.js';
import { aPoll, givenPollsClient, type PollsClient } from '../../support/polls.js';

let app: TestApp;
let client: PollsClient;

beforeAll(async () => {
  app = await bootApp();
  client = await givenPollsClient(app);
});
afterAll(() => app.close());

const ID = expect.stringMatching(/^[0-9a-f]{24}$/);
const MOMENT = expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/);

/** The request body from the product's documentation. */
const SAMPLE = {
  title: 'First created event',
  created_by: { email: 'creator@example.com' },
  dates: [
    { all_day: false, date: '2020-07-16T09:00:00', end_date: '2020-07-16T10:00:00' },
    { all_day: false, date: '2020-07-16T14:00:00+0100', end_date: '2020-07-16T15:00:00' },
  ],
  places: [{ name: 'Place for the meeting.' }],
};

describe('the samples of the page', () => {
  it('come out exactly: dates without an offset in the zone of a creator in Paris', async () => {
    const { status, json } = await client('/events', { body: SAMPLE });
    expect(status).toBe(201);
    const by = { user: client.pollsId };
    const votes = { yes: [{ created_by: by, _id: ID, createdAt: MOMENT, updatedAt: MOMENT }], no: [] };
    expect(json).toEqual({
      created_by: {
        email: 'creator@example.com',
        user: client.pollsId,
        picture_url: '',
        full_name: 'Jean Dupont',
      },
      confirmed: { flag: false, updated_at: null, multi: false },
      third_party: { group_ids: [] },
      ics_sequence: 0,
      version: 0,
      group_pro: false,
      identification_alternatives: [],
      _id: ID,
      title: 'First created event',
      dates: [
        {
          created_by: by,
          votes,
          all_day: false,
          confirmed: false,
          confirmed_invitees: [],
          _id: ID,
          date: '2020-07-16T07:00:00.000Z',
          end_date: '2020-07-16T08:00:00.000Z',
          updatedAt: MOMENT,
          createdAt: MOMENT,
        },
        {
          created_by: by,
          votes,
          all_day: false,
          confirmed: false,
          confirmed_invitees: [],
          _id: ID,
          date: '2020-07-16T13:00:00.000Z',
          end_date: '2020-07-16T13:00:00.000Z',
          updatedAt: MOMENT,
          createdAt: MOMENT,
        },
      ],
      places: [
        {
          created_by: by,
          votes,
          source: 'app',
          _id: ID,
          name: 'Place for the meeting.',
          address: null,
          icon: null,
          updatedAt: MOMENT,
          createdAt: MOMENT,
        },
      ],
      api: true,
      invitees: [
        {
          created_by: by,
          stats: { voted: { dates: true, places: true } },
          star: false,
          _id: ID,
          email: 'creator@example.com',
          user: client.pollsId,
          su: true,
          full_name: 'Jean Dupont',
          picture_url: '',
          phone: null,
          timezone: 'Europe/Paris',
          locale: 'fr',
        },
      ],
      messages: [],
      messages_length: 0,
      declines: [],
      lang: 'en',
      locale: 'en',
      updatedAt: MOMENT,
      createdAt: MOMENT,
      invitees_length: 1,
      email: expect.stringMatching(/^reply-to-participants-to-first-created-event-[a-z]{9}@quintet\.test$/),
      key_store: {
        _id: ID,
        hash: { [client.pollsId]: expect.stringMatching(/^[0-9a-z]{16}$/) },
        updatedAt: MOMENT,
        createdAt: MOMENT,
        __v: 0,
      },
      links: null,
      alias: null,
      app_url: null,
      __v: 0,
    });
  });

  it('go on: update the title, confirm, add an invitee as the page’s curl does, cancel', async () => {
    const created = (await client('/events', { body: SAMPLE })).json;
    const updated = await client(`/events/${created._id}`, {
      method: 'PUT',
      body: { title: 'First created event (updated)' },
    });
    expect(updated.status).toBe(200);
    expect(updated.json).toEqual({
      ...created,
      title: 'First created event (updated)',
      updatedAt: MOMENT,
      key_store: { ...created.key_store, updatedAt: MOMENT },
    });

    const confirmed = await client(`/events/${created._id}/confirm`, { method: 'POST' });
    expect(confirmed.status).toBe(200);
    expect(confirmed.json.confirmed).toEqual({
      flag: true,
      updated_at: MOMENT,
      date_id: created.dates[1]._id,
      place_id: created.places[0]._id,
    });
    expect(confirmed.json).toMatchObject({ ics_sequence: 0, version: 0, __v: 0 });

    const invitees = await client(`/events/${created._id}/invitees`, {
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      body: '[{ "email": "newinviteetoadd@gmail.com" }, { "email": "anotherinviteetoadd@mail.com" }]',
    });
    expect(invitees.status).toBe(200);
    expect(invitees.json.map(({ email }: { email: string }) => email)).toEqual([
      'creator@example.com',
      'newinviteetoadd@gmail.com',
      'anotherinviteetoadd@mail.com',
    ]);
    expect(invitees.json[1]).toMatchObject({
      created_by: { user: client.pollsId },
      star: false,
      _id: ID,
      user: ID,
    });

    const cancelled = await client(`/events/${created._id}/cancel`, { method: 'POST' });
    expect([cancelled.status, cancelled.text]).toEqual([200, 'OK']);
    expect(cancelled.headers.get('content-type')).toContain('text/plain');
  });

  it('answer 400 to the page’s broken JSON', async () => {
    const created = (await client('/events', { body: SAMPLE })).json;
    const response = await client(`/events/${created._id}`, { method: 'PUT', body: '{ "title": "x", }' });
    expect(response.status).toBe(400);
    expect(response.json).toEqual({ status: 400, message: expect.any(String) });
  });

  it('serve GET of one event and the list of the page’s curl, with its doubled slash', async () => {
    const created = (
      await client('/events', { body: aPoll({ third_party: { app: '5f6b', group_ids: ['abc'] } }) })
    ).json;
    expect((await client(`/events/${created._id}`)).json).toEqual(created);
    const list = await client(
      `//events/?app_id=5f6b&group_ids=abc&creator_users=${client.pollsId}&invitee_emails=grace@example.com`,
    );
    expect(list.json).toEqual([{ ...created, key_store: created.key_store._id }]);
  });
});

describe('auth/test', () => {
  it('answers the organization of the key, in the header or as api_key', async () => {
    const { rows } = await app.open.pool.query<{ second: string; is_admin: boolean }>(
      `SELECT floor(extract(epoch FROM o.created_at))::text AS second, m.is_admin
         FROM tenancy.organizations o JOIN tenancy.members m ON m.organization_id = o.id WHERE o.id = $1`,
      [client.tenant.id],
    );
    const organization = {
      // Eight digits of the second it was made, sixteen of its number.
      _id:
        Number(rows[0]?.second).toString(16).padStart(8, '0') +
        client.tenant.id.toString(16).padStart(16, '0'),
      id: client.tenant.id,
      name: client.tenant.slug,
      slug: client.tenant.slug,
      timezone: 'UTC',
      lang: 'en',
      admins: rows[0]?.is_admin === true ? [client.pollsId] : [],
      members: [client.pollsId],
      private: false,
      plan: 'pro',
      superadmin_team: null,
      createdAt: expect.stringMatching(/Z$/),
      updatedAt: expect.stringMatching(/Z$/),
      __v: 0,
    };
    expect((await client('/auth/test')).json).toEqual(organization);
    const bare = await fetch(`${app.url}/v2/auth/test?api_key=${client.key}`);
    expect(await bare.json()).toEqual(organization);
  });

  it.each([undefined, 'x', `Bearer ${'a'.repeat(50)}`, 'a'.repeat(50)])(
    'refuses the key %s with 401',
    async (authorization) => {
      const response = await fetch(`${app.url}/v2/auth/test`, {
        headers: authorization === undefined ? {} : { authorization },
      });
      expect(response.status).toBe(401);
      expect(await response.json()).toEqual({ status: 401, message: expect.any(String) });
    },
  );
});
