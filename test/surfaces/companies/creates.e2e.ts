import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Instant } from '../../../src/core/instant.js';
import type { WallClock } from '../../../src/core/wall-clock.js';
import type { CompanyRow } from '../../../src/surfaces/companies/companies/companies.repository.js';
import {
  CompanyEventsRepository,
  type CompanyEventFields,
} from '../../../src/surfaces/companies/events/company-events.repository.js';
import type { TestApp } from '../../support/app.js';
import {
  anOnlineEvent,
  bootCompanies,
  givenCompaniesClient,
  type CompaniesClient,
} from '../../support/companies.js';

let app: TestApp;
let clients: readonly CompaniesClient[];
let events: CompanyEventsRepository;
let company: CompanyRow;
let other: CompanyRow;

beforeAll(async () => {
  app = await bootCompanies();
  const [first, second] = [await givenCompaniesClient(app), await givenCompaniesClient(app)];
  clients = [first, second];
  events = app.app.get(CompanyEventsRepository, { strict: false });
  company = companyOf(first);
  other = companyOf(second);
});
afterAll(() => app.close());

const NOW = '2031-01-01T00:00:00.000Z' as Instant;

function fields(name: string): CompanyEventFields {
  return {
    name,
    name_key: name,
    date_start: '2031-04-25 09:00:00' as WallClock,
    date_end: '2031-04-25 10:00:00' as WallClock,
    attendance_mode: 'online',
    company_role: 'attending',
    timezone: 'UTC',
    locale: 'en',
    privacy_policy: null,
    tax_country: null,
    requires_ticket_assignment: null,
    city: null,
    province: null,
    country: null,
    google_place_id: null,
    venue: null,
    venue_address: null,
    venue_google_place_id: null,
  };
}

function companyOf({ tenant, company }: CompaniesClient): CompanyRow {
  return {
    organization_id: tenant.id,
    id: company.number,
    slug: company.slug,
    use_api: true,
    time_zone: 'UTC',
  };
}

describe('events that are created at once', () => {
  it('are each answered with their own row, in companies of several organizations', async () => {
    const made = await Promise.all(
      Array.from({ length: 60 }, async (_, index) => {
        const client = clients[index % 2];
        const answer = await client?.('/events/create', {
          body: anOnlineEvent({ name: `At once ${index} "é🎉"`, locale: index % 3 === 0 ? 'de' : 'en' }),
        });
        return [answer?.status, answer?.json.data.id, answer?.json.data.name, answer?.json.data.locale];
      }),
    );
    expect(made).toEqual(
      Array.from({ length: 60 }, (_, index) => [
        201,
        expect.stringMatching(new RegExp(`^at-once-${index}-`)),
        `At once ${index} "é🎉"`,
        index % 3 === 0 ? 'de' : 'en',
      ]),
    );
    for (const client of clients) expect((await client('/events?q=at once')).json.meta.total).toBe(30);
  });

  it('share one statement and one commit', async () => {
    const before = app.open.database.statementCount;
    const made = await Promise.all(
      Array.from({ length: 10 }, (_, n) => events.insertEvent(company, `s-${n}`, fields(`S ${n}`), NOW)),
    );
    expect(made.map((event) => [event?.slug, event?.name])).toEqual(
      Array.from({ length: 10 }, (_, n) => [`s-${n}`, `S ${n}`]),
    );
    expect(app.open.database.statementCount - before).toBe(1);
  });

  it('leave a slug to the first that asks for it', async () => {
    const made = await Promise.all(
      ['First', 'Second', 'Third'].map((name) => events.insertEvent(company, 'one', fields(name), NOW)),
    );
    expect(made.map((event) => event?.name)).toEqual(['First', undefined, undefined]);
  });

  it('fail by themselves: one that is refused takes none of the others with it', async () => {
    const gone = { ...company, id: 2_000_000_000 };
    const made = await Promise.allSettled([
      events.insertEvent(company, 'sound', fields('Sound'), NOW),
      events.insertEvent(gone, 'lost', fields('Lost'), NOW),
      events.insertEvent(other, 'sound', fields('Sound, too'), NOW),
      events.insertEvent(other, 'nowhere', { ...fields('x'), company_role: 'organizing' }, NOW),
    ]);
    expect(made).toEqual([
      { status: 'fulfilled', value: expect.objectContaining({ name: 'Sound' }) },
      { status: 'rejected', reason: expect.objectContaining({ kind: 'forbidden' }) },
      { status: 'fulfilled', value: expect.objectContaining({ name: 'Sound, too' }) },
      {
        status: 'rejected',
        reason: expect.objectContaining({ constraint: 'ck_events_organizing_says_who_gets_tickets' }),
      },
    ]);
  });
});
