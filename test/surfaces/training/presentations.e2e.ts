import { createHash, randomBytes } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { bootApp, type TestApp } from '../../support/app.js';
import { call } from '../../support/http.js';
import { givenClass } from '../../support/tenant.js';
import { givenTrainingClient, type TrainingClient } from '../../support/training.js';

let app: TestApp;
let client: TrainingClient;
let wrapped: TrainingClient;
let classPath: string;
let path: string;

beforeAll(async () => {
  app = await bootApp();
  client = await givenTrainingClient(app);
  wrapped = await givenTrainingClient(app, { envelope: true });
});
beforeEach(async () => {
  classPath = `/classes/${await givenClass(app, client.tenant)}`;
  path = `${classPath}/presentations`;
});
afterAll(() => app.close());

const ID = expect.stringMatching(/^[0-9A-Za-z]{17}$/);
const TIME = expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/);
const UNKNOWN = 'AAAAAAAAAAAAAAAAA';

interface Uploaded {
  readonly status: number;
  readonly json: any; // eslint-disable-line @typescript-eslint/no-explicit-any -- whatever is answered
}

async function send(
  form: FormData,
  to = path,
  authorization = client.authorization,
  method = 'POST',
): Promise<Uploaded> {
  const response = await fetch(`${app.url}/api/v1${to}`, {
    method,
    headers: { authorization },
    body: form,
  });
  return { status: response.status, json: await response.json() };
}

function formOf(
  content: Uint8Array<ArrayBuffer> | string,
  name = 'day-1.pdf',
  type = 'application/pdf',
  field = 'presentation',
): FormData {
  const form = new FormData();
  form.set(field, new Blob([content], { type }), name);
  return form;
}

const upload = async (...form: Parameters<typeof formOf>): Promise<Uploaded['json']> =>
  (await send(formOf(...form))).json;

