import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import ICAL from 'ical.js';
import type { TestApp } from '../../support/app.js';
import {
  anOfflineEvent,
  anOnlineEvent,
  bootCompanies,
  created,
  givenCompaniesClient,
  type CompaniesClient,
} from '../../support/companies.js';
import { call, type Answer } from '../../support/http.js';

let app: TestApp;
let client: CompaniesClient;

beforeAll(async () => {
  app = await bootCompanies();
  client = await givenCompaniesClient(app, { name: 'Acme & Söhne' });
});
afterAll(() => app.close());

const KEYS = ['tagline', 'description', 'support_email', 'header_image', 'show_attendees', 'unsplash_data'];
const CONTENT = {
  tagline: 'See it <first>',
  description: '<p>Doors open at <strong>nine</strong>.</p>',
  support_email: 'help@example.com',
  header_image: 'https://images.example.com/launch.jpg?w=1&h=2',
  show_attendees: true,
  unsplash_data: { id: 'Dwu85P9SOIk', user: { name: 'Ada' } },
};

const write = (event: string, body: unknown): Promise<Answer> => client(`/event/${event}/page`, { body });
const publicPage = (event: string, company = client.company.slug): Promise<Answer> =>
  call(`${app.url}/${company}/event/${event}`, { headers: { accept: 'text/html' } });

/** What a search engine reads from a page. */
function jsonLdIn(html: string): Record<string, unknown> {
  const [, text = ''] = /<script type="application\/ld\+json">(.*?)<\/script>/s.exec(html) ?? [];
  return JSON.parse(text) as Record<string, unknown>;
}

function metaIn(html: string, name: string): string | undefined {
  return new RegExp(`<meta (?:name|property)="${name}" content="([^"]*)">`).exec(html)?.[1];
}

