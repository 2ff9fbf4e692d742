import { Global, Module } from '@nestjs/common';
import { Deliveries } from './deliveries.table.js';
import { OutboxPruner } from './outbox.pruner.js';
import { OutboxWorker } from './outbox.worker.js';

/** What has to reach somebody outside, whatever surface it comes from. */
@Global()
@Module({ providers: [Deliveries, OutboxWorker, OutboxPruner], exports: [OutboxWorker] })
export class OutboxModule {}
