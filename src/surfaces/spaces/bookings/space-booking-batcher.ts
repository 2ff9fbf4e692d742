import type { Instant } from '../../../core/instant.js';
import { Batcher } from '../../../database/batcher.js';
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
  private readonly batcher = new Batcher<PendingBooking>((batch, leftOut) => this.store(batch, leftOut), {
    maxSize: MAX_BATCH_SIZE,
    maxInFlight: MAX_CONCURRENT_BATCHES,
    keyOf: ({ booking }) => booking.values.space_id,
    place: (one, batch) => (batch.some((other) => overlaps(one, other)) ? 'left out' : 'joins'),
  });
  private expiryTimer: NodeJS.Timeout | undefined;

  constructor(private readonly write: WriteBookings) {}

  /** The inserted event, or `undefined` if it was not inserted and the caller has to find out why. */
  add(booking: NewBooking): Promise<SpaceEventRow | undefined> {
    return new Promise((resolve, reject) => {
      this.batcher.add({ booking, resolve, reject });
      this.expiryTimer ??= this.startExpiryTimer(booking.deadline.remaining);
    });
  }

  private startExpiryTimer(milliseconds: number): NodeJS.Timeout {
    return setTimeout(() => this.expire(), milliseconds).unref();
  }

  /** One timer suffices: bookings wait in arrival order and all have the same time limit. */
  private expire(): void {
    const isExpired = ({ booking }: PendingBooking): boolean => booking.deadline.remaining === 0;
    for (const { reject } of this.batcher.removeWaiting(isExpired)) reject(spaceBusy());
    const next = this.batcher.firstWaiting;
    this.expiryTimer = next && this.startExpiryTimer(next.booking.deadline.remaining);
  }

  /** Writes a batch. The bookings left out overlap one of it and get their result after it. */
  private async store(
    batch: readonly PendingBooking[],
    leftOut: readonly PendingBooking[] = [],
  ): Promise<void> {
    try {
      const events = await this.write(batch.map(({ booking }) => booking));
      for (const [index, { resolve }] of batch.entries()) resolve(events[index]);
    } catch (error) {
      if (isTroubleOfAll(error)) {
        this.batcher.rejectWaiting(error);
        for (const { reject } of leftOut) reject(error);
      }
      // If one booking of a batch is rejected, the whole statement fails, so each is retried on its own.
      if (batch.length > 1 && mayBeOfOne(error)) await oneByOne(batch, error, (one) => this.store([one]));
      else for (const { reject } of batch) reject(error);
    }
    for (const { resolve } of leftOut) resolve(undefined);
  }
}

function overlaps(
  { booking: { values: one } }: PendingBooking,
  { booking: { values: other } }: PendingBooking,
): boolean {
  return one.space_id === other.space_id && one.starts_at < other.ends_at && other.starts_at < one.ends_at;
}
