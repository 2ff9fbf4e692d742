import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { bootApp, type TestApp } from '../../support/app.js';
import type { Answer } from '../../support/http.js';
import { givenMember, givenMemberClient, givenRealm, givenRealmsClient, XML } from '../../support/realms.js';
import { asXml, asStrings } from '../../support/xml.js';

type Client = Awaited<ReturnType<typeof givenRealmsClient>>;
let app: TestApp;
let client: Client;
let base: string;

beforeAll(async () => {
  app = await bootApp();
  client = await givenRealmsClient(app);
  base = `/sections/${client.section}/events`;
});
afterAll(() => app.close());

const sample = {
  title: 'My new event',
  description: 'My event description',
  start: '2015-05-25 16:30:00',
  has_end: '1',
  end: '2015-05-25 18:30:00',
  type: 'event',
};

const create = async (overrides: object = {}): Promise<{ id: number; [key: string]: unknown }> => {
  const response = await client(base, { body: { ...sample, ...overrides } });
  expect([response.status, response.text]).toEqual([201, expect.any(String)]);
  return response.json as { id: number };
};
const find = async (id: number): Promise<Record<string, unknown>> =>
  (await client(`${base}/${id}`)).json as Record<string, unknown>;

describe('an event', () => {
  it('is created with 201 as the page shows it, and found without links', async () => {
    const created = await create();
    const item = {
      id: created.id,
      title: 'My new event',
      description: 'My event description',
      start: '2015-05-25 16:30:00',
      has_end: 1,
      end: '2015-05-25 18:30:00',
      all_day: 0,
      editable: 1,
      rsvp: 0,
      comments_enabled: 1,
      type: 'event',
      realm: 'section',
      section_id: client.section,
    };
    expect(created).toEqual({ ...item, links: { self: `https://quintet.test/v1${base}/${created.id}` } });
    expect(await find(created.id)).toEqual(item);
    expect(Object.keys(await find(created.id))).toEqual(Object.keys(item));
  });

  it.each([
    ['districts', 'district', 'district_id'],
    ['schools', 'school', 'school_id'],
    ['courses', 'course', 'course_id'],
    ['sections', 'section', 'section_id'],
    ['groups', 'group', 'group_id'],
  ] as const)('lives in %s', async (collection, realm, idField) => {
    const realmId = await givenRealm(app, client.tenant, realm);
    const created = await client(`/${collection}/${realmId}/events`, { body: sample });
    expect(created.json).toMatchObject({ realm, [idField]: realmId });
    expect((await client(`/${collection}/${realmId}/events`)).json.total).toBe(1);
    // The same id in another collection is a different realm.
    const other = collection === 'groups' ? 'courses' : 'groups';
    expect((await client(`/${other}/${realmId}/events`)).status).toBe(404);
  });

  it('lives in the calendar of a user', async () => {
    const { id } = client.tenant.member;
    const created = await client(`/users/${id}/events`, { body: sample });
    expect(created.json).toMatchObject({ realm: 'user', user_id: id });
    expect((await client(`/users/${id}/events`)).json.event).toEqual([created.json]);
  });

  it('keeps its wall clock whatever the zone of its realm is, inside a spring gap as well', async () => {
    for (const zone of ['Pacific/Kiritimati', 'America/New_York', 'Pacific/Apia', 'UTC']) {
      const realmId = await givenRealm(app, client.tenant, 'section', zone);
      for (const start of ['2026-03-08 02:30:00', '2011-12-30 12:00:00', '2026-11-01 01:30:00']) {
        const created = await client(`/sections/${realmId}/events`, {
          body: { title: 'x', start, all_day: 1 },
        });
        expect(created.json).toMatchObject({ start, all_day: 1, has_end: 0, end: '' });
      }
    }
  });

  it('is changed in part by PUT, which answers 204 and nothing', async () => {
    const { id } = await create();
    const response = await client(`${base}/${id}`, {
      method: 'PUT',
      body: { title: 'My new event with updated end time', end: '2015-05-25 20:30:00' },
    });
    expect([response.status, response.text]).toEqual([204, '']);
    expect(await find(id)).toMatchObject({
      title: 'My new event with updated end time',
      description: 'My event description',
      start: '2015-05-25 16:30:00',
      has_end: 1,
      end: '2015-05-25 20:30:00',
    });
  });

  it('is deleted with 204, for good', async () => {
    const { id } = await create();
    const response = await client(`${base}/${id}`, { method: 'DELETE' });
    expect([response.status, response.text]).toEqual([204, '']);
    for (const method of ['GET', 'DELETE', 'PUT']) {
      const again = await client(`${base}/${id}`, {
        method,
        ...(method === 'PUT' && { body: { title: 'x' } }),
      });
      expect([again.status, again.text]).toEqual([404, '']);
    }
  });

  it('of many who create at the same moment each gets the own event; who may not takes nobody along', async () => {
    const [lesson, trip] = [await givenRealm(app, client.tenant), await givenRealm(app, client.tenant)];
    const passerBy = await givenMember(app, client.tenant, 'passer-by@example.org');
    const stranger = await givenMemberClient(app, client.tenant, passerBy);
    const responses = await Promise.all(
      Array.from({ length: 24 }, (_, index) => {
        const section = index % 2 === 0 ? lesson : trip;
        const path = `/sections/${index % 8 === 7 ? 0 : section}/events`;
        const body = { ...sample, title: `event ${index}`, ...(index % 3 === 0 && { has_end: 0, end: '' }) };
        return (index % 8 === 5 ? stranger : client)(path, { body });
      }),
    );
    const held = new Map<number, string[]>([lesson, trip].map((section) => [section, []]));
    const ids = new Set<unknown>();
    for (const [index, response] of responses.entries()) {
      const expected = index % 8 === 7 ? 404 : index % 8 === 5 ? 403 : 201;
      expect([index, response.status]).toEqual([index, expected]);
      if (expected !== 201) continue;
      const section = index % 2 === 0 ? lesson : trip;
      const title = `event ${index}`;
      expect(response.json).toMatchObject({ title, section_id: section, has_end: index % 3 === 0 ? 0 : 1 });
      held.get(section)?.push(title);
      ids.add(response.json.id);
    }
    expect(ids.size).toBe(18);
    for (const [section, titles] of held) {
      const { event } = (await client(`/sections/${section}/events?limit=50`)).json;
      expect(event.map(({ title }: { title: string }) => title).sort()).toEqual(titles.sort());
    }
  });

  it('takes one statement to create, find, list, change or delete, beside the one for the nonce', async () => {
    const { id } = await create();
    await client(`${base}/${id}`, { method: 'PUT', body: { title: 'warm' } });
    const cost = async (path: string, request: object): Promise<number> => {
      const before = app.open.database.statementCount;
      await client(path, request);
      return app.open.database.statementCount - before;
    };
    expect([
      await cost(base, { body: sample }),
      await cost(`${base}/${id}`, {}),
      await cost(base, {}),
      await cost(`${base}/${id}`, { method: 'PUT', body: { title: 'x' } }),
      await cost(`${base}/${id}`, { method: 'DELETE' }),
    ]).toEqual([2, 2, 2, 2, 2]);
  });
});

