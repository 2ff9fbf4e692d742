import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { bootApp, type TestApp } from '../../support/app.js';
import { givenClass } from '../../support/tenant.js';
import { givenTrainingClient, type TrainingClient } from '../../support/training.js';

let app: TestApp;
let client: TrainingClient;
let wrapped: TrainingClient;

beforeAll(async () => {
  app = await bootApp();
  client = await givenTrainingClient(app);
  wrapped = await givenTrainingClient(app, { envelope: true });
});
afterAll(() => app.close());

const ID = expect.stringMatching(/^[0-9A-Za-z]{17}$/);
const TIME = expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/);
const UNKNOWN = 'AAAAAAAAAAAAAAAAA';

const givenCourse = async (body: object = {}): Promise<Record<string, unknown> & { id: string }> =>
  (await client('/ondemand', { body: { class_id: client.classId, ...body } })).json;

describe('a course on demand', () => {
  it('has the name of its class unless it is given one', async () => {
    const answer = await client('/ondemand', { body: { class_id: client.classId } });
    expect([answer.status, answer.json]).toEqual([
      200,
      {
        id: ID,
        name: 'Kubernetes',
        class_id: client.classId,
        owner: null,
        labels: [],
        created_at: TIME,
        updated_at: TIME,
      },
    ]);
    expect((await client(`/ondemand/${String(answer.json.id)}`)).json).toEqual(answer.json);
    expect((await givenCourse({ name: 'Own' })).name).toBe('Own');
  });

  it('is answered as it was given', async () => {
    const { email, trainingId: id } = client.tenant.member;
    const given = { name: 'At your pace', description: 'd', labels: ['b', 'a'] };
    expect(await givenCourse({ ...given, owner: email })).toMatchObject({ ...given, owner: { email, id } });
  });

  it('is listed, oldest first', async () => {
    const before = (await client('/ondemand')).json;
    const courses = [await givenCourse(), await givenCourse()];
    expect((await client('/ondemand')).json).toEqual([...before, ...courses]);
  });

  it('is changed by what is given; null clears', async () => {
    const { id, ...course } = await givenCourse({
      description: 'd',
      labels: ['a'],
      owner: client.tenant.member.email,
    });
    const path = `/ondemand/${id}`;
    const renamed = await client(path, { method: 'PATCH', body: { name: 'New' } });
    expect(renamed.json).toEqual({ ...course, id, name: 'New', updated_at: TIME });
    const class_id = await givenClass(app, client.tenant, 'Other');
    const cleared = await client(path, {
      method: 'PATCH',
      body: { class_id, description: null, labels: null, owner: null },
    });
    expect(cleared.json).toMatchObject({ name: 'New', class_id, labels: [], owner: null });
    expect(cleared.json).not.toHaveProperty('description');
  });

  it.each([
    ['no class', { class_id: null }, 'class_id'],
    ['an empty name', { name: '' }, 'name'],
    ['an owner who is no member', { owner: 'nobody@example.org' }, 'owner'],
    [
      'an owner who is no member, of an unknown class',
      { owner: 'nobody@example.org', class_id: UNKNOWN },
      'owner',
    ],
    ['an empty label', { labels: [''] }, 'labels'],
  ])('is refused with %s', async (_, body, field) => {
    const { id } = await givenCourse();
    for (const answer of [
      await client('/ondemand', { body: { class_id: client.classId, ...body } }),
      await client(`/ondemand/${id}`, { method: 'PATCH', body }),
    ])
      expect([answer.status, answer.json.error.errors[0].param]).toEqual([422, field]);
  });

  it('of an unknown class is ClassNotFound', async () => {
    const { id } = await givenCourse();
    for (const class_id of [UNKNOWN, wrapped.classId])
      for (const answer of [
        await client('/ondemand', { body: { class_id } }),
        await client(`/ondemand/${id}`, { method: 'PATCH', body: { class_id } }),
      ])
        expect([answer.status, answer.json.error.type]).toEqual([404, 'ClassNotFound']);
  });

  it('keeps its class from being deleted', async () => {
    const class_id = await givenClass(app, client.tenant);
    const { id } = await givenCourse({ class_id });
    const refused = await client(`/classes/${class_id}`, { method: 'DELETE' });
    expect([refused.status, refused.json.error.type]).toEqual([409, 'ClassInUse']);
    await client(`/ondemand/${id}`, { method: 'DELETE' });
    expect((await client(`/classes/${class_id}`, { method: 'DELETE' })).status).toBe(204);
  });

  it('is deleted with 204 and its enrollments, and unknown from then on', async () => {
    const { id } = await givenCourse();
    await client(`/ondemand/${id}/enrollments`, { body: { email: 'a@example.com' } });
    const answer = await client(`/ondemand/${id}`, { method: 'DELETE' });
    expect([answer.status, answer.text]).toEqual([204, '']);
    for (const unknown of [id, UNKNOWN, 'x'])
      for (const gone of [
        await client(`/ondemand/${unknown}`),
        await client(`/ondemand/${unknown}`, { method: 'PATCH', body: { name: 7 } }),
        await client(`/ondemand/${unknown}`, { method: 'DELETE' }),
        await client(`/ondemand/${unknown}/enrollments`),
        await client(`/ondemand/${unknown}/enrollments?page=x`),
        await client(`/ondemand/${unknown}/enrollments`, { body: {} }),
        await client(`/ondemand/${unknown}/enrollments`, { body: { emails: ['x'] } }),
        await client(`/ondemand/${unknown}/enrollments`, { body: { email: 'a@example.com' } }),
        await client(`/ondemand/${unknown}/enrollments/${UNKNOWN}`, { method: 'PATCH', body: { status: 1 } }),
        await client(`/ondemand/${unknown}/enrollments/${UNKNOWN}`, { method: 'DELETE' }),
      ])
        expect([gone.status, gone.json.error.type]).toEqual([404, 'OndemandNotFound']);
  });

  it('is unknown to another organization, and stands in its envelope', async () => {
    const { id } = await givenCourse();
    expect((await wrapped(`/ondemand/${id}`)).json.error.type).toBe('OndemandNotFound');
    const mine = (await wrapped('/ondemand', { body: { class_id: wrapped.classId } })).json;
    expect(mine).toEqual({ result: 'success', data: expect.objectContaining({ name: 'Kubernetes' }) });
    expect((await wrapped('/ondemand')).json).toEqual({ result: 'success', data: [mine.data] });
  });
});

