import { Injectable } from '@nestjs/common';
import { Database, type Transaction } from '../../database/database.js';
import { batchedRead } from '../../database/batched-read.js';
import { statement, workedOnLong } from '../../database/statement.js';
import { writingDeliveries, type OutgoingDelivery } from '../../outbox/outbox.js';
import type { PollEventRow } from './poll-event.js';
import { marksOf } from './poll-event.marks.js';
import { NESTED, type PollEventTexts } from './poll-event.texts.js';
import type { ShownPollEvent } from './poll-event.view.js';
import { HOOK_KIND, type HookEvent } from './poll-hook.events.js';

/** What leaves the house with a change: mails, and a notice to every hook that asked for its type. */
export interface Outgoing {
  readonly deliveries: readonly OutgoingDelivery[];
  readonly types: readonly HookEvent[];
  /** What hooks are told beside the type: the fields of a JSON object, as text. */
  readonly told: string;
}

/** A change of an event, ready to be written. */
export interface PollEventWrite {
  readonly event: PollEventRow;
  readonly texts: PollEventTexts;
  readonly outgoing: Outgoing;
}

/** Whether there is something to deliver now. */
interface Written {
  readonly outgoing: boolean;
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

/** All columns of an event whose alias is `e`, nested ones read. */
const EVENT_COLUMNS = COLUMNS.map((column) => `e.${column}`).join(', ');

/** Columns that no answer shows. */
const UNSHOWN: readonly string[] = [
  'organization_id',
  'creator_user',
  'creator_member_id',
  'ahead_until',
  'keys',
] satisfies Exclude<keyof PollEventTexts, keyof ShownPollEvent>[];

const isNested = (column: string): boolean => (NESTED as readonly string[]).includes(column);

/** The columns of a `ShownPollEvent` out of an event whose alias is `e`. */
export const SHOWN_COLUMNS = COLUMNS.filter((column) => !UNSHOWN.includes(column))
  .map((column) => (isNested(column) ? `e.${column}::text AS ${column}` : `e.${column}`))
  .concat('json_array_length(e.invitees) AS invitees_length')
  .join(', ');

const PLACEHOLDERS = COLUMNS.map((_, index) => `$${index + 1}`).join(', ');
const CREATED_AT = `$${COLUMNS.indexOf('created_at') + 1}`;
const UPDATED_AT = `$${COLUMNS.indexOf('updated_at') + 1}`;
/** The parameters that follow the columns. */
const [DELIVERIES, TYPES, TOLD, KINDS, VALUES] = [1, 2, 3, 4, 5].map((index) => `$${COLUMNS.length + index}`);

// What hooks are told is put together only for hooks that there are.
const OUTGOING = `out_mail AS (${writingDeliveries('$1', `${DELIVERIES}`, UPDATED_AT)} RETURNING id),
  out_hook AS (
    INSERT INTO outbox.deliveries (organization_id, kind, target, payload, due_at, created_at)
    SELECT $1, '${HOOK_KIND}', h.id,
           ('{"type":"' || type || '",' || ${TOLD}::text || '}')::json,
           now(), ${UPDATED_AT}::timestamptz
      FROM unnest(${TYPES}::text[]) AS type
      JOIN polls.hooks h ON h.organization_id = $1 AND h.active AND type = ANY(h.events)
    RETURNING id)`;

const HAS_OUTGOING = `EXISTS (SELECT FROM out_mail) OR EXISTS (SELECT FROM out_hook) AS outgoing`;

// Several on one lane would wait for the disk one after the other.
const CREATE = workedOnLong(
  statement<Written>(
    'polls.event.create',
    `WITH ${OUTGOING},
   e AS (INSERT INTO polls.events (${COLUMNS.join(', ')}) VALUES (${PLACEHOLDERS}) RETURNING id),
   marked AS (
     INSERT INTO polls.event_marks (organization_id, kind, value, created_at, event_id)
     SELECT $1, m.kind, m.value, ${CREATED_AT}, e.id
       FROM unnest(${KINDS}::text[], ${VALUES}::text[]) AS m(kind, value), e)
   SELECT ${HAS_OUTGOING}`,
  ),
);

const FIND = batchedRead<ShownPollEvent & Pick<PollEventTexts, 'keys'>>(
  'polls.event.find',
  { organization_id: 'integer', id: 'text' },
  `SELECT asked.n, ${SHOWN_COLUMNS}, e.keys::text AS keys
     FROM {asked} JOIN polls.events e ON e.organization_id = asked.organization_id AND e.id = asked.id`,
);

const FIND_PUBLIC = statement<PollEventRow>(
  'polls.event.find_public',
  `SELECT ${EVENT_COLUMNS} FROM polls.events e WHERE e.id = $1`,
);

const LOCK = statement<PollEventRow>(
  'polls.event.lock',
  `SELECT ${EVENT_COLUMNS} FROM polls.events e WHERE e.organization_id = $1 AND e.id = $2 FOR NO KEY UPDATE`,
);

const SAVE = statement<Written>(
  'polls.event.save',
  `WITH ${OUTGOING},
   wanted AS (SELECT m.kind, m.value FROM unnest(${KINDS}::text[], ${VALUES}::text[]) AS m(kind, value)),
   unmarked AS (
     DELETE FROM polls.event_marks m WHERE m.organization_id = $1 AND m.event_id = $2
        AND NOT EXISTS (SELECT FROM wanted w WHERE w.kind = m.kind AND w.value = m.value)),
   marked AS (
     INSERT INTO polls.event_marks (organization_id, kind, value, created_at, event_id)
     SELECT $1, w.kind, w.value, ${CREATED_AT}, $2 FROM wanted w
     ON CONFLICT ON CONSTRAINT pk_event_marks DO NOTHING),
   saved AS (
     UPDATE polls.events SET (${COLUMNS.slice(2).join(', ')}) = ROW(${COLUMNS.slice(2)
       .map((_, index) => `$${index + 3}`)
       .join(', ')})
      WHERE organization_id = $1 AND id = $2)
   SELECT ${HAS_OUTGOING}`,
);

/** The events of all organizations; every statement but the public look-up is bound to one. */
@Injectable()
export class PollEvents {
  constructor(private readonly database: Database) {}

