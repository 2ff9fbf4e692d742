import type { Instant } from '../../../core/instant.js';
import type { Page } from '../../../core/page.js';
import { batchedRead } from '../../../database/batched-read.js';
import { statement, workedOnLong, type Statement } from '../../../database/statement.js';
import { pageSizeFor } from '../../../database/kept-page.js';
import { StatementRepository } from '../../../database/statement-repository.js';
import {
  EVENT_COLUMNS,
  HOLD_COLUMNS,
  HOLD_DETAIL,
  inviteesOf,
  type SkippedRow,
  type SpaceEventRow,
} from './space-event.columns.js';
import { SpaceEvent } from './space-event.entity.js';
import type { CreationType } from './space-event.fields.js';
import type { EventRef } from './space-event.id.js';
import { eventsOf, OF_USER, PAGE_OF, type Bounds, type ListVariant } from './space-event.pages.js';
import { EVENT_INCLUDED, HOLD_INCLUDED, type EventIncludes, type EventView } from './space-event.includes.js';
import { holdsInWindow } from './space-hold.columns.js';

/** What the events of a list belong to. */
export type EventScope = 'space' | 'location' | 'user';

/** Events that end after `after` and start before `before`. */
export interface EventWindow {
  readonly after?: Instant | undefined;
  readonly before?: Instant | undefined;
}

/** Filters of a list; an undefined filter does not apply. */
export interface EventFilters extends EventWindow {
  readonly creation_types?: readonly CreationType[] | undefined;
}

/** An event as it is read, with what was asked for beside it. */
export type IncludingEventRow = SpaceEventRow & EventIncludes;

const find = (name: string, included: string): Statement<IncludingEventRow> =>
  statement(
    name,
    `SELECT ${EVENT_COLUMNS}, ${inviteesOf('spaces.invitees')}${included}
       FROM spaces.events e WHERE e.organization_id = :organization_id AND e.id = :event_id AND e.series_id IS NULL`,
  );
const FIND = find('spaces.event.find', '');
const FIND_INCLUDING = find('spaces.event.find.including', EVENT_INCLUDED);

const findOccurrence = (name: string, included: string): Statement<IncludingEventRow> =>
  statement(
    name,
    `SELECT ${HOLD_COLUMNS}, ${inviteesOf('spaces.invitees')}${included}
       FROM spaces.holds h JOIN ${HOLD_DETAIL}
      WHERE h.organization_id = :organization_id AND h.event_id = :event_id AND h.original_start = :original_start
        AND h.status <> 'cancelled' AND (e.recurrence IS NOT NULL OR e.series_id IS NOT NULL)`,
  );
const FIND_OCCURRENCE = findOccurrence('spaces.event.find_occurrence', '');
const FIND_OCCURRENCE_INCLUDING = findOccurrence('spaces.event.find_occurrence.including', HOLD_INCLUDED);

