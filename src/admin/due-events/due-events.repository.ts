import { Failure, invalidField } from '../../core/failure.js';
import type { Instant } from '../../core/instant.js';
import { parseId } from '../../core/integer.js';
import type { Page } from '../../core/page.js';
import type { WallClock } from '../../core/wall-clock.js';
import { setFromJson } from '../../database/columns.js';
import { whenRefused } from '../../database/failures.js';
import { statement } from '../../database/statement.js';
import { StatementRepository } from '../../database/statement-repository.js';
import { RealmEvent } from '../../surfaces/realms/events/realm-event.entity.js';
import type { RowPage } from '../admin.repository.js';
import type { CalendarKind, DueEventType } from './due-events.dto.js';

/** What a client sets after creation. */
type DueEventFields = Readonly<Pick<RealmEvent, 'title' | 'description' | 'all_day'>> & {
  readonly type: DueEventType;
  readonly start: WallClock;
  readonly end: WallClock | null;
};

/** A read-only calendar entry of a realm, as returned by all statements below. */
export type DueEventRow = DueEventFields &
  Readonly<Pick<RealmEvent, 'id' | 'created_at' | 'updated_at'>> & {
    readonly kind: CalendarKind;
    readonly realm_id: number;
    readonly creator: string | null;
  };

export type DueEventDraft = DueEventFields &
  Readonly<Pick<RealmEvent, 'creator_id'>> & { readonly kind: CalendarKind; readonly realm_id: number };

/** `undefined` leaves a field unchanged; `null` clears it. */
export type DueEventChange = {
  readonly [Field in Exclude<keyof DueEventDraft, 'kind' | 'realm_id'>]: DueEventDraft[Field] | undefined;
};

// Timestamps are passed as text in both directions: `pg` would convert them to a Date in the local time zone.
const wallClock = (column: string): string => `to_char(${column}, 'YYYY-MM-DD HH24:MI:SS')`;

const COLUMNS = `e.id, coalesce(r.kind, 'user') AS kind, coalesce(e.realm_id, e.user_id) AS realm_id, e.type, e.title,
  ${wallClock('e.starts_at')} AS start, ${wallClock('e.ends_at')} AS "end", e.description, e.all_day,
  c.email::text AS creator, e.created_at, e.updated_at`;

const AROUND = `LEFT JOIN realms.realms r ON r.organization_id = e.organization_id AND r.id = e.realm_id
  LEFT JOIN tenancy.members c ON c.organization_id = e.organization_id AND c.id = e.creator_id`;

/** Events of type `event` are managed through the product's own API. */
const DUE = `type IN ('assignment', 'discussion')`;

const FIND = statement<DueEventRow>(
  'admin.due_event.find',
  `SELECT ${COLUMNS} FROM realms.events e ${AROUND} WHERE e.organization_id = :organization_id AND e.id = :id AND ${DUE}`,
);

const PAGE = statement<DueEventRow>(
  'admin.due_event.page',
  `SELECT ${COLUMNS} FROM realms.events e ${AROUND} WHERE e.organization_id = :organization_id AND ${DUE}
    ORDER BY e.id LIMIT :limit OFFSET :offset`,
);

const COUNT = statement<{ total: number }>(
  'admin.due_event.count',
  `SELECT count(*)::integer AS total FROM realms.events WHERE organization_id = :organization_id AND ${DUE}`,
);

// If the realm does not exist, realm_id and user_id are both null, which violates ck_events_one_calendar.
const CREATE = statement<DueEventRow>(
  'admin.due_event.create',
  `WITH e AS (
     INSERT INTO realms.events
       (organization_id, realm_id, user_id, creator_id, type, title, description, starts_at, ends_at, has_end, all_day,
        rsvp, comments_enabled, created_at, updated_at)
     VALUES (:organization_id,
             (SELECT id FROM realms.realms WHERE organization_id = :organization_id AND id = :realm_id AND kind = :kind),
             (SELECT id FROM tenancy.members
               WHERE organization_id = :organization_id AND id = :realm_id AND :kind = 'user'),
             :creator_id, :type, :title, :description, :start, :end::timestamp, :end::timestamp IS NOT NULL, :all_day,
             0, false, :now, :now)
     RETURNING *)
   SELECT ${COLUMNS} FROM e ${AROUND}`,
);

const CHANGEABLE = [
  'type',
  'title',
  'starts_at',
  'ends_at',
  'has_end',
  'description',
  'all_day',
  'creator_id',
  'updated_at',
] as const;

const CHANGE = statement<DueEventRow>(
  'admin.due_event.change',
  `WITH e AS (
     UPDATE realms.events old SET ${setFromJson(RealmEvent, CHANGEABLE)}
     WHERE organization_id = :organization_id AND id = :id AND ${DUE}
     RETURNING *)
   SELECT ${COLUMNS} FROM e ${AROUND}`,
);

const DELETE = statement<{ id: number }>(
  'admin.due_event.delete',
  `DELETE FROM realms.events WHERE organization_id = :organization_id AND id = :id AND ${DUE} RETURNING id`,
);

const REFUSALS = {
  ck_events_one_calendar: () =>
    invalidField('realm_id', 'realm_id is no realm of this kind in this organization'),
  ck_events_ends_after_start: () => invalidField('end', 'end must not be before start'),
  fk_events_creator: () => invalidField('creator', 'creator is no member of this organization'),
  fk_events_organization: () => new Failure('not-found', 'There is no such organization.'),
};

const notFound = (): Failure => new Failure('not-found', 'There is no such due event.');

/** Assignments and discussions in realm calendars. They are read-only for clients of the product. */
export class DueEventsRepository extends StatementRepository<RealmEvent> {
  static readonly entity = RealmEvent;

  async findEvent(organization_id: number, id: string): Promise<DueEventRow> {
    return found(await this.one(FIND, { organization_id, id: parseId(id) }));
  }

  async findPage(organization_id: number, page: Page): Promise<RowPage<DueEventRow>> {
    const [rows, count] = await Promise.all([
      this.all(PAGE, { organization_id, ...page }),
      this.one(COUNT, { organization_id }),
    ]);
    return { rows, total: count?.total ?? 0 };
  }

  async insertEvent(organization_id: number, draft: DueEventDraft, now: Instant): Promise<DueEventRow> {
    return found(await whenRefused(this.one(CREATE, { organization_id, ...draft, now }), REFUSALS));
  }

  /** Throws `not-found` if the event does not exist. */
  async changeEvent(
    organization_id: number,
    id: string,
    { start: starts_at, end: ends_at, ...fields }: DueEventChange,
    now: Instant,
  ): Promise<DueEventRow> {
    const has_end = ends_at === undefined ? undefined : ends_at !== null;
    const change = JSON.stringify({ ...fields, starts_at, ends_at, has_end, updated_at: now });
    return found(await whenRefused(this.one(CHANGE, { organization_id, id: parseId(id), change }), REFUSALS));
  }

  /** Throws `not-found` if the event does not exist. */
  async deleteEvent(organization_id: number, id: string): Promise<void> {
    found(await this.one(DELETE, { organization_id, id: parseId(id) }));
  }
}

function found<Row>(row: Row | undefined): Row {
  if (row === undefined) throw notFound();
  return row;
}
