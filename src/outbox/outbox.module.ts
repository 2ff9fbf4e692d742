import { Global, Module } from '@nestjs/common';
import { repositories } from '../database/statement-repository.js';
import { DeliveriesRepository } from './deliveries.repository.js';
import { OutboxPruner } from './outbox-pruner.js';
import { OutboxWorker } from './outbox-worker.js';

/** The transactional outbox: mails and webhook deliveries of all surfaces. */
@Global()
@Module({
  providers: [...repositories(DeliveriesRepository), OutboxWorker, OutboxPruner],
  exports: [OutboxWorker],
})
export class OutboxModule {}
