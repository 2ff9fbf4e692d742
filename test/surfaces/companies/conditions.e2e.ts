import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { TestApp } from '../../support/app.js';
import {
  bootCompanies,
  created,
  givenCompaniesClient,
  type CompaniesClient,
} from '../../support/companies.js';
import type { Answer } from '../../support/http.js';

/** Which fields are required by mode and role; each is tested as present, absent, null and wrong. */
let app: TestApp;
let client: CompaniesClient;

beforeAll(async () => {
  app = await bootCompanies();
  client = await givenCompaniesClient(app);
});
afterAll(() => app.close());

type Body = Record<string, unknown>;

const MODES = ['offline', 'online'] as const;
const ROLES = ['organizing', 'attending'] as const;
const STATES = ['present', 'absent', 'null', 'wrong'] as const;

const FIELDS = {
  city: { good: 'Zürich', wrong: '', required: (mode: string) => mode === 'offline' },
  province: { good: 'ZH', wrong: 7, required: (mode: string) => mode === 'offline' },
  country: { good: 'Schweiz', wrong: 'Atlantis', required: (mode: string) => mode === 'offline' },
  timezone: { good: 'Europe/Zurich', wrong: 'Mars/Base', required: (mode: string) => mode === 'online' },
  requires_ticket_assignment: {
    good: true,
    wrong: 'yes',
    required: (_mode: string, role: string) => role === 'organizing',
  },
} as const;

type FieldName = keyof typeof FIELDS;
const NAMES = Object.keys(FIELDS) as FieldName[];

interface Case {
  readonly mode: string;
  readonly role: string;
  readonly field: FieldName;
  readonly state: (typeof STATES)[number];
}

const CASES: Case[] = MODES.flatMap((mode) =>
  ROLES.flatMap((role) => NAMES.flatMap((field) => STATES.map((state) => ({ mode, role, field, state })))),
);

const isRequired = ({ mode, role, field }: Case): boolean => FIELDS[field].required(mode, role);

/** An event of this mode and role with exactly the fields that are required. */
function validBody(mode: string, role: string, more: Body = {}): Body {
  const body: Body = {
    date_start: '2031-04-25 09:00',
    date_end: '2031-04-25 10:00',
    name: `${mode} ${role}`,
    attendance_mode: mode,
    locale: 'de',
    company_role: role,
  };
  for (const name of NAMES) if (FIELDS[name].required(mode, role)) body[name] = FIELDS[name].good;
  return { ...body, ...more };
}

function withField(body: Body, { field, state }: Case): Body {
  const values = { present: FIELDS[field].good, absent: undefined, null: null, wrong: FIELDS[field].wrong };
  return { ...body, [field]: values[state] };
}

function expectFaults(answer: Answer, fields: readonly string[]): void {
  expect([answer.status, Object.keys((answer.json.errors ?? {}) as object).sort()]).toEqual([
    422,
    [...fields].sort(),
  ]);
}

describe('creating', () => {
  it.each(CASES)('an event that is $mode and $role, with $field $state', async (one) => {
    const answer = await client('/events/create', { body: withField(validBody(one.mode, one.role), one) });
    const faulty = one.state === 'wrong' || (one.state !== 'present' && isRequired(one));
    if (faulty) expectFaults(answer, [one.field]);
    else expect([answer.status, answer.text]).toEqual([201, answer.text]);
  });

  it('tells all that is missing at once', async () => {
    expectFaults(await client('/events/create', { body: {} }), [
      'date_start',
      'date_end',
      'name',
      'attendance_mode',
      'locale',
      'company_role',
    ]);
    expectFaults(
      await client('/events/create', {
        body: { attendance_mode: 'offline', company_role: 'organizing', name: 'x' },
      }),
      ['date_start', 'date_end', 'locale', 'city', 'province', 'country', 'requires_ticket_assignment'],
    );
  });

  it('applies no rule that hangs on a faulty mode or role', async () => {
    const body = validBody('online', 'attending', { attendance_mode: 'hybrid', company_role: 'sponsoring' });
    delete body.timezone;
    expectFaults(await client('/events/create', { body }), ['attendance_mode', 'company_role']);
  });
});

