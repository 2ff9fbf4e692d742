import type { Client } from 'pg';
import { digestOf, lookupOf } from '../../src/auth/credentials/bearer-key.js';
import { lowerCaseSecret, objectId, publicId } from '../../src/core/random-code.js';
import { searchKeysOf } from '../../src/surfaces/polls/events/poll-event.search-keys.js';
import { pollEvent, type Person } from './poll-event.js';

/** An organization and its client. */
export interface PollsOrganization {
  readonly key: string;
  /** The address of the member who organises all of its events. */
  readonly organiser: string;
  /** Addresses that have been invited before. */
  readonly guests: readonly string[];
}

export interface PollsData {
  readonly organizations: readonly PollsOrganization[];
  readonly eventsEach: number;
}

const ORGANIZATIONS = 100;
const EVENTS_EACH = 100;
const GUESTS_EACH = 60;

/** 100 organizations of 100 events each, with dates, places, people, votes and messages. */
export async function loadPolls(client: Client): Promise<PollsData> {
  const organizations: PollsOrganization[] = [];
  for (let number = 1; number <= ORGANIZATIONS; number++) {
    organizations.push(await loadOrganization(client, number));
  }
  return { organizations, eventsEach: EVENTS_EACH };
}

async function loadOrganization(client: Client, number: number): Promise<PollsOrganization> {
  const key = lowerCaseSecret();
  const organiser = person(`organiser@team-${number}.example`, 'Ada Lovelace');
  const guests = Array.from({ length: GUESTS_EACH }, (_, guest) =>
    person(`guest.${guest}@customer-${number}.example`, `Guest "${guest}"`),
  );
  const { rows: members } = await client.query<{ organization_id: number; id: number }>(
    `WITH o AS (
       INSERT INTO tenancy.organizations (name, slug, created_at) VALUES ($1, $2, now()) RETURNING id),
     k AS (
       INSERT INTO tenancy.credentials (organization_id, surface, lookup, secret_sha256, label, created_at)
       SELECT id, 'polls', $3, $4, 'bench', now() FROM o),
     u AS (
       INSERT INTO polls.users (organization_id, id, email, created_at)
       SELECT o.id, guest.id, guest.email, now() FROM o, unnest($8::text[], $9::text[]) AS guest(id, email))
     INSERT INTO tenancy.members
       (organization_id, training_id, polls_id, email, name, time_zone, locale, created_at)
     SELECT id, $5, $6, $7, 'Ada Lovelace', 'Europe/Paris', 'fr', now() FROM o RETURNING organization_id, id`,
    [
      `Team ${number}`,
      `team-${number}`,
      lookupOf(key),
      digestOf(key),
      publicId(),
      organiser.user,
      organiser.email,
      guests.map(({ user }) => user),
      guests.map(({ email }) => email),
    ],
  );
  const [member] = members;
  if (member === undefined) throw new Error('An insert answered no row.');
  const { organization_id } = member;
  const events = Array.from({ length: EVENTS_EACH }, (_, index) =>
    pollEvent(organization_id, member.id, organiser, guests, index + 1),
  );
  const rows = events.map((event) => ({ ...event, messages_length: event.messages.length }));
  await client.query(
    'INSERT INTO polls.events SELECT * FROM json_populate_recordset(NULL::polls.events, $1::json)',
    [JSON.stringify(rows)],
  );
  await client.query(
    `INSERT INTO polls.event_messages
     SELECT e.organization_id, e.id, m.position, m.message
       FROM json_to_recordset($1::json) AS e(organization_id integer, id text, messages json)
      CROSS JOIN json_array_elements(e.messages) WITH ORDINALITY AS m(message, position)`,
    [JSON.stringify(rows)],
  );
  const marks = events.flatMap((event) =>
    searchKeysOf(event).map((mark) => ({
      ...mark,
      organization_id,
      created_at: event.created_at,
      event_id: event.id,
    })),
  );
  await client.query(
    'INSERT INTO polls.event_marks SELECT * FROM json_populate_recordset(NULL::polls.event_marks, $1::json)',
    [JSON.stringify(marks)],
  );
  return { key, organiser: organiser.email, guests: guests.map(({ email }) => email) };
}

function person(email: string, name: string): Person {
  return { user: objectId(Date.now()), email, name };
}
