import { Injectable } from '@nestjs/common';
import type { Instant } from '../../../core/instant.js';
import type { Page } from '../../../core/page.js';
import { batchedRead } from '../../../database/batched-read.js';
import { Database, type Transaction } from '../../../database/database.js';
import { statement, workedOnLong, type Statement } from '../../../database/statement.js';
import {
  EVENT_COLUMNS,
  HOLD_COLUMNS,
  HOLD_DETAIL,
  inviteesOf,
  type SkippedRow,
  type SpaceEventRow,
} from './space-event.columns.js';
import { inWindowOfSpace } from './space-hold.columns.js';

/** What the events of a list belong to. */
export type EventScope = 'space' | 'location' | 'user';

/** Filters: events that end after `after` and start before `before`. */
export interface EventWindow {
  readonly after?: Instant | undefined;
  readonly before?: Instant | undefined;
}

const FIND = statement<SpaceEventRow>(
  'spaces.event.find',
  `SELECT ${EVENT_COLUMNS}, ${inviteesOf('spaces.invitees')}
     FROM spaces.events e WHERE e.organization_id = $1 AND e.id = $2 AND e.series_id IS NULL`,
);

const FIND_OCCURRENCE = statement<SpaceEventRow>(
  'spaces.event.find_occurrence',
  `SELECT ${HOLD_COLUMNS}, ${inviteesOf('spaces.invitees')}
     FROM spaces.holds h JOIN ${HOLD_DETAIL}
    WHERE h.organization_id = $1 AND h.event_id = $2 AND h.original_start = $3 AND h.status <> 'cancelled'
      AND (e.recurrence IS NOT NULL OR e.series_id IS NOT NULL)`,
);

const LIST_SKIPPED = statement<SkippedRow>(
  'spaces.event.list_skipped',
  `SELECT original_start, starts_at, ends_at FROM spaces.holds
    WHERE organization_id = $1 AND event_id = $2 AND status = 'skipped' ORDER BY original_start`,
);

/** Events that ended by `$3`, the most recent first. */
const RECENT = statement<SpaceEventRow>(
  'spaces.event.recent',
  `SELECT ${HOLD_COLUMNS}, ${inviteesOf('spaces.invitees')}
     FROM spaces.holds h JOIN ${HOLD_DETAIL}
    WHERE h.organization_id = $1 AND h.space_id = $2 AND h.status = 'confirmed' AND h.ends_at <= $3
    ORDER BY h.ends_at DESC LIMIT $4 OFFSET $5`,
);

/**
 * Maximum windows per statement. While PostgreSQL runs one statement, the results of the previous one are serialized.
 */
const MAX_WINDOWS = 4;

/** The window of one space, which room displays poll. */
const LIST_WINDOW = batchedRead<SpaceEventRow>(
  'spaces.event.windows',
  {
    organization_id: 'integer',
    space_id: 'integer',
    rows: 'integer',
    skipped: 'bigint',
    after: 'timestamptz',
    before: 'timestamptz',
  },
  `SELECT input.n, shown.*
     FROM {input} CROSS JOIN LATERAL (
       SELECT ${HOLD_COLUMNS}, ${inviteesOf('spaces.invitees')}
         FROM spaces.holds h JOIN ${HOLD_DETAIL}
        WHERE ${inWindowOfSpace('input.space_id', 'input.after', 'input.before', 'input.organization_id')}
        ORDER BY h.ends_at LIMIT input.rows OFFSET input.skipped) shown
    ORDER BY input.n, shown.ends_at`,
  MAX_WINDOWS,
);

const EXISTS: Readonly<Record<EventScope, Statement<{ id: number }>>> = {
  space: statement(
    'spaces.space.exists',
    `SELECT id FROM spaces.spaces WHERE organization_id = $1 AND id = $2`,
  ),
  location: statement(
    'spaces.location.exists',
    `SELECT id FROM spaces.locations WHERE organization_id = $1 AND id = $2`,
  ),
  user: statement(
    'spaces.user.exists',
    `SELECT id FROM tenancy.members WHERE organization_id = $1 AND id = $2`,
  ),
};

const SPACES_WITH_HOLDS = `spaces.spaces s
  JOIN spaces.holds h ON h.organization_id = s.organization_id AND h.space_id = s.id`;

/** Where the query starts. A user's list without both bounds starts from the user's events. */
const FROM = {
  space: 'spaces.holds h',
  location: SPACES_WITH_HOLDS,
  user: SPACES_WITH_HOLDS,
  'user.open': `(SELECT id FROM spaces.events WHERE organization_id = $1 AND organizer_id = $2
                  UNION SELECT event_id FROM spaces.invitees WHERE organization_id = $1 AND user_id = $2) own
    JOIN spaces.holds h ON h.organization_id = $1 AND h.detail_id = own.id`,
} as const;

