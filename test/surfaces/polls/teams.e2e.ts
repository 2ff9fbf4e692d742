import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { digestOf, lookupOf } from '../../../src/auth/credentials/bearer-key.js';
import { lowerCaseSecret } from '../../../src/core/random-code.js';
import { bootApp, type TestApp } from '../../support/app.js';
import { whileDeleting } from '../../support/deletion.js';
import { aPoll, givenPollsClient, type PollsClient } from '../../support/polls.js';

// eslint-disable-next-line @typescript-eslint/no-explicit-any -- tests read responses as an untyped client does
type Json = any;

let app: TestApp;
let client: PollsClient;
let organization: string;

beforeAll(async () => {
  app = await bootApp();
  client = await givenPollsClient(app);
  organization = (await client('/auth/test')).json._id;
});
afterAll(() => app.close());

const post = (path: string, body: unknown): Promise<Json> => client(path, { body });
const put = (path: string, body: unknown): Promise<Json> => client(path, { method: 'PUT', body });
const remove = (path: string): Promise<Json> => client(path, { method: 'DELETE' });
let made = 0;

/** A new member of the organization, who lives in London unless said otherwise. */
async function aUser(timezone = 'Europe/London'): Promise<string> {
  const { json } = await post('/users', { emails: [`team${++made}@teams.example.org`], timezone });
  return json._id;
}

async function aTeam(members: readonly string[], rest: object = {}): Promise<Json> {
  return (await post('/teams', { name: `Team ${++made}`, members, ...rest })).json;
}

const DATE = { date: '2031-05-06T09:00:00Z', end_date: '2031-05-06T10:00:00Z' };
const anEvent = (rest: object = {}): object => ({
  title: 'Call',
  dates: [DATE],
  confirmed: { flag: true },
  settings: { no_emails: true },
  ...rest,
});
/** Who organises an event made through the team. */
const organiserOf = async (team: Json, rest: object = {}): Promise<string> => {
  const { status, json } = await post(`/teams/${team._id}/events`, anEvent(rest));
  expect(status).toBe(201);
  return json.created_by.user;
};
/** Gives a user confirmed events, each an hour on one of the following days. */
async function busy(user: string, events: number, day = 1): Promise<void> {
  for (let index = 0; index < events; index++) {
    const date = `2031-08-${String(day + index).padStart(2, '0')}T09:00:00Z`;
    await post('/events', anEvent({ created_by: { user }, dates: [{ date, end_date: date }] }));
  }
}

