import { Global, Module } from '@nestjs/common';
import { DeliveriesRepository } from './deliveries.repository.js';
import { OutboxPruner } from './outbox-pruner.js';
import { OutboxWorker } from './outbox-worker.js';

/** What has to reach somebody outside, whatever surface it comes from. */
@Global()
@Module({ providers: [DeliveriesRepository, OutboxWorker, OutboxPruner], exports: [OutboxWorker] })
export class OutboxModule {}
