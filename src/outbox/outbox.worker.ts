import { Injectable, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';
import { Deliveries } from './deliveries.table.js';
import { DeliveryLine } from './delivery.line.js';
import type { Carrier } from './outbox.js';

/** How often a process looks for what is due when nobody nudges it. */
const INTERVAL_MS = 1000;

/** Takes what the outbox holds to its carriers, in every process, until the application ends. */
@Injectable()
export class OutboxWorker implements OnApplicationBootstrap, OnModuleDestroy {
  private readonly lines: DeliveryLine[] = [];
  private timer: NodeJS.Timeout | undefined;

  constructor(private readonly deliveries: Deliveries) {}

  /** Carriers introduce themselves while the application is put together. */
  register(carrier: Carrier): void {
    this.lines.push(new DeliveryLine(carrier, this.deliveries));
  }

  onApplicationBootstrap(): void {
    this.timer = setInterval(() => this.nudge(), INTERVAL_MS);
    this.timer.unref();
  }

  async onModuleDestroy(): Promise<void> {
    clearInterval(this.timer);
    await Promise.all(this.lines.map((line) => line.stop()));
  }

  /** Something was written: look now rather than in a second. */
  nudge(): void {
    for (const line of this.lines) line.nudge();
  }
}
