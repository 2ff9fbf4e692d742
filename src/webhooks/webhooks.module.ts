import { Global, Module } from '@nestjs/common';
import { Webhooks } from './webhooks.js';

/** Webhooks of all surfaces that have them, delivered through the outbox. */
@Global()
@Module({ providers: [Webhooks], exports: [Webhooks] })
export class WebhooksModule {}
