import { Injectable } from '@nestjs/common';
import { Database, type Transaction } from '../../../database/database.js';
import { batchedRead } from '../../../database/batched-read.js';
import { statement, workedOnLong } from '../../../database/statement.js';
import { insertDeliveriesSql, type OutgoingDelivery } from '../../../outbox/outbox.js';
import { LISTED_MESSAGES, type PollEventRow, type PollMessage } from './poll-event.js';
import { marksOf } from './poll-event.marks.js';
import { NESTED, type PollEventTexts } from './poll-event.texts.js';
import type { ShownPollEvent } from './poll-event.writer.js';
import { HOOK_KIND, type HookEvent } from '../hooks/poll-hook.events.js';

/** What is sent because of a change: mails, and a notice to every hook that asked for its type. */
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

/** An event as its own row has it. */
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
] as const satisfies readonly (keyof PollEventTexts)[];

/** All columns of an event whose alias is `e`, nested ones read. */
const EVENT_COLUMNS = COLUMNS.map((column) => `e.${column}`).join(', ');

/** Columns that no answer shows. */
const UNSHOWN: readonly string[] = [
  'organization_id',
  'creator_user',
  'creator_member_id',
  'ahead_until',
  'keys',
  'calendar_files',
] satisfies Exclude<keyof PollEventTexts, keyof ShownPollEvent>[];

const isNested = (column: string): boolean => (NESTED as readonly string[]).includes(column);

/** The messages of an event whose alias is `e`, from a position on, as the JSON text of a list. */
function messagesFrom(position: string): string {
  return `CASE e.messages_length WHEN 0 THEN '[]' ELSE (
      SELECT '[' || coalesce(string_agg(m.message::text, ',' ORDER BY m.position), '') || ']' FROM polls.event_messages m
       WHERE m.organization_id = e.organization_id AND m.event_id = e.id AND m.position >= ${position}) END`;
}

/** The columns of a `ShownPollEvent` out of an event whose alias is `e`. */
const SHOWN_COLUMNS = COLUMNS.filter((column) => !UNSHOWN.includes(column))
  .map((column) => (isNested(column) ? `e.${column}::text AS ${column}` : `e.${column}`))
  .concat('json_array_length(e.invitees) AS invitees_length')
  .join(', ');

/** The same with the newest messages. */
export const SHOWN_IN_LISTS = `${SHOWN_COLUMNS}, ${messagesFrom(`e.messages_length - ${LISTED_MESSAGES - 1}`)} AS messages`;

const PLACEHOLDERS = COLUMNS.map((_, index) => `$${index + 1}`).join(', ');
const MESSAGES_LENGTH = `$${COLUMNS.indexOf('messages_length') + 1}`;
const CREATED_AT = `$${COLUMNS.indexOf('created_at') + 1}`;
const UPDATED_AT = `$${COLUMNS.indexOf('updated_at') + 1}`;
/** The parameters that follow the columns. */
const [DELIVERIES, TYPES, TOLD, KINDS, VALUES, SAID] = [1, 2, 3, 4, 5, 6].map(
  (index) => `$${COLUMNS.length + index}`,
);

// What hooks are told is put together only for hooks that there are.
const OUTGOING = `out_mail AS (${insertDeliveriesSql('$1', `${DELIVERIES}`, UPDATED_AT)} RETURNING id),
  out_hook AS (
    INSERT INTO outbox.deliveries (organization_id, kind, target, payload, due_at, created_at)
    SELECT $1, '${HOOK_KIND}', h.id,
           ('{"type":"' || type || '",' || ${TOLD}::text || '}')::json,
           now(), ${UPDATED_AT}::timestamptz
      FROM unnest(${TYPES}::text[]) AS type
      JOIN polls.hooks h ON h.organization_id = $1 AND h.active AND type = ANY(h.events)
    RETURNING id)`;

// What is new among an event's messages are the last of them.
const SAYING = `said AS (
    INSERT INTO polls.event_messages (organization_id, event_id, position, message)
    SELECT $1, $2, ${MESSAGES_LENGTH}::integer - cardinality(${SAID}::text[]) + s.position, s.message::json
      FROM unnest(${SAID}::text[]) WITH ORDINALITY AS s(message, position))`;

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
       FROM unnest(${KINDS}::text[], ${VALUES}::text[]) AS m(kind, value), e),
   ${SAYING}
   SELECT ${HAS_OUTGOING}`,
  ),
);

const FIND = batchedRead<ShownPollEvent & Pick<PollEventTexts, 'keys'>>(
  'polls.event.find',
  { organization_id: 'integer', id: 'text' },
  `SELECT asked.n, ${SHOWN_COLUMNS}, ${messagesFrom('1')} AS messages, e.keys::text AS keys
     FROM {asked} JOIN polls.events e ON e.organization_id = asked.organization_id AND e.id = asked.id`,
);

const FIND_PUBLIC = statement<PollEventRow>(
  'polls.event.find_public',
  `SELECT ${EVENT_COLUMNS}, (${messagesFrom('1')})::json AS messages FROM polls.events e WHERE e.id = $1`,
);

const LOCK = statement<LockedPollEvent>(
  'polls.event.lock',
  `SELECT ${EVENT_COLUMNS} FROM polls.events e WHERE e.organization_id = $1 AND e.id = $2 FOR NO KEY UPDATE`,
);

// Not with the event: what a change before this one said is seen only once its lock is had.
const SAID_BEFORE = statement<{ message: PollMessage }>(
  'polls.event.messages',
  `SELECT message FROM polls.event_messages WHERE organization_id = $1 AND event_id = $2 ORDER BY position`,
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
      WHERE organization_id = $1 AND id = $2),
   ${SAYING}
   SELECT ${HAS_OUTGOING}`,
);

/** The events of all organizations; every statement but the public look-up is bound to one. */
@Injectable()
export class PollEventsRepository {
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
      const locked = await transaction.one(LOCK, [organizationId, id]);
      if (locked === undefined) return undefined;
      const event = { ...locked, messages: await this.saidBefore(transaction, locked) };
      const result = await rule(event);
      const written = write(result);
      return { result, outgoing: written !== undefined && (await this.save(transaction, written, event)) };
    });
  }

  private async saidBefore(transaction: Transaction, event: LockedPollEvent): Promise<PollMessage[]> {
    if (event.messages_length === 0) return [];
    const rows = await transaction.all(SAID_BEFORE, [event.organization_id, event.id]);
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

/** `saidBefore` is how many of the event's messages are stored already. */
function valuesOf(
  { event, texts, outgoing: { deliveries, types, told } }: PollEventWrite,
  saidBefore = 0,
): unknown[] {
  const marks = marksOf(event);
  return [
    ...COLUMNS.map((column) => texts[column]),
    deliveries.length === 0 ? '[]' : JSON.stringify(deliveries),
    types,
    told,
    marks.map(({ kind }) => kind),
    marks.map(({ value }) => value),
    event.messages.slice(saidBefore).map((message) => JSON.stringify(message)),
  ];
}
