import { invalidField, type Failure } from '../../../core/failure.js';
import type { Instant } from '../../../core/instant.js';
import { batchedWrite, type BatchedWrite } from '../../../database/batched-write.js';
import { columnNames, columnTypes, selectList, setFromJson } from '../../../database/columns.js';
import { whenRefused } from '../../../database/failures.js';
import { StatementRepository } from '../../../database/statement-repository.js';
import type { RealmName } from '../catalogue/realm-collection.js';
import { RIGHTS, rightsQuery, type RealmRights } from '../catalogue/realm-rights.js';
import type { RealmScope } from '../catalogue/realm-scope.js';
import { calendarColumn, perRealm, realmStatement, SCOPE_TYPES } from '../catalogue/realm-statement.js';
import { RealmEvent } from './realm-event.entity.js';

/** Columns that clients neither see nor write. */
const INTERNAL = [
  'organization_id',
  'realm_id',
  'user_id',
  'creator_id',
  'created_at',
  'updated_at',
] as const;
const HIDDEN = [...INTERNAL, 'has_end'] as const;
const READ_ONLY = [...INTERNAL, 'id', 'type'] as const;

/** An event with its realm; `editable` applies to the caller. */
export type RealmEventRow = Readonly<Omit<RealmEvent, (typeof HIDDEN)[number] | 'attached_links'>> & {
  /** `null` in lists unless requested. */
  readonly attached_links: RealmEvent['attached_links'] | null;
  readonly editable: boolean;
  readonly realm: RealmName;
  readonly realm_id: number;
};

/** The caller's rights with a row, or with `id` `null` if there is none. */
export type Found<Row> = RealmRights & (Row | { readonly id: null });

export type RealmEventDraft = Readonly<Omit<RealmEvent, (typeof READ_ONLY)[number]>>;

/** `undefined` leaves a column unchanged; `null` clears it. */
export type RealmEventChange = { readonly [Key in keyof RealmEventDraft]: RealmEventDraft[Key] | undefined };

/** SQL expressions that differ between statements. */
interface EventExpressions {
  readonly realm: string;
  readonly realmId: string;
  readonly mayWrite: string;
  /** Whether the caller may change own events there. */
  readonly belongs: string;
  /** Member id of the caller. */
  readonly memberId: string;
  readonly links?: string;
}

const COLUMNS = selectList(RealmEvent, 'e', {
  without: [...HIDDEN, 'starts_at', 'ends_at', 'attached_links'],
});

/** SELECT list of a `RealmEventRow`. */
export function eventColumns({
  realm,
  realmId,
  mayWrite,
  belongs,
  memberId,
  links = 'e.attached_links',
}: EventExpressions): string {
  return `${COLUMNS}, e.starts_at::text AS starts_at, e.ends_at::text AS ends_at, ${links} AS attached_links,
    e.type = 'event' AND (${mayWrite} OR ${belongs} AND coalesce(e.creator_id = ${memberId}::integer, false)) AS editable,
    ${realm} AS realm, ${realmId} AS realm_id`;
}

const FIND = realmStatement<Found<RealmEventRow>>(
  'realms.event.find',
  (realm) => `
  SELECT ${RIGHTS}, ${eventColumns({
    realm: `'${realm}'`,
    realmId: 'rights.id',
    mayWrite: 'rights.may_write',
    belongs: 'rights.belongs',
    memberId: ':member_id',
  })}
    FROM (${rightsQuery(realm)}) rights
    LEFT JOIN realms.events e
      ON e.organization_id = :organization_id AND e.${calendarColumn(realm)} = rights.id AND e.id = :id`,
);

const FIND_RIGHTS = realmStatement<RealmRights>(
  'realms.event.rights',
  (realm) => `SELECT ${RIGHTS} FROM (${rightsQuery(realm)}) rights`,
);

const WRITABLE = columnNames(RealmEvent, { without: READ_ONLY });

const WRITABLE_TYPES = Object.fromEntries(
  [...columnTypes(RealmEvent)].filter(([name]) => WRITABLE.includes(name)),
);