describe('teams', () => {
  it('are made, shown, changed and deleted', async () => {
    const [one, two] = [await aUser(), await aUser()];
    const { status, json } = await post('/teams', {
      name: 'Support',
      extid: 's-1',
      level_name: 'Region',
      admins: [one],
      members: [two, one, two],
    });
    expect([status, json]).toEqual([
      201,
      {
        _id: expect.stringMatching(/^[0-9a-f]{24}$/),
        organization,
        name: 'Support',
        extid: 's-1',
        level_name: 'Region',
        admins: [one],
        members: [one, two],
      },
    ]);
    expect((await client(`/teams/${json._id}`)).json).toEqual(json);
    const changed = await put(`/teams/${json._id}`, { members: [two], level_name: null });
    expect([changed.status, changed.json]).toEqual([200, { ...json, members: [two], level_name: null }]);
    const deleted = await remove(`/teams/${json._id}`);
    expect([deleted.status, deleted.json]).toEqual([200, { n: 1, ok: 1 }]);
    expect((await client(`/teams/${json._id}`)).status).toBe(404);
    expect((await remove(`/teams/${json._id}`)).status).toBe(404);
  });

  it('need no more than a name, and are listed by it', async () => {
    const other = await givenPollsClient(app);
    for (const name of ['Zebras', 'Ants', 'Moles']) await other('/teams', { body: { name } });
    const { json } = await other('/teams');
    expect(json.map(({ name }: Json) => name)).toEqual(['Ants', 'Moles', 'Zebras']);
    expect(json[0]).toMatchObject({ extid: null, level_name: null, admins: [], members: [] });
    expect((await other('/teams?limit=1&page=2')).json.map(({ name }: Json) => name)).toEqual(['Moles']);
    expect((await other(`/teams/${(await aTeam([]))._id}`)).status).toBe(404);
  });

  it('are reached by the singular path as well', async () => {
    const { json } = await post('/team', { name: 'Singular' });
    expect((await client(`/team/${json._id}`)).json).toEqual(json);
    expect((await client(`/team/${json._id}/events`)).json).toEqual([]);
    expect((await client('/team')).json).toEqual((await client('/teams')).json);
    expect((await put(`/team/${json._id}`, { name: 'Plural' })).json.name).toBe('Plural');
    expect((await remove(`/team/${json._id}`)).status).toBe(200);
  });

  it('consist of members of the organization: anybody else is 400, all at once', async () => {
    const user = await aUser();
    const guest = (await post('/events', aPoll())).json.invitees[1].user;
    const { status, json } = await post('/teams', {
      name: 'x',
      admins: [user, guest],
      members: ['0'.repeat(24)],
    });
    expect([status, Object.keys(json.errors)]).toEqual([400, ['admins.1', 'members.0']]);
    const team = await aTeam([user]);
    expect((await put(`/teams/${team._id}`, { name: 'y', members: [guest] })).status).toBe(400);
    expect((await client(`/teams/${team._id}`)).json).toEqual(team);
  });

  it('have an external id of their own: 409', async () => {
    await aTeam([], { extid: 'taken' });
    const team = await aTeam([]);
    for (const refused of [
      await post('/teams', { name: 'x', extid: 'taken' }),
      await put(`/teams/${team._id}`, { extid: 'taken' }),
    ]) {
      expect([refused.status, Object.keys(refused.json.errors)]).toEqual([409, ['extid']]);
    }
  });

  it('are written by administrators only, and read by all', async () => {
    const key = lowerCaseSecret();
    await app.open.pool.query(
      `INSERT INTO tenancy.credentials (organization_id, member_id, surface, lookup, secret_sha256, created_at)
       VALUES ($1, $2, 'polls', $3, $4, now())`,
      [client.tenant.id, client.tenant.member.id, lookupOf(key), digestOf(key)],
    );
    const headers = { authorization: key };
    const team = await aTeam([await aUser()]);
    for (const [path, method, body] of [
      ['/teams', 'POST', { name: '' }],
      [`/teams/${team._id}`, 'PUT', { name: '' }],
      [`/teams/${team._id}`, 'DELETE', undefined],
    ] as const) {
      expect((await client(path, { method, body, headers })).status).toBe(403);
    }
    expect((await client(`/teams/${team._id}`, { headers })).json).toEqual(team);
    const event = await client(`/teams/${team._id}/events`, { body: anEvent(), headers });
    expect(event.status).toBe(201);
  });

  it('lose whoever leaves the organization', async () => {
    const [one, two] = [await aUser(), await aUser()];
    const team = await aTeam([one, two], { admins: [one] });
    expect((await remove(`/users/${one}`)).status).toBe(204);
    expect((await client(`/teams/${team._id}`)).json).toMatchObject({ admins: [], members: [two] });
  });
});

