import type { Instant } from '../../../core/instant.js';
import { StatementRepository } from '../../../database/statement-repository.js';
import type { RealmName } from '../catalogue/realm-collection.js';
import { RIGHTS, rightsQuery, type RealmRights } from '../catalogue/realm-rights.js';
import type { RealmScope } from '../catalogue/realm-scope.js';
import { calendarColumn, realmStatement } from '../catalogue/realm-statement.js';
import { RSVP } from '../events/realm-event.entity.js';
import { RealmRsvp } from './realm-rsvp.entity.js';

export type RsvpResponse = RealmRsvp['response'];

/** An event with its RSVP counts. `id` is `null` if the calendar has no such event. */
export interface RsvpRow extends RealmRights {
  readonly id: number | null;
  /** A value of `RSVP`. */
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
      `count(*) FILTER (WHERE response = '${response}' AND member_id IS DISTINCT FROM :member_id)::integer AS ${response}`,
  )
  .join(', ');

const columns = (own: string): string =>
  `${RIGHTS}, e.id, e.rsvp, ${own} AS own, rsvps.yes, rsvps.no, rsvps.maybe`;

const RSVPS = `LEFT JOIN LATERAL (SELECT ${OTHERS}, max(response) FILTER (WHERE member_id = :member_id) AS own
  FROM realms.rsvps WHERE organization_id = :organization_id AND event_id = e.id) rsvps ON true`;

const EVENT = (realm: RealmName): string => `LEFT JOIN realms.events e
  ON e.organization_id = :organization_id AND e.${calendarColumn(realm)} = rights.id AND e.id = :event_id`;

const FIND = realmStatement<RsvpRow>(
  'realms.rsvp.find',
  (realm) => `SELECT ${columns('rsvps.own')} FROM (${rightsQuery(realm)}) rights ${EVENT(realm)} ${RSVPS}`,
);

// Writes nothing if the caller may not answer.
const SAVE = realmStatement<RsvpRow & { readonly done: boolean }>(
  'realms.rsvp.answer',
  (realm) =>
    `WITH rights AS MATERIALIZED (${rightsQuery(realm)}),
     saved AS (
       INSERT INTO realms.rsvps (organization_id, event_id, member_id, response, answered_at)
       SELECT :organization_id, e.id, :member_id, :response, :now FROM rights ${EVENT(realm)}
        WHERE :member_id IS NOT NULL AND (e.rsvp = ${RSVP.anybody} OR (e.rsvp = ${RSVP.members} AND rights.is_member))
       ON CONFLICT (organization_id, event_id, member_id)
       DO UPDATE SET response = excluded.response, answered_at = excluded.answered_at
       RETURNING response)
     SELECT ${columns('(SELECT response FROM saved)')}, EXISTS (SELECT FROM saved) AS done
       FROM rights ${EVENT(realm)} ${RSVPS}`,
);

/** Answers to invitations. Every statement also returns the caller's rights; `undefined` if there is no such realm. */
export class RealmRsvpsRepository extends StatementRepository<RealmRsvp> {
  static readonly entity = RealmRsvp;

  findRsvps(scope: RealmScope, event_id: number): Promise<RsvpRow | undefined> {
    return this.one(FIND(scope.realm), { ...scope, event_id });
  }

  saveRsvp(
    scope: RealmScope,
    event_id: number,
    response: RsvpResponse,
    now: Instant,
  ): Promise<(RsvpRow & { readonly done: boolean }) | undefined> {
    return this.one(SAVE(scope.realm), { ...scope, event_id, response, now });
  }
}
