import { Injectable } from '@nestjs/common';
import { Database, type Transaction } from '../../database/database.js';
import { statement } from '../../database/statement.js';
import { writingDeliveries, type OutgoingDelivery } from '../../outbox/outbox.js';
import type { PollEventRow } from './poll-event.js';
import { marksOf } from './poll-event.marks.js';
import { HOOK_KIND } from './poll-hook.events.js';

/** What leaves the house with a change: mails, and a notice to every hook that asked for its type. */
export interface Outgoing {
  readonly deliveries: readonly OutgoingDelivery[];
  readonly notices: readonly HookNotice[];
}

export interface HookNotice {
  readonly type: string;
  readonly payload: object;
}

const COLUMNS = [
  'organization_id',
  'id',
  'title',
  'creator_user',
  'creator_member_id',
  'created_by',
  'key_store_id',
  'reply_address',
  'lang',
  'locale',
  'time_zone',
  'third_party',
  'vyteme',
  'no_emails',
  'version',
  'ics_sequence',
  'confirmed_flag',
  'confirmed_at',
  'confirmed_date_id',
  'confirmed_place_id',
  'cancelled_at',
  'ahead_until',
  'dates',
  'places',
  'invitees',
  'messages',
  'declines',
  'keys',
  'created_at',
  'updated_at',
] as const satisfies readonly (keyof PollEventRow)[];

/** All columns of an event whose alias is `e`. */
export const EVENT_COLUMNS = COLUMNS.map((column) => `e.${column}`).join(', ');

const PLACEHOLDERS = COLUMNS.map((_, index) => `$${index + 1}`).join(', ');
const CREATED_AT = `$${COLUMNS.indexOf('created_at') + 1}`;
const UPDATED_AT = `$${COLUMNS.indexOf('updated_at') + 1}`;
/** The parameters that follow the columns. */
const [DELIVERIES, NOTICES, KINDS, VALUES] = [1, 2, 3, 4].map((index) => `$${COLUMNS.length + index}`);

const OUTGOING = `out_mail AS (${writingDeliveries('$1', `${DELIVERIES}`, UPDATED_AT)}),
  out_hook AS (
    INSERT INTO outbox.deliveries (organization_id, kind, target, payload, due_at, created_at)
    SELECT $1, '${HOOK_KIND}', h.id, n.payload, ${UPDATED_AT}::timestamptz, ${UPDATED_AT}::timestamptz
      FROM json_to_recordset(${NOTICES}::json) AS n(type text, payload json)
      JOIN polls.hooks h ON h.organization_id = $1 AND h.active AND n.type = ANY(h.events))`;

const CREATE = statement<{ id: string }>(
  'polls.event.create',
  `WITH ${OUTGOING},
   e AS (INSERT INTO polls.events (${COLUMNS.join(', ')}) VALUES (${PLACEHOLDERS}) RETURNING id),
   marked AS (
     INSERT INTO polls.event_marks (organization_id, kind, value, created_at, event_id)
     SELECT $1, m.kind, m.value, ${CREATED_AT}, e.id
       FROM unnest(${KINDS}::text[], ${VALUES}::text[]) AS m(kind, value), e)
   SELECT id FROM e`,
);

const FIND = statement<PollEventRow>(
  'polls.event.find',
  `SELECT ${EVENT_COLUMNS} FROM polls.events e WHERE e.organization_id = $1 AND e.id = $2`,
);

const FIND_PUBLIC = statement<PollEventRow>(
  'polls.event.find_public',
  `SELECT ${EVENT_COLUMNS} FROM polls.events e WHERE e.id = $1`,
);

const LOCK = statement<PollEventRow>(
  'polls.event.lock',
  `SELECT ${EVENT_COLUMNS} FROM polls.events e WHERE e.organization_id = $1 AND e.id = $2 FOR NO KEY UPDATE`,
);

const SAVE = statement<{ id: string }>(
  'polls.event.save',
  `WITH ${OUTGOING},
   wanted AS (SELECT m.kind, m.value FROM unnest(${KINDS}::text[], ${VALUES}::text[]) AS m(kind, value)),
   unmarked AS (
     DELETE FROM polls.event_marks m WHERE m.organization_id = $1 AND m.event_id = $2
        AND NOT EXISTS (SELECT FROM wanted w WHERE w.kind = m.kind AND w.value = m.value)),
   marked AS (
     INSERT INTO polls.event_marks (organization_id, kind, value, created_at, event_id)
     SELECT $1, w.kind, w.value, ${CREATED_AT}, $2 FROM wanted w
     ON CONFLICT ON CONSTRAINT pk_event_marks DO NOTHING)
   UPDATE polls.events SET (${COLUMNS.slice(2).join(', ')}) = ROW(${COLUMNS.slice(2)
     .map((_, index) => `$${index + 3}`)
     .join(', ')})
    WHERE organization_id = $1 AND id = $2 RETURNING id`,
);

/** The events of all organizations; every statement but the public look-up is bound to one. */
@Injectable()
export class PollEvents {
  constructor(private readonly database: Database) {}

  find(organizationId: number, id: string): Promise<PollEventRow | undefined> {
    return this.database.one(FIND, [organizationId, id]);
  }

  /** By its public id alone: who opens its page names no organization. */
  findPublic(id: string): Promise<PollEventRow | undefined> {
    return this.database.one(FIND_PUBLIC, [id]);
  }

  async create(event: PollEventRow, outgoing: Outgoing): Promise<void> {
    await this.database.one(CREATE, valuesOf(event, outgoing));
  }

  /** One change at a time: the event stays locked until the change is written. Nothing where there is no event. */
  change<T>(
    organizationId: number,
    id: string,
    rule: (event: PollEventRow) => T | Promise<T>,
    write: (result: T) => { readonly event: PollEventRow; readonly outgoing: Outgoing } | undefined,
  ): Promise<T | undefined> {
    return this.database.transaction(async (transaction) => {
      const event = await transaction.one(LOCK, [organizationId, id]);
      if (event === undefined) return undefined;
      const result = await rule(event);
      const written = write(result);
      if (written !== undefined) await this.save(transaction, written.event, written.outgoing);
      return result;
    });
  }

  private async save(transaction: Transaction, event: PollEventRow, outgoing: Outgoing): Promise<void> {
    await transaction.one(SAVE, valuesOf(event, outgoing));
  }
}

const JSON_COLUMNS: ReadonlySet<string> = new Set([
  'created_by',
  'third_party',
  'dates',
  'places',
  'invitees',
  'messages',
  'declines',
  'keys',
]);

function valuesOf(event: PollEventRow, { deliveries, notices }: Outgoing): unknown[] {
  const marks = marksOf(event);
  return [
    ...COLUMNS.map((column) => (JSON_COLUMNS.has(column) ? JSON.stringify(event[column]) : event[column])),
    JSON.stringify(deliveries),
    JSON.stringify(notices),
    marks.map(({ kind }) => kind),
    marks.map(({ value }) => value),
  ];
}
