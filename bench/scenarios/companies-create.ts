import { Draw } from '../dataset/draw.js';
import { postEvent } from './companies-requests.js';
import type { Scenario } from './scenario.js';

/** Only created events have this name, by which they are deleted again. */
const MARK = 'Made by the bench';

export const companiesCreate: Scenario = {
  name: 'companies-create',
  title: 'company events: create',
  kind: 'load',
  needs: ['companies'],
  // Names differ, so that neither server has to find a free suffix.
  requests: ({ companies: { companies } }) => {
    const draw = new Draw(63);
    return Array.from({ length: 40_000 }, (_, index) => {
      const day = String(1 + draw.below(28)).padStart(2, '0');
      return postEvent(draw.from(companies), {
        date_start: `2031-05-${day} 09:00`,
        date_end: `2031-05-${day} 18:00`,
        city: 'Montevideo',
        province: 'Montevideo',
        country: 'Uruguay',
        venue: 'Convention Center',
        venue_address: 'Main St 1',
        name: `${MARK} ${index}`,
        attendance_mode: 'offline',
        timezone: 'America/Montevideo',
        locale: 'en',
        company_role: 'organizing',
        privacy_policy: 'https://example.com/privacy',
        tax_country: 'UY',
        requires_ticket_assignment: false,
      });
    });
  },
  varying: ['id', 'created_at'],
  cleanUp: [
    `DELETE FROM companies.events WHERE name LIKE '${MARK}%'`,
    'VACUUM companies.events',
    'CHECKPOINT',
  ],
  goals: [{ figure: 'share of raw', atLeast: 0.9 }],
};
