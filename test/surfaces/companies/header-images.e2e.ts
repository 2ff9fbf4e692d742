import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
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
  client = await givenCompaniesClient(app);
});
afterAll(() => app.close());

const PNG = Buffer.from('\x89PNG\r\n\x1a\n and a picture', 'latin1');
const GIF = Buffer.from('GIF89a and another', 'latin1');

interface Upload {
  readonly status: number;
  readonly text: string;
  // eslint-disable-next-line @typescript-eslint/no-explicit-any -- read as an untyped client does
  readonly json: any;
}

function formOf(fields: Record<string, string | Buffer>, type = 'image/png'): FormData {
  const form = new FormData();
  for (const [name, value] of Object.entries(fields)) {
    if (typeof value === 'string') form.set(name, value);
    else form.set(name, new Blob([new Uint8Array(value)], { type }), 'launch.png');
  }
  return form;
}

async function upload(
  event: string,
  body: FormData | string,
  headers: Record<string, string> = {},
): Promise<Upload> {
  const response = await fetch(`${app.url}/api/v1/${client.company.id}/event/${event}/page`, {
    method: 'POST',
    headers: { authorization: client.authorization, ...headers },
    body,
  });
  const text = await response.text();
  return { status: response.status, text, json: JSON.parse(text) };
}

/** What stands behind an address of the service, which is not the one that it listens on. */
async function fetched(address: string): Promise<{ status: number; headers: Headers; bytes: Buffer }> {
  const response = await fetch(address.replace('https://quintet.test', app.url));
  return {
    status: response.status,
    headers: response.headers,
    bytes: Buffer.from(await response.arrayBuffer()),
  };
}

async function storedBytes(event: string): Promise<number> {
  const { rows } = await app.open.pool.query<{ count: number }>(
    `SELECT count(*)::integer AS count FROM companies.header_images i JOIN companies.events e ON e.id = i.event_id
      WHERE e.company_id = $1 AND e.slug = $2`,
    [client.company.number, event],
  );
  return rows[0]?.count ?? 0;
}

const jsonWrite = (event: string, body: unknown): Promise<Answer> => client(`/event/${event}/page`, { body });