describe('an event of a team', () => {
  it('is a vyteme event of the team, listed with it and with all others', async () => {
    const user = await aUser();
    const team = await aTeam([user]);
    const { json } = await post(`/teams/${team._id}/events`, anEvent({ vyteme: false, title: 'Of a team' }));
    expect(json).toMatchObject({
      title: 'Of a team',
      vyteme: true,
      created_by: { user },
      confirmed: { flag: true },
    });
    const list = await client(`/teams/${team._id}/events`);
    expect(list.json.map(({ _id }: Json) => _id)).toEqual([json._id]);
    expect((await client(`/events?creator_users=${user}`)).json).toEqual(list.json);
    expect(
      (await client(`/teams/${team._id}/events?q=^Of&filter=confirmed&creator_users=${user}`)).json,
    ).toEqual(list.json);
    expect((await client(`/teams/${team._id}/events?q=^Other`)).json).toEqual([]);
    expect((await client(`/teams/${(await aTeam([user]))._id}/events`)).json).toEqual([]);
    expect((await client(`/teams/${'0'.repeat(24)}/events?limit=x`)).status).toBe(404);
  });

  it('stays when the team is deleted', async () => {
    const team = await aTeam([await aUser()]);
    const { json } = await post(`/teams/${team._id}/events`, anEvent());
    await remove(`/teams/${team._id}`);
    expect((await client(`/events/${json._id}`)).json).toEqual(json);
    expect((await put(`/events/${json._id}`, { title: 'Changed' })).status).toBe(200);
  });

  it('has exactly one date', async () => {
    const team = await aTeam([await aUser()]);
    for (const dates of [undefined, null, [], [DATE, DATE]]) {
      const { status, json } = await post(`/teams/${team._id}/events`, anEvent({ dates }));
      expect([status, Object.keys(json.errors)]).toEqual([400, ['dates']]);
    }
    expect((await post(`/teams/${team._id}/events`, anEvent({ dates: DATE }))).status).toBe(201);
  });

  it('cannot be made through a team without members: 409, or without a team: 404', async () => {
    const user = await aUser();
    const team = await aTeam([], { admins: [user] });
    expect((await post(`/teams/${team._id}/events`, anEvent())).status).toBe(409);
    expect((await post(`/teams/${'0'.repeat(24)}/events`, {})).status).toBe(404);
  });

  it('is organised by the member that is named, by id or address, however busy', async () => {
    const [one, two] = [await aUser(), await aUser()];
    const email = (await client(`/users/${two}`)).json.emails[0];
    await busy(two, 2);
    const team = await aTeam([one, two]);
    expect(await organiserOf(team, { created_by: { user: two } })).toBe(two);
    expect(await organiserOf(team, { created_by: { email: email.toUpperCase() } })).toBe(two);
  });

  it('is organised by one of the team if somebody else is named', async () => {
    const [one, other] = [await aUser(), await aUser()];
    const team = await aTeam([one], { admins: [other] });
    expect(await organiserOf(team, { created_by: { user: other } })).toBe(one);
    expect(await organiserOf(team, { created_by: { email: 'nobody@example.org' } })).toBe(one);
  });

  it('goes to who has the fewest confirmed events ahead, by id if there are several', async () => {
    const users = [await aUser(), await aUser(), await aUser()].sort();
    const [one = '', two = '', three = ''] = users;
    await busy(one, 2);
    const team = await aTeam(users);
    expect(await organiserOf(team, { confirmed: null })).toBe(two);
    await busy(two, 1);
    expect(await organiserOf(team, { confirmed: null })).toBe(three);
  });

  it('does not count what is over, open, cancelled or declined', async () => {
    const [one = '', two = ''] = [await aUser(), await aUser()].sort();
    const email = (await client(`/users/${one}`)).json.emails[0];
    await busy(two, 1);
    const past = { date: '2001-01-01T09:00:00Z', end_date: '2001-01-01T10:00:00Z' };
    await post('/events', anEvent({ created_by: { user: one }, dates: [past] }));
    await post('/events', anEvent({ created_by: { user: one }, confirmed: null }));
    const cancelled = (await post('/events', anEvent({ created_by: { user: one } }))).json;
    await post(`/events/${cancelled._id}/cancel`, {});
    const declined = (
      await post('/events', anEvent({ created_by: { user: await aUser() }, invitees: [{ email }] }))
    ).json;
    await post(`/events/${declined._id}/decline`, { invitee: declined.invitees[1]._id });
    expect(await organiserOf(await aTeam([one, two]))).toBe(one);
  });

  it('goes to who is free then, and to the one with the fewest events if nobody is', async () => {
    const [one, two] = [await aUser(), await aUser()];
    await busy(two, 3);
    const team = await aTeam([one, two]);
    expect(await organiserOf(team)).toBe(one);
    expect(await organiserOf(team)).toBe(two);
    expect(await organiserOf(team)).toBe(one);
    // Times that touch do not meet.
    const after = { date: '2031-05-06T10:00:00Z', end_date: '2031-05-06T11:00:00Z' };
    expect(await organiserOf(team, { dates: [after] })).toBe(one);
  });

  it('is read on the clock of each member where it has no zone', async () => {
    const [london, newYork] = [await aUser('Europe/London'), await aUser('America/New_York')];
    await busy(newYork, 3);
    // 9 o'clock in London, 4 o'clock in New York.
    const noon = { date: '2031-05-06T09:00:00+01:00', end_date: '2031-05-06T10:00:00+01:00' };
    await post('/events', anEvent({ created_by: { user: london }, dates: [noon] }));
    const wall = { date: '2031-05-06T09:00:00', end_date: '2031-05-06T10:00:00' };
    const team = await aTeam([london, newYork]);
    const { json } = await post(`/teams/${team._id}/events`, anEvent({ dates: [wall] }));
    expect([json.created_by.user, json.dates[0].date]).toEqual([newYork, '2031-05-06T13:00:00.000Z']);
  });

  it('is given to another member than those that are given at the same time, also by another team', async () => {
    const users = await Promise.all([1, 2, 3, 4].map(() => aUser()));
    const teams = [await aTeam(users), await aTeam([...users].reverse())];
    const chosen = await Promise.all(users.map((_, index) => organiserOf(teams[index % 2])));
    expect([...chosen].sort()).toEqual([...users].sort());
  });

  it('is refused if its team is deleted meanwhile', async () => {
    const team = await aTeam([await aUser()]);
    const { status } = await whileDeleting(app, 'DELETE FROM polls.teams WHERE id = $1', team._id, () =>
      post(`/teams/${team._id}/events`, anEvent()),
    );
    expect(status).toBe(404);
  });
});
