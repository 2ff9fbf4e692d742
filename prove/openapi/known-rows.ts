import type { Answer } from '../target/http.js';
import type { Tenant } from '../target/tenant.js';
import type { Operation } from './documents.js';

/** Rows that are created or listed at one path and are shown at another. */
const ELSEWHERE: Readonly<Record<string, readonly string[]>> = {
  '/v1.0/spaces/{}/events': ['/v1.0/events'],
  '/v1.0/events': ['/v1.0/spaces/{}/events'],
  '/v1.0/organizations/{}/amenities': ['/v1.0/amenities', '/v1.0/spaces/{}/amenities'],
  '/v1.0/locations/{}/levels': ['/v1.0/levels'],
  '/api/v1/{}/events/create': ['/api/v1/{}/events', '/api/v1/{}/event'],
};

/** The ids of a tenant's rows, by the path of their list, with `{}` for each parameter in it. */
export class KnownRows {
  private readonly ids = new Map<string, string>();

  constructor(readonly tenant: Tenant) {
    const { slug, email, memberId, locationId, spaceIds, sectionId, classId, company, realms } = tenant;
    const space = String(spaceIds[0]);
    const known: Record<string, string | number> = {
      '/api/v1/classes': classId,
      '/api/v1': company,
      '/api/v1/companies': company,
      '/v1.0/spaces': space,
      '/v1.0/locations': locationId,
      '/v1.0/users': memberId,
      '/v1.0/accounts': slug,
      '/v1.0/organizations': slug,
      '/v1.0/organizations/{}/users': email,
      '/v1': 'sections',
      '/v1/{}': sectionId,
      '/v1/users': memberId,
      '/v1/sections': sectionId,
      '/v1/districts': realms.district,
      '/v1/schools': realms.school,
      '/v1/courses': realms.course,
      '/v1/groups': realms.group,
      '/v1/{}/{}/enrollments': memberId,
    };
    for (const [path, value] of Object.entries(known)) this.ids.set(path, String(value));
  }

  /** The value of each parameter in a template's path, or `undefined` where no row is known. */
  valuesOf({ template }: Operation): (string | undefined)[] {
    return [...template.matchAll(/\{\w+\}/g)].map((match) => {
      const list = template
        .slice(0, match.index)
        .replace(/\{\w+\}/g, '{}')
        .replace(/\/$/, '');
      return this.ids.get(list);
    });
  }

  /** Learns the ids in a response, of the rows and of the rows inside them. The first of each list is kept. */
  learn({ template, method }: Operation, answer: Answer): void {
    if (answer.status >= 300 || !(answer.headers.get('content-type') ?? '').includes('json')) return;
    const path = template.replace(/\{\w+\}/g, '{}');
    const { data = answer.json as unknown } = (answer.json ?? {}) as { data?: unknown };
    const isOfOne = path.endsWith('{}') || method !== 'POST';
    for (const row of [data].flat()) {
      if (!isOfOne || Array.isArray(data)) this.keep(path, row);
      this.learnInside(path.endsWith('{}') ? path : `${path}/{}`, row);
    }
  }

  private keep(path: string, row: unknown): void {
    const { id, _id = id } = (row ?? {}) as { id?: unknown; _id?: unknown };
    if (typeof _id !== 'string' && typeof _id !== 'number') return;
    for (const one of [path, ...(ELSEWHERE[path] ?? [])])
      if (!this.ids.has(one)) this.ids.set(one, String(_id));
  }

  private learnInside(path: string, row: unknown): void {
    for (const [key, inner] of Object.entries((row ?? {}) as object))
      if (Array.isArray(inner)) for (const one of inner as unknown[]) this.keep(`${path}/${key}`, one);
  }
}

/** A path with its parameters filled in. */
export function pathOf({ template }: Operation, values: readonly string[]): string {
  let index = 0;
  return template.replace(/\{\w+\}/g, () => encodeURIComponent(values[index++] ?? ''));
}

/** Fields of bodies and queries that refer to rows, with a tenant's own. */
export function referencesOf(tenant: Tenant): Readonly<Record<string, unknown>> {
  const { email, memberId, classId, spaceIds, locationId, slug, sectionId } = tenant;
  return {
    owner: email,
    creator: email,
    member: email,
    organizer: email,
    created_by: { email },
    creator_emails: email,
    invitee_emails: email,
    emails: email,
    class_id: classId,
    space_id: spaceIds[1],
    space_ids: spaceIds[1],
    location_id: locationId,
    location_ids: locationId,
    user_id: memberId,
    organizer_id: memberId,
    creator_id: memberId,
    ids: memberId,
    user_ref: email,
    realm_id: sectionId,
    organization: slug,
  };
}

/** Where webhooks of a run go: nobody listens there. */
const HOOK_URL = 'http://127.0.0.1:9/hook';

/** A body with the fields that refer to rows replaced, at any depth. */
export function withReferences(body: unknown, references: Readonly<Record<string, unknown>>): unknown {
  if (Array.isArray(body)) return body.map((one) => withReferences(one, references));
  if (typeof body !== 'object' || body === null || body instanceof FormData) return body;
  return Object.fromEntries(
    Object.entries(body).map(([name, value]) => {
      if (name === 'url' || name === 'target_url') return [name, HOOK_URL];
      if (!(name in references)) return [name, withReferences(value, references)];
      return [name, Array.isArray(value) ? [references[name]] : references[name]];
    }),
  );
}
