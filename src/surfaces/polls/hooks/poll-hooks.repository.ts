import type { Instant } from '../../../core/instant.js';
import type { Page } from '../../../core/page.js';
import { batchedRead } from '../../../database/batched-read.js';
import { columnNames, selectList, setFromJson } from '../../../database/columns.js';
import { statement } from '../../../database/statement.js';
import { StatementRepository } from '../../../database/statement-repository.js';
import { Delivery } from '../../../outbox/delivery.entity.js';
import { HOOK_KIND } from './poll-hook.events.js';
import { PollHook } from './poll-hook.entity.js';
import { organizationIdOf } from '../poll-id.js';

export type PollHookRow = Readonly<Omit<PollHook, 'organization_id'>> & {
  /** The organization's public id. */
  readonly organization: string;
};

/** `undefined` leaves a field unchanged. */
export type PollHookChange = {
  readonly [Field in 'url' | 'action' | 'events' | 'active']?: PollHook[Field] | undefined;
};

export type HookDeliveryRow = Readonly<
  Pick<Delivery, 'id' | 'state' | 'attempts' | 'trouble' | 'created_at' | 'done_at'>
> & { readonly type: string };

/** Maximum number of hooks per organization, since each event writes one delivery per hook. */
export const MAX_HOOKS = 100;

const COLUMNS = `${selectList(PollHook, 'h', { without: ['organization_id'] })},
  (SELECT ${organizationIdOf('o')} FROM tenancy.organizations o WHERE o.id = h.organization_id) AS organization`;

const LOCK_ORGANIZATION = statement<object>(
  'polls.hook.lock',
  `SELECT FROM tenancy.organizations WHERE id = :organization_id FOR NO KEY UPDATE`,
);

const NAMES = columnNames(PollHook);

const CREATE = statement<PollHookRow>(
  'polls.hook.create',
  `INSERT INTO polls.hooks AS h (${NAMES.join(', ')})
   SELECT ${NAMES.map((name) => `:${name}`).join(', ')}
    WHERE (SELECT count(*) FROM polls.hooks WHERE organization_id = :organization_id) < ${MAX_HOOKS}
   RETURNING ${COLUMNS}`,
);

// Batched, since many deliveries start at once and each reads its hook.
const FIND = batchedRead<PollHookRow>(
  'polls.hook.find',
  { organization_id: 'integer', id: 'text' },
  `SELECT input.n, ${COLUMNS}
     FROM {input} JOIN polls.hooks h ON h.organization_id = input.organization_id AND h.id = input.id`,
);

const LIST = statement<PollHookRow>(
  'polls.hook.list',
  `SELECT ${COLUMNS} FROM polls.hooks h WHERE h.organization_id = :organization_id
    ORDER BY h.created_at DESC, h.id DESC LIMIT :limit OFFSET :offset`,
);

const CHANGE = statement<PollHookRow>(
  'polls.hook.change',
  `WITH h AS (
     UPDATE polls.hooks old SET ${setFromJson(PollHook, ['url', 'action', 'events', 'active', 'updated_at'])}
      WHERE organization_id = :organization_id AND id = :id
     RETURNING *)
   SELECT ${COLUMNS} FROM h`,
);

/** Limits the duration of the statement; the delivery handler gives up the remaining deliveries one by one. */
const MAX_GIVEN_UP = 5000;

const DELETE = statement<{ id: string }>(
  'polls.hook.delete',
  `WITH deleted AS (DELETE FROM polls.hooks WHERE organization_id = :organization_id AND id = :id RETURNING id),
   waiting AS (
     SELECT d.organization_id, d.id FROM outbox.deliveries d, deleted
      WHERE d.organization_id = :organization_id AND d.kind = '${HOOK_KIND}' AND d.target = :id
        AND d.state = 'waiting'
      LIMIT ${MAX_GIVEN_UP} FOR UPDATE OF d SKIP LOCKED),
   ended AS (
     UPDATE outbox.deliveries d SET state = 'given up', done_at = now(), trouble = 'The hook is deleted.'
       FROM waiting w WHERE d.organization_id = w.organization_id AND d.id = w.id)
   SELECT id FROM deleted`,
);

const DELIVERIES = statement<HookDeliveryRow>(
  'polls.hook.deliveries',
  `SELECT id, coalesce(payload ->> 'type', payload ->> 'action') AS type, state, attempts, trouble, created_at, done_at FROM outbox.deliveries
    WHERE organization_id = :organization_id AND kind = '${HOOK_KIND}' AND target = :id
    ORDER BY id DESC LIMIT :limit OFFSET :offset`,
);

/**
 * Hooks and their deliveries; every query is limited to one organization. When a delivery is due and was finished follows
 * PostgreSQL's clock, as in the outbox; all else the `Clock`.
 */
export class PollHooksRepository extends StatementRepository<PollHook> {
  static readonly entity = PollHook;

  /** Locks the organization, so that concurrent inserts do not exceed the maximum. */
  async lockOrganization(organization_id: number): Promise<void> {
    await this.one(LOCK_ORGANIZATION, { organization_id });
  }

  /** Returns `undefined` if the organization, which must be locked, has the maximum number of hooks. */
  insertHook(hook: PollHook): Promise<PollHookRow | undefined> {
    return this.one(CREATE, { ...hook });
  }

  /** Newest first. */
  list(organization_id: number, page: Page): Promise<PollHookRow[]> {
    return this.all(LIST, { organization_id, ...page });
  }

  async findHook(organization_id: number, id: string): Promise<PollHookRow | undefined> {
    return (await this.readBatched(FIND, [organization_id, id]))[0];
  }

  changeHook(
    organization_id: number,
    id: string,
    change: PollHookChange,
    now: Instant,
  ): Promise<PollHookRow | undefined> {
    return this.one(CHANGE, {
      organization_id,
      id,
      change: JSON.stringify({ ...change, updated_at: now }),
    });
  }

  /** Gives up the hook's waiting deliveries. Returns whether the hook existed. */
  async deleteHook(organization_id: number, id: string): Promise<boolean> {
    return (await this.one(DELETE, { organization_id, id })) !== undefined;
  }

  /** Newest first. */
  deliveries(organization_id: number, id: string, page: Page): Promise<HookDeliveryRow[]> {
    return this.all(DELIVERIES, { organization_id, id, ...page });
  }

  /** Queues a delivery again under the same id. Returns whether it existed. */
  async replay(organization_id: number, target: string, id: string): Promise<boolean> {
    const { affected } = await this.manager.update(
      Delivery,
      { organization_id, kind: HOOK_KIND, target, id },
      { state: 'waiting', attempts: 0, due_at: () => 'now()', done_at: null, trouble: null },
    );
    return affected === 1;
  }
}
