import { Injectable } from '@nestjs/common';
import { invalidField, type Failure } from '../../../core/failure.js';
import type { Instant } from '../../../core/instant.js';
import type { WallClock } from '../../../core/wall-clock.js';
import { batchedWrite, type BatchedWrite } from '../../../database/batched-write.js';
import { Database } from '../../../database/database.js';
import { whenRefused } from '../../../database/failures.js';
import { statement, type Statement } from '../../../database/statement.js';
import type { AttachedLink } from './realm-attachments.js';
import type { RealmName } from '../catalogue/realm-collection.js';
import {
  BATCHED_SCOPE,
  SCOPE_TYPES,
  scopeParameters,
  oncePerRealm,
  calendarColumn,
  rightsQuery,
  scopeValues,
  type RealmScope,
  type RealmRights,
} from '../catalogue/realm-rights.js';

/** An event row; `editable` applies to the caller. */
export interface RealmEventRow {
  readonly id: number;
  readonly title: string;
  readonly description: string;
  readonly start: WallClock;
  readonly end: WallClock | null;
  readonly all_day: boolean;
  readonly rsvp: number;
  readonly comments_enabled: boolean;
  readonly type: 'event' | 'assignment' | 'discussion';
  /** `null` in lists unless requested. */
  readonly attached_links: AttachedLink[] | null;
  readonly editable: boolean;
  readonly realm: RealmName;
  readonly realm_id: number;
}

/** The caller's rights with a row, or with `id` `null` if there is none. */
export type Found<Row> = RealmRights & (Row | { readonly id: null });

export interface RealmEventDraft {
  readonly title: string;
  readonly description: string;
  readonly start: WallClock;
  readonly end: WallClock | null;
  readonly all_day: boolean;
  readonly rsvp: number;
  readonly comments_enabled: boolean;
  readonly attached_links: readonly AttachedLink[];
}

/** `undefined` leaves a value unchanged; an `end` of `null` removes it. */
export type RealmEventChange = {
  readonly [Key in keyof RealmEventDraft]: RealmEventDraft[Key] | undefined;
} & {
  /** `has_end` is 1, so the event must have an end, given or stored. */
  readonly requires_end: boolean;
};

/** SQL expressions that differ between statements. */
interface ColumnExpressions {
  readonly callerId: string;
  readonly links: string;
}

const DEFAULT_EXPRESSIONS: ColumnExpressions = { callerId: '$3', links: 'e.attached_links' };

/** Columns of event `e`; `mayWrite` and `callerId` are SQL expressions for the caller's right and member id. */
export function eventColumns(
  realm: string,
  realmId: string,
  mayWrite: string,
  { callerId, links } = DEFAULT_EXPRESSIONS,
): string {
  return `e.id, e.title, e.description, e.starts_at::text AS start, e.ends_at::text AS "end", e.all_day, e.rsvp,
    e.comments_enabled, e.type, ${links} AS attached_links,
    e.type = 'event' AND (${mayWrite} OR coalesce(e.creator_id = ${callerId}::integer, false)) AS editable,
    ${realm} AS realm, ${realmId} AS realm_id`;
}

function realmStatement<Row>(
  name: string,
  text: (realm: RealmName) => string,
): (realm: RealmName) => Statement<Row> {
  return oncePerRealm((realm) => statement<Row>(`realms.event.${name}.${realm}`, text(realm)));
}

const columnsFor = (realm: RealmName): string => eventColumns(`'${realm}'`, 'p.id', 'p.may_write');
const RIGHTS = 'p.may_see, p.may_write, p.is_member';

const FIND = realmStatement<Found<RealmEventRow>>(
  'find',
  (realm) => `
  SELECT ${RIGHTS}, ${columnsFor(realm)}
    FROM (${rightsQuery(realm)}) p
    LEFT JOIN realms.events e ON e.organization_id = $1 AND e.${calendarColumn(realm)} = p.id AND e.id = $5`,
);

const RIGHTS_AT = realmStatement<RealmRights>(
  'rights',
  (realm) => `SELECT ${RIGHTS} FROM (${rightsQuery(realm)}) p`,
);

/** Column types of a new event in the batched insert, after the scope. */
const DRAFT_TYPES = {
  ...SCOPE_TYPES,
  title: 'text',
  description: 'text',
  starts_at: 'timestamp',
  ends_at: 'timestamp',
  all_day: 'boolean',
  rsvp: 'integer',
  comments_enabled: 'boolean',
  attached_links: 'jsonb',
  created_at: 'timestamptz',
} as const;

