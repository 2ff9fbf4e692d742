import { ADMIN_TOKEN, type TestApp } from './app.js';
import { call, type Answer, type Call } from './http.js';

export const ADMIN_HEADERS = { authorization: `Bearer ${ADMIN_TOKEN}` };

/** A client of the admin API; paths are relative to `/admin/v1`. */
export type AdminClient = (path: string, request?: Call) => Promise<Answer>;

export function adminClient({ url }: TestApp): AdminClient {
  return (path, request = {}) =>
    call(`${url}/admin/v1${path}`, { ...request, headers: { ...ADMIN_HEADERS, ...request.headers } });
}

/** Creates an organization through the API; returns a client for the paths below it. */
export async function givenOrganization(
  admin: AdminClient,
  body: Record<string, unknown> = {},
): Promise<AdminClient & { readonly id: number; readonly slug: string }> {
  const { json } = await admin('/organizations', { body: { name: 'Acme', ...body } });
  const { id, slug } = json as { id: number; slug: string };
  const below: AdminClient = (path, request) => admin(`/organizations/${id}${path}`, request);
  return Object.assign(below, { id, slug });
}
