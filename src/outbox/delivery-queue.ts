import { setImmediate as endOfTurn, setTimeout as sleep } from 'node:timers/promises';
import { Logger } from '@nestjs/common';
import { LEASE_SECONDS } from './claims.repository.js';
import type { DeliveriesRepository } from './deliveries.repository.js';
import {
  MAX_ATTEMPTS,
  NotWanted,
  pauseAfter,
  Undeliverable,
  type DeliveryHandler,
  type ClaimedDelivery,
  type Outcome,
} from './outbox.js';
import { DeliverySlots } from './delivery-slots.js';

/** How long the end of the application waits for deliveries; what is left then is another process's, by its lease. */
const STOP_PATIENCE_MS = 5_000;

/** Between attempts to write down how deliveries ended. */
const SETTLE_PAUSE_MS = 250;

/**
 * The deliveries of one carrier in this process. Each goes by itself, and neither a target nor an organization takes up
 * more than its places, so a slow receiver delays what is meant for it and nothing else.
 */
export class DeliveryQueue {
  private readonly log = new Logger('outbox');
  private readonly underWay = new Set<Promise<void>>();
  private readonly places: DeliverySlots;
  private readonly stopping = new AbortController();
  private looking: Promise<void> | undefined;
  private claiming: Promise<void> | undefined;
  private nudged = false;
  private pause: Promise<void> | undefined;

  constructor(
    private readonly carrier: DeliveryHandler,
    private readonly deliveries: DeliveriesRepository,
  ) {
    this.places = new DeliverySlots(carrier);
  }

  /** Something may be due: look now. */
  wake(): void {
    this.nudged = true;
    if (this.looking !== undefined || this.stopping.signal.aborted) return;
    this.looking = this.look().finally(() => {
      this.looking = undefined;
      // It was nudged while the last look ended.
      if (this.nudged) this.wake();
    });
  }

  async stop(): Promise<void> {
    this.stopping.abort();
    await this.looking;
    let patience: NodeJS.Timeout | undefined;
    const enough = new Promise<void>((end) => (patience = setTimeout(end, STOP_PATIENCE_MS)));
    await Promise.race([Promise.all(this.underWay), enough]);
    clearTimeout(patience);
  }

  private async look(): Promise<void> {
    while (this.nudged && !this.stopping.signal.aborted) {
      this.nudged = false;
      // What ends in one turn of the event loop is replaced in one statement.
      await endOfTurn();
      if (this.places.free === 0) return;
      this.claiming = this.claim();
      await this.claiming;
    }
  }

  private async claim(): Promise<void> {
    const began = performance.now();
    try {
      const claimed = await this.deliveries.claim(this.carrier, this.places.free, this.places.taken());
      for (const delivery of claimed) this.start(delivery, began + LEASE_SECONDS * 1000);
    } catch (error) {
      // The database is away; what is claimed comes back when its lease ends.
      this.log.warn(`The outbox cannot be read: ${messageOf(error)}`);
    }
  }

  private start(delivery: ClaimedDelivery, leaseEnds: number): void {
    this.places.take(delivery);
    const going = this.deliver(delivery, leaseEnds)
      .catch((error: unknown) => this.log.warn(`Delivery ${delivery.id} is not settled: ${messageOf(error)}`))
      .finally(() => this.underWay.delete(going));
    this.underWay.add(going);
  }

  private async deliver(delivery: ClaimedDelivery, leaseEnds: number): Promise<void> {
    let outcome: Outcome;
    try {
      outcome = { state: await this.carrier.carry(delivery) };
    } catch (error) {
      outcome = this.outcomeOf(delivery, error);
    }
    void this.leave(delivery);
    await this.settle(delivery, outcome, leaseEnds);
  }

  /** Gives its place to the next, which need not wait until this one is written down. */
  private async leave(delivery: ClaimedDelivery): Promise<void> {
    // A claim under way takes the place for taken, so it is free afterwards.
    await this.claiming;
    // Only where places were short may something due have been left behind.
    if (this.places.give(delivery)) this.wake();
  }

  /** Tries for as long as the delivery is this process's: what is not written down goes out once more. */
  private async settle(delivery: ClaimedDelivery, outcome: Outcome, leaseEnds: number): Promise<void> {
    for (;;) {
      const last = this.stopping.signal.aborted || performance.now() + SETTLE_PAUSE_MS >= leaseEnds;
      try {
        await this.deliveries.settle(delivery, outcome);
        return;
      } catch (error) {
        if (last) throw error;
      }
      // One pause for all, so that they share a statement again; it ends with the application.
      this.pause ??= sleep(SETTLE_PAUSE_MS, undefined, { signal: this.stopping.signal })
        .catch(() => undefined)
        .finally(() => (this.pause = undefined));
      await this.pause;
    }
  }

  private outcomeOf({ id, attempts }: ClaimedDelivery, error: unknown): Outcome {
    const trouble = messageOf(error);
    if (error instanceof NotWanted) {
      this.log.debug(`Delivery ${id} (${this.carrier.kind}) is not wanted any more: ${trouble}`);
      return { state: 'given up', trouble };
    }
    if (error instanceof Undeliverable || attempts >= MAX_ATTEMPTS) {
      this.log.error(`Delivery ${id} (${this.carrier.kind}) is given up: ${trouble}`);
      return { state: 'given up', trouble };
    }
    return { state: 'waiting', pause: pauseAfter(attempts), trouble };
  }
}

/** Without the one character that PostgreSQL's texts cannot hold, which a mail server might say. */
function messageOf(error: unknown): string {
  return (error instanceof Error ? error.message : String(error)).replaceAll('\0', '');
}
