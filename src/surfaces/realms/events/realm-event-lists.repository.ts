import { Injectable } from '@nestjs/common';
import { batchedRead, type BatchedRead } from '../../../database/batched-read.js';
import { Database } from '../../../database/database.js';
import type { RealmName } from '../catalogue/realm-collection.js';
import type { Day } from './realm-day.js';
import { eventColumns, type RealmEventRow } from './realm-events.repository.js';
import type { Slice } from '../representation/realm-page.js';
import {
  ASKED,
  ASKED_PLACE,
  forEachRealm,
  placeColumn,
  placeQuery,
  placeValues,
  type Place,
} from '../catalogue/realm-place.repository.js';

export interface DayRange {
  readonly first: Day;
  readonly last: Day;
}

export interface RealmEventPage {
  readonly may_see: boolean;
  readonly total: number;
  readonly events: readonly RealmEventRow[];
}

/** One event of a page, or a page without any. */
export type PageRow = Pick<RealmEventPage, 'may_see' | 'total'> & (RealmEventRow | { readonly id: null });

/**
 * Whether an event shares time with whole days, both ends included: an all-day event takes all of its days; any
 * other that ends at midnight does not reach into the day that begins there.
 */
export function overlapCondition(first: string, last: string): string {
  return `e.starts_at < ${last}::date + 1
    AND CASE WHEN e.all_day THEN coalesce(e.ends_at, e.starts_at)::date >= ${first}::date
             ELSE coalesce(e.ends_at, e.starts_at) > ${first}::date OR e.starts_at >= ${first}::date END`;
}

const ASKED_SLICE = { with_links: 'boolean', rows: 'integer', skipped: 'bigint' } as const;

const list = (realm: RealmName, filter: string): string => `
  SELECT asked.n, p.may_see, whole.total,
         ${eventColumns(`'${realm}'`, 'p.id', 'p.may_write', {
           asker: ASKED.member,
           links: 'CASE WHEN asked.with_links THEN e.attached_links END',
         })}
    FROM {asked}
   CROSS JOIN LATERAL (${placeQuery(realm, ASKED)}) p
   CROSS JOIN LATERAL (
     SELECT count(*)::integer AS total FROM realms.events e
      WHERE e.organization_id = asked.organization_id AND e.${placeColumn(realm)} = asked.realm_id ${filter}) whole
    LEFT JOIN LATERAL (
     SELECT e.* FROM realms.events e
      WHERE e.organization_id = asked.organization_id AND e.${placeColumn(realm)} = asked.realm_id AND p.may_see ${filter}
      ORDER BY e.starts_at, e.id LIMIT asked.rows OFFSET asked.skipped) e ON true
   ORDER BY asked.n, e.starts_at, e.id`;

/** Pages that one statement reads; while it works on them, those of the one before are written. */
const MOST_PAGES = 8;

const LIST = forEachRealm((realm): BatchedRead<PageRow> =>
  batchedRead(`realms.event.page.${realm}`, { ...ASKED_PLACE, ...ASKED_SLICE }, list(realm, ''), MOST_PAGES),
);

const LIST_DAYS = forEachRealm((realm): BatchedRead<PageRow> =>
  batchedRead(
    `realms.event.page.days.${realm}`,
    { ...ASKED_PLACE, ...ASKED_SLICE, first: 'date', last: 'date' },
    list(realm, `AND ${overlapCondition('asked.first', 'asked.last')}`),
    MOST_PAGES,
  ),
);

/** Pages of the events of a calendar. */
@Injectable()
export class RealmEventListsRepository {
  constructor(private readonly database: Database) {}

  /** One page, sorted by start and id; nothing where there is no such realm. */
  async list(
    place: Place,
    { start, limit }: Slice,
    withLinks: boolean,
    days?: DayRange,
  ): Promise<RealmEventPage | undefined> {
    const key = [...placeValues(place), withLinks, limit, start];
    return pageIn(
      days === undefined
        ? await this.database.readBatched(LIST(place.realm), key)
        : await this.database.readBatched(LIST_DAYS(place.realm), [...key, days.first, days.last]),
    );
  }
}

/** What the rows of a page say together. */
export function pageIn(rows: readonly PageRow[]): RealmEventPage | undefined {
  const [first] = rows;
  if (first === undefined) return undefined;
  const { may_see, total } = first;
  return { may_see, total, events: first.id === null ? [] : (rows as readonly (PageRow & RealmEventRow)[]) };
}