describe('the end', () => {
  it.each<[string, object, object]>([
    ['is empty by default', { has_end: undefined, end: undefined }, { has_end: 0, end: '' }],
    ['without has_end counts as 1', { has_end: undefined }, { has_end: 1, end: sample.end }],
    ['beside has_end 0 is left out', { has_end: 0 }, { has_end: 0, end: '' }],
    ['may be the start', { end: sample.start }, { has_end: 1, end: sample.start }],
    ['that is empty or null is none', { has_end: 0, end: '' }, { has_end: 0, end: '' }],
    ['that is null is none', { has_end: null, end: null }, { has_end: 0, end: '' }],
  ])('%s', async (_, overrides, expected) => {
    expect(await create(overrides)).toMatchObject(expected);
  });

  it.each<[object, object]>([
    [{ has_end: 0 }, { has_end: 0, end: '' }],
    [{ end: '' }, { has_end: 0, end: '' }],
    [{ end: null }, { has_end: 0, end: '' }],
    [{ has_end: null }, { has_end: 0, end: '' }],
    [{ has_end: 1 }, { has_end: 1, end: sample.end }],
    [{ start: '2015-05-25 17:00:00' }, { has_end: 1, end: sample.end }],
  ])('is after the change %j: %j', async (change, expected) => {
    const { id } = await create();
    expect((await client(`${base}/${id}`, { method: 'PUT', body: change })).status).toBe(204);
    expect(await find(id)).toMatchObject(expected);
  });

  it.each<[string, object]>([
    ['has_end must not be 1 without an end', { has_end: 1 }],
    ['start must not be after end', { start: '2015-05-26 00:00:00', end: undefined, has_end: undefined }],
    ['end must not be before start', { end: '2015-05-25 16:29:59' }],
  ])('is refused in a change: %s', async (text, change) => {
    const { id } = await create(text.startsWith('has_end') ? { has_end: 0 } : {});
    const response = await client(`${base}/${id}`, { method: 'PUT', body: change });
    expect([response.status, response.json]).toEqual([400, text]);
  });
});

