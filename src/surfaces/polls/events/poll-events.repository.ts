import type { EntityManager, EntityTarget } from 'typeorm';
import { Encryption } from '../../../auth/encryption.js';
import type { Database } from '../../../database/database.js';
import { batchedRead } from '../../../database/batched-read.js';
import { columnNames, columnTypes, insertValues, selectList } from '../../../database/columns.js';
import { acrossOrganizations, statement, workedOnLong, type Statement } from '../../../database/statement.js';
import { StatementRepository } from '../../../database/statement-repository.js';
import { INSERT_DELIVERIES, type OutgoingDelivery } from '../../../outbox/outbox.js';
import type { HookEvent } from '../hooks/poll-hook.events.js';
import { INSERT_HOOK_DELIVERIES } from '../hooks/poll-hook.payload.js';
import { STORE_NOTICES } from '../notifications/poll-notice.storage.js';
import type { WaitingNotice } from '../notifications/poll-notice-recipients.js';
import { busyTimeOf } from '../slots/poll-busy-times.js';
import { STORE_BUSY_TIMES } from '../slots/poll-busy-time.storage.js';
import { PollEvent } from './poll-event.entity.js';
import { LISTED_MESSAGES, type PollEventRow, type PollMessage } from './poll-event.js';
import { searchKeysOf } from './poll-event.search-keys.js';
import type { SerializedPollEvent } from './poll-event.serialization.js';
import { INTERNAL_COLUMNS, type PollEventView } from './poll-event.writer.js';

/** What a change sends: mails, and a delivery to each hook subscribed to one of the types. */
export interface Outgoing {
  readonly deliveries: readonly OutgoingDelivery[];
  readonly types: readonly HookEvent[];
  /** The event as hooks show it: JSON as text. */
  readonly hookResource: string;
  readonly actor: PollActor;
  readonly notices: readonly WaitingNotice[];
  /** When a notice that begins to wait is due. */
  readonly noticeMinutes: number;
}

