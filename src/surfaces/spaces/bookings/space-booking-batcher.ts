import type { Instant } from '../../../core/instant.js';
import { isTroubleOfAll } from '../../../database/failures.js';
import { mayBeOfOne, oneByOne } from '../../../database/one-by-one.js';
import type { Deadline } from './space-deadline.js';
import type { SpaceEventRow } from '../events/space-event.columns.js';
import type { EventValues } from './space-booking.values.js';
import type { InviteeInput } from '../events/space-invitees.js';
import { spaceBusy } from '../spaces.failures.js';

/** A single event to be inserted. */
export interface NewBooking {
  readonly organizationId: number;
  readonly values: EventValues;
  readonly invitees: readonly InviteeInput[];
  readonly now: Instant;
  readonly deadline: Deadline;
}

/**
 * Inserts the bookings that it can; they must not overlap each other. Results are in input order, `undefined` for each
 * booking that was not inserted.
 */
export type WriteBookings = (
  bookings: readonly NewBooking[],
) => Promise<readonly (SpaceEventRow | undefined)[]>;

interface PendingBooking {
  readonly booking: NewBooking;
  readonly resolve: (event: SpaceEventRow | undefined) => void;
  readonly reject: (error: unknown) => void;
}

/** Maximum bookings per statement; larger batches would delay every response in them. */
const MAX_BATCH_SIZE = 32;
/** Maximum statements in flight. Bookings that arrive in the meantime wait for the next batch. */
const MAX_CONCURRENT_BATCHES = 2;

/**
 * Groups single bookings that arrive at the same time into one INSERT, so that they share one commit and its WAL flush,
 * which is the slow part. A booking that arrives alone is sent immediately.
 *
 * Bookings of the same space may share a statement if they do not overlap; otherwise the first one wins. A space is
 * never in two statements at once. Bookings that exceed their deadline while queued are rejected and never written;
 * those already in flight wait for their result.
 */
export class BookingBatches {
  private pending: PendingBooking[] = [];
  private readonly spacesInFlight = new Set<number>();
  private batchesInFlight = 0;
  private isScheduled = false;
  private expiryTimer: NodeJS.Timeout | undefined;

  constructor(private readonly write: WriteBookings) {}

  /** The inserted event, or `undefined` if it was not inserted and the caller has to find out why. */
  add(booking: NewBooking): Promise<SpaceEventRow | undefined> {
    return new Promise((resolve, reject) => {
      this.pending.push({ booking, resolve, reject });
      this.expiryTimer ??= this.startExpiryTimer(booking.deadline.remaining);
      this.schedule();
    });
  }

  private startExpiryTimer(milliseconds: number): NodeJS.Timeout {
    return setTimeout(() => this.expire(), milliseconds).unref();
  }

  /** One timer suffices: bookings are queued in arrival order and all have the same time limit. */
  private expire(): void {
    const expired = this.pending.filter(({ booking }) => booking.deadline.remaining === 0);
    this.pending = this.pending.filter((one) => !expired.includes(one));
    for (const { reject } of expired) reject(spaceBusy());
    const [next] = this.pending;
    this.expiryTimer = next && this.startExpiryTimer(next.booking.deadline.remaining);
  }

  private schedule(): void {
    if (this.isScheduled || this.batchesInFlight === MAX_CONCURRENT_BATCHES || this.pending.length === 0)
      return;
    this.isScheduled = true;
    setImmediate(() => {
      this.isScheduled = false;
      this.flush();
    });
  }

  private flush(): void {
    const { batch, conflicting } = this.takeBatch();
    if (batch.length === 0) return;
    const spaces = new Set(batch.map(({ booking }) => booking.values.space_id));
    for (const space of spaces) this.spacesInFlight.add(space);
    this.batchesInFlight++;
    void this.store(batch).then((error) => {
      this.batchesInFlight--;
      for (const space of spaces) this.spacesInFlight.delete(space);
      if (error === undefined) for (const { resolve } of conflicting) resolve(undefined);
      else for (const { reject } of [...conflicting, ...this.pending.splice(0)]) reject(error);
      this.schedule();
    });
    this.schedule();
  }

  /** In arrival order: the bookings that can be written now, and those that overlap one of them. */
  private takeBatch(): { batch: PendingBooking[]; conflicting: PendingBooking[] } {
    const batch: PendingBooking[] = [];
    const conflicting: PendingBooking[] = [];
    const remaining: PendingBooking[] = [];
    for (const one of this.pending) {
      if (batch.some((other) => overlaps(one, other))) conflicting.push(one);
      else if (batch.length === MAX_BATCH_SIZE || this.spacesInFlight.has(one.booking.values.space_id))
        remaining.push(one);
      else batch.push(one);
    }
    this.pending = remaining;
    return { batch, conflicting };
  }

  /**
   * If one booking of a batch is rejected, the whole statement fails, so each is retried on its own. Returns the error
   * if the queued bookings would fail with it as well.
   */
  private async store(batch: readonly PendingBooking[]): Promise<unknown> {
    try {
      const events = await this.write(batch.map(({ booking }) => booking));
      for (const [index, { resolve }] of batch.entries()) resolve(events[index]);
      return undefined;
    } catch (error) {
      if (batch.length > 1 && mayBeOfOne(error)) {
        const errors: unknown[] = [];
        await oneByOne(batch, error, async (one) => {
          errors.push(await this.store([one]));
        });
        return errors.includes(undefined) ? undefined : errors[0];
      }
      for (const { reject } of batch) reject(error);
      return isTroubleOfAll(error) ? error : undefined;
    }
  }
}

function overlaps(
  { booking: { values: one } }: PendingBooking,
  { booking: { values: other } }: PendingBooking,
): boolean {
  return one.space_id === other.space_id && one.starts_at < other.ends_at && other.starts_at < one.ends_at;
}
