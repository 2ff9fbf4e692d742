import { Injectable } from '@nestjs/common';
import type { Instant } from '../../core/instant.js';
import type { Page } from '../../core/page.js';
import { Database, type Transaction } from '../../database/database.js';
import { statement, type Statement } from '../../database/statement.js';
import {
  EVENT_COLUMNS,
  HOLD_COLUMNS,
  HOLD_DETAIL,
  inviteesOf,
  type SkippedRow,
  type SpaceEventRow,
} from './space-event.columns.js';

/** Whose events a list holds. */
export type EventScope = 'space' | 'location' | 'user';

/** Bounds of a list: `after` that of the events' ends, `before` that of their starts. */
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

/** The most recent first: what ended by `$3`. */
const RECENT = statement<SpaceEventRow>(
  'spaces.event.recent',
  `SELECT ${HOLD_COLUMNS}, ${inviteesOf('spaces.invitees')}
     FROM spaces.holds h JOIN ${HOLD_DETAIL}
    WHERE h.organization_id = $1 AND h.space_id = $2 AND h.status = 'confirmed' AND h.ends_at <= $3
    ORDER BY h.ends_at DESC LIMIT $4 OFFSET $5`,
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

/** Where a list starts to look. A person's list without two bounds starts from the person's events. */
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

function listStatement(
  organizationId: number,
  scope: EventScope,
  id: number,
  { after, before }: EventWindow,
  page: Page,
): { query: Statement<SpaceEventRow>; values: unknown[] } {
  const isOpen = after === undefined || before === undefined;
  const form = scope === 'user' && isOpen ? 'user.open' : scope;
  const values: unknown[] = [organizationId, id, page.limit, page.offset];
  const conditions: string[] = [CONDITIONS[form], `h.status = 'confirmed'`];
  const name = ['spaces.event.list', form];
  if (after !== undefined && before !== undefined) {
    // Written as the exclusion constraint has it, whose index then finds the window and nothing else.
    values.push(after, before);
    if (after < before) {
      conditions.push('tstzrange(h.starts_at, h.ends_at) && tstzrange($5, $6)');
      name.push('window');
    } else {
      // The wrong way round each bound still means what it means alone: what lasts from one to the other.
      conditions.push(`tstzrange(h.starts_at, h.ends_at) && tstzrange($6, $5, '[]')`);
      conditions.push('h.ends_at > $5 AND h.starts_at < $6');
      name.push('reversed');
    }
  } else if (after !== undefined) {
    values.push(after);
    conditions.push('h.ends_at > $5');
    name.push('after');
  } else if (before !== undefined) {
    values.push(before);
    conditions.push('h.starts_at < $5');
    name.push('before');
  }
  // In one space the order of ends is that of starts, and there is an index for it.
  const order = scope === 'space' && isOpen ? 'h.ends_at' : 'h.starts_at, h.event_id';
  const text = `SELECT ${HOLD_COLUMNS}, ${inviteesOf('spaces.invitees')}
    FROM ${FROM[form]} JOIN ${HOLD_DETAIL}
    WHERE ${conditions.join(' AND ')} ORDER BY ${order} LIMIT $3 OFFSET $4`;
  return { query: statement(name.join('.'), text), values };
}

/** The events of all organizations, as they are read; every statement is bound to one. */
@Injectable()
export class SpaceEvents {
  constructor(private readonly database: Database) {}

  /** A single event or a master. */
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

  /** The same event once more, inside a transaction. */
  findAgain(
    transaction: Transaction,
    organizationId: number,
    { is_occurrence, event_id, original_start }: SpaceEventRow,
  ): Promise<SpaceEventRow | undefined> {
    return is_occurrence
      ? transaction.one(FIND_OCCURRENCE, [organizationId, event_id, original_start])
      : transaction.one(FIND, [organizationId, event_id]);
  }

  /** Occurrences of a series that found their space taken. */
  listSkipped(organizationId: number, id: number): Promise<SkippedRow[]> {
    return this.database.all(LIST_SKIPPED, [organizationId, id]);
  }

  list(
    organizationId: number,
    scope: EventScope,
    id: number,
    window: EventWindow,
    page: Page,
  ): Promise<SpaceEventRow[]> {
    const { query, values } = listStatement(organizationId, scope, id, window, page);
    return this.database.all(query, values);
  }

  recent(organizationId: number, spaceId: number, now: Instant, page: Page): Promise<SpaceEventRow[]> {
    return this.database.all(RECENT, [organizationId, spaceId, now, page.limit, page.offset]);
  }

  async exists(organizationId: number, scope: EventScope, id: number): Promise<boolean> {
    return (await this.database.one(EXISTS[scope], [organizationId, id])) !== undefined;
  }
}
