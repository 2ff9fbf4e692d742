import { Injectable } from '@nestjs/common';
import { Database, type Transaction } from '../../../database/database.js';
import { batchedRead } from '../../../database/batched-read.js';
import { statement, workedOnLong } from '../../../database/statement.js';
import { insertDeliveriesSql, type OutgoingDelivery } from '../../../outbox/outbox.js';
import { LISTED_MESSAGES, type PollEventRow, type PollMessage } from './poll-event.js';
import { searchKeysOf } from './poll-event.search-keys.js';
import { JSON_COLUMNS, type SerializedPollEvent } from './poll-event.serialization.js';
import type { PollEventView } from './poll-event.writer.js';
import { HOOK_KIND, type HookEvent } from '../hooks/poll-hook.events.js';

/** What a change sends: mails, and a delivery to each hook subscribed to one of the types. */
export interface Outgoing {
  readonly deliveries: readonly OutgoingDelivery[];
  readonly types: readonly HookEvent[];
  /** The hook payload without `type`: JSON members as text, without braces. */
  readonly hookData: string;
}

/** An event to write, with its outgoing deliveries. */
export interface PollEventWrite {
  readonly event: PollEventRow;
  readonly serialized: SerializedPollEvent;
  readonly outgoing: Outgoing;
}

interface WriteResult {
  /** Whether there is something to deliver now. */
  readonly outgoing: boolean;
}

/** A locked event row, without its messages. */
type LockedPollEvent = Omit<PollEventRow, 'messages'> & { readonly messages_length: number };

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
  'messages_length',
  'declines',
  'keys',
  'calendar_files',
  'created_at',
  'updated_at',
] as const satisfies readonly (keyof SerializedPollEvent)[];

/** All columns of event `e`, with JSON parsed. */
const EVENT_COLUMNS = COLUMNS.map((column) => `e.${column}`).join(', ');

/** Columns that no response shows. */
const INTERNAL_COLUMNS: readonly string[] = [
  'organization_id',
  'creator_user',
  'creator_member_id',
  'ahead_until',
  'keys',
  'calendar_files',
] satisfies Exclude<keyof SerializedPollEvent, keyof PollEventView>[];

const isJsonColumn = (column: string): boolean => (JSON_COLUMNS as readonly string[]).includes(column);

/** The messages of event `e` from a position on, as the text of a JSON array. */
function messagesFrom(position: string): string {
  return `CASE e.messages_length WHEN 0 THEN '[]' ELSE (
      SELECT '[' || coalesce(string_agg(m.message::text, ',' ORDER BY m.position), '') || ']' FROM polls.event_messages m
       WHERE m.organization_id = e.organization_id AND m.event_id = e.id AND m.position >= ${position}) END`;
}

/** The columns of a `PollEventView` of event `e`, without messages. */
const VIEW_COLUMNS = COLUMNS.filter((column) => !INTERNAL_COLUMNS.includes(column))
  .map((column) => (isJsonColumn(column) ? `e.${column}::text AS ${column}` : `e.${column}`))
  .concat('json_array_length(e.invitees) AS invitees_length')
  .join(', ');

/** The same with the newest messages, for lists. */
export const LIST_COLUMNS = `${VIEW_COLUMNS}, ${messagesFrom(`e.messages_length - ${LISTED_MESSAGES - 1}`)} AS messages`;

const PLACEHOLDERS = COLUMNS.map((_, index) => `$${index + 1}`).join(', ');
const MESSAGES_LENGTH = `$${COLUMNS.indexOf('messages_length') + 1}`;
const CREATED_AT = `$${COLUMNS.indexOf('created_at') + 1}`;
const UPDATED_AT = `$${COLUMNS.indexOf('updated_at') + 1}`;
/** Parameters after the columns. */
const [DELIVERIES, TYPES, HOOK_DATA, KINDS, VALUES, NEW_MESSAGES] = [1, 2, 3, 4, 5, 6].map(
  (index) => `$${COLUMNS.length + index}`,
);

// The payload is built only for existing hooks.
const OUTGOING = `out_mail AS (${insertDeliveriesSql('$1', `${DELIVERIES}`, UPDATED_AT)} RETURNING id),
  out_hook AS (
    INSERT INTO outbox.deliveries (organization_id, kind, target, payload, due_at, created_at)
    SELECT $1, '${HOOK_KIND}', h.id,
           ('{"type":"' || type || '",' || ${HOOK_DATA}::text || '}')::json,
           now(), ${UPDATED_AT}::timestamptz
      FROM unnest(${TYPES}::text[]) AS type
      JOIN polls.hooks h ON h.organization_id = $1 AND h.active AND type = ANY(h.events)
    RETURNING id)`;

// New messages are the last ones of the event.
const INSERT_MESSAGES = `said AS (
    INSERT INTO polls.event_messages (organization_id, event_id, position, message)
    SELECT $1, $2, ${MESSAGES_LENGTH}::integer - cardinality(${NEW_MESSAGES}::text[]) + s.position, s.message::json
      FROM unnest(${NEW_MESSAGES}::text[]) WITH ORDINALITY AS s(message, position))`;