describe('flags', () => {
  it.each([1, '1', true, 'true'])('arrive as %j for yes', async (yes) => {
    expect(await create({ all_day: yes, comments_enabled: yes, has_end: yes })).toMatchObject({
      all_day: 1,
      comments_enabled: 1,
      has_end: 1,
    });
  });

  it.each([0, '0', false, 'false'])('arrive as %j for no', async (no) => {
    expect(await create({ all_day: no, comments_enabled: no })).toMatchObject({
      all_day: 0,
      comments_enabled: 0,
    });
  });

  it('go back to what an event starts with when a change sets them to null', async () => {
    const { id } = await create({ all_day: 1, comments_enabled: 0, rsvp: 2, description: 'x' });
    const body = { all_day: null, comments_enabled: null, rsvp: null, description: null, type: null };
    await client(`${base}/${id}`, { method: 'PUT', body });
    expect(await find(id)).toMatchObject({ all_day: 0, comments_enabled: 1, rsvp: 0, description: '' });
  });
});

describe('attachments', () => {
  const link = { url: 'https://example.org/plan?a=1&b=2', title: 'The <plan>' };
  const shown = {
    files: { file: [] },
    links: { link: [{ id: 1, type: 'link', ...link }] },
    videos: { video: [] },
    embeds: { embed: [] },
  };

  it('are shown to those who ask, in a list and alone', async () => {
    const created = await create({
      attachments: { links: { link: [link] } },
      start: '2031-01-01 08:00:00',
      end: '',
      has_end: 0,
    });
    expect(created.attachments).toEqual(shown);
    expect((await find(created.id)).attachments).toBeUndefined();
    expect((await client(`${base}/${created.id}?with_attachments=1`)).json.attachments).toEqual(shown);
    const list = await client(`${base}?with_attachments=1&start_date=20310101&end_date=20310101`);
    expect(list.json.event[0].attachments).toEqual(shown);
    expect(list.json.links.self).toContain('&with_attachments=1');
  });

  it('are replaced by PUT; a lone link counts as a list', async () => {
    const { id } = await create({ attachments: { links: { link } } });
    const other = { url: 'http://localhost:8080/x', title: 'x' };
    await client(`${base}/${id}`, {
      method: 'PUT',
      body: { attachments: { links: { link: [other, link] } } },
    });
    const { attachments } = (await client(`${base}/${id}?with_attachments=1`)).json as {
      attachments: { links: { link: object[] } };
    };
    expect(attachments.links.link).toMatchObject([other, link]);
    await client(`${base}/${id}`, { method: 'PUT', body: { attachments: null } });
    expect((await client(`${base}/${id}?with_attachments=1`)).json.attachments.links.link).toEqual([]);
  });

  it.each<[string, object, string | null]>([
    ['a title alone', { title: 'x' }, '<b><title>x</title></b>'],
    [
      'other kinds alone',
      { attachments: { files: { file: [] } } },
      '<b><attachments><files/></attachments></b>',
    ],
    // Not expressible in XML.
    ['no kind at all', { attachments: {} }, null],
    // "Not given" in XML only.
    ['an empty element', { title: 'x' }, '<b><attachments/></b>'],
  ])('stay as they are after a PUT of %s', async (_, body, xml) => {
    const { id } = await create({ attachments: { links: { link } } });
    const put = (request: object): Promise<Answer> => client(`${base}/${id}`, { method: 'PUT', ...request });
    expect((await put({ body })).status).toBe(204);
    if (xml !== null) expect((await put({ body: xml, headers: XML })).status).toBe(204);
    expect((await client(`${base}/${id}?with_attachments=1`)).json.attachments).toEqual(shown);
  });

  it.each([
    [{ attachments: '' }, null],
    [{ attachments: { links: {} } }, '<b><attachments><links><link/></links></attachments></b>'],
    [{ attachments: { links: null } }, '<b><attachments><links/></attachments></b>'],
    [{ attachments: { links: { link: [] } } }, '<b><attachments>\n<links>\n</links></attachments></b>'],
  ])('are taken away by an empty list: %j', async (body, xml) => {
    for (const [headers, sent] of [
      [{}, body],
      [XML, xml],
    ] as const) {
      if (sent === null) continue;
      const { id } = await create({ attachments: { links: { link } } });
      expect((await client(`${base}/${id}`, { method: 'PUT', headers, body: sent })).status).toBe(204);
      expect((await client(`${base}/${id}?with_attachments=1`)).json.attachments.links.link).toEqual([]);
    }
  });

  it.each([
    [{ links: 'https://example.org/plan' }],
    [{ links: 7 }],
    [{ links: [link] }],
    [{ links: [{ link: [link] }, { link: [link] }] }],
    [{ links: { link: ['https://example.org/plan'] } }],
    [{ link: [link] }],
    [{ attachment: [{ type: 'link', ...link }] }],
  ])('that are malformed are told with all else that is wrong, in JSON and XML: %j', async (attachments) => {
    const { id } = await create({ attachments: { links: { link } } });
    const faulty = { title: 'x'.repeat(501), start: 'soon', attachments };
    for (const [path, method] of [
      [base, 'POST'],
      [`${base}/${id}`, 'PUT'],
    ] as const) {
      const inJson = await client(path, { method, body: faulty });
      const inXml = await client(path, { method, headers: XML, body: asXml(faulty) });
      expect([inJson.status, inXml.status]).toEqual([400, 400]);
      for (const text of [inJson.json as string, inXml.text]) {
        expect(text.split('; ').map((fault) => fault.split(' ')[0])).toEqual(
          expect.arrayContaining(['title', 'start', 'attachments']),
        );
      }
    }
    expect((await client(`${base}/${id}?with_attachments=1`)).json.attachments).toEqual(shown);
  });

  it.each([
    [{ links: { link: [{ url: 'javascript:alert(1)', title: 'x' }] } }],
    [{ links: { link: 'https://example.org' } }],
    [{ links: { link: [{ title: 'x' }] } }],
    [{ links: '' }],
    [{ links: [] }],
    [{ links: { link: null } }],
    [{ links: { link: 'https://example.org/a' } }],
    [7],
    [{ links: { link: Array(51).fill(link) } }],
    ['links'],
    [[]],
  ])('are refused: %.60j', async (attachments) => {
    const response = await client(base, { body: { ...sample, attachments } });
    expect([response.status, response.json]).toEqual([400, expect.stringMatching(/^attachments must be/)]);
  });
});

