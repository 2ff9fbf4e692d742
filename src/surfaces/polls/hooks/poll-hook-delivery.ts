import { request as requestPlain } from 'node:http';
import { request as requestSecure } from 'node:https';
import { Inject, Injectable, type OnModuleInit } from '@nestjs/common';
import { Webhook } from 'standardwebhooks';
import { Encryption } from '../../../auth/encryption.js';
import { CONFIG, type Config } from '../../../config/config.js';
import { Clock } from '../../../core/clock.js';
import { millisecondsOf } from '../../../core/instant.js';
import {
  TargetDisabled,
  Undeliverable,
  type DeliveryHandler,
  type ClaimedDelivery,
  type DeliveryEnd,
} from '../../../outbox/outbox.js';
import { OutboxWorker } from '../../../outbox/outbox-worker.js';
import { InternalAddressError, lookupPublic, isInternalHostname } from './poll-hook.address.js';
import { HOOK_KIND } from './poll-hook.events.js';
import { PollHooksRepository } from './poll-hooks.repository.js';

const TIMEOUT_MS = 10_000;
const GONE = 410;

/** Posts deliveries to hooks, signed according to Standard Webhooks. */
@Injectable()
export class PollHookDelivery implements DeliveryHandler, OnModuleInit {
  readonly kind = HOOK_KIND;
  /** 20 organizations with slow receivers fill this limit; others then wait, but have priority. */
  readonly concurrency = 200;
  readonly perOrganization = 10;
  readonly perTarget = 2;

  constructor(
    private readonly hooks: PollHooksRepository,
    private readonly encryption: Encryption,
    private readonly outbox: OutboxWorker,
    private readonly clock: Clock,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  onModuleInit(): void {
    this.outbox.register(this);
  }

  async deliver({ organization_id, id, target, payload }: ClaimedDelivery): Promise<DeliveryEnd> {
    const hook = await this.hooks.findHook(organization_id, target);
    if (hook === undefined || !hook.active) throw new TargetDisabled('The hook is deleted or switched off.');
    const now = this.clock.now();
    const body = JSON.stringify(payload);
    const sentAt = new Date(millisecondsOf(now));
    const message = `msg_${id}`;
    const signature = new Webhook(
      this.encryption.decrypt(hook.sealed_secret, hookContext(organization_id, target)),
    ).sign(message, sentAt, body);
    const status = await this.post(new URL(hook.url), body, {
      'content-type': 'application/json',
      'user-agent': 'Quintet',
      'webhook-id': message,
      'webhook-timestamp': String(Math.floor(sentAt.getTime() / 1000)),
      'webhook-signature': signature,
    });
    if (status >= 200 && status < 300) return 'delivered';
    if (status === GONE) {
      await this.hooks.changeHook(organization_id, target, { active: false }, now);
      throw new Undeliverable('The address answered 410; the hook is switched off.');
    }
    throw new Error(`The address answered ${status}.`);
  }

  /** Returns the response status. The body is discarded and redirects are not followed. */
  private post(url: URL, body: string, headers: Record<string, string>): Promise<number> {
    const { hooksMayBeInternal } = this.config;
    if (!hooksMayBeInternal && isInternalHostname(url.hostname)) {
      return Promise.reject(new Undeliverable(new InternalAddressError().message));
    }
    const send = url.protocol === 'https:' ? requestSecure : requestPlain;
    return new Promise((resolve, reject) => {
      const request = send(
        url,
        {
          method: 'POST',
          headers: { ...headers, 'content-length': Buffer.byteLength(body) },
          signal: AbortSignal.timeout(TIMEOUT_MS),
          agent: false,
          ...(hooksMayBeInternal ? {} : { lookup: lookupPublic }),
        },
        (response) => {
          response.destroy();
          resolve(response.statusCode ?? 0);
        },
      );
      request.on('error', (error) =>
        reject(error instanceof InternalAddressError ? new Undeliverable(error.message) : error),
      );
      request.end(body);
    });
  }
}

/** Encryption context that binds a sealed secret to its hook. */
export function hookContext(organizationId: number, hookId: string): string {
  return `polls hook ${organizationId} ${hookId}`;
}
