import fc, { type Arbitrary } from 'fast-check';
import { adminClient, givenOrganization } from '../admin.js';
import { ADMIN_TOKEN, type TestApp } from '../app.js';
import { Rows } from '../openapi/rows.js';
import { bearing, one, ZONES, type World } from './world.js';

export async function adminWorld(app: TestApp): Promise<World> {
  const client = adminClient(app);
  const organization = await givenOrganization(client, { name: 'Contract' });
  const made = async (path: string, body: object): Promise<number> =>
    (await organization(path, { body })).json.id as number;
  const members = ['grace@example.org', 'alan@example.org', 'eve@example.org'];
  for (const email of members) await made('/members', { email });
  const section = await made('/realms', { kind: 'section', name: '7b' });
  const location = await made('/locations', { name: 'Mill' });
  const rows = new Rows();
  rows.add('/admin/v1/organizations/{}', [organization.id], true);
  rows.add('/admin/v1/organizations/{}/realms/{}/{}', [organization.id, 'section', section], true);
  return {
    rows,
    credentials: bearing(`Bearer ${ADMIN_TOKEN}`),
    wrongCredentials: bearing('Bearer wrong'),
    references: {
      owner: one(...members, null),
      creator: one(...members, null),
      member: one(...members),
      organizer: one(...members),
      location_id: one(location),
      parent_id: one(null),
    },
    steered: {
      slug: fc.stringMatching(/^[a-z]{2,8}(?:-[a-z0-9]{1,4})?$/),
      time_zone: ZONES,
      locale: one('de-AT', 'en', null),
      start: one('2030-05-04 23:59:00'),
      end: one(null, '2030-05-05 23:59:00'),
    },
    exampleExceptions: {
      changeOrganization: { slug: 'another' },
      changeMember: { email: 'another@example.org' },
    },
    bodies: { createDueEvent: one({ kind: 'section', realm_id: section }) as Arbitrary<object> },
  };
}
