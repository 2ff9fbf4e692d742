import { Injectable, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';
import { DeliveriesRepository } from './deliveries.repository.js';
import { DeliveryQueue } from './delivery-queue.js';
import type { DeliveryHandler } from './outbox.js';

/** How often a process polls for due deliveries. */
const INTERVAL_MS = 1000;

/** Passes due deliveries to their handlers until shutdown. Runs in every process. */
@Injectable()
export class OutboxWorker implements OnApplicationBootstrap, OnModuleDestroy {
  private readonly queues: DeliveryQueue[] = [];
  private timer: NodeJS.Timeout | undefined;

  constructor(private readonly deliveries: DeliveriesRepository) {}

  /** Handlers register themselves in `onModuleInit`. */
  register(handler: DeliveryHandler): void {
    this.queues.push(new DeliveryQueue(handler, this.deliveries));
  }

  onApplicationBootstrap(): void {
    this.timer = setInterval(() => this.wake(), INTERVAL_MS);
    this.timer.unref();
  }

  async onModuleDestroy(): Promise<void> {
    clearInterval(this.timer);
    await Promise.all(this.queues.map((queue) => queue.stop()));
  }

  /** Call after writing a delivery, so that it does not wait for the next poll. */
  wake(): void {
    for (const queue of this.queues) queue.wake();
  }
}
