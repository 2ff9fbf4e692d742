import type { Database } from '../../../database/database.js';
import { statement } from '../../../database/statement.js';
import type { NewBooking } from './space-booking-batcher.js';
import { columnsOf, VALUE_COLUMNS } from './space-booking.values.js';
import { EVENT_COLUMNS, inviteesOf, type SpaceEventRow } from '../events/space-event.columns.js';
import { insertInvitees } from '../events/space-invitees.statement.js';

/**
 * Inserts complete single bookings that do not overlap each other: checks for overlaps, locks the spaces, inserts. SKIP
 * LOCKED means that it never waits, so it can run on a shared connection; bookings of spaces that are already locked
 * are not inserted. What gets booked between the check and the lock is rejected by the exclusion constraint.
 */
const INSERT_WHERE_FREE = statement<SpaceEventRow & { readonly n: number }>(
  'spaces.booking.insert_where_free',
  `WITH free AS MATERIALIZED (
     SELECT b.*
       FROM jsonb_to_recordset($1::jsonb) AS b (n integer, organization_id integer, space_id integer, title text,
              description text, location text, starts_at timestamptz, start_zone text, ends_at timestamptz,
              end_zone text, is_all_day boolean, visibility text, uid text, remote_event_id text, remote_type text,
              creation_type text, organizer_id integer, organizer_email text, creator_id integer, creator_email text,
              invitees jsonb, now timestamptz)
      WHERE NOT EXISTS (
        SELECT FROM spaces.holds h
         WHERE h.organization_id = b.organization_id AND h.space_id = b.space_id AND h.status = 'confirmed'
           AND tstzrange(h.starts_at, h.ends_at) && tstzrange(b.starts_at, b.ends_at))),
   locked AS MATERIALIZED (
     SELECT s.organization_id, s.id AS space_id FROM spaces.spaces s
      WHERE (s.organization_id, s.id) IN (SELECT organization_id, space_id FROM free)
        FOR NO KEY UPDATE SKIP LOCKED),
   e AS (
     INSERT INTO spaces.events (${VALUE_COLUMNS}, created_at, updated_at)
     SELECT ${VALUE_COLUMNS}, now, now FROM free JOIN locked USING (organization_id, space_id)
     RETURNING *),
   i AS (${insertInvitees({ event: 'e', from: 'e JOIN free USING (organization_id, space_id, starts_at)', list: 'free.invitees', now: 'free.now' })}
     ON CONFLICT ON CONSTRAINT uq_invitees_email DO NOTHING RETURNING *),
   h AS (
     INSERT INTO spaces.holds
       (organization_id, event_id, original_start, detail_id, space_id, starts_at, ends_at, status)
     SELECT organization_id, id, starts_at, id, space_id, starts_at, ends_at, 'confirmed' FROM e)
   SELECT free.n, ${EVENT_COLUMNS}, ${inviteesOf('i')}
     FROM e JOIN free USING (organization_id, space_id, starts_at)`,
);

/**
 * Inserts the bookings that can be inserted without waiting; results are in input order, `undefined` for the others.
 */
export async function storeWhereFree(
  database: Database,
  bookings: readonly NewBooking[],
): Promise<(SpaceEventRow | undefined)[]> {
  const list = bookings.map(({ organizationId, values, invitees, now }, n) => ({
    n,
    organization_id: organizationId,
    ...columnsOf(values),
    invitees,
    now,
  }));
  const events: (SpaceEventRow | undefined)[] = new Array(bookings.length);
  for (const { n, ...event } of await database.all(INSERT_WHERE_FREE, [JSON.stringify(list)]))
    events[n] = event;
  return events;
}