/** Runs the same requests in either representation and returns the responses with all values as text. */
async function conversation(accept: string, contentType: string, section: number): Promise<unknown[]> {
  const isXml = contentType.includes('xml');
  const events = `/sections/${section}/events`;
  const transcript: unknown[] = [];
  const say = async (path: string, method = 'GET', body?: object): Promise<Answer> => {
    const response = await client(path, {
      method,
      headers: { accept, 'content-type': contentType },
      ...(body !== undefined && { body: isXml ? asXml(body) : JSON.stringify(body) }),
    });
    transcript.push([response.status, response.text === '' ? '' : asStrings(response.text)]);
    return response;
  };
  const idIn = (response: Answer): string => String((asStrings(response.text) as { id: string }).id);

  await say(events);
  const first = idIn(await say(events, 'POST', sample));
  const second = idIn(
    await say(events, 'POST', { ...sample, title: '<b>&amp;\t"Ünï" 🎓 ]]>', description: '' }),
  );
  await say(events);
  await say(`${events}/${first}`);
  await say(`${events}/${second}`, 'PUT', {
    has_end: 0,
    rsvp: 1,
    attachments: { links: { link: [{ url: 'https://example.org/?a&b', title: 'A & B' }] } },
  });
  await say(`${events}/${second}?with_attachments=1`);
  await say(`${events}?limit=1&start_date=2015-05-25&end_date=20150525`);
  await say(`${events}/${first}`, 'DELETE');
  await say(events);
  await say('/multiget', 'POST', { request: [`/v1${events}`, '/v1/sections/999999/events'] });
  await say(`${events}/${second}/comments`);
  await say(`${events}/${second}/rsvp`);
  return JSON.parse(
    JSON.stringify(transcript)
      .replaceAll(first, 'FIRST')
      .replaceAll(second, 'SECOND')
      .replaceAll(`${section}`, 'SECTION'),
  ) as unknown[];
}

