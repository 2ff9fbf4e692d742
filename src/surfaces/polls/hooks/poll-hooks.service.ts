import { Injectable } from '@nestjs/common';
import type { Caller } from '../../../core/caller.js';
import { Clock } from '../../../core/clock.js';
import { Failure, invalid, invalidField, type Fault } from '../../../core/failure.js';
import { pageOf } from '../../../core/page.js';
import { UnitOfWork } from '../../../database/unit-of-work.js';
import { OutboxWorker } from '../../../outbox/outbox-worker.js';
import { Webhooks } from '../../../webhooks/webhooks.js';
import { hookContext } from './poll-hook-delivery.js';
import type { PollHook } from './poll-hook.entity.js';
import { FIRED_EVENTS } from './poll-hook.events.js';
import {
  MAX_HOOKS,
  PollHooksRepository,
  type HookDeliveryRow,
  type PollHookChange,
  type PollHookRow,
} from './poll-hooks.repository.js';
import type { PollHookChangeInputDto, PollHookInputDto } from './poll-hooks.dto.js';
import { isPollId, pollId } from '../poll-id.js';
import { hookNotFound, tooManyHooks } from '../polls.failures.js';

const PAGES = { defaultLimit: 50, maxLimit: 100 };
const DELIVERY_ID = /^\d{1,18}$/;

interface PageQuery {
  readonly page?: number | undefined;
  readonly limit?: number | undefined;
}

@Injectable()
export class PollHooksService {
  constructor(
    private readonly hooks: PollHooksRepository,
    private readonly unitOfWork: UnitOfWork,
    private readonly webhooks: Webhooks,
    private readonly outbox: OutboxWorker,
    private readonly clock: Clock,
  ) {}

  /** Returns the hook and its secret, which is not shown again. */
  async create(caller: Caller, input: PollHookInputDto): Promise<{ hook: PollHookRow; secret: string }> {
    const { url, action, events, active } = definitionOf(input);
    this.webhooks.assertPublicUrl(url, action === null ? 'url' : 'target_url');
    const now = this.clock.now(caller);
    const id = pollId(now);
    const organization_id = caller.organizationId;
    const { secret, sealed_secret } = this.webhooks.createSecret(hookContext(organization_id, id));
    const hook = await this.unitOfWork.run(async (manager) => {
      const hooks = manager.withRepository(this.hooks);
      await hooks.lockOrganization(organization_id);
      return hooks.insertHook({
        organization_id,
        id,
        url,
        action,
        events,
        active,
        sealed_secret,
        created_at: now,
        updated_at: now,
      });
    });
    if (hook === undefined) throw tooManyHooks(MAX_HOOKS);
    return { hook, secret };
  }

  list({ organizationId }: Caller, { page, limit }: PageQuery): Promise<PollHookRow[]> {
    return this.hooks.list(organizationId, pageOf(page, limit, PAGES));
  }

  async find({ organizationId }: Caller, id: string): Promise<PollHookRow> {
    const hook = isPollId(id) ? await this.hooks.findHook(organizationId, id) : undefined;
    if (hook === undefined) throw hookNotFound();
    return hook;
  }

  async change(caller: Caller, id: string, input: PollHookChangeInputDto): Promise<PollHookRow> {
    const { action } = await this.find(caller, id);
    const change = changeOf(input, action !== null);
    if (change.url !== undefined)
      this.webhooks.assertPublicUrl(change.url, action === null ? 'url' : 'target_url');
    const hook = await this.hooks.changeHook(caller.organizationId, id, change, this.clock.now(caller));
    if (hook === undefined) throw hookNotFound();
    return hook;
  }

  async delete({ organizationId }: Caller, id: string): Promise<void> {
    if (!isPollId(id) || !(await this.hooks.deleteHook(organizationId, id))) throw hookNotFound();
  }

  async deliveries(caller: Caller, id: string, { page, limit }: PageQuery): Promise<HookDeliveryRow[]> {
    await this.find(caller, id);
    return this.hooks.deliveries(caller.organizationId, id, pageOf(page, limit, PAGES));
  }

  async replay(caller: Caller, id: string, deliveryId: string): Promise<void> {
    await this.find(caller, id);
    const found =
      DELIVERY_ID.test(deliveryId) && (await this.hooks.replay(caller.organizationId, id, deliveryId));
    if (!found) throw new Failure('not-found', 'The hook has no such delivery.');
    this.outbox.wake();
  }
}

const OUR_FIELDS = ['url', 'events', 'active'] as const;
const THEIR_FIELDS = ['action', 'target_url'] as const;

/** What a hook is made of. The fields decide the shape that it has for good. */
function definitionOf(input: PollHookInputDto): Pick<PollHook, 'url' | 'action' | 'events' | 'active'> {
  const { url, events, active, action, target_url } = input;
  if (action == null && target_url == null) {
    if (url == null) throw invalidField('url', 'url is required, or action and target_url');
    return { url, action: null, events: [...new Set(events ?? FIRED_EVENTS)], active: active ?? true };
  }
  const faults = [
    ...OUR_FIELDS.filter((field) => input[field] != null).map((field) =>
      bodyFault(field, `${field} does not go with action and target_url`),
    ),
    ...THEIR_FIELDS.filter((field) => input[field] == null).map((field) =>
      bodyFault(field, `${field} is required`),
    ),
  ];
  if (action == null || target_url == null || faults.length > 0) throw invalid(faults);
  return { url: target_url, action, events: [action], active: true };
}

/** A hook of the product's shape has no field to switch it on again, so that any change of it does. */
function changeOf(
  { action, target_url, ...ours }: PollHookChangeInputDto,
  isActionHook: boolean,
): PollHookChange {
  if (!isActionHook) return ours;
  const faults = OUR_FIELDS.filter((field) => ours[field] !== undefined).map((field) =>
    bodyFault(field, `${field} is not a field of this hook`),
  );
  if (faults.length > 0) throw invalid(faults);
  return { url: target_url, ...(action !== undefined && { action, events: [action] }), active: true };
}

function bodyFault(field: string, message: string): Fault {
  return { location: 'body', field, message };
}
