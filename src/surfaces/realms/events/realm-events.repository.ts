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
  ASKED,
  ASKED_PLACE,
  askedPlace,
  forEachRealm,
  placeColumn,
  placeQuery,
  placeValues,
  type Place,
  type PlaceRights,
} from '../catalogue/realm-place.repository.js';

/** An event as every statement here answers it; `editable` is meant for the asker. */
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
  /** In a list `null`, unless they were asked for. */
  readonly attached_links: AttachedLink[] | null;
  readonly editable: boolean;
  readonly realm: RealmName;
  readonly realm_id: number;
}

/** A place, and what was found there, if anything. */
export type Found<Row> = PlaceRights & (Row | { readonly id: null });

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

/** What a change leaves alone is `undefined`; an end of `null` takes it away. */
export type RealmEventChange = {
  readonly [Key in keyof RealmEventDraft]: RealmEventDraft[Key] | undefined;
} & {
  /** The event is to have an end, and none is given: it must have one already. */
  readonly needs_its_end: boolean;
};

/** Expressions that depend on where a statement finds what was asked. */
interface ColumnSpelling {
  readonly asker: string;
  readonly links: string;
}

const USUAL: ColumnSpelling = { asker: '$3', links: 'e.attached_links' };

/** Columns of an event `e`; `mayWrite` is an expression over its realm, `asker` one for a member's id. */
export function eventColumns(
  realm: string,
  realmId: string,
  mayWrite: string,
  { asker, links } = USUAL,
): string {
  return `e.id, e.title, e.description, e.starts_at::text AS start, e.ends_at::text AS "end", e.all_day, e.rsvp,
    e.comments_enabled, e.type, ${links} AS attached_links,
    e.type = 'event' AND (${mayWrite} OR coalesce(e.creator_id = ${asker}::integer, false)) AS editable,
    ${realm} AS realm, ${realmId} AS realm_id`;
}

function inRealm<Row>(
  name: string,
  text: (realm: RealmName) => string,
): (realm: RealmName) => Statement<Row> {
  return forEachRealm((realm) => statement<Row>(`realms.event.${name}.${realm}`, text(realm)));
}

const columnsIn = (realm: RealmName): string => eventColumns(`'${realm}'`, 'p.id', 'p.may_write');
const RIGHTS = 'p.may_see, p.may_write, p.is_member';

const FIND = inRealm<Found<RealmEventRow>>(
  'find',
  (realm) => `
  SELECT ${RIGHTS}, ${columnsIn(realm)}
    FROM (${placeQuery(realm)}) p
    LEFT JOIN realms.events e ON e.organization_id = $1 AND e.${placeColumn(realm)} = p.id AND e.id = $5`,
);

const RIGHTS_AT = inRealm<PlaceRights>('rights', (realm) => `SELECT ${RIGHTS} FROM (${placeQuery(realm)}) p`);

/** What a new event is made of: the place with who asks, and its columns. */
const DRAFTED = {
  ...ASKED_PLACE,
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

// The ids are drawn beforehand: they say which of the new events is whose.
const CREATE = forEachRealm((realm): BatchedWrite<Found<RealmEventRow>> =>
  batchedWrite(
    `realms.event.create_each.${realm}`,
    DRAFTED,
    `WITH p AS MATERIALIZED (
       SELECT asked.*, place.id AS place_id, place.may_see, place.may_write, place.is_member,
              CASE WHEN place.may_write THEN nextval('realms.events_id_seq') END AS event_id
         FROM {asked} CROSS JOIN LATERAL (${placeQuery(realm, ASKED)}) place),
     e AS (
       INSERT INTO realms.events
         (organization_id, id, ${placeColumn(realm)}, creator_id, type, title, description, starts_at, ends_at, has_end,
          all_day, rsvp, comments_enabled, attached_links, created_at, updated_at)
       OVERRIDING SYSTEM VALUE
       SELECT organization_id, event_id, place_id, member_id, 'event', title, description, starts_at, ends_at,
              ends_at IS NOT NULL, all_day, rsvp, comments_enabled, attached_links, created_at, created_at
         FROM p WHERE may_write ORDER BY n
       RETURNING *)
     SELECT p.n, ${RIGHTS}, ${eventColumns(`'${realm}'`, 'p.place_id', 'p.may_write', {
       asker: 'p.member_id',
       links: 'e.attached_links',
     })}
       FROM p LEFT JOIN e ON e.organization_id = p.organization_id AND e.id = p.event_id`,
  ),
);

/** What a write found: the place, whether the event was there, and whether it was done. */
interface WriteRow extends PlaceRights {
  readonly found: boolean;
  readonly done: boolean;
}

const EDITABLE = `e.organization_id = $1 AND e.id = $5 AND e.type = 'event' AND p.may_see
  AND (p.may_write OR e.creator_id = $3::integer)`;

const written = (realm: RealmName, write: string): string => `
  WITH p AS MATERIALIZED (${placeQuery(realm)}), written AS (${write} RETURNING e.id)
  SELECT ${RIGHTS}, EXISTS (SELECT FROM written) AS done,
         EXISTS (SELECT FROM realms.events e
                  WHERE e.organization_id = $1 AND e.${placeColumn(realm)} = $2 AND e.id = $5) AS found
    FROM p`;

const CHANGE = inRealm<WriteRow>('change', (realm) =>
  written(
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
      FROM p WHERE e.${placeColumn(realm)} = p.id AND ${EDITABLE}`,
  ),
);

const DELETE = inRealm<WriteRow>('delete', (realm) =>
  written(realm, `DELETE FROM realms.events e USING p WHERE e.${placeColumn(realm)} = p.id AND ${EDITABLE}`),
);

/** The events of all calendars; every statement also says what the asker may do there. */
@Injectable()
export class RealmEventsRepository {
  constructor(private readonly database: Database) {}

  rights(place: Place): Promise<PlaceRights | undefined> {
    return this.database.one(RIGHTS_AT(place.realm), placeValues(place));
  }

  find(place: Place, id: number): Promise<Found<RealmEventRow> | undefined> {
    return this.database.one(FIND(place.realm), [...placeValues(place), id]);
  }

  /** The new event; none where the asker may not write. */
  create(place: Place, draft: RealmEventDraft, now: Instant): Promise<Found<RealmEventRow> | undefined> {
    return this.database.writeBatched(CREATE(place.realm), {
      ...askedPlace(place),
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

  change(place: Place, id: number, change: RealmEventChange, now: Instant): Promise<WriteRow | undefined> {
    const write = this.database.one(CHANGE(place.realm), [
      ...placeValues(place),
      id,
      change.title,
      change.description,
      change.start,
      change.end !== undefined,
      change.end,
      change.needs_its_end,
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

  delete(place: Place, id: number): Promise<WriteRow | undefined> {
    return this.database.one(DELETE(place.realm), [...placeValues(place), id]);
  }
}

function endsBeforeStart({ end }: RealmEventChange): Failure {
  return end === undefined
    ? invalidField('start', 'start must not be after end')
    : invalidField('end', 'end must not be before start');
}
