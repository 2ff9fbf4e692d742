import { objectId, publicId } from '../../src/core/random-code.js';
import type { TestApp } from './app.js';
import { call, type Answer, type Call } from './http.js';
import { givenKey, givenTenant, type Tenant } from './tenant.js';

/** A client of space bookings, with an organization, a location and a space to work on. */
export interface SpacesClient {
  readonly tenant: Tenant;
  readonly locationId: number;
  readonly spaceId: number;
  readonly authorization: string;
  (path: string, request?: Call): Promise<Answer>;
}

export interface SpacesClientOptions {
  /** Acts as the tenant's member unless `null`, which acts for the organization. */
  readonly memberId?: number | null;
  readonly zone?: string;
}

export async function givenSpacesClient(
  app: TestApp,
  { memberId, zone = 'America/New_York' }: SpacesClientOptions = {},
): Promise<SpacesClient> {
  const tenant = await givenTenant(app);
  const locationId = await givenLocation(app, tenant, zone);
  const spaceId = await givenSpace(app, tenant, locationId);
  const client = await givenClientOf(app, tenant, memberId === undefined ? tenant.member.id : memberId);
  return Object.assign(client, { tenant, locationId, spaceId });
}

/** Another client of a tenant: for one of its members, or without a member. */
export async function givenClientOf(
  app: TestApp,
  tenant: Tenant,
  memberId: number | null,
): Promise<((path: string, request?: Call) => Promise<Answer>) & { readonly authorization: string }> {
  const key = await givenKey(app, tenant, { surface: 'spaces', ...(memberId !== null && { memberId }) });
  const authorization = `Access-Token ${key}`;
  const client = (path: string, request: Call = {}): Promise<Answer> =>
    call(`${app.url}/v1.0${path}`, { ...request, headers: { authorization, ...request.headers } });
  return Object.assign(client, { authorization });
}

export async function givenLocation({ open }: TestApp, tenant: Tenant, zone: string): Promise<number> {
  return insert(
    open,
    `spaces.locations (organization_id, name, time_zone, created_at, updated_at)
     VALUES ($1, 'Head office', $2, now(), now())`,
    [tenant.id, zone],
  );
}

export async function givenSpace(
  { open }: TestApp,
  tenant: Tenant,
  locationId: number,
  differing: {
    readonly name?: string;
    readonly type?: string;
    readonly capacity?: number;
    readonly isDisabled?: boolean;
  } = {},
): Promise<number> {
  const { name = 'Blue room', type = null, capacity = null, isDisabled = false } = differing;
  return insert(
    open,
    `spaces.spaces (organization_id, location_id, name, type, capacity, is_disabled, created_at, updated_at)
     VALUES ($1, $2, $3, $4, $5, $6, now(), now())`,
    [tenant.id, locationId, name, type, capacity, isDisabled],
  );
}

export async function givenMember(
  { open }: TestApp,
  tenant: Tenant,
  email: string,
  { name = null, isAdmin = false }: { readonly name?: string | null; readonly isAdmin?: boolean } = {},
): Promise<number> {
  return insert(
    open,
    `tenancy.members (organization_id, training_id, polls_id, email, name, is_admin, created_at)
     VALUES ($1, $2, $3, $4, $5, $6, now())`,
    [tenant.id, publicId(), objectId(Date.now()), email, name, isAdmin],
  );
}

/** A valid body: an hour in 2031, New York time. */
export function aBooking(differing: Record<string, unknown> = {}): Record<string, unknown> {
  return {
    title: 'Weekly planning',
    start: { date_time: '2031-03-05T09:00:00-0500', time_zone: 'America/New_York' },
    end: { date_time: '2031-03-05T10:00:00-0500', time_zone: 'America/New_York' },
    ...differing,
  };
}

/** An hour of a day in 2031 in New York; `hour` may have a fraction. */
export function times(day: string, hour: number, length = 1): Record<string, unknown> {
  const at = (value: number): object => {
    const minutes = Math.round(value * 60);
    const text = `${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`;
    return { date_time: `${day}T${text}:00`, time_zone: 'America/New_York' };
  };
  return { start: at(hour), end: at(hour + length) };
}

async function insert(open: TestApp['open'], into: string, values: unknown[]): Promise<number> {
  const { rows } = await open.pool.query<{ id: number }>(`INSERT INTO ${into} RETURNING id`, values);
  return rows[0]?.id ?? 0;
}
