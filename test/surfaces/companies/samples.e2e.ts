import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { TestApp } from '../../support/app.js';
import { call } from '../../support/http.js';
import {
  bootCompanies,
  created,
  givenCompaniesClient,
  type CompaniesClient,
} from '../../support/companies.js';

/** The samples from the vendor's page, and variants with our own values. */
let app: TestApp;
let client: CompaniesClient;

beforeAll(async () => {
  app = await bootCompanies();
  client = await givenCompaniesClient(app);
});
afterAll(() => app.close());

const EVENT_KEYS = [
  'id',
  'name',
  'date_start',
  'date_end',
  'created_at',
  'attendance_mode',
  'company_role',
  'timezone',
  'privacy_policy',
  'locale',
  'requires_ticket_assignment',
  'city',
  'country',
  'venue',
  'cohosts',
];
const TIME = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.000\+00:00$/;

const NO_PAGE = {
  tagline: null,
  description: null,
  support_email: null,
  header_image: null,
  show_attendees: null,
  unsplash_data: null,
};

const SAMPLE = {
  date_start: '2026-04-25 09:00',
  date_end: '2026-04-26 18:00',
  city: 'Montevideo',
  province: 'Montevideo',
  country: 'Uruguay',
  venue: 'Convention Center',
  venue_address: 'Main St 1',
  name: 'Product Launch 2026',
  slug: 'another-slug',
  attendance_mode: 'offline',
  timezone: 'America/Montevideo',
  locale: 'en',
  company_role: 'organizing',
  privacy_policy: 'https://example.com/privacy',
  tax_country: 'UY',
  requires_ticket_assignment: false,
};

describe('the samples of the page', () => {
  it('create an event: 201, its id from its name, the slug of the body ignored, the wall clock unconverted', async () => {
    const answer = await client('/events/create', { body: SAMPLE });
    expect(answer.status).toBe(201);
    expect(Object.keys(answer.json)).toEqual(['data']);
    expect(Object.keys(answer.json.data)).toEqual(EVENT_KEYS);
    expect(answer.json.data).toEqual({
      id: 'product-launch-2026',
      name: 'Product Launch 2026',
      date_start: '2026-04-25T09:00:00.000+00:00',
      date_end: '2026-04-26T18:00:00.000+00:00',
      created_at: expect.stringMatching(TIME),
      attendance_mode: 'offline',
      company_role: 'organizing',
      timezone: 'America/Montevideo',
      privacy_policy: 'https://example.com/privacy',
      locale: 'en',
      requires_ticket_assignment: false,
      city: { name: 'Montevideo', latitude: null, longitude: null, google_place_id: null },
      country: { name: 'Uruguay', alpha2Code: 'UY', alpha3Code: 'URY' },
      venue: {
        name: 'Convention Center',
        google_place_id: null,
        url: null,
        maps_url: null,
        address: 'Main St 1',
        latitude: null,
        longitude: null,
      },
      cohosts: [],
    });
    const age = Date.now() - Date.parse(answer.json.data.created_at as string);
    expect(Math.abs(age)).toBeLessThan(10_000);
  });

  it('list it in data, with links and meta', async () => {
    const answer = await client('/events');
    expect(answer.status).toBe(200);
    const address = `https://quintet.test/api/v1/${client.company.id}/events`;
    expect(answer.json).toEqual({
      data: [expect.objectContaining({ id: 'product-launch-2026', cohosts: [] })],
      links: { first: `${address}?page=1`, last: `${address}?page=1`, prev: null, next: null },
      meta: { current_page: 1, from: 1, last_page: 1, per_page: 15, to: 1, total: 1 },
    });
    expect(Object.keys(answer.json.data[0])).toEqual(EVENT_KEYS);
  });

  it('show it with its page, whose content is not there yet', async () => {
    const { data } = (await client('/events/product-launch-2026')).json;
    expect(Object.keys(data)).toEqual([...EVENT_KEYS, 'page']);
    expect(data.page).toEqual(NO_PAGE);
  });

  it('update it: a new slug, online, another zone and language', async () => {
    const answer = await client('/events/product-launch-2026', {
      method: 'PATCH',
      body: {
        name: 'Updated Event Name',
        date_start: '2026-05-01 10:00',
        date_end: '2026-05-01 18:00',
        google_place_id: 'ChIJ...',
        venue_google_place_id: 'ChIJ...',
        venue: 'New Venue',
        venueAddress: 'New Address',
        slug: 'updated-slug',
        attendance_mode: 'online',
        timezone: 'Europe/Amsterdam',
        locale: 'nl',
        company_role: 'organizing',
        privacy_policy: 'https://example.com/privacy',
        tax_country: 'NL',
        requires_ticket_assignment: true,
      },
    });
    expect(answer.status).toBe(200);
    expect(answer.json.data).toMatchObject({
      id: 'updated-slug',
      name: 'Updated Event Name',
      date_start: '2026-05-01T10:00:00.000+00:00',
      attendance_mode: 'online',
      timezone: 'Europe/Amsterdam',
      locale: 'nl',
      requires_ticket_assignment: true,
      city: null,
      country: { alpha2Code: 'UY' },
      venue: { name: 'New Venue', address: 'New Address', google_place_id: 'ChIJ...' },
      page: NO_PAGE,
    });
    expect((await client('/events/product-launch-2026')).status).toBe(404);
    expect((await client('/events/updated-slug')).json.data).toEqual(answer.json.data);
  });

  it('add, change and delete a cohost: 200 with the parent event, which has no page then', async () => {
    const added = await client('/events/updated-slug/cohosts', {
      body: { name: 'Partner Org', privacy_policy: 'https://partner.example.com/privacy', position: 1 },
    });
    expect(added.status).toBe(200);
    expect(Object.keys(added.json.data)).toEqual(EVENT_KEYS);
    expect(added.json.data.cohosts).toEqual([
      {
        id: expect.stringMatching(/^[0-9A-Za-z]{8,}$/),
        name: 'Partner Org',
        privacy_policy: 'https://partner.example.com/privacy',
        position: 1,
      },
    ]);
    const path = `/events/updated-slug/cohosts/${String(added.json.data.cohosts[0].id)}`;
    const changed = await client(path, { method: 'PATCH', body: { position: 1 } });
    expect([changed.status, changed.json]).toEqual([200, added.json]);
    const deleted = await client(path, {
      method: 'DELETE',
      headers: { 'content-type': 'application/json' },
    });
    expect([deleted.status, deleted.json]).toEqual([200, { data: { ...added.json.data, cohosts: [] } }]);
  });

  it('do not delete an event: 405', async () => {
    const answer = await client('/events/updated-slug', { method: 'DELETE' });
    expect([answer.status, answer.json]).toEqual([405, { message: expect.any(String) }]);
    expect(answer.headers.get('allow')).toBe('GET, HEAD, OPTIONS, PATCH');
  });
});

