import { Injectable } from '@nestjs/common';
import { batchedRead, type BatchedRead } from '../../../database/batched-read.js';
import { Database } from '../../../database/database.js';
import type { RealmName } from '../catalogue/realm-collection.js';
import type { Day } from './realm-day.js';
import { eventColumns, type RealmEventRow } from './realm-events.repository.js';
import type { Slice } from '../representation/realm-pagination.js';
import {
  BATCHED_SCOPE,
  SCOPE_TYPES,
  oncePerRealm,
  calendarColumn,
  rightsQuery,
  scopeValues,
  type RealmScope,
} from '../catalogue/realm-rights.js';

export interface DayRange {
  readonly first: Day;
  readonly last: Day;
}

export interface RealmEventPage {
  readonly may_see: boolean;
  readonly total: number;
  readonly events: readonly RealmEventRow[];
}

/** An event with the page's totals; `id` is `null` for an empty page. */
export type PageRow = Pick<RealmEventPage, 'may_see' | 'total'> & (RealmEventRow | { readonly id: null });

/**
 * Whether an event overlaps a range of days, both included. An all-day event takes all of its days; another event
 * that ends at midnight does not overlap the following day.
 */
export function overlapCondition(first: string, last: string): string {
  return `e.starts_at < ${last}::date + 1
    AND CASE WHEN e.all_day THEN coalesce(e.ends_at, e.starts_at)::date >= ${first}::date
             ELSE coalesce(e.ends_at, e.starts_at) > ${first}::date OR e.starts_at >= ${first}::date END`;
}

const SLICE_TYPES = { with_links: 'boolean', rows: 'integer', skipped: 'bigint' } as const;

const list = (realm: RealmName, filter: string): string => `
  SELECT input.n, p.may_see, whole.total,
         ${eventColumns(`'${realm}'`, 'p.id', 'p.may_write', {
           callerId: BATCHED_SCOPE.member,
           links: 'CASE WHEN input.with_links THEN e.attached_links END',
         })}
    FROM {input}
   CROSS JOIN LATERAL (${rightsQuery(realm, BATCHED_SCOPE)}) p
   CROSS JOIN LATERAL (
     SELECT count(*)::integer AS total FROM realms.events e
      WHERE e.organization_id = input.organization_id AND e.${calendarColumn(realm)} = input.realm_id ${filter}) whole
    LEFT JOIN LATERAL (
     SELECT e.* FROM realms.events e
      WHERE e.organization_id = input.organization_id AND e.${calendarColumn(realm)} = input.realm_id AND p.may_see ${filter}
      ORDER BY e.starts_at, e.id LIMIT input.rows OFFSET input.skipped) e ON true
   ORDER BY input.n, e.starts_at, e.id`;

/** Pages per statement, so that the pages of one are written while the next one runs. */
const MAX_PAGES = 8;

const LIST = oncePerRealm((realm): BatchedRead<PageRow> =>
  batchedRead(`realms.event.page.${realm}`, { ...SCOPE_TYPES, ...SLICE_TYPES }, list(realm, ''), MAX_PAGES),
);

const LIST_DAYS = oncePerRealm((realm): BatchedRead<PageRow> =>
  batchedRead(
    `realms.event.page.days.${realm}`,
    { ...SCOPE_TYPES, ...SLICE_TYPES, first: 'date', last: 'date' },
    list(realm, `AND ${overlapCondition('input.first', 'input.last')}`),
    MAX_PAGES,
  ),
);

@Injectable()
export class RealmEventListsRepository {
  constructor(private readonly database: Database) {}

  /** One page, sorted by start and id; `undefined` if there is no such realm. */
  async list(
    scope: RealmScope,
    { start, limit }: Slice,
    withLinks: boolean,
    days?: DayRange,
  ): Promise<RealmEventPage | undefined> {
    const key = [...scopeValues(scope), withLinks, limit, start];
    return pageIn(
      days === undefined
        ? await this.database.readBatched(LIST(scope.realm), key)
        : await this.database.readBatched(LIST_DAYS(scope.realm), [...key, days.first, days.last]),
    );
  }
}

export function pageIn(rows: readonly PageRow[]): RealmEventPage | undefined {
  const [first] = rows;
  if (first === undefined) return undefined;
  const { may_see, total } = first;
  return { may_see, total, events: first.id === null ? [] : (rows as readonly (PageRow & RealmEventRow)[]) };
}
