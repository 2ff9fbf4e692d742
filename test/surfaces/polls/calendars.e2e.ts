import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import ICAL from 'ical.js';
import { Encryption } from '../../../src/auth/encryption.js';
import { mailIn, type Mail } from '../../../src/mail/mail.js';
import type { Delivery } from '../../../src/outbox/delivery.entity.js';
import { bootApp, type TestApp } from '../../support/app.js';
import { aPoll, givenPollsClient, type PollsClient } from '../../support/polls.js';
import { SimulatedCalendar, type CalendarEntry } from '../../support/simulated-calendar.js';

// eslint-disable-next-line @typescript-eslint/no-explicit-any -- tests read responses as an untyped client does
type Json = any;

let app: TestApp;
let client: PollsClient;

beforeAll(async () => {
  app = await bootApp();
  client = await givenPollsClient(app);
});
afterAll(() => app.close());

const PEOPLE = ['creator@example.com', 'grace@example.com', 'alan@example.com', 'mary@x.org', 'kurt@x.org'];
const ZONES = ['Asia/Tokyo', 'America/New_York', 'Europe/Paris'];

/** Mostly somebody who is invited from the start. */
const person = fc.oneof(fc.constantFrom(1, 2), fc.nat(PEOPLE.length - 1));
const day = fc.integer({ min: 1, max: 28 });

/** What people do to an event, with values that mean nothing while they do not fit. */
const ACTION = fc.oneof(
  { weight: 4, arbitrary: fc.record({ what: fc.constant('confirm'), entry: fc.nat(3) }) },
  { weight: 3, arbitrary: fc.record({ what: fc.constant('move'), day, allDay: fc.boolean() }) },
  { weight: 1, arbitrary: fc.record({ what: fc.constant('rename'), day }) },
  { weight: 1, arbitrary: fc.record({ what: fc.constant('place'), day: fc.nat(2) }) },
  { weight: 1, arbitrary: fc.record({ what: fc.constant('zone'), entry: fc.nat(2) }) },
  { weight: 3, arbitrary: fc.record({ what: fc.constant('add'), person }) },
  { weight: 3, arbitrary: fc.record({ what: fc.constant('remove'), person }) },
  { weight: 4, arbitrary: fc.record({ what: fc.constant('decline'), person }) },
  { weight: 2, arbitrary: fc.record({ what: fc.constant('vote'), person }) },
  { weight: 3, arbitrary: fc.record({ what: fc.constant('hand over'), person, keep: fc.boolean() }) },
  { weight: 2, arbitrary: fc.record({ what: fc.constant('unconfirm'), day }) },
  { weight: 1, arbitrary: fc.record({ what: fc.constant('say') }) },
);
type Action = {
  what: string;
  entry?: number;
  day?: number;
  allDay?: boolean;
  person?: number;
  keep?: boolean;
};

const at = (dayOfMonth: number, hour: number): string =>
  `2031-08-${String(dayOfMonth).padStart(2, '0')}T${String(hour).padStart(2, '0')}:00:00`;

/** Sends the request of an action; refusals are part of the game. */
async function act(event: Json, { what, ...value }: Action): Promise<void> {
  const url = `/events/${event._id}`;
  const put = (body: unknown): Promise<unknown> => client(url, { method: 'PUT', body });
  const post = (path: string, body: unknown = {}): Promise<unknown> => client(`${url}${path}`, { body });
  const confirmed = event.dates.find(({ _id }: Json) => _id === event.confirmed.date_id);
  const email = PEOPLE[value.person ?? 0];
  const invitee = event.invitees.find((entry: Json) => entry.email === email)?._id as string | undefined;
  switch (what) {
    case 'confirm': {
      const date = event.dates[value.entry ?? 0];
      await post(`/confirm${date === undefined ? '' : `?d=${date._id}`}`);
      break;
    }
    case 'move': {
      const [date, end_date] = [at(value.day ?? 1, 9), at(value.day ?? 1, 11)];
      const dates = event.dates.map((entry: Json) =>
        entry === confirmed ? { _id: entry._id, date, end_date, all_day: value.allDay } : entry,
      );
      await put({ dates });
      break;
    }
    case 'rename':
      await put({ title: `Title ${value.day}` });
      break;
    case 'place':
      await put({ places: value.day === 0 ? [] : [{ ...event.places[0], name: `Room ${value.day}` }] });
      break;
    case 'zone':
      await put({ timezone: ZONES[value.entry ?? 0] });
      break;
    case 'add':
      await post('/invitees', { email });
      break;
    case 'remove':
      await client(`${url}/invitees/${invitee}`, { method: 'DELETE' });
      break;
    case 'decline':
      await post('/decline', { invitee });
      break;
    case 'vote':
      await client(`${url}/votes`, { method: 'PUT', body: { invitee, dates: {} } });
      break;
    case 'hand over':
      await post('/admin', { user: email, keep_as_invitee: value.keep });
      break;
    case 'unconfirm':
      await put({
        dates: [
          ...event.dates.filter((entry: Json) => entry !== confirmed),
          { date: at(value.day ?? 1, 14), end_date: at(value.day ?? 1, 15) },
        ],
      });
      break;
    case 'say':
      await post('/messages', { invitee: event.invitees[0]._id, body: 'Hello' });
      break;
    default:
      await post('/cancel');
  }
}

