import type { Instant } from '../../../core/instant.js';
import type { Page } from '../../../core/page.js';
import {
  plannedEachTime,
  statement,
  workedOnLong,
  type Statement,
  type StatementValues,
} from '../../../database/statement.js';
import { StatementRepository } from '../../../database/statement-repository.js';
import { PollEvent } from './poll-event.entity.js';
import type { SearchKeyKind } from './poll-event.search-keys.js';
import type { PollEventView } from './poll-event.writer.js';
import { LIST_COLUMNS } from './poll-events.repository.js';

export interface PollEventFilter {
  readonly filter?: 'confirmed' | 'upcoming' | 'future' | undefined;
  /** Regular expression on the title. */
  readonly q?: string | undefined;
  /** The team through which they were made. */
  readonly teamId?: string | undefined;
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
  confirmed: 'e.confirmed_flag',
  upcoming: 'e.ahead_until > :now::timestamptz AND e.cancelled_at IS NULL',
  future: 'e.ahead_until > :now::timestamptz',
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
  readonly values: StatementValues;
}

/** Queries lists of events, newest first. */
export class PollEventListsRepository extends StatementRepository<PollEvent> {
  static readonly entity = PollEvent;

  list(organizationId: number, filter: PollEventFilter, now: Instant, page: Page): Promise<PollEventView[]> {
    const { query, values } = listStatement(organizationId, filter, now, page);
    return filter.q === undefined
      ? this.all(query, values)
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
  organization_id: number,
  { filter, q, teamId: team_id, searchKeys }: PollEventFilter,
  now: Instant,
  page: Page,
): ListQuery {
  const keys = searchKeys
    .flatMap(({ kind, match, values }) =>
      match === 'any' ? [{ kind, accepted: values }] : values.map((value) => ({ kind, accepted: [value] })),
    )
    .sort(
      (left, right) => MOST_SELECTIVE_FIRST.indexOf(left.kind) - MOST_SELECTIVE_FIRST.indexOf(right.kind),
    );
  const accepted = Object.fromEntries(keys.map((key, index) => [`accepted_${index}`, key.accepted]));
  const query = listQuery(
    { filter, hasExpression: q !== undefined, ofTeam: team_id !== undefined },
    keys.map(({ kind }) => kind),
  );
  return { query, values: { organization_id, now, q, team_id, ...page, ...accepted } };
}

/** The statement for a combination of filters. The search keys of `kinds[0]` drive it; their values are `:accepted_0`. */
function listQuery(
  {
    filter,
    hasExpression,
    ofTeam,
  }: {
    readonly filter: PollEventFilter['filter'];
    readonly hasExpression: boolean;
    readonly ofTeam: boolean;
  },
  kinds: readonly SearchKeyKind[],
): Statement<PollEventView> {
  const name = [
    'polls.event.list',
    filter,
    hasExpression ? 'q' : undefined,
    ofTeam ? 'team' : undefined,
    ...kinds,
  ]
    .filter((part) => part !== undefined)
    .join(' ');
  const known = NAMED_STATEMENTS.get(name);
  if (known !== undefined) return known;
  const conditions = [
    ...(filter === undefined ? [] : [STATES[filter]]),
    ...(hasExpression ? ['e.title ~* :q'] : []),
    ...(ofTeam ? ['e.team_id = :team_id'] : []),
  ];
  const [driver, ...others] = kinds;
  const text =
    driver === undefined
      ? scanEvents(conditions)
      : scanSearchKeys(driver, [...conditions, ...others.map(hasSearchKey)], conditions.length > 0);
  // The best plan depends on the number of future events, which a generic plan cannot know.
  const isNamed = others.length < MAX_NAMED_SEARCH_KEYS;
  const replan = hasExpression || filter === 'upcoming' || filter === 'future' || !isNamed;
  const query = workedOnLong<PollEventView>(replan ? plannedEachTime(text) : statement(name, text));
  if (isNamed) NAMED_STATEMENTS.set(name, query);
  return query;
}

function scanEvents(conditions: readonly string[]): string {
  return `SELECT ${LIST_COLUMNS} FROM polls.events e
    WHERE ${['e.organization_id = :organization_id', ...conditions].join(' AND ')}
    ORDER BY e.created_at DESC, e.id DESC LIMIT :limit OFFSET :offset`;
}

/** The condition of a search key that does not drive the query. */
function hasSearchKey(kind: SearchKeyKind, index: number): string {
  return `EXISTS (SELECT FROM polls.event_marks x
      WHERE x.organization_id = :organization_id AND x.kind = '${kind}' AND x.value = ANY(:accepted_${index + 1}::text[])
        AND x.created_at = m.created_at AND x.event_id = m.event_id)`;
}

function scanSearchKeys(driver: SearchKeyKind, conditions: readonly string[], joinsEvents: boolean): string {
  const events = 'JOIN polls.events e ON e.organization_id = m.organization_id AND e.id = m.event_id';
  const key = `m.organization_id = :organization_id AND m.kind = '${driver}' AND m.value = w.value`;
  return `SELECT ${LIST_COLUMNS} FROM (
      SELECT DISTINCT found.created_at, found.event_id FROM unnest(:accepted_0::text[]) AS w(value)
       CROSS JOIN LATERAL (
         SELECT m.created_at, m.event_id FROM polls.event_marks m ${joinsEvents ? events : ''}
          WHERE ${[key, ...conditions].join(' AND ')}
          ORDER BY m.created_at DESC, m.event_id DESC LIMIT :limit::bigint + :offset::bigint) found
       ORDER BY found.created_at DESC, found.event_id DESC LIMIT :limit OFFSET :offset) page
    JOIN polls.events e ON e.organization_id = :organization_id AND e.id = page.event_id
    ORDER BY e.created_at DESC, e.id DESC`;
}
