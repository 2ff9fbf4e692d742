import { createHmac } from 'node:crypto';
import OAuth from 'oauth-1.0a';
import type { VerifierRule } from '../../src/auth/credentials/credential.entity.js';
import { Encryption } from '../../src/auth/encryption.js';
import type { RealmKind } from '../../src/surfaces/realms/catalogue/realm-kind.js';
import { realmsConsumer, type RealmsConsumer } from '../../src/surfaces/realms/realms.credential.js';
import { objectId, publicId } from '../../src/core/random-code.js';
import type { TestApp } from './app.js';
import { call, type Answer, type Call } from './http.js';
import { givenTenant, type Tenant } from './tenant.js';

export interface Token {
  readonly key: string;
  readonly secret: string;
}

/** Options of a key for three-legged OAuth; none by default. */
export interface ThreeLegs {
  readonly callbackHosts?: readonly string[];
  readonly verifier?: VerifierRule;
}

/** A consumer key of the tenant; without a member unless one is given. */
export async function givenConsumer(
  { app, open }: TestApp,
  tenant: { readonly id: number },
  memberId?: number,
  expiresAt?: string,
  { callbackHosts = [], verifier = 'required' }: ThreeLegs = {},
): Promise<RealmsConsumer> {
  const consumer = realmsConsumer.mint();
  const encrypted = app
    .get(Encryption)
    .encrypt(consumer.consumerSecret, realmsConsumer.encryptionContext(consumer.consumerKey));
  await open.pool.query(
    `INSERT INTO tenancy.credentials
       (organization_id, surface, member_id, lookup, sealed_secret, label, created_at, expires_at, callback_hosts, verifier)
     VALUES ($1, 'realms', $2, $3, $4, 'Timetable app', now(), $5, $6, $7)`,
    [
      tenant.id,
      memberId ?? null,
      consumer.consumerKey,
      encrypted,
      expiresAt ?? null,
      callbackHosts,
      verifier,
    ],
  );
  return consumer;
}

export async function givenMember(
  { open }: TestApp,
  tenant: { readonly id: number },
  email: string,
  isAdmin = false,
): Promise<number> {
  const { rows } = await open.pool.query<{ id: number }>(
    `INSERT INTO tenancy.members (organization_id, training_id, polls_id, email, is_admin, created_at)
     VALUES ($1, $2, $3, $4, $5, now()) RETURNING id`,
    [tenant.id, publicId(), objectId(Date.now()), email, isAdmin],
  );
  return rows[0]?.id ?? 0;
}

export async function givenRealm(
  { open }: TestApp,
  tenant: { readonly id: number },
  kind: RealmKind = 'section',
  timeZone = 'Europe/Berlin',
  parentId: number | null = null,
  name = 'Biology 9b',
): Promise<number> {
  const { rows } = await open.pool.query<{ id: number }>(
    `INSERT INTO realms.realms (organization_id, kind, name, time_zone, parent_id, created_at, updated_at)
     VALUES ($1, $2, $4, $3, $5, now(), now()) RETURNING id`,
    [tenant.id, kind, timeZone, name, parentId],
  );
  return rows[0]?.id ?? 0;
}

export async function givenMembership(
  { open }: TestApp,
  tenant: { readonly id: number },
  realmId: number,
  memberId: number,
  isAdmin = false,
): Promise<void> {
  await open.pool.query(
    `INSERT INTO realms.memberships (organization_id, realm_id, member_id, is_admin, created_at)
     VALUES ($1, $2, $3, $4, now())`,
    [tenant.id, realmId, memberId, isAdmin],
  );
}

/** Signs as the client library `oauth-1.0a` does; the value of an `Authorization` header. */
export function signed(
  { consumerKey, consumerSecret }: RealmsConsumer,
  url: string,
  method: string,
  token?: Token,
  signatureMethod = 'HMAC-SHA1',
  data: Readonly<Record<string, string>> = {},
): string {
  const client = new OAuth({
    consumer: { key: consumerKey, secret: consumerSecret },
    signature_method: signatureMethod,
    hash_function: (base, key) =>
      signatureMethod === 'PLAINTEXT' ? key : createHmac('sha1', key).update(base).digest('base64'),
  });
  return client.toHeader(client.authorize({ url, method, data }, token)).Authorization;
}

/** A client of realm calendars: each call is signed. Paths are relative to `/v1`. */
export interface RealmsClient {
  (path: string, request?: Call): Promise<Answer>;
  readonly consumer: RealmsConsumer;
}

export function realmsClient(app: TestApp, consumer: RealmsConsumer, token?: Token): RealmsClient {
  const client = (path: string, request: Call = {}): Promise<Answer> => {
    const url = `${app.url}/v1${path}`;
    const method = request.method ?? (request.body === undefined ? 'GET' : 'POST');
    const authorization = signed(consumer, url, method, token);
    return call(url, { ...request, headers: { authorization, ...request.headers } });
  };
  return Object.assign(client, { consumer });
}

/** An organization with a section, and a client whose key acts for the organization. */
export async function givenRealmsClient(
  app: TestApp,
): Promise<RealmsClient & { readonly tenant: Tenant; readonly section: number }> {
  const tenant = await givenTenant(app);
  const section = await givenRealm(app, tenant);
  return Object.assign(realmsClient(app, await givenConsumer(app, tenant)), { tenant, section });
}

/** A client that acts as one member. */
export async function givenMemberClient(
  app: TestApp,
  tenant: { readonly id: number },
  memberId: number,
): Promise<RealmsClient> {
  return realmsClient(app, await givenConsumer(app, tenant, memberId));
}

export const XML = { accept: 'text/xml', 'content-type': 'text/xml' };
