import type { Pool } from 'pg';
import { digestOf, lookupOf } from '../../src/auth/credentials/bearer-key.js';
import { objectId, publicId, secretOf256Bits } from '../../src/core/random-code.js';
import type { SurfaceName } from '../../src/core/surface-name.js';

export interface Tenant {
  readonly id: number;
  readonly slug: string;
  readonly member: { readonly id: number; readonly trainingId: string; readonly email: string };
}

/** A database to insert into: of an application under test, or of a service in a separate process. */
export interface DatabaseHolder {
  readonly open: { readonly pool: Pick<Pool, 'query'> };
}

let count = 0;

/** Inserts an organization with one member directly, so that tests of surfaces do not depend on the admin API. */
export async function givenTenant({ open }: DatabaseHolder, email = 'ada@example.org'): Promise<Tenant> {
  const slug = `tenant-${++count}`;
  const id = await insert(open, `tenancy.organizations (name, slug, created_at) VALUES ($1, $1, now())`, [
    slug,
  ]);
  const trainingId = publicId();
  const member = await insert(
    open,
    `tenancy.members (organization_id, training_id, polls_id, email, name, created_at)
     VALUES ($1, $2, $3, $4, 'Ada Lovelace', now())`,
    [id, trainingId, objectId(Date.now()), email],
  );
  return { id, slug, member: { id: member, trainingId, email } };
}

export interface KeyOptions {
  readonly surface?: SurfaceName;
  readonly memberId?: number;
  readonly envelope?: boolean;
  readonly expiresAt?: string;
}

/** A bearer key of the tenant. */
export async function givenKey(
  { open }: DatabaseHolder,
  tenant: Tenant,
  options: KeyOptions = {},
): Promise<string> {
  const key = secretOf256Bits();
  await insert(
    open,
    `tenancy.credentials
       (organization_id, surface, member_id, lookup, secret_sha256, envelope, created_at, expires_at)
     VALUES ($1, $2, $3, $4, $5, $6, now(), $7)`,
    [
      tenant.id,
      options.surface ?? 'training',
      options.memberId ?? null,
      lookupOf(key),
      digestOf(key),
      options.envelope ?? false,
      options.expiresAt ?? null,
    ],
  );
  return key;
}

/** A class of the tenant. */
export async function givenClass(
  { open }: DatabaseHolder,
  tenant: Tenant,
  name = 'Kubernetes',
): Promise<string> {
  const id = publicId();
  await open.pool.query(
    `INSERT INTO training.classes (organization_id, id, name, resources, presentation_notes, created_at, updated_at)
     VALUES ($1, $2, $3, '[]', '[]', now(), now())`,
    [tenant.id, id, name],
  );
  return id;
}

async function insert(open: DatabaseHolder['open'], into: string, values: unknown[]): Promise<number> {
  const { rows } = await open.pool.query<{ id: number }>(`INSERT INTO ${into} RETURNING id`, values);
  return rows[0]?.id ?? 0;
}
