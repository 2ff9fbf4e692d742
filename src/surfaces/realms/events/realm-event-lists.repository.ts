import { batchedRead, type BatchedRead } from '../../../database/batched-read.js';
import { StatementRepository } from '../../../database/statement-repository.js';
import type { RealmName } from '../catalogue/realm-collection.js';
import { rightsQuery } from '../catalogue/realm-rights.js';
import type { RealmScope } from '../catalogue/realm-scope.js';
import { calendarColumn, perRealm, SCOPE_TYPES } from '../catalogue/realm-statement.js';
import type { Slice } from '../representation/realm-pagination.js';
import type { Day } from './realm-day.js';
import { RealmEvent } from './realm-event.entity.js';
import { eventColumns, type RealmEventRow } from './realm-events.repository.js';

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

const PAGE_TYPES = {
  ...SCOPE_TYPES,
  with_links: 'boolean',
  row_limit: 'integer',
  row_offset: 'bigint',
} as const;

const list = (realm: RealmName, filter: string): string => `
  SELECT input.n, rights.may_see, whole.total,
         ${eventColumns({
           realm: `'${realm}'`,
           realmId: 'rights.id',
           mayWrite: 'rights.may_write',
           belongs: 'rights.belongs',
           memberId: 'input.member_id',
           links: 'CASE WHEN input.with_links THEN e.attached_links END',
         })}
    FROM {input}
   CROSS JOIN LATERAL (${rightsQuery(realm, 'input.')}) rights
   CROSS JOIN LATERAL (
     SELECT count(*)::integer AS total FROM realms.events e
      WHERE e.organization_id = input.organization_id AND e.${calendarColumn(realm)} = input.realm_id ${filter}) whole
    LEFT JOIN LATERAL (
     SELECT e.* FROM realms.events e
      WHERE e.organization_id = input.organization_id AND e.${calendarColumn(realm)} = input.realm_id
        AND rights.may_see ${filter}
      ORDER BY e.starts_at, e.id LIMIT input.row_limit OFFSET input.row_offset) e ON true
   ORDER BY input.n, e.starts_at, e.id`;

/** Pages per statement, so that the pages of one are written while the next one runs. */
const MAX_PAGES = 8;

const LIST = perRealm((realm): BatchedRead<PageRow> =>
  batchedRead(`realms.event.page.${realm}`, PAGE_TYPES, list(realm, ''), MAX_PAGES),
);

const LIST_DAYS = perRealm((realm): BatchedRead<PageRow> =>
  batchedRead(
    `realms.event.page.days.${realm}`,
    { ...PAGE_TYPES, first: 'date', last: 'date' },
    list(realm, `AND ${overlapCondition('input.first', 'input.last')}`),
    MAX_PAGES,
  ),
);

/** Pages of one calendar. */
export class RealmEventListsRepository extends StatementRepository<RealmEvent> {
  static readonly entity = RealmEvent;

  /** One page, sorted by start and id; `undefined` if there is no such realm. */
  async list(
    { realm, organization_id, realm_id, member_id, is_admin }: RealmScope,
    { start, limit }: Slice,
    withLinks: boolean,
    days?: DayRange,
  ): Promise<RealmEventPage | undefined> {
    const key = [organization_id, realm_id, member_id, is_admin, withLinks, limit, start];
    return pageOf(
      days === undefined
        ? await this.readBatched(LIST(realm), key)
        : await this.readBatched(LIST_DAYS(realm), [...key, days.first, days.last]),
    );
  }
}

export function pageOf(rows: readonly PageRow[]): RealmEventPage | undefined {
  const [first] = rows;
  if (first === undefined) return undefined;
  const { may_see, total } = first;
  return { may_see, total, events: first.id === null ? [] : (rows as readonly (PageRow & RealmEventRow)[]) };
}
