import { Injectable, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';
import { DeliveriesRepository } from './deliveries.repository.js';
import { DeliveryQueue } from './delivery-queue.js';
import type { DeliveryHandler } from './outbox.js';

/** How often a process looks for what is due when nobody nudges it. */
const INTERVAL_MS = 1000;

/** Takes what the outbox holds to its carriers, in every process, until the application ends. */
@Injectable()
export class OutboxWorker implements OnApplicationBootstrap, OnModuleDestroy {
  private readonly lines: DeliveryQueue[] = [];
  private timer: NodeJS.Timeout | undefined;

  constructor(private readonly deliveries: DeliveriesRepository) {}

  /** Carriers introduce themselves while the application is put together. */
  register(carrier: DeliveryHandler): void {
    this.lines.push(new DeliveryQueue(carrier, this.deliveries));
  }

  onApplicationBootstrap(): void {
    this.timer = setInterval(() => this.wake(), INTERVAL_MS);
    this.timer.unref();
  }

  async onModuleDestroy(): Promise<void> {
    clearInterval(this.timer);
    await Promise.all(this.lines.map((line) => line.stop()));
  }

  /** Something was written: look now rather than in a second. */
  wake(): void {
    for (const line of this.lines) line.wake();
  }
}
