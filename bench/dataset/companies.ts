import type { Client } from 'pg';
import { digestOf, lookupOf } from '../../src/auth/credentials/bearer-key.js';
import { secretOf256Bits } from '../../src/core/random-code.js';
import { companyIdOf } from '../../src/surfaces/companies/companies/company-id.js';

/** A company and its client. */
export interface BenchCompany {
  readonly id: string;
  readonly key: string;
}

export interface CompaniesData {
  readonly companies: readonly BenchCompany[];
  readonly eventsEach: number;
}

const COMPANIES = 100;
const EVENTS_EACH = 1_000;

/** Every event has a venue, every third two cohosts. */
const CREATE_EVENTS = `
  WITH made AS (
    INSERT INTO companies.events
      (organization_id, company_id, slug, name, name_key, date_start, date_end, attendance_mode, company_role, timezone,
       locale, privacy_policy, requires_ticket_assignment, city, province, country, venue, venue_address, created_at,
       updated_at)
    SELECT $1::integer, $2::integer, 'meet-up-' || n, 'Meet-up "' || n || '"', 'meet-up "' || n || '"',
           timestamp '2031-01-01 09:00' + (n * 7919 % $3::integer) * interval '5 hours',
           timestamp '2031-01-01 12:00' + (n * 7919 % $3::integer) * interval '5 hours',
           'offline', 'organizing', 'America/Montevideo', 'en', 'https://example.com/privacy', n % 2 = 0,
           'Montevideo', 'Montevideo', 'UY', 'Sala ' || n % 40, 'Main St ' || n % 400, now(), now()
      FROM generate_series(1, $3::integer) n
    RETURNING organization_id, id)
  INSERT INTO companies.cohosts (organization_id, event_id, position, name, privacy_policy)
  SELECT organization_id, id, place, 'Partner ' || place, CASE place WHEN 1 THEN 'https://partner.example/p' END
    FROM made, generate_series(1, 2) place WHERE id % 3 = 0`;

/** 100 organizations with a company of 1,000 events each. */
export async function loadCompanies(client: Client): Promise<CompaniesData> {
  const companies: BenchCompany[] = [];
  for (let number = 1; number <= COMPANIES; number++) companies.push(await loadCompany(client, number));
  return { companies, eventsEach: EVENTS_EACH };
}

async function loadCompany(client: Client, number: number): Promise<BenchCompany> {
  const key = secretOf256Bits();
  const { rows } = await client.query<{ organization_id: number; id: number }>(
    `WITH o AS (
       INSERT INTO tenancy.organizations (name, slug, created_at) VALUES ($1, $2, now()) RETURNING id),
     k AS (
       INSERT INTO tenancy.credentials (organization_id, surface, lookup, secret_sha256, scopes, label, created_at)
       SELECT id, 'companies', $3, $4, '{events:read,events:create}', 'bench', now() FROM o)
     INSERT INTO companies.companies (organization_id, name, slug, use_api, time_zone, created_at, updated_at)
     SELECT id, $1, $2, true, 'UTC', now(), now() FROM o RETURNING organization_id, id`,
    [`Company ${number}`, `company-${number}`, lookupOf(key), digestOf(key)],
  );
  const [company] = rows;
  if (company === undefined) throw new Error('An insert answered no row.');
  await client.query(CREATE_EVENTS, [company.organization_id, company.id, EVENTS_EACH]);
  return { id: companyIdOf(company.id), key };
}
