import { Logger } from '@nestjs/common';
import type { Clock } from '../core/clock.js';
import { instantOf, millisecondsOf } from '../core/instant.js';
import type { Deliveries } from './deliveries.table.js';
import {
  MAX_ATTEMPTS,
  pauseAfter,
  Undeliverable,
  type Carrier,
  type ClaimedDelivery,
  type Outcome,
} from './outbox.js';

/** How long the end of the application waits for deliveries; what is left then is another process's, by its lease. */
const STOP_PATIENCE_MS = 5_000;

/**
 * The deliveries of one carrier in this process. Each goes by itself and a target takes up a few places only, so a slow
 * receiver delays what is meant for it and nothing else.
 */
export class DeliveryLine {
  private readonly log = new Logger('outbox');
  private readonly underWay = new Set<Promise<void>>();
  /** Of each target: deliveries under way. */
  private readonly places = new Map<string, Place>();
  private looking: Promise<void> | undefined;
  private nudged = false;
  private stopped = false;
  /** Whether the last look left some behind for want of a place. */
  private more = false;

  constructor(
    private readonly carrier: Carrier,
    private readonly deliveries: Deliveries,
    private readonly clock: Clock,
  ) {}

  /** Something may be due: look now. */
  nudge(): void {
    this.nudged = true;
    if (this.looking !== undefined || this.stopped) return;
    this.looking = this.look().finally(() => {
      this.looking = undefined;
      // It was nudged while the last look ended.
      if (this.nudged) this.nudge();
    });
  }

  async stop(): Promise<void> {
    this.stopped = true;
    await this.looking;
    let patience: NodeJS.Timeout | undefined;
    const enough = new Promise<void>((end) => (patience = setTimeout(end, STOP_PATIENCE_MS)));
    await Promise.race([Promise.all(this.underWay), enough]);
    clearTimeout(patience);
  }

  private async look(): Promise<void> {
    const { kind, atOnce, perTarget } = this.carrier;
    while (this.nudged && !this.stopped) {
      this.nudged = false;
      const free = atOnce - this.underWay.size;
      this.more = free === 0;
      if (free === 0) return;
      try {
        const claim = { kind, limit: free, perTarget, taken: [...this.places.values()] };
        const { claimed, seen } = await this.deliveries.claim(claim, this.clock.now());
        for (const delivery of claimed) this.start(delivery);
        this.more = seen > claimed.length;
        // What was seen and left belongs to targets that have no place now; behind it may be more of others.
        if (this.more && claimed.length > 0) this.nudged = true;
      } catch (error) {
        // The database is away; what is claimed comes back when its lease ends.
        this.log.warn(`The outbox cannot be read: ${messageOf(error)}`);
      }
    }
  }

  private start(delivery: ClaimedDelivery): void {
    const name = `${delivery.organization_id} ${delivery.target}`;
    const place = this.places.get(name) ?? {
      organization_id: delivery.organization_id,
      target: delivery.target,
      count: 0,
    };
    place.count++;
    this.places.set(name, place);
    const going = this.deliver(delivery)
      .catch((error: unknown) => this.log.warn(`Delivery ${delivery.id} is not settled: ${messageOf(error)}`))
      .finally(() => {
        this.underWay.delete(going);
        const wasFull = place.count-- === this.carrier.perTarget;
        if (place.count === 0) this.places.delete(name);
        if (wasFull || this.more) this.nudge();
      });
    this.underWay.add(going);
  }

  private async deliver(delivery: ClaimedDelivery): Promise<void> {
    let outcome: Outcome;
    try {
      const state = await this.carrier.carry(delivery);
      outcome = { state, at: this.clock.now() };
    } catch (error) {
      outcome = this.outcomeOf(delivery, error);
    }
    await this.deliveries.settle(delivery, outcome);
  }

  private outcomeOf({ id, attempts }: ClaimedDelivery, error: unknown): Outcome {
    const trouble = messageOf(error);
    const now = this.clock.now();
    if (error instanceof Undeliverable || attempts >= MAX_ATTEMPTS) {
      this.log.error(`Delivery ${id} (${this.carrier.kind}) is given up: ${trouble}`);
      return { state: 'given up', at: now, trouble };
    }
    const due = instantOf(millisecondsOf(now) + pauseAfter(attempts) * 1000);
    return { state: 'waiting', due, trouble };
  }
}

/** What a target takes up. */
interface Place {
  readonly organization_id: number;
  readonly target: string;
  count: number;
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
