import createClient, { type Client } from 'openapi-fetch';
import type { paths as AdminPaths } from './admin.types.js';
import type { paths as CompaniesPaths } from './companies.types.js';
import type { paths as PollsPaths } from './polls.types.js';
import type { paths as RealmsPaths } from './realms.types.js';
import type { paths as SpacesPaths } from './spaces.types.js';
import type { paths as TrainingPaths } from './training.types.js';

/**
 * What somebody writes who has nothing but our documents: clients whose paths, parameters, bodies and answers are
 * types that `openapi-typescript` made of them. That this compiles is half of the proof, that it runs the other.
 */
export interface Clients {
  readonly admin: Client<AdminPaths>;
  readonly training: Client<TrainingPaths>;
  readonly spaces: Client<SpacesPaths>;
  readonly realms: Client<RealmsPaths>;
  readonly polls: Client<PollsPaths>;
  readonly companies: Client<CompaniesPaths>;
}

/** The `Authorization` of a request; realms sign each on its own. */
export type Authorize = (request: Request) => string;

export function createClients(
  baseUrl: string,
  authorize: Readonly<Record<keyof Clients, Authorize>>,
): Clients {
  const client = <Paths extends object>(name: keyof Clients): Client<Paths> => {
    const created = createClient<Paths>({ baseUrl });
    created.use({
      onRequest: ({ request }) => {
        request.headers.set('authorization', authorize[name](request));
        return request;
      },
    });
    return created as Client<Paths>;
  };
  return {
    admin: client<AdminPaths>('admin'),
    training: client<TrainingPaths>('training'),
    spaces: client<SpacesPaths>('spaces'),
    realms: client<RealmsPaths>('realms'),
    polls: client<PollsPaths>('polls'),
    companies: client<CompaniesPaths>('companies'),
  };
}

/** What a call answered; a refusal is an error that says what was answered instead. */
function answered<T>({ data, error, response }: { data?: T; error?: unknown; response: Response }): T {
  if (data === undefined) throw new Error(`${response.url}: ${response.status} ${JSON.stringify(error)}`);
  return data;
}

/** Of the two forms of an answer, the one that a credential without an envelope gets. */
function bare<T>(answer: T | { result: 'success'; data: T }): T {
  return typeof answer === 'object' && answer !== null && 'result' in answer && 'data' in answer
    ? answer.data
    : (answer as T);
}

/** Founds a tenant and gives it what the products work on. */
export async function foundTenant({ admin }: Pick<Clients, 'admin'>) {
  const { id } = answered(await admin.POST('/admin/v1/organizations', { body: { name: 'Typed' } }));
  const path = { org: String(id) };
  const member = answered(
    await admin.POST('/admin/v1/organizations/{org}/members', {
      params: { path },
      body: { email: 'ada@example.org', name: 'Ada Lovelace', is_admin: true },
    }),
  );
  const credential = async (surface: 'training' | 'spaces' | 'realms' | 'polls' | 'companies') =>
    answered(
      await admin.POST('/admin/v1/organizations/{org}/credentials', {
        params: { path },
        body: {
          surface,
          ...(surface === 'spaces' && { member: member.email }),
          ...(surface === 'companies' && {
            scopes: ['events:read', 'events:create', 'events:update', 'companies:read'],
          }),
        },
      }),
    );
  const location = answered(
    await admin.POST('/admin/v1/organizations/{org}/locations', {
      params: { path },
      body: { name: 'Mill', time_zone: 'Europe/Berlin' },
    }),
  );
  const space = answered(
    await admin.POST('/admin/v1/organizations/{org}/spaces', {
      params: { path },
      body: { name: 'Attic', location_id: location.id },
    }),
  );
  const section = answered(
    await admin.POST('/admin/v1/organizations/{org}/realms', {
      params: { path },
      body: { kind: 'section', name: '7b' },
    }),
  );
  const company = answered(
    await admin.POST('/admin/v1/organizations/{org}/companies', {
      params: { path },
      body: { name: 'Festa' },
    }),
  );
  return { member, space, section, company, credential };
}

export async function planTraining({ training }: Clients, owner: string) {
  const { id } = bare(answered(await training.POST('/api/v1/classes', { body: { name: 'Weaving' } })));
  const event = bare(
    answered(
      await training.POST('/api/v1/events', {
        body: {
          name: 'Day 1',
          owner,
          class_id: id,
          date_start: '2031-05-04T09:00:00Z',
          date_end: '2031-05-04T17:00:00Z',
        },
      }),
    ),
  );
  const list = bare(
    answered(await training.GET('/api/v1/events', { params: { query: { status: 'ready' } } })),
  );
  return { event, names: list.map(({ name }) => name) };
}

export async function bookSpace({ spaces }: Clients, spaceId: number) {
  const path = { space_id: spaceId };
  const body = {
    title: 'Weekly planning',
    start: { date_time: '2031-03-05T09:00:00', time_zone: 'Europe/Berlin' },
    end: { date_time: '2031-03-05T10:00:00', time_zone: 'Europe/Berlin' },
  };
  const booked = answered(await spaces.POST('/v1.0/spaces/{space_id}/events', { params: { path }, body }));
  const again = await spaces.POST('/v1.0/spaces/{space_id}/events', { params: { path }, body });
  const list = answered(
    await spaces.GET('/v1.0/spaces/{space_id}/events', {
      params: { path, query: { after: '2031-03-05T00:00:00Z', before: '2031-03-06T00:00:00Z' } },
    }),
  );
  return { booked: booked.data, clash: again.error?.clash, listed: list.data.map(({ id }) => id) };
}

export async function enterCalendar({ realms }: Clients, sectionId: number) {
  const path = { collection: 'sections', realm_id: String(sectionId) } as const;
  const event = answered(
    await realms.POST('/v1/{collection}/{realm_id}/events', {
      params: { path },
      body: { title: 'Parents meet teachers', start: '2031-05-04 16:30:00', end: '2031-05-04 18:30:00' },
    }),
  );
  const list = answered(
    await realms.GET('/v1/{collection}/{realm_id}/events', { params: { path, query: { limit: 5 } } }),
  );
  return { event, total: list.total };
}

export async function askPoll({ polls }: Clients, email: string) {
  const event = answered(
    await polls.POST('/v2/events', {
      body: {
        title: 'Kick-off',
        created_by: { email },
        dates: [{ date: '2031-07-16T09:00:00Z', end_date: '2031-07-16T10:00:00Z' }],
        settings: { no_emails: true },
      },
    }),
  );
  const params = { path: { event_id: event._id } };
  const confirmed = answered(await polls.POST('/v2/events/{event_id}/confirm', { params, body: {} }));
  const cancelled = answered(await polls.POST('/v2/events/{event_id}/cancel', { params, parseAs: 'text' }));
  return { isConfirmed: confirmed.confirmed.flag, cancelled };
}

export async function announceEvent({ companies }: Clients, company: string) {
  const { data: event } = answered(
    await companies.POST('/api/v1/{company}/events/create', {
      params: { path: { company } },
      body: {
        name: 'Product Launch',
        date_start: '2031-04-25 09:00',
        date_end: '2031-04-26 18:00',
        attendance_mode: 'online',
        timezone: 'Europe/Amsterdam',
        locale: 'en',
        company_role: 'attending',
      },
    }),
  );
  const list = answered(
    await companies.GET('/api/v1/{company}/events', {
      params: { path: { company }, query: { q: 'launch' } },
    }),
  );
  return { event, total: list.meta.total };
}
