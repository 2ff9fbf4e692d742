import { Injectable, Logger, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';
import { Clock } from '../core/clock.js';
import { instantOf, millisecondsOf } from '../core/instant.js';
import { Deliveries } from './deliveries.table.js';
import {
  MAX_ATTEMPTS,
  pauseAfter,
  Undeliverable,
  type Carrier,
  type ClaimedDelivery,
  type DeliveryEnd,
} from './outbox.js';

/** How often a process looks for what is due when nobody nudges it. */
const INTERVAL_MS = 1000;

/** Deliveries under way at a time, per process. */
const BATCH = 10;

/** Takes what the outbox holds to its carriers, in every process, until the application ends. */
@Injectable()
export class OutboxWorker implements OnApplicationBootstrap, OnModuleDestroy {
  private readonly log = new Logger('outbox');
  private readonly carriers = new Map<string, Carrier>();
  private timer: NodeJS.Timeout | undefined;
  private round: Promise<void> | undefined;
  private nudged = false;
  private stopped = false;

  constructor(
    private readonly deliveries: Deliveries,
    private readonly clock: Clock,
  ) {}

  /** Carriers introduce themselves while the application is put together. */
  register(carrier: Carrier): void {
    this.carriers.set(carrier.kind, carrier);
  }

  onApplicationBootstrap(): void {
    this.timer = setInterval(() => this.nudge(), INTERVAL_MS);
    this.timer.unref();
  }

  async onModuleDestroy(): Promise<void> {
    this.stopped = true;
    clearInterval(this.timer);
    await this.round;
  }

  /** Something was written: look now rather than in a second. */
  nudge(): void {
    this.nudged = true;
    this.round ??= this.rounds().finally(() => (this.round = undefined));
  }

  private async rounds(): Promise<void> {
    while (this.nudged && !this.stopped) {
      this.nudged = false;
      try {
        const claimed = await this.deliveries.claim([...this.carriers.keys()], this.clock.now(), BATCH);
        await Promise.all(claimed.map((delivery) => this.deliver(delivery)));
        if (claimed.length === BATCH) this.nudged = true;
      } catch (error) {
        // The database is away; what is claimed comes back when its lease ends.
        this.log.warn(`The outbox cannot be read: ${error instanceof Error ? error.message : String(error)}`);
      }
    }
  }

  private async deliver(delivery: ClaimedDelivery & { kind: string }): Promise<void> {
    let end: DeliveryEnd;
    try {
      const carrier = this.carriers.get(delivery.kind);
      if (carrier === undefined) throw new Undeliverable(`Nobody carries ${delivery.kind}.`);
      end = await carrier.carry(delivery);
    } catch (error) {
      await this.failed(delivery, error instanceof Error ? error : new Error(String(error)));
      return;
    }
    await this.deliveries.end(delivery, end, this.clock.now());
  }

  private async failed(delivery: ClaimedDelivery & { kind: string }, error: Error): Promise<void> {
    const now = this.clock.now();
    if (error instanceof Undeliverable || delivery.attempts >= MAX_ATTEMPTS) {
      this.log.error(`Delivery ${delivery.id} (${delivery.kind}) is given up: ${error.message}`);
      await this.deliveries.giveUp(delivery, now, error.message);
      return;
    }
    const until = instantOf(millisecondsOf(now) + pauseAfter(delivery.attempts) * 1000);
    await this.deliveries.postpone(delivery, until, error.message);
  }
}