describe('changing', () => {
  it.each(CASES)('an event that is $mode and $role, to $field $state', async (one) => {
    const event = await created(client, validBody(one.mode, one.role));
    const answer = await client(`/events/${event.id}`, {
      method: 'PATCH',
      body: withField({ name: 'renamed' }, one),
    });
    const faulty = one.state === 'wrong' || (one.state === 'null' && isRequired(one));
    if (faulty) {
      expectFaults(answer, [one.field]);
      expect((await client(`/events/${event.id}`)).json.data.name).toBe(event.name);
    } else {
      expect([answer.status, answer.json.data?.name]).toEqual([200, 'renamed']);
    }
  });

  it('from online to offline asks for the place that it does not have', async () => {
    const event = await created(client, validBody('online', 'attending'));
    const change = (body: Body): Promise<Answer> => client(`/events/${event.id}`, { method: 'PATCH', body });
    expectFaults(await change({ attendance_mode: 'offline' }), ['city', 'province', 'country']);
    expectFaults(await change({ attendance_mode: 'offline', city: 'Bern', country: 'CH' }), ['province']);
    const place = { city: 'Bern', province: 'BE', country: 'Suisse' };
    const changed = await change({ attendance_mode: 'offline', ...place });
    expect(changed.json.data).toMatchObject({
      city: { name: 'Bern' },
      country: { alpha2Code: 'CH' },
      timezone: 'Europe/Zurich',
    });
  });

  it('to online keeps the venue and nulls the city, which is asked for again on the way back', async () => {
    const event = await created(
      client,
      validBody('offline', 'attending', { venue: 'Hall 7', venue_address: 'Lane 1' }),
    );
    const change = (body: Body): Promise<Answer> => client(`/events/${event.id}`, { method: 'PATCH', body });
    const online = (await change({ attendance_mode: 'online', city: 'Basel' })).json.data;
    expect(online).toMatchObject({
      city: null,
      venue: { name: 'Hall 7', address: 'Lane 1' },
      country: { alpha2Code: 'CH' },
    });
    expect((await change({ city: 'Basel' })).json.data.city).toBeNull();
    expectFaults(await change({ attendance_mode: 'offline' }), ['city']);
  });

  it('from attending to organizing asks who gets the tickets', async () => {
    const event = await created(client, validBody('online', 'attending'));
    const change = (body: Body): Promise<Answer> => client(`/events/${event.id}`, { method: 'PATCH', body });
    expectFaults(await change({ company_role: 'organizing' }), ['requires_ticket_assignment']);
    const organizing = await change({ company_role: 'organizing', requires_ticket_assignment: false });
    expect(organizing.json.data).toMatchObject({
      requires_ticket_assignment: false,
      page: expect.any(Object),
    });
    expect((await change({ company_role: 'attending' })).json.data).not.toHaveProperty('page');
  });

  it('compares the dates with those that stay', async () => {
    const event = await created(client, validBody('online', 'attending'));
    const change = (body: Body): Promise<Answer> => client(`/events/${event.id}`, { method: 'PATCH', body });
    expectFaults(await change({ date_start: '2031-04-25 10:01' }), ['date_start']);
    expectFaults(await change({ date_end: '2031-04-25 08:59' }), ['date_end']);
    expectFaults(await change({ date_start: '2031-05-01 10:00', date_end: '2031-05-01 09:00' }), [
      'date_end',
    ]);
    expect((await change({ date_start: '2031-04-25 10:00' })).status).toBe(200);
  });

  it('tells all faults at once: those of the content and those of the merged event', async () => {
    const event = await created(client, validBody('online', 'attending'));
    const answer = await client(`/events/${event.id}`, {
      method: 'PATCH',
      body: {
        name: '',
        locale: 'xx',
        attendance_mode: 'offline',
        company_role: 'organizing',
        country: 'Atlantis',
        date_start: '2031-04-26 09:00',
      },
    });
    expectFaults(answer, [
      'name',
      'locale',
      'country',
      'city',
      'province',
      'requires_ticket_assignment',
      'date_start',
    ]);
  });

  it.each(['name', 'date_start', 'date_end', 'slug', 'attendance_mode', 'locale', 'company_role'])(
    'cannot clear %s',
    async (field) => {
      const event = await created(client, validBody('online', 'attending'));
      expectFaults(await client(`/events/${event.id}`, { method: 'PATCH', body: { [field]: null } }), [
        field,
      ]);
    },
  );

  it('clears what null is given for', async () => {
    const event = await created(
      client,
      validBody('offline', 'attending', {
        venue: 'v',
        venue_address: 'a',
        privacy_policy: 'https://x.example/p',
        tax_country: 'ch',
        requires_ticket_assignment: true,
      }),
    );
    const answer = await client(`/events/${event.id}`, {
      method: 'PATCH',
      body: {
        venue: null,
        venueAddress: null,
        privacy_policy: null,
        tax_country: null,
        requires_ticket_assignment: null,
      },
    });
    expect(answer.json.data).toMatchObject({
      venue: null,
      privacy_policy: null,
      requires_ticket_assignment: false,
    });
  });
});

