import { Injectable, type OnModuleInit } from '@nestjs/common';
import type { Instant } from '../../../core/instant.js';
import {
  Webhooks,
  type WebhookMessage,
  type WebhookReceiver,
  type WebhookReceivers,
} from '../../../webhooks/webhooks.js';
import { HOOK_KIND } from './poll-hook.events.js';
import { PollHooksRepository } from './poll-hooks.repository.js';

/** Hooks as receivers of deliveries. */
@Injectable()
export class PollHookDelivery implements WebhookReceivers, OnModuleInit {
  readonly kind = HOOK_KIND;
  readonly secretContext = hookContext;

  constructor(
    private readonly hooks: PollHooksRepository,
    private readonly webhooks: Webhooks,
  ) {}

  onModuleInit(): void {
    this.webhooks.register(this);
  }

  async findReceiver(organizationId: number, id: string): Promise<WebhookReceiver | undefined> {
    const hook = await this.hooks.findHook(organizationId, id);
    return hook?.active === true ? hook : undefined;
  }

  switchOff(organizationId: number, id: string, now: Instant): Promise<unknown> {
    return this.hooks.changeHook(organizationId, id, { active: false }, now);
  }

  messageOf(payload: object): WebhookMessage {
    return { body: JSON.stringify(payload) };
  }
}

/** Encryption context that binds a sealed secret to its hook. */
export function hookContext(organizationId: number, hookId: string): string {
  return `polls hook ${organizationId} ${hookId}`;
}