/** The mails of the organization since a delivery, each followed by those that it brings along. */
async function mailsAfter(id: string): Promise<Mail[]> {
  const { rows } = await app.open.pool.query<Delivery>(
    `SELECT organization_id, target, payload FROM outbox.deliveries WHERE organization_id = $1 AND kind = 'mail' AND id > $2 ORDER BY id`,
    [client.tenant.id, id],
  );
  return rows.flatMap((row) => {
    const mails: Mail[] = [];
    for (
      let mail: Mail | undefined = mailIn(row, app.app.get(Encryption));
      mail !== undefined;
      mail = mail.next
    )
      mails.push(mail);
    return mails;
  });
}

async function lastDelivery(): Promise<string> {
  const { rows } = await app.open.pool.query<{ id: string }>(
    'SELECT coalesce(max(id), 0)::text AS id FROM outbox.deliveries',
  );
  return rows[0]?.id ?? '0';
}

function dayIn(zone: string, instant: string): string {
  return new Intl.DateTimeFormat('en-CA', { timeZone: zone, dateStyle: 'short' }).format(new Date(instant));
}

/** What the API says that a person's calendar should show. */
function truthOf(event: Json): CalendarEntry {
  const date = event.dates.find(({ _id }: Json) => _id === event.confirmed.date_id);
  const place = event.places.find(({ _id }: Json) => _id === event.confirmed.place_id);
  const organiser = event.invitees.find(({ su }: Json) => su);
  const zone = event.timezone ?? organiser.timezone;
  const dayAfterLast = new Date(`${dayIn(zone, date.end_date)}T00:00:00Z`);
  dayAfterLast.setUTCDate(dayAfterLast.getUTCDate() + 1);
  const seconds = (instant: string): string => instant.replace('.000Z', 'Z');
  return {
    start: date.all_day ? dayIn(zone, date.date) : seconds(date.date),
    end: date.all_day ? dayAfterLast.toISOString().slice(0, 10) : seconds(date.end_date),
    title: event.title,
    location: place === undefined ? null : place.name,
    organizer: event.created_by.email,
  };
}

function expectTruth(event: Json, calendars: ReadonlyMap<string, SimulatedCalendar>): void {
  const uid = `${event._id}@quintet.test`;
  for (const email of PEOPLE) {
    const entry = calendars.get(email)?.entry(uid);
    const invitee = event.invitees.find((each: Json) => each.email === email);
    if (!event.confirmed.flag || invitee === undefined) {
      expect([email, entry]).toEqual([email, undefined]);
      continue;
    }
    const declined = event.declines.some(({ created_by }: Json) => created_by.user === invitee.user);
    // Who declined before the confirmation was sent nothing; who declined later is kept up to date.
    if (entry === undefined && declined && !invitee.su) continue;
    expect([email, entry]).toEqual([email, truthOf(event)]);
  }
}

async function play(actions: readonly Action[], shuffle: boolean): Promise<void> {
  const since = await lastDelivery();
  let event = (await client('/events', { body: aPoll({ settings: null }) })).json;
  for (const action of actions) {
    await act(event, action);
    event = (await client(`/events/${event._id}`)).json;
  }
  const mails = await mailsAfter(since);
  const calendars = new Map(PEOPLE.map((email) => [email, new SimulatedCalendar(email)]));
  // Mail servers deliver late; the SEQUENCE says what is newer.
  for (const { to, calendar, reply_to } of shuffle ? mails.toReversed() : mails) {
    if (calendar === undefined) continue;
    const component = new ICAL.Component(ICAL.parse(calendar.text) as unknown[]);
    calendars.get(to)?.apply(component, { inOrder: !shuffle, replyTo: reply_to?.address });
  }
  expectTruth(event, calendars);
}

describe('the calendars of all people, after whatever happened to an event', () => {
  const actions = fc
    .tuple(fc.array(ACTION as fc.Arbitrary<Action>, { minLength: 2, maxLength: 14 }), fc.nat(3))
    .map(([list, dice]) => [
      ...(dice < 3 ? [{ what: 'confirm' }] : []),
      ...list,
      ...(dice === 0 ? [{ what: 'cancel' }] : []),
    ]);

  it('show exactly what the API says', async () => {
    await fc.assert(
      fc.asyncProperty(actions, (list) => play(list, false)),
      { numRuns: 120 },
    );
  }, 120_000);

  it('show it also when the mails arrive the other way round', async () => {
    await fc.assert(
      fc.asyncProperty(actions, (list) => play(list, true)),
      { numRuns: 60 },
    );
  }, 120_000);
});