/** Who caused a change: an invitee with a personal key, or the member of an API key, if it has one. */
export interface PollActor {
  readonly user?: string;
  readonly memberId?: number | null;
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

/** The messages of event `e` from a position on, as the text of a JSON array. */
function messagesFrom(position: string): string {
  return `CASE e.messages_length WHEN 0 THEN '[]' ELSE (
      SELECT '[' || coalesce(string_agg(m.message::text, ',' ORDER BY m.position), '') || ']' FROM polls.event_messages m
       WHERE m.organization_id = e.organization_id AND m.event_id = e.id AND m.position >= ${position}) END`;
}

const TYPES = columnTypes(PollEvent);

/** The columns of a `PollEventView` of event `e`, without messages. */
const VIEW_COLUMNS = columnNames(PollEvent, { without: INTERNAL_COLUMNS })
  .map((column) => (TYPES.get(column) === 'json' ? `e.${column}::text AS ${column}` : `e.${column}`))
  .concat('json_array_length(e.invitees) AS invitees_length')
  .join(', ');

/** The same with the newest messages, for lists. */
export const LIST_COLUMNS = `${VIEW_COLUMNS}, ${messagesFrom(`e.messages_length - ${LISTED_MESSAGES - 1}`)} AS messages`;

const OUTGOING = `mails AS (${INSERT_DELIVERIES} RETURNING id),
  hook_deliveries AS (${INSERT_HOOK_DELIVERIES}
    RETURNING id)`;

const SEARCH_KEYS = 'unnest(:key_kinds::text[], :key_values::text[]) AS k(kind, value)';

// New messages are the last ones of the event.
const INSERT_MESSAGES = `added_messages AS (
    INSERT INTO polls.event_messages (organization_id, event_id, position, message)
    SELECT :organization_id, :id,
           :messages_length::integer - cardinality(:new_messages::text[]) + added.position, added.message::json
      FROM unnest(:new_messages::text[]) WITH ORDINALITY AS added(message, position))`;

const HAS_OUTGOING = `EXISTS (SELECT FROM mails) OR EXISTS (SELECT FROM hook_deliveries) AS outgoing`;

// Marked as long: several on one connection would wait for each other's disk writes.
const createStatement = (name: string, more: string): Statement<WriteResult> =>
  workedOnLong(
    statement<WriteResult>(
      name,
      `WITH ${OUTGOING},
   e AS (INSERT INTO polls.events ${insertValues(PollEvent)} RETURNING id),
   added_keys AS (
     INSERT INTO polls.event_marks (organization_id, kind, value, created_at, event_id)
     SELECT :organization_id, k.kind, k.value, :created_at, e.id FROM ${SEARCH_KEYS}, e),
   ${INSERT_MESSAGES}${more}
   SELECT ${HAS_OUTGOING}`,
    ),
  );

const CREATE = createStatement('polls.event.create', '');
const CREATE_CONFIRMED = createStatement('polls.event.create_confirmed', `,\n   ${STORE_BUSY_TIMES}`);

/** The keys as they are stored: encrypted, or in clear until `PollKeysSealer` has come to them. */
interface StoredKeys {
  readonly sealed_keys: string | null;
  readonly keys: string | null;
}

const FIND = batchedRead<PollEventView & StoredKeys>(
  'polls.event.find',
  { organization_id: 'integer', id: 'text' },
  `SELECT input.n, ${VIEW_COLUMNS}, ${messagesFrom('1')} AS messages, e.sealed_keys, e.keys::text AS keys
     FROM {input} JOIN polls.events e ON e.organization_id = input.organization_id AND e.id = input.id`,
);

const FIND_PUBLIC = acrossOrganizations(
  statement<PollEvent & Pick<PollEventRow, 'messages'>>(
    'polls.event.find_public',
    `SELECT ${selectList(PollEvent, 'e')}, (${messagesFrom('1')})::json AS messages FROM polls.events e WHERE e.id = :id`,
  ),
);

const LOCK = statement<PollEvent>(
  'polls.event.lock',
  `SELECT ${selectList(PollEvent, 'e')} FROM polls.events e
    WHERE e.organization_id = :organization_id AND e.id = :id FOR NO KEY UPDATE`,
);

// A separate statement after LOCK, because messages of a concurrent change are visible only once the lock is held.
const MESSAGES = statement<{ message: PollMessage }>(
  'polls.event.messages',
  `SELECT message FROM polls.event_messages
    WHERE organization_id = :organization_id AND event_id = :id ORDER BY position`,
);

const SAVED_COLUMNS = columnNames(PollEvent, { without: ['organization_id', 'id'] });

const SAVE = statement<WriteResult>(
  'polls.event.save',
  `WITH ${OUTGOING}, ${STORE_NOTICES},
   wanted AS (SELECT k.kind, k.value FROM ${SEARCH_KEYS}),
   removed_keys AS (
     DELETE FROM polls.event_marks m WHERE m.organization_id = :organization_id AND m.event_id = :id
        AND NOT EXISTS (SELECT FROM wanted w WHERE w.kind = m.kind AND w.value = m.value)),
   added_keys AS (
     INSERT INTO polls.event_marks (organization_id, kind, value, created_at, event_id)
     SELECT :organization_id, w.kind, w.value, :created_at, :id FROM wanted w
     ON CONFLICT ON CONSTRAINT pk_event_marks DO NOTHING),
   removed_busy_times AS (
     DELETE FROM polls.busy_times b WHERE b.organization_id = :organization_id AND b.event_id = :id
        AND b.user_id <> ALL(:busy_users::text[])),
   ${STORE_BUSY_TIMES},
   saved AS (
     UPDATE polls.events SET (${SAVED_COLUMNS.join(', ')}) = ROW(${SAVED_COLUMNS.map((column) => `:${column}`).join(', ')})
      WHERE organization_id = :organization_id AND id = :id),
   ${INSERT_MESSAGES}
   SELECT ${HAS_OUTGOING}`,
);

const FIND_UNSEALED = acrossOrganizations(
  statement<Pick<PollEvent, 'organization_id' | 'id'> & { readonly keys: string }>(
    'polls.event.find_unsealed',
    `SELECT organization_id, id, keys::text AS keys FROM polls.events WHERE sealed_keys IS NULL LIMIT 200`,
  ),
);

// Keys that were changed meanwhile are sealed already.
const SEAL = acrossOrganizations(
  statement<object>(
    'polls.event.seal',
    `UPDATE polls.events e SET sealed_keys = s.sealed_keys, keys = NULL
     FROM json_to_recordset(:events::json) AS s(organization_id integer, id text, keys text, sealed_keys text)
    WHERE e.organization_id = s.organization_id AND e.id = s.id AND e.keys::text = s.keys`,
  ),
);

/** Binds encrypted keys to their event. */
function contextOf({ organization_id, id }: Pick<PollEvent, 'organization_id' | 'id'>): string {
  return `poll keys ${organization_id} ${id}`;
}

/**
 * Events. Every statement is limited to one organization, except that of `findPublicEvent`. The personal keys of invitees
 * are encrypted here, and nowhere else: the API shows them again, so their digests alone would not do.
 */
export class PollEventsRepository extends StatementRepository<PollEvent> {
  static readonly entity = PollEvent;
  static readonly dependencies = [Encryption];

