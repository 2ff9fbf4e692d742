import type { Instant } from '../../../core/instant.js';
import { statement, type Statement } from '../../../database/statement.js';
import { StatementRepository } from '../../../database/statement-repository.js';
import { memberRealmsQuery, rightsQuery } from '../catalogue/realm-rights.js';
import type { RealmScope } from '../catalogue/realm-scope.js';
import { RealmEvent } from '../events/realm-event.entity.js';
import {
  overlapCondition,
  pageOf,
  type DayRange,
  type PageRow,
  type RealmEventPage,
} from '../events/realm-event-lists.repository.js';
import { eventColumns } from '../events/realm-events.repository.js';
import type { Slice } from '../representation/realm-pagination.js';

const COLUMNS = eventColumns({
  realm: 'e.calendar_realm',
  realmId: 'e.calendar_id',
  mayWrite: '(:is_admin::boolean OR e.is_calendar_admin)',
  belongs: '(:is_admin::boolean OR e.is_calendar_member)',
  memberId: ':member_id',
});

/** Selects the events of a user's realms, of those above them and of the user's own calendar, with the time zone. */
const feed = (name: string, filter: string): Statement<PageRow> =>
  statement(
    `realms.feed.${name}`,
    `WITH rights AS MATERIALIZED (${rightsQuery('user')}),
     e AS MATERIALIZED (
       SELECT * FROM (
         SELECT e.*, r.kind AS calendar_realm, r.id AS calendar_id, coalesce(m.is_admin, false) AS is_calendar_admin,
                m.member_id IS NOT NULL AS is_calendar_member, r.time_zone
           FROM rights
           JOIN LATERAL (${memberRealmsQuery(':organization_id', 'rights.id')}) own ON true
           JOIN realms.realms r ON r.organization_id = :organization_id AND r.id = own.id
           LEFT JOIN realms.memberships m
             ON m.organization_id = :organization_id AND m.realm_id = r.id AND m.member_id = rights.id
           JOIN realms.events e ON e.organization_id = :organization_id AND e.realm_id = r.id
          WHERE rights.may_see
          UNION ALL
         SELECT e.*, 'user', rights.id, true, true, coalesce(u.time_zone, o.time_zone)
           FROM rights
           JOIN tenancy.members u ON u.organization_id = :organization_id AND u.id = rights.id
           JOIN tenancy.organizations o ON o.id = :organization_id
           JOIN realms.events e ON e.organization_id = :organization_id AND e.user_id = rights.id
          WHERE rights.may_see) e
        WHERE ${filter})
     SELECT rights.may_see, (SELECT count(*)::integer FROM e) AS total, ${COLUMNS}
       FROM rights LEFT JOIN (SELECT * FROM e ORDER BY starts_at, id LIMIT :limit OFFSET :start) e ON true
      ORDER BY e.starts_at, e.id`,
  );

/** Not over in the realm's time zone; an all-day event lasts until the end of its last day. */
const NOT_OVER = `CASE WHEN e.all_day
  THEN coalesce(e.ends_at, e.starts_at)::date >= (:now::timestamptz AT TIME ZONE e.time_zone)::date
  ELSE coalesce(e.ends_at, e.starts_at) >= :now::timestamptz AT TIME ZONE e.time_zone END`;

const ON_DAYS = overlapCondition(':first', ':last');

const CALENDAR = feed('calendar', 'true');
const CALENDAR_DAYS = feed('calendar.days', ON_DAYS);
const UPCOMING = feed('upcoming', NOT_OVER);
const UPCOMING_DAYS = feed('upcoming.days', `${NOT_OVER} AND ${ON_DAYS}`);

/** Pages of a user's feed; `undefined` if there is no such user. */
export class RealmFeedRepository extends StatementRepository<RealmEvent> {
  static readonly entity = RealmEvent;

  async calendar(
    scope: RealmScope,
    slice: Slice,
    days: DayRange | undefined,
  ): Promise<RealmEventPage | undefined> {
    const query = days === undefined ? CALENDAR : CALENDAR_DAYS;
    return pageOf(await this.all(query, { ...scope, ...slice, ...days }));
  }

  /** Omits events that are over. */
  async upcoming(
    scope: RealmScope,
    slice: Slice,
    days: DayRange | undefined,
    now: Instant,
  ): Promise<RealmEventPage | undefined> {
    const query = days === undefined ? UPCOMING : UPCOMING_DAYS;
    return pageOf(await this.all(query, { ...scope, ...slice, ...days, now }));
  }
}
