import { randomBytes } from 'node:crypto';
import { send, type Answer, type Request } from './http.js';
import { signed, type Consumer } from './signed.js';

export const SURFACES = ['training', 'spaces', 'realms', 'polls', 'companies'] as const;
export type Surface = (typeof SURFACES)[number];

const COMPANY_SCOPES = ['events:read', 'events:create', 'events:update', 'companies:read', 'user:read'];

/** How a tenant is made: through the admin API of any process. */
export interface AdminAccess {
  readonly url: string;
  readonly token: string;
}

/** Where a request is sent, if not to any running process; and a credential, if not the tenant's. */
export interface Sending extends Request {
  readonly url?: string;
}

/** An organization with one of everything, and a credential for each product. */
export interface Tenant {
  readonly id: number;
  readonly slug: string;
  readonly email: string;
  readonly memberId: number;
  readonly locationId: number;
  readonly spaceIds: readonly number[];
  readonly classId: string;
  readonly sectionId: number;
  readonly realms: Readonly<Record<'district' | 'school' | 'course' | 'group', number>>;
  /** As paths of companies name it. */
  readonly company: string;
  /** Sends with the tenant's credential; `path` is whole. */
  call(surface: Surface, path: string, sending?: Sending): Promise<Answer>;
  /** The header for one request. */
  authorization(surface: Surface, method: string, path: string): string;
}

export interface TenantOptions {
  readonly admin: AdminAccess;
  /** In the name of all that is made: whoever else sees it sees too much. */
  readonly mark: string;
  /** The address that signed requests are signed for. */
  readonly publicUrl: string;
  /** The address of a running process. */
  readonly next: () => string;
}

export async function makeTenant({ admin, mark, publicUrl, next }: TenantOptions): Promise<Tenant> {
  const make = async (path: string, body: object): Promise<Record<string, unknown>> => {
    const headers = { authorization: `Bearer ${admin.token}` };
    const answer = await send(`${admin.url}/admin/v1${path}`, { method: 'POST', headers, body });
    if (answer.status !== 201) throw new Error(`${path} answered ${answer.status}: ${answer.text}`);
    return answer.json as Record<string, unknown>;
  };
  const code = randomBytes(4).toString('hex');
  const email = `${mark}-${code}@example.org`;
  const organization = await make('/organizations', {
    name: `${mark} organization`,
    slug: `${mark}-${code}`,
  });
  const base = `/organizations/${String(organization.id)}`;
  const member = await make(`${base}/members`, { email, name: `${mark} member`, is_admin: true });
  const location = await make(`${base}/locations`, { name: `${mark} location`, time_zone: 'UTC' });
  const spaceIds: number[] = [];
  for (const name of ['red', 'green', 'blue']) {
    const space = await make(`${base}/spaces`, { name: `${mark} ${name}`, location_id: location.id });
    spaceIds.push(Number(space.id));
  }
  const trainingClass = await make(`${base}/classes`, { name: `${mark} class`, owner: email });
  const realm = async (kind: string, parent_id: number | null): Promise<number> =>
    Number((await make(`${base}/realms`, { kind, name: `${mark} ${kind}`, parent_id })).id);
  const district = await realm('district', null);
  const school = await realm('school', district);
  const course = await realm('course', school);
  const realms = { district, school, course, group: await realm('group', null) };
  const sectionId = await realm('section', course);
  await make(`${base}/realms/section/${sectionId}/members`, { member: email, admin: true });
  await make(`${base}/companies`, { name: `${mark} company` });

  const headers = new Map<Surface, string>();
  let consumer: Consumer = { key: '', secret: '' };
  for (const surface of SURFACES) {
    const scopes = surface === 'companies' ? COMPANY_SCOPES : undefined;
    const made = await make(`${base}/credentials`, { surface, member: email, ...(scopes && { scopes }) });
    if (surface === 'realms')
      consumer = { key: String(made.consumer_key), secret: String(made.consumer_secret) };
    else headers.set(surface, String(made.authorization));
  }
  const authorization = (surface: Surface, method: string, path: string): string =>
    surface === 'realms' ? signed(consumer, method, publicUrl + path) : (headers.get(surface) ?? '');
  const call: Tenant['call'] = (surface, path, { url = next(), ...request } = {}) => {
    const method = request.method ?? (request.body === undefined ? 'GET' : 'POST');
    return send(url + path, {
      ...request,
      method,
      headers: { authorization: authorization(surface, method, path), ...request.headers },
    });
  };
  const companies = await call('companies', '/api/v1/companies');
  return {
    id: Number(organization.id),
    slug: String(organization.slug),
    email,
    memberId: Number(member.id),
    locationId: Number(location.id),
    spaceIds,
    classId: String(trainingClass.id),
    sectionId,
    realms,
    company: String(companies.json.data[0].id),
    call,
    authorization,
  };
}
