import { companyIdOf } from '../../src/surfaces/companies/companies/company-id.js';
import { COMPANY_SCOPES, type CompanyScope } from '../../src/surfaces/companies/companies.credential.js';
import { bootApp, type TestApp } from './app.js';
import { call, type Answer, type Call } from './http.js';
import { givenKey, givenTenant, type Tenant } from './tenant.js';

/** Settings for tests of companies: a rate limit that they do not reach. */
export function bootCompanies(): Promise<TestApp> {
  return bootApp({ environment: { COMPANIES_RATE_LIMIT: '1000000' } });
}

export interface GivenCompany {
  readonly number: number;
  /** The sqid, as in URLs. */
  readonly id: string;
  readonly slug: string;
}

/** A client of company events, with an organization and a company to work on. Paths are relative to the company's. */
export interface CompaniesClient {
  readonly tenant: Tenant;
  readonly company: GivenCompany;
  readonly authorization: string;
  (path: string, request?: Call): Promise<Answer>;
}

let count = 0;

export async function givenCompany(
  { open }: TestApp,
  tenant: Tenant,
  { useApi = true, timeZone = 'UTC', name = 'Acme' } = {},
): Promise<GivenCompany> {
  const slug = `acme-${++count}`;
  const { rows } = await open.pool.query<{ id: number }>(
    `INSERT INTO companies.companies (organization_id, name, slug, use_api, time_zone, created_at, updated_at)
     VALUES ($1, $2, $3, $4, $5, now(), now()) RETURNING id`,
    [tenant.id, name, slug, useApi, timeZone],
  );
  const number = rows[0]?.id ?? 0;
  return { number, id: companyIdOf(number), slug };
}

/** The header of a credential with these scopes, of the organization or of its member. */
export async function givenCompaniesKey(
  app: TestApp,
  tenant: Tenant,
  scopes: readonly CompanyScope[] = COMPANY_SCOPES,
  { isMembers = false } = {},
): Promise<string> {
  const key = await givenKey(app, tenant, {
    surface: 'companies',
    ...(isMembers && { memberId: tenant.member.id }),
  });
  await app.open.pool.query(`UPDATE tenancy.credentials SET scopes = $2 WHERE lookup = left($1, 10)`, [
    key,
    scopes,
  ]);
  return `Bearer ${key}`;
}

export async function givenCompaniesClient(
  app: TestApp,
  options: Parameters<typeof givenCompany>[2] = {},
): Promise<CompaniesClient> {
  const tenant = await givenTenant(app);
  const company = await givenCompany(app, tenant, options);
  const authorization = await givenCompaniesKey(app, tenant);
  const client = (path: string, request: Call = {}): Promise<Answer> =>
    call(`${app.url}/api/v1/${company.id}${path}`, {
      ...request,
      headers: { authorization, ...request.headers },
    });
  return Object.assign(client, { tenant, company, authorization });
}

/** A body for an offline event that the company organizes. */
export function anOfflineEvent(differing: Record<string, unknown> = {}): Record<string, unknown> {
  return {
    date_start: '2031-04-25 09:00',
    date_end: '2031-04-26 18:00',
    city: 'Montevideo',
    province: 'Montevideo',
    country: 'Uruguay',
    name: 'Product Launch',
    attendance_mode: 'offline',
    locale: 'en',
    company_role: 'organizing',
    requires_ticket_assignment: false,
    ...differing,
  };
}

/** A body for an online event that the company only attends. */
export function anOnlineEvent(differing: Record<string, unknown> = {}): Record<string, unknown> {
  return {
    date_start: '2031-04-25 09:00',
    date_end: '2031-04-25 18:00',
    name: 'Webinar',
    attendance_mode: 'online',
    timezone: 'Europe/Amsterdam',
    locale: 'nl',
    company_role: 'attending',
    ...differing,
  };
}

/** Creates an event and returns it. */
export async function created(
  client: CompaniesClient,
  body: Record<string, unknown>,
): Promise<Record<string, unknown> & { readonly id: string }> {
  const answer = await client('/events/create', { body });
  if (answer.status !== 201) throw new Error(`${answer.status} ${answer.text}`);
  return (answer.json as { data: Record<string, unknown> & { id: string } }).data;
}
