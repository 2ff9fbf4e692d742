import { Injectable } from '@nestjs/common';
import type { Instant } from '../../../core/instant.js';
import { Database } from '../../../database/database.js';
import { statement, type Statement } from '../../../database/statement.js';
import {
  overlapCondition,
  pageIn,
  type DayRange,
  type PageRow,
  type RealmEventPage,
} from '../events/realm-event-lists.repository.js';
import { eventColumns } from '../events/realm-events.repository.js';
import type { Slice } from '../representation/realm-pagination.js';
import { rightsQuery, scopeValues, type RealmScope } from '../catalogue/realm-rights.js';

const EVENT_REALM = 'e.place_realm';
const MAY_WRITE = '($4::boolean OR e.place_admin)';

/** Selects the events of a user's realms and of the user's own calendar, with the realm's time zone. */
const feed = (name: string, filter: string): Statement<PageRow> =>
  statement(
    `realms.feed.${name}`,
    `WITH p AS MATERIALIZED (${rightsQuery('user')}),
     e AS MATERIALIZED (
       SELECT * FROM (
         SELECT e.*, r.kind AS place_realm, r.id AS place_id, m.is_admin AS place_admin, r.time_zone
           FROM p
           JOIN realms.memberships m ON m.organization_id = $1 AND m.member_id = p.id
           JOIN realms.realms r ON r.organization_id = $1 AND r.id = m.realm_id
           JOIN realms.events e ON e.organization_id = $1 AND e.realm_id = r.id
          WHERE p.may_see
          UNION ALL
         SELECT e.*, 'user', p.id, true, coalesce(u.time_zone, o.time_zone)
           FROM p
           JOIN tenancy.members u ON u.organization_id = $1 AND u.id = p.id
           JOIN tenancy.organizations o ON o.id = $1
           JOIN realms.events e ON e.organization_id = $1 AND e.user_id = p.id
          WHERE p.may_see) e
        WHERE ${filter})
     SELECT p.may_see, (SELECT count(*)::integer FROM e) AS total,
            ${eventColumns(EVENT_REALM, 'e.place_id', MAY_WRITE)}
       FROM p LEFT JOIN (SELECT * FROM e ORDER BY starts_at, id LIMIT $5 OFFSET $6) e ON true
      ORDER BY e.starts_at, e.id`,
  );

/** Not over in the realm's time zone; an all-day event lasts until the end of its last day. */
const NOT_OVER = `CASE WHEN e.all_day
  THEN coalesce(e.ends_at, e.starts_at)::date >= ($7::timestamptz AT TIME ZONE e.time_zone)::date
  ELSE coalesce(e.ends_at, e.starts_at) >= $7::timestamptz AT TIME ZONE e.time_zone END`;

const CALENDAR = feed('calendar', 'true');
const CALENDAR_DAYS = feed('calendar.days', overlapCondition('$7', '$8'));
const UPCOMING = feed('upcoming', NOT_OVER);
const UPCOMING_DAYS = feed('upcoming.days', `${NOT_OVER} AND ${overlapCondition('$8', '$9')}`);

@Injectable()
export class RealmFeedRepository {
  constructor(private readonly database: Database) {}

  /** Omits events that are over at `since`. `undefined` if there is no such user. */
  async list(
    scope: RealmScope,
    { start, limit }: Slice,
    days: DayRange | undefined,
    since: Instant | undefined,
  ): Promise<RealmEventPage | undefined> {
    const values = [
      ...scopeValues(scope),
      limit,
      start,
      ...(since === undefined ? [] : [since]),
      ...(days === undefined ? [] : [days.first, days.last]),
    ];
    const query =
      since === undefined
        ? days === undefined
          ? CALENDAR
          : CALENDAR_DAYS
        : days === undefined
          ? UPCOMING
          : UPCOMING_DAYS;
    return pageIn(await this.database.all(query, values));
  }
}
