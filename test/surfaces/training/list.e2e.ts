import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { bootApp, type TestApp } from '../../support/app.js';
import { anEvent, givenTrainingClient, type TrainingClient } from '../../support/training.js';

let app: TestApp;
let client: TrainingClient;

beforeAll(async () => {
  app = await bootApp();
  client = await givenTrainingClient(app);
});
afterAll(() => app.close());

/** Events of one organization, an hour apart, without going through the API. */
async function givenEvents(of: TrainingClient, count: number): Promise<void> {
  await app.open.pool.query(
    `INSERT INTO training.events
       (organization_id, id, token, name, owner_id, class_id, availability, date_start, date_end, include_chat,
        include_video, tas, trainees, use_new_terminal)
     SELECT $1::integer, substr(md5('id' || n || $1::integer), 1, 17), upper(to_hex(4096 + n)), 'Event ' || n, $2, $3, 'public',
            now() + (n - 100) * interval '1 hour', now() + (n - 99) * interval '1 hour', false, false, '{}', '{}', false
       FROM generate_series(1, $4) n`,
    [of.tenant.id, of.tenant.member.id, of.classId, count],
  );
}

interface Row {
  readonly id: string;
  readonly date_start: string;
  readonly status: string;
}

function ids(rows: readonly Row[]): string[] {
  return rows.map(({ id }) => id);
}