describe('a presentation', () => {
  it('is told by name, type, size and digest, and read back byte for byte', async () => {
    const bytes = Uint8Array.from(randomBytes(10_000));
    const answer = await send(formOf(bytes));
    expect([answer.status, answer.json]).toEqual([
      200,
      {
        id: ID,
        class_id: classPath.split('/').at(-1),
        filename: 'day-1.pdf',
        content_type: 'application/pdf',
        size_bytes: 10_000,
        md5: createHash('md5').update(bytes).digest('hex'),
        upload_date: TIME,
      },
    ]);
    const place = `${path}/${String(answer.json.id)}`;
    expect((await client(place)).json).toEqual(answer.json);
    const { authorization } = client;
    const content = await fetch(`${app.url}/api/v1${place}/content`, { headers: { authorization } });
    expect(content.headers.get('content-type')).toBe('application/pdf');
    expect(content.headers.get('content-disposition')).toMatch(/^attachment; filename="day-1.pdf"/);
    expect(content.headers.get('x-content-type-options')).toBe('nosniff');
    expect(new Uint8Array(await content.arrayBuffer())).toEqual(bytes);
  });

  it('that is a web page is never shown as one', async () => {
    const { id } = await upload('<script>alert(1)</script>', 'a.html', 'text/html');
    const { headers } = await client(`${path}/${String(id)}/content`);
    expect(headers.get('content-disposition')).toMatch(/^attachment;/);
    expect(headers.get('x-content-type-options')).toBe('nosniff');
  });

  it.each([
    ['../../etc/day 1.pdf', 'day 1.pdf'],
    ['C:\\slides\\é.pdf', 'é.pdf'],
    [`${'n'.repeat(300)}.pdf`, 'n'.repeat(255)],
  ])('called %s is kept as %s', async (given, kept) => {
    expect((await upload('x', given)).filename).toBe(kept);
  });

  it('may be empty', async () => {
    expect((await upload('', 'empty.pdf')).size_bytes).toBe(0);
  });

  it('is listed, newest first, and the newest names its class', async () => {
    expect((await client(classPath)).json).not.toHaveProperty('presentation_filename');
    const one = await upload('1', 'one.pdf');
    const two = await upload('2', 'two.pdf');
    expect((await client(path)).json).toEqual([two, one]);
    expect((await client(classPath)).json.presentation_filename).toBe('two.pdf');
    await client(`${path}/${String(two.id)}`, { method: 'DELETE' });
    expect((await client(classPath)).json.presentation_filename).toBe('one.pdf');
    const written = await client(classPath, { method: 'PATCH', body: { presentation_filename: 'x' } });
    expect(written.json.presentation_filename).toBe('one.pdf');
  });

  it('is deleted with 204, and unknown from then on', async () => {
    const { id } = await upload('x');
    const answer = await client(`${path}/${String(id)}`, { method: 'DELETE' });
    expect([answer.status, answer.text]).toEqual([204, '']);
    for (const unknown of [String(id), UNKNOWN, 'x'])
      for (const gone of [
        await client(`${path}/${unknown}`),
        await client(`${path}/${unknown}/content`),
        await client(`${path}/${unknown}/notes`),
        await client(`${path}/${unknown}/notes`, { method: 'PUT', body: [] }),
        await client(`${path}/${unknown}/notes`, { body: { notes: 7 } }),
        await client(`${path}/${unknown}`, { method: 'DELETE' }),
      ])
        expect([gone.status, gone.json.error.type]).toEqual([404, 'PresentationNotFound']);
  });

  it('of an unknown class is ClassNotFound, before its content is judged', async () => {
    for (const id of [UNKNOWN, 'x', wrapped.classId]) {
      const place = `/classes/${id}/presentations`;
      for (const { status, json } of [
        await client(place),
        await client(place, { body: {} }),
        await send(formOf('x'), place),
        await client(`${place}/${UNKNOWN}`),
        await client(`${place}/${UNKNOWN}/content`),
        await client(`${place}/${UNKNOWN}/notes`, { body: [] }),
        await client(`${place}/${UNKNOWN}`, { method: 'DELETE' }),
      ])
        expect([status, json.error.type]).toEqual([404, 'ClassNotFound']);
    }
  });

  it('goes with its class', async () => {
    const { id } = await upload('x');
    await client(`${path}/${String(id)}/notes`, { body: [{ slide: 1, text: 'a' }] });
    expect((await client(classPath, { method: 'DELETE' })).status).toBe(204);
    expect((await client(`${path}/${String(id)}`)).json.error.type).toBe('ClassNotFound');
  });

  it('stands in the envelope of a wrapped credential', async () => {
    const place = `/classes/${wrapped.classId}/presentations`;
    const { json } = await send(formOf('x'), place, wrapped.authorization);
    expect(json).toEqual({ result: 'success', data: expect.objectContaining({ filename: 'day-1.pdf' }) });
    expect((await wrapped(place)).json).toEqual({ result: 'success', data: [json.data] });
    expect((await wrapped(`${place}/${String(json.data.id)}/content`)).text).toBe('x');
    expect((await client(`${place}/${String(json.data.id)}`)).json.error.type).toBe('ClassNotFound');
  });
});

