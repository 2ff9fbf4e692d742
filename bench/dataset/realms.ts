import type { Client } from 'pg';
import { Encryption } from '../../src/auth/encryption.js';
import { publicId } from '../../src/core/random-code.js';
import { realmsConsumer } from '../../src/surfaces/realms/realms.credential.js';
import { APP_SECRET } from '../processes/app-secret.js';
import type { Consumer } from '../wire-request.js';

/** A school and the client of one of its teachers, who administers all of its sections. */
export interface BenchSchool {
  readonly consumer: Consumer;
  readonly sections: readonly number[];
}

export interface RealmsData {
  readonly schools: readonly BenchSchool[];
  readonly eventsEach: number;
}

const SCHOOLS = 100;
const SECTIONS_EACH = 10;
const EVENTS_EACH = 100;

const CREATE_SCHOOL = `
  WITH o AS (
    INSERT INTO tenancy.organizations (name, slug, created_at) VALUES ($1, $2, now()) RETURNING id),
  m AS (
    INSERT INTO tenancy.members (organization_id, training_id, polls_id, email, name, created_at)
    SELECT id, $3, $3, 'teacher@' || $2 || '.example', 'Grace Hopper', now() FROM o RETURNING organization_id, id),
  k AS (
    INSERT INTO tenancy.credentials (organization_id, member_id, surface, lookup, sealed_secret, label, created_at)
    SELECT organization_id, id, 'realms', $4, $5, 'bench', now() FROM m),
  r AS (
    INSERT INTO realms.realms (organization_id, kind, name, time_zone, created_at, updated_at)
    SELECT id, 'section', 'Biology ' || n, 'Europe/Berlin', now(), now() FROM o, generate_series(1, $6::integer) n
    RETURNING organization_id, id),
  a AS (
    INSERT INTO realms.memberships (organization_id, realm_id, member_id, is_admin, created_at)
    SELECT r.organization_id, r.id, m.id, true, now() FROM r, m)
  SELECT id FROM r`;

/** A third are all-day, half of the others have an end; a fifth need escaping in either format. */
const CREATE_EVENTS = `
  INSERT INTO realms.events
    (organization_id, realm_id, creator_id, type, title, description, starts_at, ends_at, has_end, all_day, rsvp,
     comments_enabled, created_at, updated_at)
  SELECT m.organization_id, m.realm_id, m.member_id,
         CASE n % 10 WHEN 3 THEN 'assignment' ELSE 'event' END,
         (ARRAY['Parents meet teachers', 'Written test', 'Excursion to the zoo', 'Elternabend, Klasse 9b',
                'Questions & answers'])[1 + n % 5],
         CASE n % 3 WHEN 0 THEN '' ELSE 'In the gym. Please bring pen and paper, and something to drink.' END,
         start, CASE WHEN ends THEN start + interval '2 hours' END, ends, n % 3 = 0, n % 3, n % 4 <> 0, now(), now()
    FROM realms.memberships m, generate_series(1, $2::integer) n,
         LATERAL (SELECT timestamp '2031-01-06 09:30' + (n * 7919 % $2::integer) * interval '31 hours' AS start,
                         n % 3 <> 0 AND n % 2 = 0 AS ends) t
   WHERE m.realm_id = ANY ($1)`;

/** 100 organizations with ten sections of 100 events each. */
export async function loadRealms(client: Client): Promise<RealmsData> {
  const schools: BenchSchool[] = [];
  for (let number = 1; number <= SCHOOLS; number++) schools.push(await loadSchool(client, number));
  return { schools, eventsEach: EVENTS_EACH };
}

const encryption = new Encryption([APP_SECRET]);

async function loadSchool(client: Client, number: number): Promise<BenchSchool> {
  const { consumerKey: key, consumerSecret: secret } = realmsConsumer.mint();
  const { rows } = await client.query<{ id: number }>(CREATE_SCHOOL, [
    `School ${number}`,
    `school-${number}`,
    publicId(),
    key,
    encryption.encrypt(secret, realmsConsumer.encryptionContext(key)),
    SECTIONS_EACH,
  ]);
  const sections = rows.map(({ id }) => id);
  await client.query(CREATE_EVENTS, [sections, EVENTS_EACH]);
  return { consumer: { key, secret }, sections };
}
