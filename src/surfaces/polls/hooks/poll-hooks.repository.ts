import { Injectable } from '@nestjs/common';
import type { Instant } from '../../../core/instant.js';
import { batchedRead } from '../../../database/batched-read.js';
import { Database } from '../../../database/database.js';
import { statement } from '../../../database/statement.js';
import { HOOK_KIND } from './poll-hook.events.js';

export interface PollHookRow {
  readonly id: string;
  readonly url: string;
  readonly events: readonly string[];
  readonly active: boolean;
  readonly sealed_secret: string;
  readonly created_at: Instant;
  readonly updated_at: Instant;
}

export interface HookDeliveryRow {
  readonly id: string;
  readonly type: string;
  readonly state: string;
  readonly attempts: number;
  readonly trouble: string | null;
  readonly created_at: Instant;
  readonly done_at: Instant | null;
}

const COLUMNS = 'id, url, events, active, sealed_secret, created_at, updated_at';

/** Maximum number of hooks per organization, since each event writes one delivery per hook. */
export const MAX_HOOKS = 100;

// Locks the organization, so that concurrent inserts cannot exceed the maximum.
const LOCK = statement<object>(
  'polls.hook.lock',
  `SELECT FROM tenancy.organizations WHERE id = $1 FOR NO KEY UPDATE`,
);

const CREATE = statement<PollHookRow>(
  'polls.hook.create',
  `INSERT INTO polls.hooks (organization_id, id, url, events, active, sealed_secret, created_at, updated_at)
   SELECT $1, $2, $3, $4, $5, $6, $7, $7
    WHERE (SELECT count(*) FROM polls.hooks WHERE organization_id = $1) < ${MAX_HOOKS}
   RETURNING ${COLUMNS}`,
);

const LIST = statement<PollHookRow>(
  'polls.hook.list',
  `SELECT ${COLUMNS} FROM polls.hooks WHERE organization_id = $1 ORDER BY created_at DESC, id DESC LIMIT $2 OFFSET $3`,
);

// Batched, since many deliveries start at once and each reads its hook.
const FIND = batchedRead<PollHookRow>(
  'polls.hook.find',
  { organization_id: 'integer', id: 'text' },
  `SELECT input.n, h.id, h.url, h.events, h.active, h.sealed_secret, h.created_at, h.updated_at
     FROM {input} JOIN polls.hooks h ON h.organization_id = input.organization_id AND h.id = input.id`,
);

const CHANGE = statement<PollHookRow>(
  'polls.hook.change',
  `UPDATE polls.hooks SET url = coalesce($3, url), events = coalesce($4, events), active = coalesce($5, active),
          updated_at = $6
    WHERE organization_id = $1 AND id = $2 RETURNING ${COLUMNS}`,
);

/** Limits the duration of the statement; the delivery handler gives up the remaining deliveries one by one. */
const MAX_GIVEN_UP = 5000;

const DELETE = statement<{ id: string }>(
  'polls.hook.delete',
  `WITH deleted AS (DELETE FROM polls.hooks WHERE organization_id = $1 AND id = $2 RETURNING id),
   waiting AS (
     SELECT d.organization_id, d.id FROM outbox.deliveries d, deleted
      WHERE d.organization_id = $1 AND d.kind = '${HOOK_KIND}' AND d.target = $2 AND d.state = 'waiting'
      LIMIT ${MAX_GIVEN_UP} FOR UPDATE OF d SKIP LOCKED),
   ended AS (
     UPDATE outbox.deliveries d SET state = 'given up', done_at = now(), trouble = 'The hook is deleted.'
       FROM waiting w WHERE d.organization_id = w.organization_id AND d.id = w.id)
   SELECT id FROM deleted`,
);

const DELIVERIES = statement<HookDeliveryRow>(
  'polls.hook.deliveries',
  `SELECT id, payload ->> 'type' AS type, state, attempts, trouble, created_at, done_at FROM outbox.deliveries
    WHERE organization_id = $1 AND kind = '${HOOK_KIND}' AND target = $2 ORDER BY id DESC LIMIT $3 OFFSET $4`,
);

const REPLAY = statement<{ id: string }>(
  'polls.hook.replay',
  `UPDATE outbox.deliveries SET state = 'waiting', attempts = 0, due_at = now(), done_at = NULL, trouble = NULL
    WHERE organization_id = $1 AND kind = '${HOOK_KIND}' AND target = $2 AND id = $3 RETURNING id`,
);

/** Hooks and their deliveries; every query is limited to one organization. */
@Injectable()
export class PollHooksRepository {
  constructor(private readonly database: Database) {}

  /** Returns `undefined` if the organization has the maximum number of hooks. */
  create(
    organizationId: number,
    hook: Pick<PollHookRow, 'id' | 'url' | 'events' | 'active' | 'sealed_secret'>,
    now: Instant,
  ): Promise<PollHookRow | undefined> {
    const { id, url, events, active, sealed_secret } = hook;
    return this.database.transaction(async (transaction) => {
      await transaction.one(LOCK, [organizationId]);
      return transaction.one(CREATE, [organizationId, id, url, events, active, sealed_secret, now]);
    });
  }

  list(organizationId: number, limit: number, offset: number): Promise<PollHookRow[]> {
    return this.database.all(LIST, [organizationId, limit, offset]);
  }

  async find(organizationId: number, id: string): Promise<PollHookRow | undefined> {
    return (await this.database.readBatched(FIND, [organizationId, id]))[0];
  }

  change(
    organizationId: number,
    id: string,
    change: {
      url?: string | undefined;
      events?: readonly string[] | undefined;
      active?: boolean | undefined;
    },
    now: Instant,
  ): Promise<PollHookRow | undefined> {
    return this.database.one(CHANGE, [organizationId, id, change.url, change.events, change.active, now]);
  }

  /** Gives up the hook's waiting deliveries. Returns whether the hook existed. */
  async delete(organizationId: number, id: string): Promise<boolean> {
    return (await this.database.one(DELETE, [organizationId, id])) !== undefined;
  }

  deliveries(organizationId: number, id: string, limit: number, offset: number): Promise<HookDeliveryRow[]> {
    return this.database.all(DELIVERIES, [organizationId, id, limit, offset]);
  }

  /** Queues a delivery again under the same id. Returns whether it existed. */
  async replay(organizationId: number, id: string, deliveryId: string): Promise<boolean> {
    return (await this.database.one(REPLAY, [organizationId, id, deliveryId])) !== undefined;
  }
}