describe('an upload', () => {
  it.each<[string, () => FormData]>([
    ['of another field', () => formOf('x', 'a.pdf', 'application/pdf', 'file')],
    ['of no field', () => new FormData()],
    [
      'of a text',
      () => {
        const form = new FormData();
        form.set('presentation', 'slides');
        return form;
      },
    ],
  ])('%s is refused for the field presentation', async (_, form) => {
    const { status, json } = await send(form());
    expect([status, json.error.type, json.error.errors[0].param]).toEqual([
      422,
      'RequestValidationError',
      'presentation',
    ]);
  });

  it('as JSON is refused for the field presentation', async () => {
    const answer = await client(path, { body: { presentation: 'slides' } });
    expect([answer.status, answer.json.error.errors[0].param]).toEqual([422, 'presentation']);
  });

  it('that is cut short is refused by 400', async () => {
    const headers = { 'content-type': 'multipart/form-data; boundary=b' };
    const body = '--b\r\ncontent-disposition: form-data; name="presentation"; filename="a"\r\n\r\nx';
    const answer = await client(path, { headers, body });
    expect([answer.status, answer.json.error.type]).toEqual([400, 'BadRequest']);
  });

  it('over 1 MiB is refused by 413, the credential unread', async () => {
    const { status, json } = await send(formOf('x'.repeat(1024 * 1024)), path, 'Bearer 1:nobody');
    expect([status, json.error.type]).toEqual([413, 'PayloadTooLarge']);
  });

  it('without a credential is refused before it is read', async () => {
    const headers = { 'content-type': 'multipart/form-data; boundary=b' };
    const answer = await call(`${app.url}/api/v1${path}`, { headers, body: 'nonsense' });
    expect(answer.status).toBe(401);
  });

  it('is read on this path only', async () => {
    const { id } = await upload('x');
    for (const to of ['/classes', '/events', `${classPath}/resources`, `${path}/${String(id)}/notes`]) {
      const { status, json } = await send(formOf('x'), to);
      expect([to, status, json.error.type]).toEqual([to, 415, 'UnsupportedMediaType']);
    }
  });

  it('is one of at most 10 of a class, also when many come at once', async () => {
    const answers = await Promise.all(Array.from({ length: 14 }, () => send(formOf('x'))));
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(10);
    const refused = answers.filter(({ status }) => status === 422);
    expect(refused).toHaveLength(4);
    expect(refused[0]?.json.error.errors[0].param).toBe('presentation');
  });

  it('is refused where the organization has 100 MiB', async () => {
    const full = await givenTrainingClient(app);
    const place = `/classes/${full.classId}/presentations`;
    await app.open.pool.query(
      `INSERT INTO training.presentations (organization_id, class_id, id, filename, content_type, size_bytes, md5, content, upload_date)
       VALUES ($1, $2, 'BBBBBBBBBBBBBBBBB', 'x', 'a/b', 104857600 - 5, '', '', now())`,
      [full.tenant.id, full.classId],
    );
    expect((await send(formOf('123456'), place, full.authorization)).status).toBe(422);
    expect((await send(formOf('12345'), place, full.authorization)).status).toBe(200);
    expect((await send(formOf('1'), place, full.authorization)).status).toBe(422);
  });
});

describe('another file for a presentation', () => {
  const replace = (form: FormData, to: string, authorization = client.authorization): Promise<Uploaded> =>
    send(form, to, authorization, 'PUT');

  it('takes the place of the first; the notes stay', async () => {
    const before = await upload('first', 'one.pdf');
    const other = await upload('other', 'other.pdf');
    const place = `${path}/${String(before.id)}`;
    const notes = (await client(`${place}/notes`, { body: [{ slide: 1, text: 'a' }] })).json;
    const { status, json } = await replace(formOf('second file', 'two.html', 'text/html'), place);
    expect([status, json]).toEqual([
      200,
      {
        ...before,
        filename: 'two.html',
        content_type: 'text/html',
        size_bytes: 11,
        md5: createHash('md5').update('second file').digest('hex'),
        upload_date: TIME,
      },
    ]);
    expect((await client(path)).json).toEqual([json, other]);
    expect((await client(`${place}/content`)).text).toBe('second file');
    expect((await client(`${place}/notes`)).json).toEqual(notes);
  });

  it('is refused without a file, or for what is not there', async () => {
    const { id } = await upload('x');
    const place = `${path}/${String(id)}`;
    const refused = await replace(new FormData(), place);
    expect([refused.status, refused.json.error.errors[0].param]).toEqual([422, 'presentation']);
    const asJson = await client(place, { method: 'PUT', body: { presentation: 'x' } });
    expect([asJson.status, asJson.json.error.errors[0].param]).toEqual([422, 'presentation']);
    for (const form of [formOf('x'), new FormData()]) {
      expect((await replace(form, `${path}/${UNKNOWN}`)).json.error.type).toBe('PresentationNotFound');
      expect((await replace(form, `/classes/${UNKNOWN}/presentations/${String(id)}`)).json.error.type).toBe(
        'ClassNotFound',
      );
      expect((await replace(form, place, wrapped.authorization)).json.error.type).toBe('ClassNotFound');
    }
    expect((await client(`${place}/content`)).text).toBe('x');
  });

  it('is refused where the organization has 100 MiB, its own old bytes not counted', async () => {
    const full = await givenTrainingClient(app);
    const place = `/classes/${full.classId}/presentations`;
    await app.open.pool.query(
      `INSERT INTO training.presentations (organization_id, class_id, id, filename, content_type, size_bytes, md5, content, upload_date)
       VALUES ($1, $2, 'BBBBBBBBBBBBBBBBB', 'x', 'a/b', 104857600 - 5, '', '', now())`,
      [full.tenant.id, full.classId],
    );
    const { id } = (await send(formOf('123'), place, full.authorization)).json;
    const item = `${place}/${String(id)}`;
    expect((await replace(formOf('12345'), item, full.authorization)).status).toBe(200);
    const refused = await replace(formOf('123456'), item, full.authorization);
    expect([refused.status, refused.json.error.errors[0].param]).toEqual([422, 'presentation']);
  });
});