describe('the event page resource', () => {
  it('is an object of nulls while there is no content', async () => {
    const { id } = await created(client, anOfflineEvent());
    const answer = await client(`/event/${id}/page`);
    expect(answer.status).toBe(200);
    expect(Object.keys(answer.json.data)).toEqual(KEYS);
    expect(Object.values(answer.json.data)).toEqual([null, null, null, null, null, null]);
  });

  it('keeps what is written, shows it on show and update of the event, and nowhere else', async () => {
    const { id } = await created(client, anOfflineEvent({ name: 'Shown' }));
    expect((await write(id, CONTENT)).json).toEqual({ data: CONTENT });
    expect((await client(`/event/${id}/page`)).json).toEqual({ data: CONTENT });
    expect((await client(`/events/${id}`)).json.data.page).toEqual(CONTENT);
    expect((await client(`/events/${id}`, { method: 'PATCH', body: {} })).json.data.page).toEqual(CONTENT);
    expect((await client('/events?q=Shown')).json.data[0]).not.toHaveProperty('page');
    const cohosted = await client(`/events/${id}/cohosts`, { body: { name: 'x' } });
    expect(cohosted.json.data).not.toHaveProperty('page');
  });

  it('is written in parts: what is not given stays, null clears', async () => {
    const { id } = await created(client, anOfflineEvent());
    await write(id, CONTENT);
    const partial = await write(id, { tagline: null, show_attendees: false, ignored: 1 });
    expect([partial.status, partial.json.data]).toEqual([
      200,
      { ...CONTENT, tagline: null, show_attendees: false },
    ]);
    expect((await write(id, {})).json.data).toEqual({ ...CONTENT, tagline: null, show_attendees: false });
  });

  it('returns where the picture comes from as it was given, its keys in their order', async () => {
    const { id } = await created(client, anOfflineEvent());
    const picture = '{"zoom":1.5,"id":"Dwu85P9SOIk","author":{"name":"Ada","a":[1,{"y":"é\\"","x":null}]}}';
    const expectedJson = `"unsplash_data":${picture}}`;
    expect((await write(id, `{"unsplash_data":${picture}}`)).text).toContain(expectedJson);
    await write(id, { tagline: 'x' });
    expect((await client(`/event/${id}/page`)).text).toContain(expectedJson);
    expect((await client(`/events/${id}`)).text).toContain(expectedJson);
    expect((await write(id, { unsplash_data: null })).json.data.unsplash_data).toBeNull();
  });

  it('is there for organizing events only: 404 for others, and their show has no page', async () => {
    const { id } = await created(client, anOnlineEvent());
    expect((await client(`/event/${id}/page`)).status).toBe(404);
    expect((await write(id, CONTENT)).status).toBe(404);
    expect((await client(`/events/${id}`)).json.data).not.toHaveProperty('page');
  });

  it('has its HTML sanitised', async () => {
    const { id } = await created(client, anOfflineEvent());
    const { data } = (
      await write(id, {
        description:
          '<p onclick="x()">Hi<script>alert(1)</script><img src=x onerror=alert(1)> <a href="javascript:x()">a</a></p>',
      })
    ).json;
    expect(data.description).toBe('<p>Hi <a rel="nofollow noopener noreferrer">a</a></p>');
  });

  it('keeps text that tries to smuggle in what cannot be stored', async () => {
    const { id } = await created(client, anOfflineEvent());
    const answer = await write(id, {
      description: 'a&#0;b&#xD800;c',
      unsplash_data: { big: 1e300, list: [null] },
    });
    expect([answer.status, answer.json.data?.unsplash_data]).toEqual([200, { big: 1e300, list: [null] }]);
    const bad = await write(id, { description: 'a\0b', unsplash_data: { 'k\0': 1 }, tagline: '\ud800' });
    expect([bad.status, Object.keys(bad.json.errors as object).length]).toEqual([422, 3]);
  });

  it('tells all faults at once', async () => {
    const { id } = await created(client, anOfflineEvent());
    const answer = await write(id, {
      tagline: 't'.repeat(256),
      description: 7,
      support_email: 'nobody',
      header_image: 'ftp://x.example/a.png',
      show_attendees: 'yes',
      unsplash_data: [1],
    });
    expect([answer.status, Object.keys(answer.json.errors as object).sort()]).toEqual([
      422,
      [...KEYS].sort(),
    ]);
  });
});