describe('the zone of an offline event without one', () => {
  it("is its country's where that has one, else its company's", async () => {
    const berlin = await givenCompaniesClient(app, { timeZone: 'Europe/Berlin' });
    const zone = async (country: string, more: Body = {}): Promise<unknown> =>
      (await created(berlin, validBody('offline', 'attending', { country, ...more }))).timezone;
    expect(await zone('Uruguay')).toBe('America/Montevideo');
    expect(await zone('Nederland')).toBe('Europe/Amsterdam');
    expect(await zone('United States')).toBe('Europe/Berlin');
    expect(await zone('United States', { timezone: 'America/Denver' })).toBe('America/Denver');
  });

  it('is found anew when it is cleared', async () => {
    const event = await created(client, validBody('offline', 'attending', { timezone: 'Asia/Tokyo' }));
    const change = (body: Body): Promise<Answer> => client(`/events/${event.id}`, { method: 'PATCH', body });
    expect((await change({ name: 'x' })).json.data.timezone).toBe('Asia/Tokyo');
    expect((await change({ timezone: null })).json.data.timezone).toBe('Europe/Zurich');
    expect((await change({ timezone: null, country: 'Uruguay' })).json.data.timezone).toBe(
      'America/Montevideo',
    );
  });
});

describe('a place', () => {
  it.each(['venue_address', 'venueAddress'])('takes its address as %s', async (field) => {
    const event = await created(client, validBody('offline', 'attending', { [field]: 'Lane 7' }));
    expect(event.venue).toMatchObject({ name: null, address: 'Lane 7' });
  });

  it('keeps the place ids of a change, and knows nothing that it was not told', async () => {
    const event = await created(client, validBody('offline', 'attending', { venue: 'Hall' }));
    const answer = await client(`/events/${event.id}`, {
      method: 'PATCH',
      body: { google_place_id: 'city-1', venue_google_place_id: 'venue-1' },
    });
    expect(answer.json.data).toMatchObject({
      city: { name: 'Zürich', latitude: null, longitude: null, google_place_id: 'city-1' },
      venue: {
        name: 'Hall',
        google_place_id: 'venue-1',
        url: null,
        maps_url: null,
        latitude: null,
        longitude: null,
      },
    });
  });

  it('loses its id when it is moved, unless the change gives the id of the new one', async () => {
    const event = await created(
      client,
      validBody('offline', 'attending', { venue: 'Hall', venue_address: 'Lane 7' }),
    );
    const idsAfter = async (body: Body): Promise<unknown> => {
      const { data } = (await client(`/events/${event.id}`, { method: 'PATCH', body })).json;
      return [data.city.google_place_id, data.venue.google_place_id];
    };
    const given = { google_place_id: 'city-1', venue_google_place_id: 'venue-1' };
    expect(await idsAfter(given)).toEqual(['city-1', 'venue-1']);
    expect(await idsAfter({ name: 'x', city: ' Zürich ', venue: 'Hall' })).toEqual(['city-1', 'venue-1']);
    expect(await idsAfter({ city: 'Basel' })).toEqual([null, 'venue-1']);
    expect(await idsAfter({ city: 'Bern', google_place_id: 'city-2' })).toEqual(['city-2', 'venue-1']);
    expect(await idsAfter({ venue: 'Arena' })).toEqual(['city-2', null]);
    expect(await idsAfter({ venue_address: 'Lane 8', venue_google_place_id: 'venue-2' })).toEqual([
      'city-2',
      'venue-2',
    ]);
    expect(await idsAfter({ venueAddress: null })).toEqual(['city-2', null]);
  });
});
