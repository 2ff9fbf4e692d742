import type { Found } from '../checkers/registers.js';
import type { Answer } from './http.js';
import type { Sending, Surface, Tenant } from './tenant.js';

export interface PathAndBody extends Sending {
  readonly path: string;
}

/** How things of a product are written and read back. Their key and their value are in their title. */
export interface Writing {
  readonly surface: Surface;
  /** `number` is different for each thing of a tenant. */
  create(tenant: Tenant, title: string, number: number): PathAndBody;
  idOf(created: Answer): string;
  change(tenant: Tenant, id: string, title: string): PathAndBody;
  /** Where the product can delete. */
  remove?(tenant: Tenant, id: string): PathAndBody;
  /** All things of the tenant. The value of one of which only a part is there says so. */
  read(tenant: Tenant): Promise<Found[]>;
}

const HOUR = 3_600_000;
const FIRST_HOUR = Date.UTC(2033, 0, 1);
const at = (hour: number): string => new Date(FIRST_HOUR + hour * HOUR).toISOString();

/** A title that holds the key and the value. */
export const titleOf = (key: string, value: string): string => `${key} ${value}`;

/** The thing with a title; `whole` is false if a part of it is missing. */
function foundBy(title: string, whole: boolean): Found {
  const [key = '', value = ''] = title.split(' ');
  return { key, value: whole ? value : `${value}, but only in part` };
}

const training: Writing = {
  surface: 'training',
  create: ({ email, classId }, name, number) => ({
    path: '/api/v1/events',
    body: { name, owner: email, class_id: classId, date_start: at(number), date_end: at(number + 1) },
  }),
  idOf: ({ json }) => String(json.id),
  change: (_, id, name) => ({ path: `/api/v1/events/${id}`, method: 'PATCH', body: { name } }),
  remove: (_, id) => ({ path: `/api/v1/events/${id}`, method: 'DELETE' }),
  read: async (tenant) => {
    const { json } = await read(tenant, 'training', '/api/v1/events');
    return (json as { name: string; class_id: string }[]).map(({ name, class_id }) =>
      foundBy(name, class_id === tenant.classId),
    );
  },
};

const OCCURRENCES = 3;
/** Hours between the first occurrences of series that begin at the same hour of a day. */
const SERIES_HOURS = OCCURRENCES * 24;

/** Series, which are there with all occurrences or not at all. */
const spaces: Writing = {
  surface: 'spaces',
  create: ({ spaceIds }, title, number) => {
    const hour = Math.floor(number / 24) * SERIES_HOURS + (number % 24);
    return {
      path: `/v1.0/spaces/${spaceIds[0]}/events`,
      body: {
        title,
        start: { date_time: at(hour), time_zone: 'UTC' },
        end: { date_time: at(hour + 1), time_zone: 'UTC' },
        recurrence: [`RRULE:FREQ=DAILY;COUNT=${OCCURRENCES}`],
      },
    };
  },
  idOf: ({ json }) => String(json.data.id),
  change: (_, id, title) => ({ path: `/v1.0/events/${id}`, method: 'PATCH', body: { title } }),
  remove: (_, id) => ({ path: `/v1.0/events/${id}`, method: 'DELETE' }),
  read: async (tenant) => {
    const titles = new Map<string, string[]>();
    for (let page = 1; ; page++) {
      const path = `/v1.0/spaces/${tenant.spaceIds[0]}/events?per_page=200&page=${page}`;
      const { json } = await read(tenant, 'spaces', path);
      for (const { series_id, title } of json.data as { series_id: string; title: string }[])
        titles.set(series_id, [...(titles.get(series_id) ?? []), title]);
      if (json.paging === undefined) break;
    }
    return [...titles.values()].map((its) =>
      foundBy(its[0] ?? '', its.length === OCCURRENCES && new Set(its).size === 1),
    );
  },
};

const realms: Writing = {
  surface: 'realms',
  create: ({ sectionId }, title, number) => ({
    path: `/v1/sections/${sectionId}/events`,
    body: { title, start: at(number).slice(0, 19).replace('T', ' '), description: title },
  }),
  idOf: ({ json }) => String(json.id),
  change: ({ sectionId }, id, title) => ({
    path: `/v1/sections/${sectionId}/events/${id}`,
    method: 'PUT',
    body: { title, description: title },
  }),
  remove: ({ sectionId }, id) => ({ path: `/v1/sections/${sectionId}/events/${id}`, method: 'DELETE' }),
  read: async (tenant) => {
    const found: Found[] = [];
    for (let start = 0; ; start += 200) {
      const path = `/v1/sections/${tenant.sectionId}/events?start=${start}&limit=200`;
      const events = (await read(tenant, 'realms', path)).json.event as {
        title: string;
        description: string;
      }[];
      found.push(...events.map(({ title, description }) => foundBy(title, title === description)));
      if (events.length === 0) return found;
    }
  },
};

const INVITEES = ['grace@example.com', 'alan@example.com'];

const polls: Writing = {
  surface: 'polls',
  create: ({ email }, title, number) => ({
    path: '/v2/events',
    body: {
      title,
      created_by: { email },
      dates: [{ date: at(number).slice(0, 19), end_date: at(number + 1).slice(0, 19) }],
      places: [{ name: 'Room 3' }],
      invitees: INVITEES.map((address) => ({ email: address })),
      settings: { no_emails: true },
    },
  }),
  idOf: ({ json }) => String(json._id),
  change: (_, id, title) => ({ path: `/v2/events/${id}`, method: 'PUT', body: { title } }),
  read: async (tenant) => {
    const found: Found[] = [];
    for (let page = 1; ; page++) {
      const { json } = await read(tenant, 'polls', `/v2/events?limit=100&page=${page}`);
      const events = json as { title: string; dates: unknown[]; invitees: { email?: string }[] }[];
      for (const { title, dates, invitees } of events) {
        const emails = invitees.map(({ email }) => email);
        found.push(foundBy(title, dates.length === 1 && INVITEES.every((one) => emails.includes(one))));
      }
      if (events.length === 0) return found;
    }
  },
};

const companies: Writing = {
  surface: 'companies',
  create: ({ company }, name, number) => ({
    path: `/api/v1/${company}/events/create`,
    body: {
      name,
      date_start: at(number).slice(0, 16).replace('T', ' '),
      date_end: at(number + 1)
        .slice(0, 16)
        .replace('T', ' '),
      attendance_mode: 'online',
      timezone: 'UTC',
      locale: 'en',
      company_role: 'attending',
    },
  }),
  idOf: ({ json }) => String(json.data.id),
  change: ({ company }, id, name) => ({
    path: `/api/v1/${company}/events/${id}`,
    method: 'PATCH',
    body: { name },
  }),
  read: async (tenant) => {
    const found: Found[] = [];
    for (let page = 1; ; page++) {
      const { json } = await read(tenant, 'companies', `/api/v1/${tenant.company}/events?page=${page}`);
      const events = json.data as { name: string; attendance_mode: string }[];
      found.push(...events.map(({ name, attendance_mode }) => foundBy(name, attendance_mode === 'online')));
      if (events.length === 0) return found;
    }
  },
};

export const WRITINGS: readonly Writing[] = [training, spaces, realms, polls, companies];

async function read(tenant: Tenant, surface: Surface, path: string): Promise<Answer> {
  const answer = await tenant.call(surface, path);
  if (answer.status !== 200) throw new Error(`GET ${path} answered ${answer.status}: ${answer.text}`);
  return answer;
}