// Ids are taken from the sequence first, to match each inserted row with its request.
const CREATE = perRealm((realm): BatchedWrite<Found<RealmEventRow>> =>
  batchedWrite(
    `realms.event.create_each.${realm}`,
    { ...SCOPE_TYPES, created_at: 'timestamptz', ...WRITABLE_TYPES },
    `WITH rights AS MATERIALIZED (
       SELECT input.*, rights.may_see, rights.may_write, rights.is_member, rights.belongs,
              CASE WHEN rights.may_write THEN nextval('realms.events_id_seq') END AS event_id
         FROM {input} CROSS JOIN LATERAL (${rightsQuery(realm, 'input.')}) rights),
     e AS (
       INSERT INTO realms.events
         (organization_id, id, ${calendarColumn(realm)}, creator_id, type, created_at, updated_at, ${WRITABLE.join(', ')})
       OVERRIDING SYSTEM VALUE
       SELECT organization_id, event_id, realm_id, member_id, 'event', created_at, created_at, ${WRITABLE.join(', ')}
         FROM rights WHERE may_write ORDER BY n
       RETURNING *)
     SELECT rights.n, ${RIGHTS}, ${eventColumns({
       realm: `'${realm}'`,
       realmId: 'rights.realm_id',
       mayWrite: 'rights.may_write',
       belongs: 'rights.belongs',
       memberId: 'rights.member_id',
     })}
       FROM rights LEFT JOIN e ON e.organization_id = rights.organization_id AND e.id = rights.event_id`,
  ),
);

/** Result of a write: the rights, whether the event exists, and whether it was written. */
interface WriteRow extends RealmRights {
  readonly found: boolean;
  readonly done: boolean;
}

/** Runs `write` on the event, with the alias `old`, if the caller may edit it. */
function writeStatement(realm: RealmName, write: string): string {
  const isEvent = (alias: string): string =>
    `${alias}.organization_id = :organization_id AND ${alias}.${calendarColumn(realm)} = :realm_id AND ${alias}.id = :id`;
  return `
  WITH rights AS MATERIALIZED (${rightsQuery(realm)}),
       written AS (
         ${write}
          WHERE ${isEvent('old')} AND old.type = 'event' AND rights.belongs
            AND (rights.may_write OR old.creator_id = :member_id::integer)
         RETURNING old.id)
  SELECT ${RIGHTS}, EXISTS (SELECT FROM written) AS done,
         EXISTS (SELECT FROM realms.events e WHERE ${isEvent('e')}) AS found
    FROM rights`;
}

const CHANGE = realmStatement<WriteRow>('realms.event.change', (realm) =>
  writeStatement(
    realm,
    `UPDATE realms.events old SET ${setFromJson(RealmEvent, [...WRITABLE, 'updated_at'])} FROM rights`,
  ),
);

const DELETE = realmStatement<WriteRow>('realms.event.delete', (realm) =>
  writeStatement(realm, 'DELETE FROM realms.events old USING rights'),
);

/** Events of calendars. Every statement also returns the caller's rights. */
export class RealmEventsRepository extends StatementRepository<RealmEvent> {
  static readonly entity = RealmEvent;

  findRights(scope: RealmScope): Promise<RealmRights | undefined> {
    return this.one(FIND_RIGHTS(scope.realm), { ...scope });
  }

  findEvent(scope: RealmScope, id: number): Promise<Found<RealmEventRow> | undefined> {
    return this.one(FIND(scope.realm), { ...scope, id });
  }

  /** Inserts an event; `id` is `null` if the caller may not write. */
  insertEvent(
    { realm, organization_id, realm_id, member_id, is_admin }: RealmScope,
    draft: RealmEventDraft,
    now: Instant,
  ): Promise<Found<RealmEventRow> | undefined> {
    const row = { organization_id, realm_id, member_id, is_admin, created_at: now, ...draft };
    return this.writeBatched(CREATE(realm), row);
  }

  changeEvent(
    scope: RealmScope,
    id: number,
    change: RealmEventChange,
    now: Instant,
  ): Promise<WriteRow | undefined> {
    const json = JSON.stringify({ ...change, updated_at: now });
    return whenRefused(this.one(CHANGE(scope.realm), { ...scope, id, change: json }), {
      ck_events_ends_after_start: () => endsBeforeStart(change),
      ck_events_has_end: () => invalidField('has_end', 'has_end must not be 1 without an end'),
    });
  }

  deleteEvent(scope: RealmScope, id: number): Promise<WriteRow | undefined> {
    return this.one(DELETE(scope.realm), { ...scope, id });
  }
}

function endsBeforeStart({ ends_at }: RealmEventChange): Failure {
  return ends_at === undefined
    ? invalidField('start', 'start must not be after end')
    : invalidField('end', 'end must not be before start');
}