describe('JSON and XML', () => {
  it('say the same in the same conversation', async () => {
    const inJson = await conversation(
      'application/json',
      'application/json',
      await givenRealm(app, client.tenant),
    );
    const inXml = await conversation('text/xml', 'text/xml', await givenRealm(app, client.tenant));
    expect(inXml).toEqual(inJson);
    expect(inJson).toHaveLength(13);
  });

  it('can be mixed: one in, the other out', async () => {
    const written = await client(base, {
      headers: { 'content-type': 'application/xml; charset=utf-8', accept: 'application/json' },
      body: asXml(sample, 'whatever'),
    });
    expect([written.status, written.json]).toEqual([201, expect.objectContaining({ title: 'My new event' })]);
    const read = await client(base, { headers: { accept: 'application/xml' }, body: sample });
    expect(read.headers.get('content-type')).toBe('application/xml; charset=utf-8');
    expect(read.headers.get('vary')).toContain('Accept');
    expect(asStrings(read.text)).toMatchObject({ title: 'My new event' });
  });

  it('write XML as the page does', async () => {
    const created = await create({ has_end: undefined, end: undefined, description: '' });
    const { text, headers } = await client(`${base}/${created.id}`, { headers: { accept: 'text/xml' } });
    expect(headers.get('content-type')).toBe('text/xml; charset=utf-8');
    expect(text.replace(/>\s+</g, '><').trim()).toBe(
      '<?xml version="1.0" encoding="utf-8" ?><result>' +
        `<id>${created.id}</id><title>My new event</title><description /><start>2015-05-25 16:30:00</start>` +
        '<has_end>0</has_end><end /><all_day>0</all_day><editable>1</editable><rsvp>0</rsvp>' +
        '<comments_enabled>1</comments_enabled><type>event</type><realm>section</realm>' +
        `<section_id>${client.section}</section_id></result>`,
    );
    const list = await client(`${base}?limit=2`, { headers: { accept: 'text/xml' } });
    expect(list.text).toMatch(
      /^<\?xml [^>]*\?>\s*<result><event>.*<\/event><event>.*<\/event><total>\d+<\/total><links><self>[^<]*start=0&amp;limit=2<\/self>/,
    );
  });

  it.each([
    [undefined, 'application/json'],
    ['*/*', 'application/json'],
    ['text/html', 'application/json'],
    ['text/xml', 'text/xml'],
    ['application/xml', 'application/xml'],
    ['application/json;q=0.4, text/xml;q=0.5', 'text/xml'],
    ['application/json, text/xml;q=0.9', 'application/json'],
    ['text/xml;q=0, */*', 'application/json'],
  ])('are chosen by Accept: %s → %s', async (accept, type) => {
    const response = await client(base, { headers: { ...(accept !== undefined && { accept }) } });
    expect(response.headers.get('content-type')).toBe(`${type}; charset=utf-8`);
  });

  it('take back what they gave', async () => {
    const { id } = await create();
    for (const accept of ['application/json', 'text/xml']) {
      const { text } = await client(`${base}/${id}`, { headers: { accept } });
      const type = { 'content-type': accept };
      const put = await client(`${base}/${id}`, { method: 'PUT', headers: type, body: text });
      expect([put.status, put.text]).toEqual([204, '']);
      const post = await client(base, { headers: type, body: text });
      expect(post.json).toMatchObject({ title: sample.title, end: sample.end, rsvp: 0 });
    }
  });
});