const CONDITIONS = {
  space: 'h.organization_id = $1 AND h.space_id = $2',
  location: 's.organization_id = $1 AND s.location_id = $2',
  user: `s.organization_id = $1 AND (e.organizer_id = $2 OR EXISTS (SELECT FROM spaces.invitees p
    WHERE p.organization_id = $1 AND p.event_id = e.id AND p.user_id = $2))`,
  'user.open': 'true',
} as const;

/**
 * The range operator uses the index of the exclusion constraint; the comparisons exclude events that only touch the
 * window.
 */
const IN_WINDOW = `tstzrange(h.starts_at, h.ends_at) && tstzrange(least($5::timestamptz, $6), greatest($5, $6::timestamptz), '[]')
  AND h.ends_at > $5 AND h.starts_at < $6`;

/** One statement per combination of filters. */
const LIST_STATEMENTS = new Map<string, Statement<SpaceEventRow>>();

function listStatement(
  organizationId: number,
  scope: EventScope,
  id: number,
  { after, before }: EventWindow,
  page: Page,
): { query: Statement<SpaceEventRow>; values: unknown[] } {
  const isUnbounded = after === undefined || before === undefined;
  const variant = scope === 'user' && isUnbounded ? 'user.open' : scope;
  const values: unknown[] = [organizationId, id, page.limit, page.offset];
  const conditions: string[] = [CONDITIONS[variant], `h.status = 'confirmed'`];
  let name = `spaces.event.list.${variant}`;
  if (after !== undefined && before !== undefined) {
    values.push(after, before);
    conditions.push(IN_WINDOW);
    name += '.window';
  } else if (after !== undefined) {
    values.push(after);
    conditions.push('h.ends_at > $5');
    name += '.after';
  } else if (before !== undefined) {
    values.push(before);
    conditions.push('h.starts_at < $5');
    name += '.before';
  }
  let query = LIST_STATEMENTS.get(name);
  if (query === undefined) {
    // Within a space, ordering by end equals ordering by start, and end is indexed.
    const order = scope === 'space' ? 'h.ends_at' : 'h.starts_at, h.event_id';
    query = workedOnLong(
      statement(
        name,
        `SELECT ${HOLD_COLUMNS}, ${inviteesOf('spaces.invitees')}
           FROM ${FROM[variant]} JOIN ${HOLD_DETAIL}
          WHERE ${conditions.join(' AND ')} ORDER BY ${order} LIMIT $3 OFFSET $4`,
      ),
    );
    LIST_STATEMENTS.set(name, query);
  }
  return { query, values };
}

/** Reads events; every statement is restricted to one organization. */
@Injectable()
export class SpaceEventsRepository {
  constructor(private readonly database: Database) {}

  /** Finds a single event or a master. */
  find(organizationId: number, id: number): Promise<SpaceEventRow | undefined> {
    return this.database.one(FIND, [organizationId, id]);
  }

  findOccurrence(
    organizationId: number,
    id: number,
    originalStart: Instant,
  ): Promise<SpaceEventRow | undefined> {
    return this.database.one(FIND_OCCURRENCE, [organizationId, id, originalStart]);
  }

  /** Reads the same event again inside a transaction. */
  findInTransaction(
    transaction: Transaction,
    organizationId: number,
    { is_occurrence, event_id, original_start }: SpaceEventRow,
  ): Promise<SpaceEventRow | undefined> {
    return is_occurrence
      ? transaction.one(FIND_OCCURRENCE, [organizationId, event_id, original_start])
      : transaction.one(FIND, [organizationId, event_id]);
  }

  /** Skipped occurrences of a series. */
  listSkipped(organizationId: number, id: number, transaction?: Transaction): Promise<SkippedRow[]> {
    return (transaction ?? this.database).all(LIST_SKIPPED, [organizationId, id]);
  }

  list(
    organizationId: number,
    scope: EventScope,
    id: number,
    window: EventWindow,
    page: Page,
  ): Promise<SpaceEventRow[]> {
    const { after, before } = window;
    if (scope === 'space' && after !== undefined && before !== undefined) {
      const key = [organizationId, id, page.limit, page.offset, after, before];
      return this.database.readBatched(LIST_WINDOW, key);
    }
    const { query, values } = listStatement(organizationId, scope, id, window, page);
    return this.database.all(query, values);
  }

  listRecent(organizationId: number, spaceId: number, now: Instant, page: Page): Promise<SpaceEventRow[]> {
    return this.database.all(RECENT, [organizationId, spaceId, now, page.limit, page.offset]);
  }

  async exists(organizationId: number, scope: EventScope, id: number): Promise<boolean> {
    return (await this.database.one(EXISTS[scope], [organizationId, id])) !== undefined;
  }
}