describe('the list of events', () => {
  it('is empty at first', async () => {
    const answer = await (await givenTrainingClient(app))('/events');
    expect([answer.status, answer.json]).toEqual([200, []]);
  });

  it.each(['', '?limit=5', '?status=ready'])('says that it is JSON (%s)', async (query) => {
    const { headers } = await client(`/events${query}`);
    expect(headers.get('content-type')).toBe('application/json; charset=utf-8');
  });

  it('holds everything of the organization, by start and id, whatever the status', async () => {
    await givenEvents(client, 250);
    const rows = (await client('/events')).json as Row[];
    expect(rows).toHaveLength(250);
    const keys = rows.map(({ date_start, id }) => date_start + id);
    expect(keys).toEqual([...keys].sort());
    expect(new Set(rows.map(({ status }) => status))).toEqual(new Set(['done', 'live', 'ready']));
  });

  it.each(['ready', 'live', 'done'])('holds only what is %s when asked', async (status) => {
    const all = (await client('/events')).json as Row[];
    const some = (await client(`/events?status=${status}`)).json as Row[];
    expect(some.length).toBeGreaterThan(0);
    expect(ids(some)).toEqual(ids(all.filter((row) => row.status === status)));
  });

  it('is JSON by its type, whether whole or a page', async () => {
    for (const path of ['/events', '/events?limit=5']) {
      expect((await client(path)).headers.get('content-type')).toBe('application/json; charset=utf-8');
    }
  });

  it('holds only what starts in the time that is asked for', async () => {
    const all = (await client('/events')).json as Row[];
    const [from, to] = [all[10]?.date_start ?? '', all[20]?.date_start ?? ''];
    expect(ids((await client(`/events?date_from=${from}&date_to=${to}`)).json as Row[])).toEqual(
      ids(all.slice(10, 20)),
    );
  });

  it('holds only the events of a class or an owner when asked', async () => {
    expect((await client(`/events?class_id=${client.classId}`)).json).toHaveLength(250);
    expect((await client('/events?class_id=AAAAAAAAAAAAAAAAA')).json).toEqual([]);
    expect((await client(`/events?owner=${client.tenant.member.email.toUpperCase()}`)).json).toHaveLength(
      250,
    );
    expect((await client('/events?owner=nobody@example.org')).json).toEqual([]);
  });

  it('comes in pages only when a page or a limit is asked for', async () => {
    const all = (await client('/events')).json as Row[];
    const pages = await Promise.all([1, 2, 3].map((page) => client(`/events?page=${page}`)));
    expect(pages.flatMap(({ json }) => ids(json as Row[]))).toEqual(ids(all));
    expect(ids((await client('/events?limit=20&page=2')).json as Row[])).toEqual(ids(all.slice(20, 40)));
    expect((await client('/events?page=99')).json).toEqual([]);
  });

  describe('a page, however deep', () => {
    let crowded: TrainingClient;

    beforeAll(async () => {
      crowded = await givenTrainingClient(app);
      await givenEvents(crowded, 1500);
      // Several start at the same time, so that only their ids order them.
      await app.open.pool.query(
        `UPDATE training.events SET date_start = date_trunc('day', date_start),
                date_end = date_trunc('day', date_start) + interval '1 hour' WHERE organization_id = $1`,
        [crowded.tenant.id],
      );
    });

    const rowsOf = async (query: string): Promise<Row[]> => (await crowded(`/events?${query}`)).json as Row[];

    it.each([
      ['', [7, 20, 60, 100, 1000]],
      ['status=ready', [20, 250]],
      ['status=done', [9]],
      ['owner=OWNER', [150]],
      ['class_id=CLASS&owner=OWNER&status=ready&date_from=FROM&date_to=TO', [30, 300]],
    ])('holds the same events as the list read whole: %s', async (template, limits) => {
      const whole = (await crowded('/events')).json as Row[];
      const filter = template
        .replace('OWNER', crowded.tenant.member.email)
        .replace('CLASS', crowded.classId)
        .replace('FROM', whole[200]?.date_start ?? '')
        .replace('TO', whole[1400]?.date_start ?? '');
      const list = filter === '' ? whole : await rowsOf(filter);
      expect(list.length).toBeGreaterThan(50);
      for (const limit of limits) {
        const last = Math.ceil(list.length / limit);
        for (const page of [2, Math.ceil(last / 2), last, last + 1]) {
          const rows = await rowsOf(`${filter}&limit=${limit}&page=${page}`);
          expect(rows).toEqual(list.slice((page - 1) * limit, page * limit));
        }
      }
    });

    it('moves by an event that is created or deleted before it', async () => {
      const page = (): Promise<Row[]> => rowsOf('limit=20&page=60');
      const before = await page();
      const [first] = await rowsOf('status=ready&limit=1');
      expect((await crowded(`/events/${first?.id}`, { method: 'DELETE' })).status).toBe(200);
      const shorter = await page();
      expect(ids(shorter.slice(0, -1))).toEqual(ids(before.slice(1)));
      const body = anEvent(crowded, {
        date_start: '1999-05-04T09:00:00.000Z',
        date_end: '1999-05-04T10:00:00.000Z',
      });
      expect((await crowded('/events', { body })).status).toBe(200);
      expect(ids(await page())).toEqual(ids(before));
    });
  });

  it.each([
    ['limit=0', 1],
    ['limit=-5', 1],
    ['limit=100000', 250],
    ['page=0&limit=7', 7],
    ['page=99999999999999999999&limit=7', 0],
  ])('pulls numbers out of range into it: %s', async (query, count) => {
    expect((await client(`/events?${query}`)).json).toHaveLength(count);
  });

  it.each([
    'limit=ten',
    'page=1.5',
    'page=',
    'status=cancelled',
    'date_from=soon',
    'owner=nobody',
    'limit=1&limit=2',
  ])('refuses %s', async (query) => {
    const answer = await client(`/events?${query}`);
    expect([answer.status, answer.json.error.type]).toEqual([422, 'RequestValidationError']);
    expect(answer.json.error.errors[0].location).toBe('query');
  });

  it('ignores query parameters that it does not know', async () => {
    expect((await client('/events?sort=name&limit=3')).json).toHaveLength(3);
  });

  it.each([{ envelope: false }, { envelope: true }])(
    'is whole when it is too long for one statement, %j',
    async (form) => {
      const long = await givenTrainingClient(app, form);
      await givenEvents(long, 2345);
      const { json, headers } = await long('/events');
      const rows = (form.envelope ? json.data : json) as Row[];
      expect(headers.get('content-type')).toBe('application/json; charset=utf-8');
      expect(new Set(ids(rows)).size).toBe(2345);
      const keys = rows.map(({ date_start, id }) => date_start + id);
      expect(keys).toEqual([...keys].sort());
      expect(Object.keys(rows[0] ?? {}).sort()).toEqual(
        Object.keys((await client('/events?limit=1')).json[0]).sort(),
      );
    },
  );
});