  constructor(
    entity: EntityTarget<PollEvent>,
    manager: EntityManager,
    database: Database,
    private readonly encryption: Encryption,
  ) {
    super(entity, manager, database);
  }

  async findEvent(
    organization_id: number,
    id: string,
  ): Promise<(PollEventView & Pick<SerializedPollEvent, 'keys'>) | undefined> {
    const [event] = await this.readBatched(FIND, [organization_id, id]);
    if (event === undefined) return undefined;
    const { sealed_keys, keys } = event;
    return {
      ...event,
      keys:
        sealed_keys === null
          ? (keys ?? '{}')
          : this.encryption.decrypt(sealed_keys, contextOf({ organization_id, id })),
    };
  }

  /** By id alone, since a page link does not name the organization. */
  async findPublicEvent(id: string): Promise<PollEventRow | undefined> {
    const event = await this.one(FIND_PUBLIC, { id });
    return event && { ...this.opened(event), messages: event.messages };
  }

  /** Returns whether there is something to deliver. */
  async insertEvent(write: PollEventWrite): Promise<boolean> {
    const create = write.event.confirmed_flag ? CREATE_CONFIRMED : CREATE;
    return (await this.one(create, this.sealed(valuesOf(write), write.event)))?.outgoing ?? false;
  }

  /** The event, locked until the end of the transaction. */
  async lockEvent(organization_id: number, id: string): Promise<PollEventRow | undefined> {
    const event = await this.one(LOCK, { organization_id, id });
    if (event === undefined) return undefined;
    const rows = event.messages_length === 0 ? [] : await this.all(MESSAGES, { organization_id, id });
    return { ...this.opened(event), messages: rows.map(({ message }) => message) };
  }

  /** Writes the change of a locked event. Returns whether there is something to deliver. */
  async saveEvent(write: PollEventWrite, before: PollEventRow): Promise<boolean> {
    const values = this.sealed(valuesOf(write, before.messages.length), write.event);
    return (await this.one(SAVE, values))?.outgoing ?? false;
  }

  /** Seals the keys of some events that are stored in clear; returns whether there were any. */
  async sealSome(): Promise<boolean> {
    const events = await this.database.inBackground(FIND_UNSEALED, {});
    const sealed = events.map((event) => ({
      ...event,
      sealed_keys: this.encryption.encrypt(event.keys, contextOf(event)),
    }));
    if (sealed.length > 0) await this.database.inBackground(SEAL, { events: JSON.stringify(sealed) });
    return sealed.length > 0;
  }

  private opened({ sealed_keys, keys, ...event }: PollEvent): Omit<PollEventRow, 'messages'> {
    if (sealed_keys === null) return { ...event, keys: keys ?? {} };
    const text = this.encryption.decrypt(sealed_keys, contextOf(event));
    return { ...event, keys: JSON.parse(text) as PollEventRow['keys'] };
  }

  private sealed(values: Readonly<Record<string, unknown>>, event: PollEventRow): typeof values {
    const sealed_keys = this.encryption.encrypt(JSON.stringify(event.keys), contextOf(event));
    return { ...values, keys: null, sealed_keys };
  }
}

/** `storedCount` is the number of messages already stored. */
function valuesOf(
  {
    event,
    serialized,
    outgoing: { deliveries, types, hookResource, actor, notices, noticeMinutes },
  }: PollEventWrite,
  storedCount = 0,
): Readonly<Record<string, unknown>> {
  const searchKeys = searchKeysOf(event);
  const busy = busyTimeOf(event);
  return {
    now: event.updated_at,
    deliveries: deliveries.length === 0 ? '[]' : JSON.stringify(deliveries),
    hook_types: types,
    hook_timestamp: event.updated_at,
    hook_resource: hookResource,
    actor_user: actor.user,
    actor_member_id: actor.memberId,
    notice_kinds: notices.map(({ kind }) => kind),
    notice_users: notices.map(({ user }) => user),
    notice_minutes: noticeMinutes,
    key_kinds: searchKeys.map(({ kind }) => kind),
    key_values: searchKeys.map(({ value }) => value),
    busy_users: busy?.users ?? [],
    busy_from: busy?.time.starts_at,
    busy_to: busy?.time.ends_at,
    busy_all_day: busy?.time.all_day,
    new_messages: event.messages.slice(storedCount).map((message) => JSON.stringify(message)),
    ...serialized,
  };
}
