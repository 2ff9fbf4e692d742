import type { Instant } from '../../../core/instant.js';
import { statement } from '../../../database/statement.js';
import { StatementRepository } from '../../../database/statement-repository.js';
import { PollBusyTime } from './poll-busy-time.entity.js';
import type { BusyTime } from './poll-busy-times.js';

/** A person with the busy times that may touch a range. */
export interface PersonTimesRow {
  /** How the person was asked for: id or address. */
  readonly asked: string;
  /** `null` if nobody has this id or address. */
  readonly user_id: string | null;
  readonly time_zone: string;
  readonly busy: readonly BusyTime[];
}

/** All-day times are on the clock of the person, which differs from UTC by less than a day. */
const MARGIN = `interval '1 day'`;

/** The busy times of user `p` that may touch the range, as JSON. */
const BUSY = `(SELECT coalesce(json_agg(json_build_object(
            'starts_at', to_char(b.starts_at, 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'),
            'ends_at', to_char(b.ends_at, 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'),
            'all_day', b.all_day)), '[]')
       FROM polls.busy_times b
      WHERE b.organization_id = o.id AND b.user_id = p.user_id
        AND b.ends_at >= :from::timestamptz - ${MARGIN} AND b.starts_at <= :to::timestamptz + ${MARGIN}) AS busy`;

const OF_PEOPLE = statement<PersonTimesRow>(
  'polls.busy_time.of_people',
  `SELECT asked.name AS asked, p.user_id, coalesce(p.time_zone, o.time_zone) AS time_zone, ${BUSY}
     FROM unnest(:people::text[]) WITH ORDINALITY AS asked(name, n)
     JOIN tenancy.organizations o ON o.id = :organization_id
     LEFT JOIN LATERAL (
       SELECT 1 AS preference, m.polls_id AS user_id, m.time_zone FROM tenancy.members m
        WHERE m.organization_id = o.id AND (m.polls_id = asked.name OR m.email = asked.name::citext)
       UNION ALL
       SELECT 2, u.id, NULL FROM polls.users u
        WHERE u.organization_id = o.id AND (u.id = asked.name OR u.email = asked.name::citext)
        ORDER BY preference LIMIT 1) p ON true
    ORDER BY asked.n`,
);

// "Ahead" is judged as the filter `upcoming` of events does.
const AHEAD = statement<{ user_id: string; events: number }>(
  'polls.busy_time.ahead',
  `SELECT b.user_id, count(*)::integer AS events
     FROM polls.busy_times b
     JOIN polls.events e ON e.organization_id = b.organization_id AND e.id = b.event_id
    WHERE b.organization_id = :organization_id AND b.user_id = ANY(:users::text[])
      AND b.ends_at >= :now::timestamptz - ${MARGIN} AND e.ahead_until > :now::timestamptz
    GROUP BY b.user_id`,
);

/** When people are busy. */
export class PollBusyTimesRepository extends StatementRepository<PollBusyTime> {
  static readonly entity = PollBusyTime;

  /** Members and other users by id or address, in the order asked for. */
  ofPeople(
    organization_id: number,
    people: readonly string[],
    range: { readonly from: Instant; readonly to: Instant },
  ): Promise<PersonTimesRow[]> {
    return this.all(OF_PEOPLE, { organization_id, people, ...range });
  }

  /** How many confirmed events each of the users has ahead; who has none is left out. */
  async eventsAhead(
    organization_id: number,
    users: readonly string[],
    now: Instant,
  ): Promise<ReadonlyMap<string, number>> {
    const rows = await this.all(AHEAD, { organization_id, users, now });
    return new Map(rows.map(({ user_id, events }) => [user_id, events]));
  }
}
