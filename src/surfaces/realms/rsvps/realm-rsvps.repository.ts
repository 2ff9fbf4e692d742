import { Injectable } from '@nestjs/common';
import type { Instant } from '../../../core/instant.js';
import { Database } from '../../../database/database.js';
import { statement, type Statement } from '../../../database/statement.js';
import type { RealmName } from '../catalogue/realm-collection.js';
import {
  calendarColumn,
  rightsQuery,
  scopeValues,
  type RealmScope,
  type RealmRights,
} from '../catalogue/realm-rights.js';

export type RsvpResponse = 'yes' | 'no' | 'maybe';

/** An event with its RSVP counts. `id` is `null` if the calendar has no such event. */
export interface RsvpRow extends RealmRights {
  readonly id: number | null;
  /** Who may answer: 0 nobody, 1 the realm's members, 2 anybody in the organization. */
  readonly rsvp: number;
  readonly own: RsvpResponse | null;
  /** Counts exclude the caller. */
  readonly yes: number;
  readonly no: number;
  readonly maybe: number;
}

const OTHERS = ['yes', 'no', 'maybe']
  .map(
    (response) =>
      `count(*) FILTER (WHERE response = '${response}' AND member_id IS DISTINCT FROM $3)::integer AS ${response}`,
  )
  .join(', ');

const answers = (own: string): string =>
  `p.may_see, p.may_write, p.is_member, e.id, e.rsvp, ${own} AS own, a.yes, a.no, a.maybe`;

const ANSWERS = `LEFT JOIN LATERAL (SELECT ${OTHERS}, max(response) FILTER (WHERE member_id = $3) AS own
  FROM realms.rsvps WHERE organization_id = $1 AND event_id = e.id) a ON true`;

const EVENT = (realm: RealmName): string =>
  `LEFT JOIN realms.events e ON e.organization_id = $1 AND e.${calendarColumn(realm)} = p.id AND e.id = $5`;

const find = (realm: RealmName): Statement<RsvpRow> =>
  statement(
    `realms.rsvp.find.${realm}`,
    `SELECT ${answers('a.own')} FROM (${rightsQuery(realm)}) p ${EVENT(realm)} ${ANSWERS}`,
  );

// Writes nothing if the caller may not answer.
const answer = (realm: RealmName): Statement<RsvpRow & { readonly done: boolean }> =>
  statement(
    `realms.rsvp.answer.${realm}`,
    `WITH p AS MATERIALIZED (${rightsQuery(realm)}),
     answered AS (
       INSERT INTO realms.rsvps (organization_id, event_id, member_id, response, answered_at)
       SELECT $1, e.id, $3, $6, $7 FROM p ${EVENT(realm)}
        WHERE $3 IS NOT NULL AND (e.rsvp = 2 OR (e.rsvp = 1 AND p.is_member))
       ON CONFLICT (organization_id, event_id, member_id)
       DO UPDATE SET response = excluded.response, answered_at = excluded.answered_at
       RETURNING response)
     SELECT ${answers('(SELECT response FROM answered)')}, EXISTS (SELECT FROM answered) AS done
       FROM p ${EVENT(realm)} ${ANSWERS}`,
  );

@Injectable()
export class RealmRsvpsRepository {
  constructor(private readonly database: Database) {}

  find(scope: RealmScope, eventId: number): Promise<RsvpRow | undefined> {
    return this.database.one(find(scope.realm), [...scopeValues(scope), eventId]);
  }

  answer(
    scope: RealmScope,
    eventId: number,
    response: RsvpResponse,
    now: Instant,
  ): Promise<(RsvpRow & { readonly done: boolean }) | undefined> {
    return this.database.one(answer(scope.realm), [...scopeValues(scope), eventId, response, now]);
  }
}
