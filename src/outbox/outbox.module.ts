import { Global, Module } from '@nestjs/common';
import { DeliveriesRepository } from './deliveries.repository.js';
import { OutboxPruner } from './outbox-pruner.js';
import { OutboxWorker } from './outbox-worker.js';

/** The transactional outbox: mails and webhook deliveries of all surfaces. */
@Global()
@Module({ providers: [DeliveriesRepository, OutboxWorker, OutboxPruner], exports: [OutboxWorker] })
export class OutboxModule {}
