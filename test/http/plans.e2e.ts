import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { plannedEachTime } from '../../src/database/statement.js';
import { bootApp, type TestApp } from '../support/app.js';
import { givenCompaniesClient, anOfflineEvent, type CompaniesClient } from '../support/companies.js';
import { givenSpacesClient, type SpacesClient } from '../support/spaces.js';
import { anEvent, givenTrainingClient, type TrainingClient } from '../support/training.js';

let app: TestApp;
let client: TrainingClient;
let spaces: SpacesClient;
let companies: CompaniesClient;
let id: string;

beforeAll(async () => {
  app = await bootApp();
  client = await givenTrainingClient(app);
  ({ id } = (await client('/events', { body: anEvent(client) })).json as { id: string });
  await app.open.pool.query(
    `INSERT INTO training.events
       (organization_id, id, token, name, owner_id, class_id, availability, date_start, date_end, include_chat,
        include_video, tas, trainees, use_new_terminal)
     SELECT organization_id, substr(md5('plan' || n), 1, 17), upper(to_hex(70000 + n)), 'Event ' || n, owner_id, class_id,
            'public', date_start + n * interval '1 hour', date_end + n * interval '1 hour', false, false, '{}', '{}', false
       FROM training.events, generate_series(1, 2000) n WHERE id = $1`,
    [id],
  );
  spaces = await givenSpacesClient(app);
  await app.open.pool.query(
    `WITH e AS (
       INSERT INTO spaces.events
         (organization_id, space_id, title, starts_at, start_zone, ends_at, end_zone, is_all_day, visibility, uid,
          creation_type, organizer_id, organizer_email, creator_id, creator_email, created_at, updated_at)
       SELECT $1::integer, $2::integer, 'Talk ' || n, at, 'America/New_York', at + interval '1 hour', 'America/New_York', false,
              'default', gen_random_uuid(), 'manual', m.id, m.email, m.id, m.email, now(), now()
         FROM generate_series(1, 2000) n, LATERAL (SELECT timestamptz '2029-04-02T00:00Z' + n * interval '2 hours' AS at) times,
              (SELECT id, email FROM tenancy.members WHERE organization_id = $1 ORDER BY id LIMIT 1) m
       RETURNING *)
     INSERT INTO spaces.holds (organization_id, event_id, original_start, detail_id, space_id, starts_at, ends_at, status)
     SELECT organization_id, id, starts_at, id, space_id, starts_at, ends_at, 'confirmed' FROM e`,
    [spaces.tenant.id, spaces.spaceId],
  );
  companies = await givenCompaniesClient(app);
  for (let n = 0; n < 20; n++) await companies('/events', { body: anOfflineEvent({ name: `Launch ${n}` }) });
  await app.open.pool.query('ANALYZE training.events, spaces.events, spaces.holds, companies.events');
});
afterAll(() => app.close());

interface Planned {
  readonly name: string;
  readonly pid: number;
  readonly custom: number;
  readonly generic: number;
}

const PLANS = plannedEachTime<Planned>(
  `SELECT name, pg_backend_pid() AS pid, custom_plans::integer AS custom, generic_plans::integer AS generic
     FROM pg_prepared_statements`,
);

/** How often each statement was planned anew, by its name, on the connection that used it most. */
async function plansOf(): Promise<ReadonlyMap<string, Planned>> {
  const found = new Map<string, Planned>();
  // Each read goes to the next connection.
  for (let read = 0; read < 8; read++) {
    for (const row of await app.open.database.all(PLANS, { organization_id: client.tenant.id })) {
      const known = found.get(row.name);
      if (known === undefined || row.custom + row.generic > known.custom + known.generic)
        found.set(row.name, row);
    }
  }
  return found;
}

/** PostgreSQL plans the first five executions with their values before it decides. */
const TRIALS = 5;

describe('a statement of a busy route', () => {
  it.each([
    ['one event', 'training.event.find', () => client(`/events/${id}`)],
    ['the first 20 events', 'training.event.list.20', () => client('/events?limit=20')],
    [
      'the first 5 events that are ready',
      'training.event.list.ready.20',
      () => client('/events?limit=5&status=ready'),
    ],
    ['the first 100 events', 'training.event.list.100', () => client('/events?limit=100')],
    ['a list that may be whole', 'training.event.list.done.1001', () => client('/events?status=done')],
    ['the third page', 'training.event.page.20', () => client('/events?limit=20&page=3')],
    ['a page behind 1,000 events', 'training.event.page.100', () => client('/events?limit=100&page=11')],
    ['the events of a space', 'spaces.event.list.space.20', () => spaces(`/spaces/${spaces.spaceId}/events`)],
    [
      'the third page of them',
      'spaces.event.list.space.200',
      () => spaces(`/spaces/${spaces.spaceId}/events?per_page=50&page=3`),
    ],
    ['a page of company events', 'companies.event.list', () => companies('/events?page=2')],
    ['a new event', 'training.event.create', () => client('/events', { body: anEvent(client) })],
  ])('is not planned again at each execution: %s', async (_, name, ask) => {
    for (let request = 0; request < 60; request++) expect((await ask()).status).toBe(200);
    const plans = [...(await plansOf()).values()].filter((plan) => plan.name.startsWith(name));
    expect(plans).not.toEqual([]);
    for (const { custom, generic } of plans) {
      expect(custom).toBeLessThanOrEqual(TRIALS);
      expect(generic).toBeGreaterThan(0);
    }
  });
});