describe('an event without a path to its calendar', () => {
  it('is created in the own calendar of the acting user', async () => {
    const id = await givenMember(app, client.tenant, 'own-calendar@example.org');
    const member = await givenMemberClient(app, client.tenant, id);
    const created = await member('/events', { body: sample });
    expect(created.status).toBe(201);
    expect(created.json).toMatchObject({ realm: 'user', user_id: id, editable: 1 });
    expect(created.json.links.self).toBe(`https://quintet.test/v1/users/${id}/events/${created.json.id}`);
    const headers = { 'x-schoology-run-as': String(id) };
    expect((await client('/events', { headers, body: sample })).json).toMatchObject({ user_id: id });
    expect((await member('/users/me/events')).json.total).toBe(2);
  });

  it('is refused for a key that is nobody, which is told so; there is no such list', async () => {
    const refused = await client('/events', { body: sample });
    expect([refused.status, refused.json]).toEqual([400, expect.stringContaining('acts as no user')]);
    expect((await client('/events')).status).toBe(405);
  });
});

describe('with_attachments', () => {
  it.each([
    ['1', true],
    ['TRUE', true],
    ['true', true],
    ['True', true],
    ['0', false],
    ['false', false],
    ['', false],
  ])('as %j is %j', async (value, expected) => {
    const { id } = await create();
    const item = await client(`${base}/${id}?with_attachments=${value}`);
    expect('attachments' in (item.json as object)).toBe(expected);
    const { links } = (await client(`${base}?limit=1&with_attachments=${value}`)).json;
    for (const link of [links.self, links.next] as string[])
      expect(link.endsWith('&with_attachments=1')).toBe(expected);
  });

  it.each(['yes', '2', 'no', 'tRUE'])('as %j is refused', async (value) => {
    const { status, json } = await client(`${base}?with_attachments=${value}`);
    expect([status, json]).toEqual([400, 'with_attachments must be 1 or 0']);
  });
});

describe('white space and empty elements', () => {
  const put = (id: number, body: unknown, headers = {}): Promise<Answer> =>
    client(`${base}/${id}`, { method: 'PUT', headers, body });

  it('around a value in XML is trimmed, inside it is kept', async () => {
    const { id } = await create();
    const body =
      '<b>\n <title>\n  Parents  meet\n teachers </title>\n <start> 2015-05-25 16:00:00 </start>' +
      '<all_day> 1 </all_day><rsvp>\n2</rsvp></b>';
    expect((await put(id, body, XML)).status).toBe(204);
    expect(await find(id)).toMatchObject({
      title: 'Parents  meet\n teachers',
      start: '2015-05-25 16:00:00',
      all_day: 1,
      rsvp: 2,
    });
  });

  it('in JSON is trimmed of flags, dates and numbers alone', async () => {
    const { id } = await create();
    const body = {
      title: ' x ',
      description: ' y ',
      start: ' 2015-05-25 16:00:00 ',
      end: ' 2015-05-25 16:30:00',
      all_day: ' 1',
      rsvp: '1 ',
    };
    expect((await put(id, body)).status).toBe(204);
    expect(await find(id)).toMatchObject({
      title: ' x ',
      description: ' y ',
      start: '2015-05-25 16:00:00',
      end: '2015-05-25 16:30:00',
      all_day: 1,
      rsvp: 1,
    });
    expect((await put(id, { type: ' event ' })).status).toBe(400);
  });

  it('empty in XML means not given, but clears the description', async () => {
    const { id } = await create({ all_day: 1, rsvp: 2 });
    const body =
      '<b><title/><description/><start/><end/><has_end/><all_day> </all_day><rsvp/><type/><attachments/></b>';
    expect((await put(id, body, XML)).status).toBe(204);
    expect(await find(id)).toMatchObject({
      title: sample.title,
      description: '',
      start: sample.start,
      has_end: 1,
      end: sample.end,
      all_day: 1,
      rsvp: 2,
    });
  });

  it.each<[string, unknown, object]>([
    ['JSON', { has_end: 0 }, {}],
    ['XML', '<b><has_end>0</has_end></b>', XML],
  ])('has_end 0 takes the end away in %s', async (_, body, headers) => {
    const { id } = await create();
    expect((await put(id, body, headers)).status).toBe(204);
    expect(await find(id)).toMatchObject({ has_end: 0, end: '' });
  });
});