const HAS_OUTGOING = `EXISTS (SELECT FROM out_mail) OR EXISTS (SELECT FROM out_hook) AS outgoing`;

// Marked as long: several on one connection would wait for each other's disk writes.
const CREATE = workedOnLong(
  statement<WriteResult>(
    'polls.event.create',
    `WITH ${OUTGOING},
   e AS (INSERT INTO polls.events (${COLUMNS.join(', ')}) VALUES (${PLACEHOLDERS}) RETURNING id),
   marked AS (
     INSERT INTO polls.event_marks (organization_id, kind, value, created_at, event_id)
     SELECT $1, m.kind, m.value, ${CREATED_AT}, e.id
       FROM unnest(${KINDS}::text[], ${VALUES}::text[]) AS m(kind, value), e),
   ${INSERT_MESSAGES}
   SELECT ${HAS_OUTGOING}`,
  ),
);

const FIND = batchedRead<PollEventView & Pick<SerializedPollEvent, 'keys'>>(
  'polls.event.find',
  { organization_id: 'integer', id: 'text' },
  `SELECT input.n, ${VIEW_COLUMNS}, ${messagesFrom('1')} AS messages, e.keys::text AS keys
     FROM {input} JOIN polls.events e ON e.organization_id = input.organization_id AND e.id = input.id`,
);

const FIND_PUBLIC = statement<PollEventRow>(
  'polls.event.find_public',
  `SELECT ${EVENT_COLUMNS}, (${messagesFrom('1')})::json AS messages FROM polls.events e WHERE e.id = $1`,
);

const LOCK = statement<LockedPollEvent>(
  'polls.event.lock',
  `SELECT ${EVENT_COLUMNS} FROM polls.events e WHERE e.organization_id = $1 AND e.id = $2 FOR NO KEY UPDATE`,
);

// A separate statement after LOCK, because messages of a concurrent change are visible only once the lock is held.
const MESSAGES = statement<{ message: PollMessage }>(
  'polls.event.messages',
  `SELECT message FROM polls.event_messages WHERE organization_id = $1 AND event_id = $2 ORDER BY position`,
);

const SAVE = statement<WriteResult>(
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
      WHERE organization_id = $1 AND id = $2),
   ${INSERT_MESSAGES}
   SELECT ${HAS_OUTGOING}`,
);

/** Every query is limited to one organization, except `findPublic`. */
@Injectable()
export class PollEventsRepository {
  constructor(private readonly database: Database) {}

  /** Concurrent calls share one statement. */
  async find(
    organizationId: number,
    id: string,
  ): Promise<(PollEventView & Pick<SerializedPollEvent, 'keys'>) | undefined> {
    return (await this.database.readBatched(FIND, [organizationId, id]))[0];
  }

  /** By id alone, since a page link does not name the organization. */
  findPublic(id: string): Promise<PollEventRow | undefined> {
    return this.database.one(FIND_PUBLIC, [id]);
  }

  /** Returns whether there is something to deliver. */
  async create(write: PollEventWrite): Promise<boolean> {
    return (await this.database.one(CREATE, valuesOf(write)))?.outgoing ?? false;
  }

  /**
   * Locks the event row until the change is written. Returns `undefined` if the event does not exist. `toWrite`
   * returns `undefined` if nothing changes.
   */
  change<T>(
    organizationId: number,
    id: string,
    rule: (event: PollEventRow) => T | Promise<T>,
    toWrite: (result: T) => PollEventWrite | undefined,
  ): Promise<{ readonly result: T; readonly outgoing: boolean } | undefined> {
    return this.database.transaction(async (transaction) => {
      const locked = await transaction.one(LOCK, [organizationId, id]);
      if (locked === undefined) return undefined;
      const event = { ...locked, messages: await this.loadMessages(transaction, locked) };
      const result = await rule(event);
      const write = toWrite(result);
      return { result, outgoing: write !== undefined && (await this.save(transaction, write, event)) };
    });
  }

  private async loadMessages(transaction: Transaction, event: LockedPollEvent): Promise<PollMessage[]> {
    if (event.messages_length === 0) return [];
    const rows = await transaction.all(MESSAGES, [event.organization_id, event.id]);
    return rows.map(({ message }) => message);
  }

  private async save(
    transaction: Transaction,
    write: PollEventWrite,
    { messages }: PollEventRow,
  ): Promise<boolean> {
    return (await transaction.one(SAVE, valuesOf(write, messages.length)))?.outgoing ?? false;
  }
}

/** `storedCount` is the number of messages already stored. */
function valuesOf(
  { event, serialized, outgoing: { deliveries, types, hookData } }: PollEventWrite,
  storedCount = 0,
): unknown[] {
  const searchKeys = searchKeysOf(event);
  return [
    ...COLUMNS.map((column) => serialized[column]),
    deliveries.length === 0 ? '[]' : JSON.stringify(deliveries),
    types,
    hookData,
    searchKeys.map(({ kind }) => kind),
    searchKeys.map(({ value }) => value),
    event.messages.slice(storedCount).map((message) => JSON.stringify(message)),
  ];
}