  /** As it is answered; simultaneous ones share a statement. */
  async find(
    organizationId: number,
    id: string,
  ): Promise<(ShownPollEvent & Pick<PollEventTexts, 'keys'>) | undefined> {
    return (await this.database.batched(FIND, [organizationId, id]))[0];
  }

  /** By its public id alone: who opens its page names no organization. */
  findPublic(id: string): Promise<PollEventRow | undefined> {
    return this.database.one(FIND_PUBLIC, [id]);
  }

  /** Whether the event caused something to deliver. */
  async create(write: PollEventWrite): Promise<boolean> {
    return (await this.database.one(CREATE, valuesOf(write)))?.outgoing ?? false;
  }

  /**
   * One change at a time: the event stays locked until the change is written. Nothing where there is no event; `write`
   * answers nothing where nothing changes.
   */
  change<T>(
    organizationId: number,
    id: string,
    rule: (event: PollEventRow) => T | Promise<T>,
    write: (result: T) => PollEventWrite | undefined,
  ): Promise<{ readonly result: T; readonly outgoing: boolean } | undefined> {
    return this.database.transaction(async (transaction) => {
      const event = await transaction.one(LOCK, [organizationId, id]);
      if (event === undefined) return undefined;
      const result = await rule(event);
      const written = write(result);
      return { result, outgoing: written !== undefined && (await this.save(transaction, written)) };
    });
  }

  private async save(transaction: Transaction, write: PollEventWrite): Promise<boolean> {
    return (await transaction.one(SAVE, valuesOf(write)))?.outgoing ?? false;
  }
}

function valuesOf({ event, texts, outgoing: { deliveries, types, told } }: PollEventWrite): unknown[] {
  const marks = marksOf(event);
  return [
    ...COLUMNS.map((column) => texts[column]),
    deliveries.length === 0 ? '[]' : JSON.stringify(deliveries),
    types,
    told,
    marks.map(({ kind }) => kind),
    marks.map(({ value }) => value),
  ];
}