describe('the notes of a presentation', () => {
  let notesPath: string;
  let presentationId: string;

  beforeEach(async () => {
    presentationId = (await upload('x')).id;
    notesPath = `${path}/${presentationId}/notes`;
  });

  const note = (slide: number, text: string): object => ({
    id: ID,
    presentation_id: presentationId,
    slide,
    text,
    page: slide,
    content: text,
  });

  it('are replaced by a list, or by one in an object, and read by slide', async () => {
    expect((await client(notesPath)).json).toEqual([]);
    const first = await client(notesPath, {
      method: 'PUT',
      body: [
        { slide: 3, text: 'c' },
        { slide: 1, text: 'a' },
        { slide: 3, text: 'd' },
      ],
    });
    expect([first.status, first.json]).toEqual([200, [note(1, 'a'), note(3, 'c'), note(3, 'd')]]);
    expect((await client(notesPath)).json).toEqual(first.json);
    const second = await client(notesPath, { body: { notes: [{ slide: 2, text: 'b' }] } });
    expect([second.status, second.json]).toEqual([200, [note(2, 'b')]]);
    expect((await client(notesPath)).json).toEqual(second.json);
    expect((await client(notesPath, { method: 'PUT', body: [] })).json).toEqual([]);
  });

  it('are taken with the product’s names, a page in digits too, and deleted together', async () => {
    const notes = [
      { page: '2', content: 'b' },
      { page: 1, content: 'a' },
    ];
    const made = await client(notesPath, { body: { notes } });
    expect([made.status, made.json]).toEqual([200, [note(1, 'a'), note(2, 'b')]]);
    expect((await client(classPath)).json.presentation_notes).toEqual(made.json);
    const deleted = await client(notesPath, { method: 'DELETE' });
    expect([deleted.status, deleted.text]).toEqual([204, '']);
    expect((await client(notesPath)).json).toEqual([]);
    const unknown = await client(`${path}/${'x'.repeat(17)}/notes`, { method: 'DELETE' });
    expect([unknown.status, unknown.json.error.type]).toEqual([404, 'PresentationNotFound']);
  });

  it('are of one request where several come at once', async () => {
    const list = (text: string): object[] => [1, 2, 3].map((slide) => ({ slide, text }));
    await Promise.all(['a', 'b', 'c', 'd'].map((text) => client(notesPath, { body: list(text) })));
    const texts = (await client(notesPath)).json.map(({ text }: { text: string }) => text);
    expect(texts).toHaveLength(3);
    expect(new Set(texts).size).toBe(1);
  });

  it.each([
    ['nothing', {}, ['notes']],
    ['no slide', [{ text: 'a' }], ['notes.0.slide']],
    ['two faults', [{ slide: 'x', text: 'a' }, { slide: 1 }], ['notes.0.slide', 'notes.1.text']],
  ])('are refused with %s', async (_, body, fields) => {
    const answer = await client(notesPath, { method: 'PUT', body });
    expect(answer.status).toBe(422);
    expect(answer.json.error.errors.map(({ param }: { param: string }) => param)).toEqual(fields);
  });

  it('stand in the class behind those that were written, and are not doubled by writing back', async () => {
    await client(classPath, { method: 'PATCH', body: { presentation_notes: ['mine'] } });
    const notes = (await client(notesPath, { body: [{ slide: 1, text: 'a' }] })).json;
    const read = (await client(classPath)).json.presentation_notes;
    expect(read).toEqual(['mine', ...notes]);
    const body = { presentation_notes: read };
    expect((await client(classPath, { method: 'PATCH', body })).json.presentation_notes).toEqual(read);
    expect((await client(notesPath)).json).toEqual(notes);
  });
});