describe('the public page', () => {
  it('shows the event with its content and its cohosts in order', async () => {
    const { id } = await created(
      client,
      anOfflineEvent({
        name: 'Launch <b>&</b> "more"',
        venue: 'Hall 7',
        privacy_policy: 'https://x.example/p?a=1&b=2',
      }),
    );
    await write(id, CONTENT);
    await client(`/events/${id}/cohosts`, { body: { name: 'Second' } });
    await client(`/events/${id}/cohosts`, {
      body: { name: 'First <i>', position: 1, privacy_policy: 'https://first.example/p' },
    });
    const page = await publicPage(id);
    expect([page.status, page.headers.get('content-type')]).toEqual([200, 'text/html; charset=utf-8']);
    expect(page.text).toContain('<h1>Launch &#60;b&#62;&#38;&#60;/b&#62; &#34;more&#34;</h1>');
    expect(page.text).toContain('See it &#60;first&#62;');
    expect(page.text).toContain(CONTENT.description);
    expect(page.text).toContain('Acme &#38; Söhne');
    expect(page.text).toContain('Hall 7<br>Montevideo<br>Uruguay');
    expect(page.text).toContain('<time datetime="2031-04-25T09:00:00-03:00">Friday, April 25, 2031 at 9:00');
    expect(page.text).toContain('America/Montevideo');
    expect(page.text).toContain('href="https://x.example/p?a=1&#38;b=2"');
    expect(page.text).toContain('href="mailto:help@example.com"');
    expect(page.text).toMatch(/First &#60;i&#62;.*https:\/\/first\.example\/p.*Second/s);
  });

  it('is known to link previews and search engines', async () => {
    const { id } = await created(
      client,
      anOfflineEvent({ name: 'Indexed </script><script>', venue: 'Hall 7', venue_address: 'Lane 1' }),
    );
    await write(id, CONTENT);
    await client(`/events/${id}/cohosts`, { body: { name: 'Partner' } });
    const { text } = await publicPage(id);
    const address = `https://quintet.test/${client.company.slug}/event/${id}`;
    expect(text).not.toContain('noindex');
    expect(text).toContain(`<link rel="canonical" href="${address}">`);
    expect(metaIn(text, 'og:title')).toBe('Indexed &#60;/script&#62;&#60;script&#62;');
    expect(metaIn(text, 'og:description')).toBe('See it &#60;first&#62;');
    expect(metaIn(text, 'description')).toBe('See it &#60;first&#62;');
    expect(metaIn(text, 'og:url')).toBe(address);
    expect(metaIn(text, 'og:image')).toBe('https://images.example.com/launch.jpg?w=1&#38;h=2');
    expect(metaIn(text, 'og:site_name')).toBe('Acme &#38; Söhne');
    expect(jsonLdIn(text)).toEqual({
      '@context': 'https://schema.org',
      '@type': 'Event',
      name: 'Indexed </script><script>',
      description: 'See it <first>',
      url: address,
      startDate: '2031-04-25T09:00:00-03:00',
      endDate: '2031-04-26T18:00:00-03:00',
      eventStatus: 'https://schema.org/EventScheduled',
      eventAttendanceMode: 'https://schema.org/OfflineEventAttendanceMode',
      inLanguage: 'en',
      image: ['https://images.example.com/launch.jpg?w=1&h=2'],
      location: {
        '@type': 'Place',
        name: 'Hall 7',
        address: {
          '@type': 'PostalAddress',
          streetAddress: 'Lane 1',
          addressLocality: 'Montevideo',
          addressRegion: 'Montevideo',
          addressCountry: 'UY',
        },
      },
      organizer: [
        { '@type': 'Organization', name: 'Acme & Söhne' },
        { '@type': 'Organization', name: 'Partner' },
      ],
    });
    expect(text.match(/<script/g)).toHaveLength(1);
  });

  it('of an online event that is attended says so, in its language', async () => {
    const { id } = await created(client, anOnlineEvent({ name: 'Gezellig', locale: 'nl' }));
    const { text } = await publicPage(id);
    expect(text).toContain('<html lang="nl">');
    expect(text).toContain('vrijdag 25 april 2031 om 09:00 (Europe/Amsterdam)');
    expect(text).toContain('Zet in agenda');
    expect(metaIn(text, 'og:locale')).toBe('nl_NL');
    const data = jsonLdIn(text);
    expect(data).toMatchObject({
      eventAttendanceMode: 'https://schema.org/OnlineEventAttendanceMode',
      location: { '@type': 'VirtualLocation' },
    });
    expect(data).not.toHaveProperty('organizer');
  });

  it('runs nothing, loads nothing but our style and its picture, sends no referrer and is not framed', async () => {
    const { id } = await created(client, anOfflineEvent());
    await write(id, { ...CONTENT, header_image: 'https://images.example.com:8443/a.png' });
    const page = await publicPage(id);
    expect(page.headers.get('content-security-policy')).toBe(
      "default-src 'none';style-src 'self';img-src 'self' https://images.example.com:8443;base-uri 'none';" +
        "form-action 'none';frame-ancestors 'none'",
    );
    expect(page.headers.get('referrer-policy')).toBe('no-referrer');
    expect(page.headers.get('x-frame-options')).toBe('DENY');
    const loaded = [
      ...page.text.matchAll(/<(?:link rel="(?:stylesheet|icon)" href|img src|script src)="([^"]+)"/g),
    ];
    expect(loaded.map(([, source]) => source)).toEqual([
      '/assets/icon.svg',
      '/assets/page.css',
      'https://images.example.com:8443/a.png',
    ]);
  });

  it('lets the address of a picture add nothing to the policy', async () => {
    for (const header_image of [
      'https://x.example;script-src/a.png',
      'https://x.example,default-src/a.png',
      'https://a.example/x;script-src *',
    ]) {
      const { id } = await created(client, anOfflineEvent());
      await write(id, { header_image });
      const page = await publicPage(id);
      expect(page.status).toBe(200);
      expect(page.headers.get('content-security-policy')).not.toMatch(/script-src|x\.example/);
    }
  });

  it('is 404 for what is not there, as a page for a browser', async () => {
    const { id } = await created(client, anOfflineEvent());
    const other = await givenCompaniesClient(app);
    for (const [event, company] of [
      [id, other.company.slug],
      ['nothing', client.company.slug],
      ['Upper', client.company.slug],
      ['%00', client.company.slug],
      [id, 'nobody'],
      [id, '%00'],
    ]) {
      const page = await publicPage(event ?? '', company);
      expect([page.status, page.headers.get('content-type')]).toEqual([404, 'text/html; charset=utf-8']);
    }
  });

  it('follows a change of the slug, and stays when the plan is closed', async () => {
    const { id } = await created(client, anOfflineEvent());
    await client(`/events/${id}`, { method: 'PATCH', body: { slug: 'new-address' } });
    expect((await publicPage(id)).status).toBe(404);
    expect((await publicPage('new-address')).status).toBe(200);
    const closed = await givenCompaniesClient(app);
    const event = await created(closed, anOnlineEvent());
    await app.open.pool.query(`UPDATE companies.companies SET use_api = false WHERE id = $1`, [
      closed.company.number,
    ]);
    expect((await publicPage(event.id, closed.company.slug)).status).toBe(200);
  });
});