describe('an uploaded header image', () => {
  it('is stored, shown as an address of ours, and served to anybody under it', async () => {
    const { id } = await created(client, anOfflineEvent({ name: 'Uploaded' }));
    const answer = await upload(id, formOf({ header_image: PNG, tagline: ' See it ' }));
    expect([answer.status, answer.text]).toEqual([200, answer.text]);
    const address = answer.json.data.header_image as string;
    expect(address).toMatch(
      new RegExp(
        `^https://quintet\\.test/${client.company.slug}/event/uploaded/header-image\\?v=[0-9a-f]{32}$`,
      ),
    );
    expect(answer.json.data.tagline).toBe('See it');
    expect((await client(`/event/${id}/page`)).json).toEqual(answer.json);
    expect((await client(`/events/${id}`)).json.data.page).toEqual(answer.json.data);

    const image = await fetched(address);
    expect([image.status, image.bytes]).toEqual([200, PNG]);
    expect(image.headers.get('content-type')).toBe('image/png');
    expect(image.headers.get('x-content-type-options')).toBe('nosniff');
    expect(image.headers.get('cache-control')).toBe('public, max-age=31536000, immutable');
    for (const other of [address.replace(/v=.*/, 'v=other'), address.replace(/\?.*/, '')]) {
      const changing = await fetched(other);
      expect([changing.status, changing.headers.get('cache-control')]).toEqual([200, 'no-cache']);
    }
  });

  it('is on the public page and in its previews', async () => {
    const { id } = await created(client, anOfflineEvent({ name: 'Previewed' }));
    const { header_image } = (await upload(id, formOf({ header_image: PNG }))).json.data;
    const page = await call(`${app.url}/${client.company.slug}/event/${id}`);
    expect(page.text).toContain(`<img src="${header_image}" alt="">`);
    expect(page.text).toContain(`<meta property="og:image" content="${header_image}">`);
    expect(page.headers.get('content-security-policy')).toContain("img-src 'self' https://quintet.test");
  });

  it('follows the slug of its event', async () => {
    const { id } = await created(client, anOfflineEvent({ name: 'Moving' }));
    const before = (await upload(id, formOf({ header_image: PNG }))).json.data.header_image as string;
    const moved = await client(`/events/${id}`, { method: 'PATCH', body: { slug: 'moved' } });
    const after = moved.json.data.page.header_image as string;
    expect(after).toBe(before.replace('/moving/', '/moved/'));
    expect([(await fetched(after)).status, (await fetched(before)).status]).toEqual([200, 404]);
  });

  it.each([
    ['image/png', PNG],
    ['image/jpeg', Buffer.from('\xff\xd8\xff\xe0 x', 'latin1')],
    ['image/gif', GIF],
    ['image/webp', Buffer.from('RIFF\x10\0\0\0WEBPVP8 ', 'latin1')],
  ])('may be %s, whatever type it was sent with', async (type, bytes) => {
    const { id } = await created(client, anOfflineEvent());
    const answer = await upload(id, formOf({ header_image: bytes }, 'text/html'));
    expect((await fetched(answer.json.data.header_image)).headers.get('content-type')).toBe(type);
  });

  it.each(['<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>', '<html>', 'text', ''])(
    'that is no such picture is 422, whatever type it was sent with: %j',
    async (content) => {
      const { id } = await created(client, anOfflineEvent());
      const answer = await upload(id, formOf({ header_image: Buffer.from(content) }));
      expect([answer.status, answer.json.errors]).toEqual([
        422,
        { header_image: ['header_image must be a PNG, JPEG, GIF or WebP picture'] },
      ]);
      expect(await storedBytes(id)).toBe(0);
    },
  );

  it('of a request over 1 MiB is 413', async () => {
    const { id } = await created(client, anOfflineEvent());
    const big = Buffer.concat([PNG, Buffer.alloc(1024 * 1024)]);
    expect((await upload(id, formOf({ header_image: big }))).status).toBe(413);
    const fitting = Buffer.concat([PNG, Buffer.alloc(1024 * 1024 - 2_000)]);
    const answer = await upload(id, formOf({ header_image: fitting }));
    expect((await fetched(answer.json.data.header_image)).bytes).toEqual(fitting);
  });
});

describe('the bytes of an uploaded header image', () => {
  it('go with the next upload', async () => {
    const { id } = await created(client, anOfflineEvent());
    const first = (await upload(id, formOf({ header_image: PNG }))).json.data.header_image as string;
    const second = (await upload(id, formOf({ header_image: GIF }))).json.data.header_image as string;
    expect(second).not.toBe(first);
    expect((await fetched(first)).bytes).toEqual(GIF);
    expect(await storedBytes(id)).toBe(1);
  });

  it.each([['https://images.example.com/a.png'], [null]])('go with header_image %j', async (header_image) => {
    const { id } = await created(client, anOfflineEvent());
    const before = (await upload(id, formOf({ header_image: PNG }))).json.data.header_image as string;
    expect((await jsonWrite(id, { header_image })).json.data.header_image).toBe(header_image);
    expect([await storedBytes(id), (await fetched(before)).status]).toEqual([0, 404]);
  });

  it('stay when other fields change, and when what was read is written back', async () => {
    const { id } = await created(client, anOfflineEvent());
    const { data } = (await upload(id, formOf({ header_image: PNG }))).json;
    await jsonWrite(id, { tagline: 'x' });
    const answer = await jsonWrite(id, data);
    expect(answer.json.data).toEqual(data);
    expect((await fetched(data.header_image)).status).toBe(200);
  });

  it('are those of the picture that is shown, when uploads and addresses meet', async () => {
    const { id } = await created(client, anOfflineEvent());
    for (let round = 0; round < 5; round++) {
      await Promise.all([
        upload(id, formOf({ header_image: PNG })),
        jsonWrite(id, { header_image: 'https://images.example.com/a.png' }),
        upload(id, formOf({ header_image: GIF })),
        jsonWrite(id, { header_image: null }),
      ]);
      const shown = (await client(`/event/${id}/page`)).json.data.header_image as string | null;
      const isOurs = shown?.startsWith('https://quintet.test/') === true;
      expect(await storedBytes(id)).toBe(isOurs ? 1 : 0);
      if (isOurs) {
        expect((await fetched(shown)).headers.get('cache-control')).toContain('immutable');
      }
    }
  });
});

