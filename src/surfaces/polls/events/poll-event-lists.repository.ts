import { Injectable } from '@nestjs/common';
import type { Instant } from '../../../core/instant.js';
import type { Page } from '../../../core/page.js';
import { Database } from '../../../database/database.js';
import { plannedEachTime, statement, workedOnLong, type Statement } from '../../../database/statement.js';
import type { SearchKeyKind } from './poll-event.search-keys.js';
import type { PollEventView } from './poll-event.writer.js';
import { LIST_COLUMNS } from './poll-events.repository.js';

export interface PollEventFilter {
  readonly filter?: 'confirmed' | 'upcoming' | 'future' | undefined;
  /** Regular expression on the title. */
  readonly q?: string | undefined;
  /** All of these have to match. */
  readonly searchKeys: readonly SearchKeyFilter[];
}

/** Matches events with `any` or `all` of the values. */
export interface SearchKeyFilter {
  readonly kind: SearchKeyKind;
  readonly match: 'any' | 'all';
  readonly values: readonly string[];
}

const STATES = {
  confirmed: () => 'e.confirmed_flag',
  upcoming: (now: string) => `e.ahead_until > ${now} AND e.cancelled_at IS NULL`,
  future: (now: string) => `e.ahead_until > ${now}`,
} as const;

/** Kinds of search keys, the most selective first. */
const MOST_SELECTIVE_FIRST: readonly SearchKeyKind[] = [
  'invitee',
  'invitee email',
  'group',
  'creator',
  'creator email',
  'app',
];

interface ListQuery {
  readonly query: Statement<PollEventView>;
  readonly values: readonly unknown[];
}

/** Queries lists of events, newest first. */
@Injectable()
export class PollEventListsRepository {
  constructor(private readonly database: Database) {}

  list(organizationId: number, filter: PollEventFilter, now: Instant, page: Page): Promise<PollEventView[]> {
    const { query, values } = listStatement(organizationId, filter, now, page);
    return filter.q === undefined
      ? this.database.all(query, values)
      : this.database.search(query, values, organizationId);
  }
}

/**
 * Only queries with at most this many search keys become prepared statements, which limits their number. Others are
 * planned on each execution.
 */
const MAX_NAMED_SEARCH_KEYS = 4;

/** Prepared statements by name, one per combination of filters; a few hundred at most. */
const NAMED_STATEMENTS = new Map<string, Statement<PollEventView>>();

/**
 * Without search keys, events are scanned newest first. With search keys, the most selective kind drives the query:
 * each of its values is scanned newest first on the primary key of `polls.event_marks`, up to the end of the page,
 * and the other conditions filter that scan.
 */
export function listStatement(
  organizationId: number,
  { filter, q, searchKeys }: PollEventFilter,
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
  const [driver, ...others] = searchKeys
    .flatMap(({ kind, match, values: accepted }) =>
      match === 'any' ? [{ kind, accepted }] : accepted.map((value) => ({ kind, accepted: [value] })),
    )
    .sort(
      (left, right) => MOST_SELECTIVE_FIRST.indexOf(left.kind) - MOST_SELECTIVE_FIRST.indexOf(right.kind),
    );
  const driving = driver && { kind: driver.kind, accepted: bind(driver.accepted) };
  if (driving !== undefined) names.push(driving.kind);
  for (const { kind, accepted } of others) {
    conditions.push(`EXISTS (SELECT FROM polls.event_marks x
      WHERE x.organization_id = $1 AND x.kind = '${kind}' AND x.value = ANY(${bind(accepted)}::text[])
        AND x.created_at = m.created_at AND x.event_id = m.event_id)`);
    names.push(kind);
  }
  const name = names.join(' ');
  let query = NAMED_STATEMENTS.get(name);
  if (query === undefined) {
    const joinsEvents = filter !== undefined || q !== undefined;
    const text =
      driving === undefined ? scanEvents(conditions) : scanSearchKeys(driving, conditions, joinsEvents);
    // The best plan depends on the number of future events, which a generic plan cannot know.
    const isNamed = others.length < MAX_NAMED_SEARCH_KEYS;
    const replan = q !== undefined || filter === 'upcoming' || filter === 'future' || !isNamed;
    query = workedOnLong(replan ? plannedEachTime(text) : statement(name, text));
    if (isNamed) NAMED_STATEMENTS.set(name, query);
  }
  return { query, values };
}

function scanEvents(conditions: readonly string[]): string {
  return `SELECT ${LIST_COLUMNS} FROM polls.events e
    WHERE ${['e.organization_id = $1', ...conditions].join(' AND ')}
    ORDER BY e.created_at DESC, e.id DESC LIMIT $2 OFFSET $3`;
}

function scanSearchKeys(
  { kind, accepted }: { readonly kind: SearchKeyKind; readonly accepted: string },
  conditions: readonly string[],
  joinsEvents: boolean,
): string {
  const events = 'JOIN polls.events e ON e.organization_id = m.organization_id AND e.id = m.event_id';
  return `SELECT ${LIST_COLUMNS} FROM (
      SELECT DISTINCT found.created_at, found.event_id FROM unnest(${accepted}::text[]) AS w(value)
       CROSS JOIN LATERAL (
         SELECT m.created_at, m.event_id FROM polls.event_marks m ${joinsEvents ? events : ''}
          WHERE ${[`m.organization_id = $1 AND m.kind = '${kind}' AND m.value = w.value`, ...conditions].join(' AND ')}
          ORDER BY m.created_at DESC, m.event_id DESC LIMIT $2::bigint + $3::bigint) found
       ORDER BY found.created_at DESC, found.event_id DESC LIMIT $2 OFFSET $3) page
    JOIN polls.events e ON e.organization_id = $1 AND e.id = page.event_id
    ORDER BY e.created_at DESC, e.id DESC`;
}
