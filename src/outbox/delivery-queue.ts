import { setImmediate as nextIteration, setTimeout as sleep } from 'node:timers/promises';
import { Logger } from '@nestjs/common';
import { traced } from '../core/traced.js';
import { LEASE_SECONDS } from './claim-statements.js';
import type { DeliveriesRepository } from './deliveries.repository.js';
import {
  MAX_ATTEMPTS,
  TargetDisabled,
  backoffSeconds,
  Undeliverable,
  type DeliveryHandler,
  type ClaimedDelivery,
  type Outcome,
} from './outbox.js';
import { DeliverySlots } from './delivery-slots.js';

/** How long shutdown waits for deliveries in flight; other processes claim the rest when its lease ends. */
const STOP_TIMEOUT_MS = 5_000;

/** Delay between attempts to write outcomes. */
const SETTLE_RETRY_MS = 250;

/**
 * The deliveries of one handler in this process. They run concurrently, limited per target and per organization, so a
 * slow target delays only its own deliveries.
 */
export class DeliveryQueue {
  private readonly log = new Logger('outbox');
  private readonly inFlight = new Set<Promise<void>>();
  private readonly slots: DeliverySlots;
  private readonly stopping = new AbortController();
  private polling: Promise<void> | undefined;
  private claiming: Promise<void> | undefined;
  private wakeRequested = false;
  private settleRetry: Promise<void> | undefined;

  constructor(
    private readonly handler: DeliveryHandler,
    private readonly deliveries: DeliveriesRepository,
  ) {
    this.slots = new DeliverySlots(handler);
  }

  /** Looks for due deliveries now. */
  wake(): void {
    this.wakeRequested = true;
    if (this.polling !== undefined || this.stopping.signal.aborted) return;
    this.polling = this.poll().finally(() => {
      this.polling = undefined;
      // Woken while the last poll ended.
      if (this.wakeRequested) this.wake();
    });
  }

  async stop(): Promise<void> {
    this.stopping.abort();
    await this.polling;
    let timer: NodeJS.Timeout | undefined;
    const timeout = new Promise<void>((resolve) => (timer = setTimeout(resolve, STOP_TIMEOUT_MS)));
    await Promise.race([Promise.all(this.inFlight), timeout]);
    clearTimeout(timer);
  }

  private async poll(): Promise<void> {
    while (this.wakeRequested && !this.stopping.signal.aborted) {
      this.wakeRequested = false;
      // All slots that are released in the same event loop iteration are refilled by one statement.
      await nextIteration();
      if (this.slots.free === 0) return;
      this.claiming = this.claim();
      await this.claiming;
    }
  }

  private async claim(): Promise<void> {
    const began = performance.now();
    try {
      const claimed = await this.deliveries.claim(this.handler, this.slots.free, this.slots.inFlight());
      for (const delivery of claimed) this.start(delivery, began + LEASE_SECONDS * 1000);
    } catch (error) {
      // The database is unavailable; whatever was claimed is due again when its lease ends.
      this.log.warn(`The outbox cannot be read: ${messageOf(error)}`);
    }
  }

  private start(delivery: ClaimedDelivery, leaseEnds: number): void {
    this.slots.acquire(delivery);
    const going = this.process(delivery, leaseEnds)
      .catch((error: unknown) => this.log.warn(`Delivery ${delivery.id} is not settled: ${messageOf(error)}`))
      .finally(() => this.inFlight.delete(going));
    this.inFlight.add(going);
  }

  private async process(delivery: ClaimedDelivery, leaseEnds: number): Promise<void> {
    let outcome: Outcome;
    try {
      const work = {
        kind: 'delivery',
        name: this.handler.kind,
        organizationId: delivery.organization_id,
      } as const;
      const end = await traced(work, () => this.handler.deliver(delivery));
      outcome = typeof end === 'string' ? { state: end } : end;
    } catch (error) {
      outcome = this.outcomeOf(delivery, error);
    }
    void this.releaseSlot(delivery);
    await this.settle(delivery, outcome, leaseEnds);
    if ('next' in outcome) this.wake();
  }

  /** Frees the slot at once: the next delivery need not wait until this outcome is written. */
  private async releaseSlot(delivery: ClaimedDelivery): Promise<void> {
    // A claim in flight was sent with this slot as occupied.
    await this.claiming;
    // Due deliveries can only have been left out if a limit was reached.
    if (this.slots.release(delivery)) this.wake();
  }

  /** Retries until the lease ends: without a written outcome the delivery would be sent again. */
  private async settle(delivery: ClaimedDelivery, outcome: Outcome, leaseEnds: number): Promise<void> {
    for (;;) {
      const last = this.stopping.signal.aborted || performance.now() + SETTLE_RETRY_MS >= leaseEnds;
      try {
        await this.deliveries.settle(delivery, outcome);
        return;
      } catch (error) {
        if (last) throw error;
      }
      // One shared delay, so that the retries share a statement again; shutdown cuts it short.
      this.settleRetry ??= sleep(SETTLE_RETRY_MS, undefined, { signal: this.stopping.signal })
        .catch(() => undefined)
        .finally(() => (this.settleRetry = undefined));
      await this.settleRetry;
    }
  }

  private outcomeOf({ id, attempts }: ClaimedDelivery, error: unknown): Outcome {
    const trouble = messageOf(error);
    if (error instanceof TargetDisabled) {
      this.log.debug(`Delivery ${id} (${this.handler.kind}) is not wanted any more: ${trouble}`);
      return { state: 'given up', trouble };
    }
    if (error instanceof Undeliverable || attempts >= MAX_ATTEMPTS) {
      this.log.error(`Delivery ${id} (${this.handler.kind}) is given up: ${trouble}`);
      return { state: 'given up', trouble };
    }
    return { state: 'waiting', pause: backoffSeconds(attempts), trouble };
  }
}

/** Without NUL, which a mail server may send and PostgreSQL's `text` cannot contain. */
function messageOf(error: unknown): string {
  return (error instanceof Error ? error.message : String(error)).replaceAll('\0', '');
}