describe('an event page as a form', () => {
  it('takes the fields as texts, and leaves what is not in it', async () => {
    const { id } = await created(client, anOfflineEvent());
    const fields = {
      tagline: 'Zoë’s',
      description: '<p>x</p><script>alert(1)</script>',
      support_email: 'help@example.com',
      show_attendees: 'true',
      unsplash_data: '{"id":"x"}',
      header_image: 'https://images.example.com/a.png',
    };
    const answer = await upload(id, formOf(fields));
    const page = { ...fields, description: '<p>x</p>', show_attendees: true, unsplash_data: { id: 'x' } };
    expect(answer.json).toEqual({ data: page });
    for (const [text, shown] of [
      ['0', false],
      ['1', true],
      ['false', false],
    ] as const) {
      expect((await upload(id, formOf({ show_attendees: text }))).json.data).toEqual({
        ...page,
        show_attendees: shown,
      });
    }
  });

  it('tells all faults at once', async () => {
    const { id } = await created(client, anOfflineEvent());
    const answer = await upload(
      id,
      formOf({
        show_attendees: 'yes',
        unsplash_data: '{',
        support_email: 'x',
        tagline: PNG,
        header_image: 'x',
      }),
    );
    expect([answer.status, Object.keys(answer.json.errors).sort()]).toEqual([
      422,
      ['header_image', 'show_attendees', 'support_email', 'tagline', 'unsplash_data'],
    ]);
  });

  it('without a file chosen keeps the picture', async () => {
    const { id } = await created(client, anOfflineEvent());
    await upload(id, formOf({ header_image: PNG }));
    const boundary = 'a-browser';
    const answer = await upload(
      id,
      `--${boundary}\r\nContent-Disposition: form-data; name="header_image"; filename=""\r\n` +
        `Content-Type: application/octet-stream\r\n\r\n\r\n--${boundary}--\r\n`,
      { 'content-type': `multipart/form-data; boundary=${boundary}` },
    );
    expect([answer.status, answer.json.data.header_image]).toEqual([
      200,
      expect.stringContaining('/header-image?v='),
    ]);
  });

  it.each([
    ['multipart/form-data', '--x--'],
    ['multipart/form-data; boundary=x', 'nothing of it'],
    ['multipart/form-data; boundary=x', '--x\r\nContent-Disposition: form-data; name="tagline"\r\n\r\nhalf'],
  ])('that is broken is 400 or 415: %s %j', async (type, body) => {
    const { id } = await created(client, anOfflineEvent());
    expect([400, 415]).toContain((await upload(id, body, { 'content-type': type })).status);
  });

  it('is refused before it is read: by its credential, its event, and at every other path', async () => {
    const { id } = await created(client, anOnlineEvent());
    const { id: organized } = await created(client, anOfflineEvent());
    const broken = { 'content-type': 'multipart/form-data; boundary=x' };
    expect((await upload(organized, 'x', { ...broken, authorization: 'Bearer wrong' })).status).toBe(401);
    expect((await upload(id, formOf({ header_image: PNG }))).status).toBe(404);
    expect((await upload('nothing', formOf({ header_image: PNG }))).status).toBe(404);
    const create = await fetch(`${app.url}/api/v1/${client.company.id}/events/create`, {
      method: 'POST',
      headers: { authorization: client.authorization },
      body: formOf({ name: 'x' }),
    });
    expect(create.status).toBe(415);
  });
});
