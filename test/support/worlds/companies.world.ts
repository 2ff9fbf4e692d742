import fc from 'fast-check';
import type { TestApp } from '../app.js';
import { givenCompaniesClient } from '../companies.js';
import { Rows } from '../openapi/rows.js';
import { bearing, one, ZONES, type World } from './world.js';

export async function companiesWorld(app: TestApp): Promise<World> {
  const client = await givenCompaniesClient(app);
  const rows = new Rows();
  rows.add('/api/v1/{}', [client.company.id]);
  return {
    rows,
    credentials: bearing(client.authorization),
    wrongCredentials: bearing(`${client.authorization}x`),
    references: {},
    steered: {
      date_start: one('2031-04-25 09:00', '2031-04-25 23:59'),
      date_end: one('2031-04-26 18:00', '2031-05-26 00:00'),
      country: one('Uruguay', 'NL', 'Deutschland'),
      tax_country: one('UY', 'de'),
      timezone: ZONES,
      slug: fc.stringMatching(/^[a-z0-9]{8}(?:-[a-z0-9]{2,4})?$/),
    },
    bodies: {
      createCompanyEvent: fc
        .constantFrom<object[]>(
          { attendance_mode: 'offline', city: 'Delft', province: 'Zuid-Holland', country: 'NL' },
          { attendance_mode: 'online', timezone: 'Europe/Amsterdam' },
        )
        .map((place) => ({ ...place, company_role: 'organizing', requires_ticket_assignment: false })),
    },
  };
}