describe('"add to calendar"', () => {
  async function calendarOf(event: string): Promise<ICAL.Event> {
    const address = /href="https:\/\/quintet\.test(\/[^"]+calendar\.ics)"/.exec(
      (await publicPage(event)).text,
    )?.[1];
    const answer = await call(`${app.url}${String(address)}`);
    expect([answer.status, answer.headers.get('content-type')]).toEqual([
      200,
      'text/calendar; charset=utf-8',
    ]);
    expect(answer.headers.get('content-disposition')).toBe(`attachment; filename="${event}.ics"`);
    const [parsed] = new ICAL.Component(ICAL.parse(answer.text) as string).getAllSubcomponents('vevent');
    if (parsed === undefined) throw new Error('no event');
    return new ICAL.Event(parsed);
  }

  it('is a file that calendars understand', async () => {
    const { id } = await created(client, anOfflineEvent({ name: 'Launch; with, 🎉\\', venue: 'Hall, 7' }));
    await write(id, { description: '<p>One</p><p>Two &amp; three</p>' });
    const event = await calendarOf(id);
    expect(event.summary).toBe('Launch; with, 🎉\\');
    expect(event.location).toBe('Hall, 7, Montevideo, Uruguay');
    expect(event.description).toBe('One Two & three');
    expect(event.startDate.toJSDate().toISOString()).toBe('2031-04-25T12:00:00.000Z');
    expect(event.endDate.toJSDate().toISOString()).toBe('2031-04-26T21:00:00.000Z');
  });

  it('keeps its identity when the slug changes', async () => {
    const { id } = await created(client, anOnlineEvent());
    const { uid } = await calendarOf(id);
    await client(`/events/${id}`, { method: 'PATCH', body: { slug: `${id}-moved` } });
    expect((await calendarOf(`${id}-moved`)).uid).toBe(uid);
    expect(uid).toMatch(/^[0-9A-Za-z]{8,}@quintet\.test$/);
  });

  it('is 404 for what is not there', async () => {
    expect((await call(`${app.url}/${client.company.slug}/event/nothing/calendar.ics`)).status).toBe(404);
  });
});
