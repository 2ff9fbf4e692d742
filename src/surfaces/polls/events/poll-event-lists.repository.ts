import { Injectable } from '@nestjs/common';
import type { Instant } from '../../../core/instant.js';
import type { Page } from '../../../core/page.js';
import { Database } from '../../../database/database.js';
import { plannedEachTime, statement, workedOnLong, type Statement } from '../../../database/statement.js';
import type { MarkKind } from './poll-event.marks.js';
import type { ShownPollEvent } from './poll-event.writer.js';
import { SHOWN_IN_LISTS } from './poll-events.repository.js';

export interface PollEventFilter {
  readonly filter?: 'confirmed' | 'upcoming' | 'future' | undefined;
  /** A regular expression on the title. */
  readonly q?: string | undefined;
  /** Each of these has to fit. */
  readonly marks: readonly MarkFilter[];
}

/** `any` of the values, or `all` of them. */
export interface MarkFilter {
  readonly kind: MarkKind;
  readonly need: 'any' | 'all';
  readonly values: readonly string[];
}

const STATES = {
  confirmed: () => 'e.confirmed_flag',
  upcoming: (now: string) => `e.ahead_until > ${now} AND e.cancelled_at IS NULL`,
  future: (now: string) => `e.ahead_until > ${now}`,
} as const;

/** The kinds of marks that few events share, first. */
const RARER_FIRST: readonly MarkKind[] = [
  'invitee',
  'invitee email',
  'group',
  'creator',
  'creator email',
  'app',
];

interface ListQuery {
  readonly query: Statement<ShownPollEvent>;
  readonly values: readonly unknown[];
}

/** Lists of events, newest first. */
@Injectable()
export class PollEventListsRepository {
  constructor(private readonly database: Database) {}

  list(organizationId: number, filter: PollEventFilter, now: Instant, page: Page): Promise<ShownPollEvent[]> {
    const { query, values } = listStatement(organizationId, filter, now, page);
    return filter.q === undefined
      ? this.database.all(query, values)
      : this.database.search(query, values, organizationId);
  }
}

/**
 * Connections remember so many combinations of marks only: a list of many invitees, who all have to be there, is planned
 * when it is asked for.
 */
const MOST_MARKS_NAMED = 4;

/** Each combination of filters is a statement of its own, by its name; a few hundred at most. */
const LISTS = new Map<string, Statement<ShownPollEvent>>();

/**
 * Without a mark, events are walked newest first. With marks, the rarest kind drives: each of its values is read
 * newest first from the marks' own key, as far as the page reaches, and the other conditions are looked at on the way.
 */
export function listStatement(
  organizationId: number,
  { filter, q, marks }: PollEventFilter,
  now: Instant,
  { limit, offset }: Page,
): ListQuery {
  const values: unknown[] = [organizationId, limit, offset];
  const bind = (value: unknown): string => `$${values.push(value)}`;
  const names = ['polls.event.list'];
  const conditions: string[] = [];
  if (filter !== undefined) {
    conditions.push(STATES[filter](filter === 'confirmed' ? '' : `${bind(now)}::timestamptz`));
    names.push(filter);
  }
  if (q !== undefined) {
    conditions.push(`e.title ~* ${bind(q)}`);
    names.push('q');
  }
  const [driver, ...others] = marks
    .flatMap(({ kind, need, values: wanted }) =>
      need === 'any' ? [{ kind, wanted }] : wanted.map((value) => ({ kind, wanted: [value] })),
    )
    .sort((left, right) => RARER_FIRST.indexOf(left.kind) - RARER_FIRST.indexOf(right.kind));
  const driven = driver && { kind: driver.kind, wanted: bind(driver.wanted) };
  if (driven !== undefined) names.push(driven.kind);
  for (const { kind, wanted } of others) {
    conditions.push(`EXISTS (SELECT FROM polls.event_marks x
      WHERE x.organization_id = $1 AND x.kind = '${kind}' AND x.value = ANY(${bind(wanted)}::text[])
        AND x.created_at = m.created_at AND x.event_id = m.event_id)`);
    names.push(kind);
  }
  const name = names.join(' ');
  let query = LISTS.get(name);
  if (query === undefined) {
    const looksAtEvents = filter !== undefined || q !== undefined;
    const text = driven === undefined ? walked(conditions) : drivenBy(driven, conditions, looksAtEvents);
    // How many events lie ahead decides between two ways to find them, and no plan knows that beforehand.
    const few = others.length < MOST_MARKS_NAMED;
    const anew = q !== undefined || filter === 'upcoming' || filter === 'future' || !few;
    query = workedOnLong(anew ? plannedEachTime(text) : statement(name, text));
    if (few) LISTS.set(name, query);
  }
  return { query, values };
}

function walked(conditions: readonly string[]): string {
  return `SELECT ${SHOWN_IN_LISTS} FROM polls.events e
    WHERE ${['e.organization_id = $1', ...conditions].join(' AND ')}
    ORDER BY e.created_at DESC, e.id DESC LIMIT $2 OFFSET $3`;
}

function drivenBy(
  { kind, wanted }: { readonly kind: MarkKind; readonly wanted: string },
  conditions: readonly string[],
  looksAtEvents: boolean,
): string {
  const events = 'JOIN polls.events e ON e.organization_id = m.organization_id AND e.id = m.event_id';
  return `SELECT ${SHOWN_IN_LISTS} FROM (
      SELECT DISTINCT found.created_at, found.event_id FROM unnest(${wanted}::text[]) AS w(value)
       CROSS JOIN LATERAL (
         SELECT m.created_at, m.event_id FROM polls.event_marks m ${looksAtEvents ? events : ''}
          WHERE ${[`m.organization_id = $1 AND m.kind = '${kind}' AND m.value = w.value`, ...conditions].join(' AND ')}
          ORDER BY m.created_at DESC, m.event_id DESC LIMIT $2::bigint + $3::bigint) found
       ORDER BY found.created_at DESC, found.event_id DESC LIMIT $2 OFFSET $3) page
    JOIN polls.events e ON e.organization_id = $1 AND e.id = page.event_id
    ORDER BY e.created_at DESC, e.id DESC`;
}