// Ids are taken from the sequence first, to match each inserted row with its request.
const CREATE = oncePerRealm((realm): BatchedWrite<Found<RealmEventRow>> =>
  batchedWrite(
    `realms.event.create_each.${realm}`,
    DRAFT_TYPES,
    `WITH p AS MATERIALIZED (
       SELECT input.*, place.id AS place_id, place.may_see, place.may_write, place.is_member,
              CASE WHEN place.may_write THEN nextval('realms.events_id_seq') END AS event_id
         FROM {input} CROSS JOIN LATERAL (${rightsQuery(realm, BATCHED_SCOPE)}) place),
     e AS (
       INSERT INTO realms.events
         (organization_id, id, ${calendarColumn(realm)}, creator_id, type, title, description, starts_at, ends_at, has_end,
          all_day, rsvp, comments_enabled, attached_links, created_at, updated_at)
       OVERRIDING SYSTEM VALUE
       SELECT organization_id, event_id, place_id, member_id, 'event', title, description, starts_at, ends_at,
              ends_at IS NOT NULL, all_day, rsvp, comments_enabled, attached_links, created_at, created_at
         FROM p WHERE may_write ORDER BY n
       RETURNING *)
     SELECT p.n, ${RIGHTS}, ${eventColumns(`'${realm}'`, 'p.place_id', 'p.may_write', {
       callerId: 'p.member_id',
       links: 'e.attached_links',
     })}
       FROM p LEFT JOIN e ON e.organization_id = p.organization_id AND e.id = p.event_id`,
  ),
);

/** Result of a write: the rights, whether the event exists, and whether it was written. */
interface WriteRow extends RealmRights {
  readonly found: boolean;
  readonly done: boolean;
}

const EDITABLE = `e.organization_id = $1 AND e.id = $5 AND e.type = 'event' AND p.may_see
  AND (p.may_write OR e.creator_id = $3::integer)`;

const writeStatement = (realm: RealmName, write: string): string => `
  WITH p AS MATERIALIZED (${rightsQuery(realm)}), written AS (${write} RETURNING e.id)
  SELECT ${RIGHTS}, EXISTS (SELECT FROM written) AS done,
         EXISTS (SELECT FROM realms.events e
                  WHERE e.organization_id = $1 AND e.${calendarColumn(realm)} = $2 AND e.id = $5) AS found
    FROM p`;

const CHANGE = realmStatement<WriteRow>('change', (realm) =>
  writeStatement(
    realm,
    `UPDATE realms.events e SET
       title = coalesce($6, title),
       description = coalesce($7, description),
       starts_at = coalesce($8::timestamp, starts_at),
       ends_at = CASE WHEN $9::boolean THEN $10::timestamp ELSE ends_at END,
       has_end = CASE WHEN $9::boolean THEN $10::timestamp IS NOT NULL ELSE has_end OR $11::boolean END,
       all_day = coalesce($12, all_day),
       rsvp = coalesce($13, rsvp),
       comments_enabled = coalesce($14, comments_enabled),
       attached_links = coalesce($15, attached_links),
       updated_at = $16
      FROM p WHERE e.${calendarColumn(realm)} = p.id AND ${EDITABLE}`,
  ),
);

const DELETE = realmStatement<WriteRow>('delete', (realm) =>
  writeStatement(
    realm,
    `DELETE FROM realms.events e USING p WHERE e.${calendarColumn(realm)} = p.id AND ${EDITABLE}`,
  ),
);

/** Every statement also returns the caller's rights. */
@Injectable()
export class RealmEventsRepository {
  constructor(private readonly database: Database) {}

  rights(scope: RealmScope): Promise<RealmRights | undefined> {
    return this.database.one(RIGHTS_AT(scope.realm), scopeValues(scope));
  }

  find(scope: RealmScope, id: number): Promise<Found<RealmEventRow> | undefined> {
    return this.database.one(FIND(scope.realm), [...scopeValues(scope), id]);
  }

  /** Inserts an event; `id` is `null` if the caller may not write. */
  create(scope: RealmScope, draft: RealmEventDraft, now: Instant): Promise<Found<RealmEventRow> | undefined> {
    return this.database.writeBatched(CREATE(scope.realm), {
      ...scopeParameters(scope),
      title: draft.title,
      description: draft.description,
      starts_at: draft.start,
      ends_at: draft.end,
      all_day: draft.all_day,
      rsvp: draft.rsvp,
      comments_enabled: draft.comments_enabled,
      attached_links: draft.attached_links,
      created_at: now,
    });
  }

  change(
    scope: RealmScope,
    id: number,
    change: RealmEventChange,
    now: Instant,
  ): Promise<WriteRow | undefined> {
    const write = this.database.one(CHANGE(scope.realm), [
      ...scopeValues(scope),
      id,
      change.title,
      change.description,
      change.start,
      change.end !== undefined,
      change.end,
      change.requires_end,
      change.all_day,
      change.rsvp,
      change.comments_enabled,
      change.attached_links === undefined ? undefined : JSON.stringify(change.attached_links),
      now,
    ]);
    return whenRefused(write, {
      ck_events_ends_after_start: () => endsBeforeStart(change),
      ck_events_has_end: () => invalidField('has_end', 'has_end must not be 1 without an end'),
    });
  }

  delete(scope: RealmScope, id: number): Promise<WriteRow | undefined> {
    return this.database.one(DELETE(scope.realm), [...scopeValues(scope), id]);
  }
}

function endsBeforeStart({ end }: RealmEventChange): Failure {
  return end === undefined
    ? invalidField('start', 'start must not be after end')
    : invalidField('end', 'end must not be before start');
}
