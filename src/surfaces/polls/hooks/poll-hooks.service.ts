import { randomBytes } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import { Encryption } from '../../../auth/encryption.js';
import { CONFIG, type Config } from '../../../config/config.js';
import type { Caller } from '../../../core/caller.js';
import { Clock } from '../../../core/clock.js';
import { Failure, invalidField } from '../../../core/failure.js';
import { pageOf } from '../../../core/page.js';
import { UnitOfWork } from '../../../database/unit-of-work.js';
import { OutboxWorker } from '../../../outbox/outbox-worker.js';
import { isInternalHostname } from './poll-hook.address.js';
import { hookContext } from './poll-hook-delivery.js';
import { HOOK_EVENTS } from './poll-hook.events.js';
import {
  MAX_HOOKS,
  PollHooksRepository,
  type HookDeliveryRow,
  type PollHookRow,
} from './poll-hooks.repository.js';
import type { UpdatePollHookDto, CreatePollHookDto } from './poll-hooks.dto.js';
import { isPollId, pollId } from '../poll-id.js';
import { hookNotFound, tooManyHooks } from '../polls.failures.js';

const PAGES = { defaultLimit: 50, maxLimit: 100 };
const SECRET_BYTES = 24;
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
    private readonly encryption: Encryption,
    private readonly outbox: OutboxWorker,
    private readonly clock: Clock,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  /** Returns the hook and its secret, which is not shown again. */
  async create(
    caller: Caller,
    { url, events, active }: CreatePollHookDto,
  ): Promise<{ hook: PollHookRow; secret: string }> {
    this.assertPublicUrl(url);
    const now = this.clock.now(caller);
    const id = pollId(now);
    const organization_id = caller.organizationId;
    const secret = `whsec_${randomBytes(SECRET_BYTES).toString('base64')}`;
    const sealed_secret = this.encryption.encrypt(secret, hookContext(organization_id, id));
    const hook = await this.unitOfWork.run(async (manager) => {
      const hooks = manager.withRepository(this.hooks);
      await hooks.lockOrganization(organization_id);
      return hooks.insertHook({
        organization_id,
        id,
        url,
        events: [...new Set(events ?? HOOK_EVENTS)],
        active: active ?? true,
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

  async change(caller: Caller, id: string, change: UpdatePollHookDto): Promise<PollHookRow> {
    if (!isPollId(id)) throw hookNotFound();
    if (change.url !== undefined) this.assertPublicUrl(change.url);
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

  /** Checks the host name only; its resolved addresses are checked on delivery. */
  private assertPublicUrl(url: string): void {
    if (!this.config.hooksMayBeInternal && isInternalHostname(new URL(url).hostname)) {
      throw invalidField('url', 'url must not lead to an internal address');
    }
  }
}