const LIST_SKIPPED = statement<SkippedRow>(
  'spaces.event.list_skipped',
  `SELECT original_start, starts_at, ends_at FROM spaces.holds
    WHERE organization_id = :organization_id AND event_id = :event_id AND status = 'skipped' ORDER BY original_start`,
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
         FROM ${holdsInWindow({ organization: 'input.organization_id', space: 'input.space_id', after: 'input.after', before: 'input.before' })}
         JOIN ${HOLD_DETAIL}
        ORDER BY h.ends_at LIMIT input.rows OFFSET input.skipped) shown
    ORDER BY input.n, shown.ends_at`,
  MAX_WINDOWS,
);

const EXISTS: Readonly<Record<EventScope, Statement<{ id: number }>>> = {
  space: statement(
    'spaces.space.exists',
    `SELECT id FROM spaces.spaces WHERE organization_id = :organization_id AND id = :id`,
  ),
  location: statement(
    'spaces.location.exists',
    `SELECT id FROM spaces.locations WHERE organization_id = :organization_id AND id = :id`,
  ),
  user: statement(
    'spaces.user.exists',
    `SELECT id FROM tenancy.members WHERE organization_id = :organization_id AND id = :id`,
  ),
};

const recent = (
  name: string,
  from: string,
  order: string,
  isIncluding: boolean,
): Statement<IncludingEventRow> => {
  const page = `SELECT h.* FROM ${from} AND h.status = 'confirmed' AND h.ends_at <= :now
     ORDER BY ${order} LIMIT :limit OFFSET :offset`;
  return statement(isIncluding ? `${name}.including` : name, eventsOf(page, order, isIncluding));
};

const recentOf = (
  isIncluding: boolean,
): Readonly<Record<'space' | 'user', Statement<IncludingEventRow>>> => ({
  space: recent(
    'spaces.event.recent',
    'spaces.holds h WHERE h.organization_id = :organization_id AND h.space_id = :id',
    'h.ends_at DESC',
    isIncluding,
  ),
  user: recent(
    'spaces.event.recent.user',
    `${OF_USER} WHERE true`,
    'h.ends_at DESC, h.event_id DESC',
    isIncluding,
  ),
});
const RECENT = recentOf(false);
const RECENT_INCLUDING = recentOf(true);

/** Reads events; every statement is restricted to one organization. */
export class SpaceEventsRepository extends StatementRepository<SpaceEvent> {
  static readonly entity = SpaceEvent;

  /** Finds a single event or a master, or an occurrence if `originalStart` is given. */
  findEvent(
    organization_id: number,
    { eventId: event_id, originalStart: original_start }: EventRef,
    view: EventView | undefined = undefined,
  ): Promise<IncludingEventRow | undefined> {
    if (view !== undefined && view.include.length > 0) {
      return original_start === undefined
        ? this.one(FIND_INCLUDING, { organization_id, event_id, ...view })
        : this.one(FIND_OCCURRENCE_INCLUDING, { organization_id, event_id, original_start, ...view });
    }
    return original_start === undefined
      ? this.one(FIND, { organization_id, event_id })
      : this.one(FIND_OCCURRENCE, { organization_id, event_id, original_start });
  }

  /** Skipped occurrences of a series. */
  listSkipped(organization_id: number, event_id: number): Promise<SkippedRow[]> {
    return this.all(LIST_SKIPPED, { organization_id, event_id });
  }

  list(
    organization_id: number,
    scope: EventScope,
    id: number,
    filters: EventFilters,
    page: Page,
    view: EventView,
  ): Promise<IncludingEventRow[]> {
    const { after, before, creation_types } = filters;
    const isIncluding = view.include.length > 0;
    const isPlain = creation_types === undefined && !isIncluding;
    if (scope === 'space' && after !== undefined && before !== undefined && isPlain)
      return this.readBatched(LIST_WINDOW, [organization_id, id, page.limit, page.offset, after, before]);
    const values = { organization_id, id, after, before, creation_types, ...page, ...view };
    return this.all(listStatement(scope, filters, page, isIncluding), values);
  }

  /** Events that have ended, the most recent first. */
  listRecent(
    organization_id: number,
    scope: keyof typeof RECENT,
    id: number,
    page: Page,
    view: EventView,
  ): Promise<IncludingEventRow[]> {
    const recently = (view.include.length > 0 ? RECENT_INCLUDING : RECENT)[scope];
    return this.all(recently, { organization_id, id, ...page, ...view });
  }

  async scopeExists(organization_id: number, scope: EventScope, id: number): Promise<boolean> {
    return (await this.one(EXISTS[scope], { organization_id, id })) !== undefined;
  }
}

/** Most rows of a space's page, see `kept-page.ts`. */
const PAGE_SIZES = [20, 200];

/** One statement per combination of filters, so that each has its own plan. */
const LISTS = new Map<string, Statement<IncludingEventRow>>();

function boundsOf({ after, before }: EventWindow): Bounds {
  if (after === undefined) return before === undefined ? 'all' : 'before';
  return before === undefined ? 'after' : 'window';
}

function listStatement(
  scope: EventScope,
  filters: EventFilters,
  { limit }: Page,
  isIncluding: boolean,
): Statement<IncludingEventRow> {
  const most = pageSizeFor(limit, PAGE_SIZES);
  const bounds = boundsOf(filters);
  const isFiltered = filters.creation_types !== undefined;
  const variant: ListVariant = scope === 'user' && bounds !== 'window' ? 'user.open' : scope;
  const name = [
    'spaces.event.list',
    variant,
    ...(bounds === 'all' ? [] : [bounds]),
    ...(isFiltered ? ['by_creation'] : []),
    ...(isIncluding ? ['including'] : []),
    ...(scope === 'space' ? [most] : []),
  ].join('.');
  const known = LISTS.get(name);
  if (known !== undefined) return known;
  const condition = isFiltered ? 'AND e.creation_type = ANY (:creation_types::text[])' : '';
  const page = PAGE_OF[variant](
    bounds,
    isFiltered || variant === 'user' ? `JOIN ${HOLD_DETAIL} ${condition}` : '',
    most,
  );
  const order = scope === 'space' ? 'h.ends_at' : 'h.starts_at, h.event_id';
  const text = `${eventsOf(page, order, isIncluding)} LIMIT :limit`;
  const made = workedOnLong(statement<IncludingEventRow>(name, text));
  LISTS.set(name, made);
  return made;
}