describe('values of our own', () => {
  it('an online event that the company attends', async () => {
    const body = {
      date_start: '2027-03-28 02:30',
      date_end: '2027-03-28 02:30',
      name: 'Cumbre de Verano — edición ñandú',
      attendance_mode: 'online',
      timezone: 'Europe/Madrid',
      locale: 'es',
      company_role: 'attending',
    };
    const event = await created(client, body);
    expect(event).toEqual({
      id: 'cumbre-de-verano-edicion-nandu',
      name: 'Cumbre de Verano — edición ñandú',
      date_start: '2027-03-28T02:30:00.000+00:00',
      date_end: '2027-03-28T02:30:00.000+00:00',
      created_at: expect.stringMatching(TIME),
      attendance_mode: 'online',
      company_role: 'attending',
      timezone: 'Europe/Madrid',
      privacy_policy: null,
      locale: 'es',
      requires_ticket_assignment: false,
      city: null,
      country: null,
      venue: null,
      cohosts: [],
    });
    const response = await client(`/events/${event.id}`);
    expect(response.json).toEqual({ data: event });
    expect((await client(`/events/${event.id}`, { method: 'PATCH', body: {} })).json).toEqual({
      data: event,
    });
  });

  it('are compared with nothing of another company of the organization', async () => {
    const { tenant } = client;
    const other = await givenCompaniesClient(app);
    expect((await other('/events')).json.meta.total).toBe(0);
    expect((await other('/events/updated-slug')).status).toBe(404);
    expect(other.tenant.id).not.toBe(tenant.id);
  });
});

describe('the list of companies', () => {
  it('names those of the organization in the same envelope', async () => {
    const answer = await call(`${app.url}/api/v1/companies`, {
      headers: { authorization: client.authorization },
    });
    expect(answer.status).toBe(200);
    expect(answer.json).toEqual({
      data: [
        {
          id: client.company.id,
          slug: client.company.slug,
          name: 'Acme',
          logo: null,
          brand_color: null,
          privacy_policy: null,
          tagline: null,
          url: null,
          created_at: expect.stringMatching(TIME),
        },
      ],
      links: {
        first: 'https://quintet.test/api/v1/companies?page=1',
        last: 'https://quintet.test/api/v1/companies?page=1',
        prev: null,
        next: null,
      },
      meta: { current_page: 1, from: 1, last_page: 1, per_page: 15, to: 1, total: 1 },
    });
  });
});