describe('an enrollment', () => {
  let courseId: string;
  let path: string;

  beforeEach(async () => {
    courseId = (await givenCourse()).id;
    path = `/ondemand/${courseId}/enrollments`;
  });

  const enrollment = (email: string): object => ({
    id: ID,
    course_id: courseId,
    email,
    status: 'enrolled',
    link: 'https://quintet.test',
    enrolled_at: TIME,
    finished_at: null,
  });

  it('of one person is answered as a list, with 201', async () => {
    const answer = await client(path, { body: { email: 'a@example.com' } });
    expect([answer.status, answer.json]).toEqual([201, [enrollment('a@example.com')]]);
  });

  it('is read alone, until it is deleted', async () => {
    const [made] = (await client(path, { body: { email: 'a@example.com' } })).json;
    const place = `${path}/${String(made.id)}`;
    const read = await client(place);
    expect([read.status, read.json]).toEqual([200, made]);
    await client(place, { method: 'DELETE' });
    const gone = await client(place);
    expect([gone.status, gone.json.error.type]).toEqual([404, 'EnrollmentNotFound']);
  });

  it('of several people keeps their order; who is enrolled answers the row', async () => {
    const [first] = (await client(path, { body: { email: 'b@example.com' } })).json;
    const emails = ['z@example.com', 'B@example.com', 'a@example.com', 'Z@example.com'];
    const { json } = await client(path, { body: { emails } });
    expect(json).toEqual([enrollment('z@example.com'), first, enrollment('a@example.com')]);
  });

  it('is made once when many ask for it at once', async () => {
    const emails = Array.from({ length: 50 }, (_, index) => `p${index}@example.com`);
    const answers = await Promise.all(
      [emails, emails.toReversed(), emails].map((people) => client(path, { body: { emails: people } })),
    );
    expect(answers.map(({ status }) => status)).toEqual([201, 201, 201]);
    expect((await client(path)).json.metadata.total_items).toBe(50);
  });

  it('of 1,000 people is made at once, of 1,001 not', async () => {
    const emails = Array.from({ length: 1000 }, (_, index) => `p${index}@example.com`);
    expect((await client(path, { body: { emails } })).json).toHaveLength(1000);
    const answer = await client(path, { body: { emails: [...emails, 'more@example.com'] } });
    expect([answer.status, answer.json.error.type]).toEqual([422, 'RequestValidationError']);
  });

  it('of faulty addresses is told, beside those that were made', async () => {
    const answer = await client(path, { body: { emails: ['a@example.com', 'nobody', 7, 'b@example.com'] } });
    const failure = (value: unknown): object => ({
      type: 'EnrollmentCreateFailure',
      value,
      message: expect.any(String),
    });
    expect([answer.status, answer.json]).toEqual([
      422,
      {
        result: 'failure',
        error: {
          type: 'EnrollmentsCreateFailure',
          message: expect.any(String),
          errors: [failure('nobody'), failure(7)],
        },
        data: [enrollment('a@example.com'), enrollment('b@example.com')],
      },
    ]);
    expect((await client(path)).json.metadata.total_items).toBe(2);
  });

  it.each([
    [{}, 'email'],
    [{ email: 'nobody' }, 'email'],
    [{ emails: 'a@example.com' }, 'emails'],
  ])('is refused with %j', async (body, field) => {
    const answer = await client(path, { body });
    expect([answer.status, answer.json.error.type]).toEqual([422, 'RequestValidationError']);
    expect(answer.json.error.errors[0].param).toBe(field);
  });

  it('is listed page by page, 20 at a time, 100 at most', async () => {
    const emails = Array.from({ length: 41 }, (_, index) => `p${index + 10}@example.com`);
    await client(path, { body: { emails } });
    const first = (await client(path)).json;
    expect(first.data.map(({ email }: { email: string }) => email)).toEqual(emails.slice(0, 20));
    expect(first.data[0]).toEqual(enrollment('p10@example.com'));
    expect(first.metadata).toEqual({ total_items: 41, total_pages: 3, current_page: 1, limit: 20 });
    const last = (await client(`${path}?page=3&limit=20`)).json;
    expect(last.data).toHaveLength(1);
    expect(last.metadata).toEqual({ total_items: 41, total_pages: 3, current_page: 3, limit: 20 });
    expect((await client(`${path}?page=9`)).json).toMatchObject({ data: [], metadata: { total_items: 41 } });
    expect((await client(`${path}?limit=1000&page=0`)).json.metadata).toMatchObject({
      limit: 100,
      current_page: 1,
    });
    const answer = await client(`${path}?limit=x`);
    expect([answer.status, answer.json.error.errors[0].param]).toEqual([422, 'limit']);
  });

  it('is listed by status', async () => {
    const [{ id }] = (await client(path, { body: { emails: ['a@example.com', 'b@example.com'] } })).json;
    await client(`${path}/${String(id)}`, { method: 'PATCH', body: { status: 'finished' } });
    const addressesOf = async (status: string): Promise<unknown[]> =>
      (await client(`${path}?status=${status}`)).json.data.map(({ email }: { email: string }) => email);
    expect(await addressesOf('finished')).toEqual(['a@example.com']);
    expect(await addressesOf('enrolled')).toEqual(['b@example.com']);
    expect((await client(`${path}?status=lost`)).status).toBe(422);
  });

  it('remembers when it was finished, and forgets it when it is not', async () => {
    const [{ id, ...rest }] = (await client(path, { body: { email: 'a@example.com' } })).json;
    const become = async (body: object): Promise<unknown> =>
      (await client(`${path}/${String(id)}`, { method: 'PATCH', body })).json;
    const finished = await become({ status: 'finished' });
    expect(finished).toEqual({ ...rest, id, status: 'finished', finished_at: TIME });
    expect(await become({ status: 'finished' })).toEqual(finished);
    expect(await become({})).toEqual(finished);
    expect(await become({ status: 'enrolled' })).toEqual({ ...rest, id });
    const answer = await client(`${path}/${String(id)}`, { method: 'PATCH', body: { status: null } });
    expect([answer.status, answer.json.error.errors[0].param]).toEqual([422, 'status']);
  });

  it('is deleted with 204, and unknown from then on', async () => {
    const [{ id }] = (await client(path, { body: { email: 'a@example.com' } })).json;
    expect((await client(`${path}/${String(id)}`, { method: 'DELETE' })).status).toBe(204);
    for (const unknown of [String(id), 'x'])
      for (const method of ['PATCH', 'DELETE']) {
        const gone = await client(`${path}/${unknown}`, { method });
        expect([gone.status, gone.json.error.type]).toEqual([404, 'EnrollmentNotFound']);
      }
  });

  it('stands in the envelope of a wrapped credential, beside the metadata', async () => {
    const { id } = (await wrapped('/ondemand', { body: { class_id: wrapped.classId } })).json.data;
    const place = `/ondemand/${String(id)}/enrollments`;
    const made = (await wrapped(place, { body: { email: 'a@example.com' } })).json;
    expect(made).toEqual({ result: 'success', data: [expect.objectContaining({ email: 'a@example.com' })] });
    expect((await wrapped(place)).json).toEqual({
      result: 'success',
      data: made.data,
      metadata: { total_items: 1, total_pages: 1, current_page: 1, limit: 20 },
    });
    expect((await client(place)).json.error.type).toBe('OndemandNotFound');
  });
});
