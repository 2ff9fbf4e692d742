import { Injectable } from '@nestjs/common';
import { Failure, invalidField } from '../../core/failure.js';
import type { Instant } from '../../core/instant.js';
import type { Page } from '../../core/page.js';
import type { WallClock } from '../../core/wall-clock.js';
import { Database } from '../../database/database.js';
import { whenRefused } from '../../database/failures.js';
import { wholeNumberIn, type RowPage } from '../../database/rows.js';
import { statement } from '../../database/statement.js';
import type { CalendarKind, DueEventType } from './due-events.dto.js';

/** A read-only calendar entry of a realm, as returned by all statements below. */
export interface DueEventRow {
  readonly id: number;
  readonly kind: CalendarKind;
  readonly realm_id: number;
  readonly type: DueEventType;
  readonly title: string;
  readonly start: WallClock;
  readonly end: WallClock | null;
  readonly description: string;
  readonly all_day: boolean;
  readonly creator: string | null;
  readonly created_at: Instant;
  readonly updated_at: Instant;
}

export interface DueEventDraft {
  readonly kind: CalendarKind;
  readonly realm_id: number;
  readonly type: DueEventType;
  readonly title: string;
  readonly start: WallClock;
  readonly end: WallClock | null;
  readonly description: string;
  readonly all_day: boolean;
  readonly creator_id: number | null;
}

/** `undefined` leaves a field unchanged; `null` clears it. */
export interface DueEventChange {
  readonly type: DueEventType | undefined;
  readonly title: string | undefined;
  readonly start: WallClock | undefined;
  readonly end: WallClock | null | undefined;
  readonly description: string | undefined;
  readonly all_day: boolean | undefined;
  readonly creator_id: number | null | undefined;
}

// Timestamps are passed as text in both directions: `pg` would convert them to a Date in the local time zone.
const wallClock = (column: string): string => `to_char(${column}, 'YYYY-MM-DD HH24:MI:SS')`;

const COLUMNS = `e.id, coalesce(r.kind, 'user') AS kind, coalesce(e.realm_id, e.user_id) AS realm_id, e.type, e.title,
  ${wallClock('e.starts_at')} AS start, ${wallClock('e.ends_at')} AS "end", e.description, e.all_day,
  c.email::text AS creator, e.created_at, e.updated_at`;

const AROUND = `LEFT JOIN realms.realms r ON r.organization_id = e.organization_id AND r.id = e.realm_id
  LEFT JOIN tenancy.members c ON c.organization_id = e.organization_id AND c.id = e.creator_id`;

/** Events of type `event` are managed through the product's own API. */
const DUE = `e.type IN ('assignment', 'discussion')`;

const FIND = statement<DueEventRow>(
  'admin.due_event.find',
  `SELECT ${COLUMNS} FROM realms.events e ${AROUND} WHERE e.organization_id = $1 AND e.id = $2 AND ${DUE}`,
);

const PAGE = statement<DueEventRow>(
  'admin.due_event.page',
  `SELECT ${COLUMNS} FROM realms.events e ${AROUND} WHERE e.organization_id = $1 AND ${DUE}
    ORDER BY e.id LIMIT $2 OFFSET $3`,
);

const COUNT = statement<{ total: number }>(
  'admin.due_event.count',
  `SELECT count(*)::integer AS total FROM realms.events e WHERE e.organization_id = $1 AND ${DUE}`,
);

// If the realm does not exist, realm_id and user_id are both null, which violates ck_events_one_calendar.
const CREATE = statement<DueEventRow>(
  'admin.due_event.create',
  `WITH e AS (
     INSERT INTO realms.events
       (organization_id, realm_id, user_id, creator_id, type, title, description, starts_at, ends_at, has_end, all_day,
        rsvp, comments_enabled, created_at, updated_at)
     VALUES ($1,
             (SELECT id FROM realms.realms WHERE organization_id = $1 AND id = $3 AND kind = $2),
             (SELECT id FROM tenancy.members WHERE organization_id = $1 AND id = $3 AND $2 = 'user'),
             $4, $5, $6, $7, $8, $9::timestamp, $9::timestamp IS NOT NULL, $10, 0, false, $11, $11)
     RETURNING *)
   SELECT ${COLUMNS} FROM e ${AROUND}`,
);

const CHANGE = statement<DueEventRow>(
  'admin.due_event.change',
  `WITH e AS (
     UPDATE realms.events e SET
       type = coalesce($3, type),
       title = coalesce($4, title),
       starts_at = coalesce($5, starts_at),
       ends_at = CASE WHEN $6::boolean THEN $7::timestamp ELSE ends_at END,
       has_end = CASE WHEN $6::boolean THEN $7::timestamp IS NOT NULL ELSE has_end END,
       description = coalesce($8, description),
       all_day = coalesce($9, all_day),
       creator_id = CASE WHEN $10::boolean THEN $11::integer ELSE creator_id END,
       updated_at = $12
     WHERE organization_id = $1 AND id = $2 AND ${DUE}
     RETURNING *)
   SELECT ${COLUMNS} FROM e ${AROUND}`,
);

const DELETE = statement<{ id: number }>(
  'admin.due_event.delete',
  `DELETE FROM realms.events e WHERE organization_id = $1 AND id = $2 AND ${DUE} RETURNING id`,
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
@Injectable()
export class DueEventsRepository {
  constructor(private readonly database: Database) {}

  async find(organizationId: number, id: string): Promise<DueEventRow> {
    return found(await this.database.one(FIND, [organizationId, wholeNumberIn(id)]));
  }

  async page(organizationId: number, { limit, offset }: Page): Promise<RowPage<DueEventRow>> {
    const [rows, count] = await Promise.all([
      this.database.all(PAGE, [organizationId, limit, offset]),
      this.database.one(COUNT, [organizationId]),
    ]);
    return { rows, total: count?.total ?? 0 };
  }

  async create(organizationId: number, draft: DueEventDraft, now: Instant): Promise<DueEventRow> {
    const write = this.database.one(CREATE, [
      organizationId,
      draft.kind,
      draft.realm_id,
      draft.creator_id,
      draft.type,
      draft.title,
      draft.description,
      draft.start,
      draft.end,
      draft.all_day,
      now,
    ]);
    return found(await whenRefused(write, REFUSALS));
  }

  /** Throws `not-found` if the event does not exist. */
  async change(
    organizationId: number,
    id: string,
    change: DueEventChange,
    now: Instant,
  ): Promise<DueEventRow> {
    const write = this.database.one(CHANGE, [
      organizationId,
      wholeNumberIn(id),
      change.type,
      change.title,
      change.start,
      change.end !== undefined,
      change.end,
      change.description,
      change.all_day,
      change.creator_id !== undefined,
      change.creator_id,
      now,
    ]);
    return found(await whenRefused(write, REFUSALS));
  }

  /** Throws `not-found` if the event does not exist. */
  async delete(organizationId: number, id: string): Promise<void> {
    found(await this.database.one(DELETE, [organizationId, wholeNumberIn(id)]));
  }
}

function found<Row>(row: Row | undefined): Row {
  if (row === undefined) throw notFound();
  return row;
}
