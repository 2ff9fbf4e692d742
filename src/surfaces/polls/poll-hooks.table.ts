import { Injectable } from '@nestjs/common';
import type { Instant } from '../../core/instant.js';
import { Database } from '../../database/database.js';
import { statement } from '../../database/statement.js';
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

const CREATE = statement<PollHookRow>(
  'polls.hook.create',
  `INSERT INTO polls.hooks (organization_id, id, url, events, active, sealed_secret, created_at, updated_at)
   VALUES ($1, $2, $3, $4, $5, $6, $7, $7) RETURNING ${COLUMNS}`,
);

const LIST = statement<PollHookRow>(
  'polls.hook.list',
  `SELECT ${COLUMNS} FROM polls.hooks WHERE organization_id = $1 ORDER BY created_at DESC, id DESC LIMIT $2 OFFSET $3`,
);

const FIND = statement<PollHookRow>(
  'polls.hook.find',
  `SELECT ${COLUMNS} FROM polls.hooks WHERE organization_id = $1 AND id = $2`,
);

const CHANGE = statement<PollHookRow>(
  'polls.hook.change',
  `UPDATE polls.hooks SET url = coalesce($3, url), events = coalesce($4, events), active = coalesce($5, active),
          updated_at = $6
    WHERE organization_id = $1 AND id = $2 RETURNING ${COLUMNS}`,
);

const DELETE = statement<{ id: string }>(
  'polls.hook.delete',
  `DELETE FROM polls.hooks WHERE organization_id = $1 AND id = $2 RETURNING id`,
);

const DELIVERIES = statement<HookDeliveryRow>(
  'polls.hook.deliveries',
  `SELECT id, payload ->> 'type' AS type, state, attempts, trouble, created_at, done_at FROM outbox.deliveries
    WHERE organization_id = $1 AND kind = '${HOOK_KIND}' AND target = $2 ORDER BY id DESC LIMIT $3 OFFSET $4`,
);

const REPLAY = statement<{ id: string }>(
  'polls.hook.replay',
  `UPDATE outbox.deliveries SET state = 'waiting', attempts = 0, due_at = $4, done_at = NULL, trouble = NULL
    WHERE organization_id = $1 AND kind = '${HOOK_KIND}' AND target = $2 AND id = $3 RETURNING id`,
);

/** Hooks of all organizations, and what was sent to them; every statement is bound to one. */
@Injectable()
export class PollHooks {
  constructor(private readonly database: Database) {}

  create(
    organizationId: number,
    hook: Pick<PollHookRow, 'id' | 'url' | 'events' | 'active' | 'sealed_secret'>,
    now: Instant,
  ): Promise<PollHookRow | undefined> {
    const { id, url, events, active, sealed_secret } = hook;
    return this.database.one(CREATE, [organizationId, id, url, events, active, sealed_secret, now]);
  }

  list(organizationId: number, limit: number, offset: number): Promise<PollHookRow[]> {
    return this.database.all(LIST, [organizationId, limit, offset]);
  }

  find(organizationId: number, id: string): Promise<PollHookRow | undefined> {
    return this.database.one(FIND, [organizationId, id]);
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

  async delete(organizationId: number, id: string): Promise<boolean> {
    return (await this.database.one(DELETE, [organizationId, id])) !== undefined;
  }

  deliveries(organizationId: number, id: string, limit: number, offset: number): Promise<HookDeliveryRow[]> {
    return this.database.all(DELIVERIES, [organizationId, id, limit, offset]);
  }

  /** Whether there was such a delivery; it goes out once more, under the id it has. */
  async replay(organizationId: number, id: string, delivery: string, now: Instant): Promise<boolean> {
    return (await this.database.one(REPLAY, [organizationId, id, delivery, now])) !== undefined;
  }
}
