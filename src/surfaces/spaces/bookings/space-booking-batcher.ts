import type { Instant } from '../../../core/instant.js';
import { isTroubleOfAll } from '../../../database/failures.js';
import { mayBeOfOne, oneByOne } from '../../../database/one-by-one.js';
import type { Deadline } from './space-deadline.js';
import type { SpaceEventRow } from '../events/space-event.columns.js';
import type { EventValues } from './space-booking.values.js';
import type { InviteeInput } from '../events/space-invitees.js';
import { spaceBusy } from '../spaces.failures.js';

/** A single event that is to be stored. */
export interface NewBooking {
  readonly organizationId: number;
  readonly values: EventValues;
  readonly invitees: readonly InviteeInput[];
  readonly now: Instant;
  readonly deadline: Deadline;
}

/** Stores what it can of bookings that do not meet each other; answers in their order, nothing for what it left. */
export type WriteBookings = (
  bookings: readonly NewBooking[],
) => Promise<readonly (SpaceEventRow | undefined)[]>;

interface PendingBooking {
  readonly booking: NewBooking;
  readonly resolve: (event: SpaceEventRow | undefined) => void;
  readonly reject: (error: unknown) => void;
}

/** Bookings of one statement: more would make one answer wait for many others. */
const MAX_BATCH_SIZE = 32;
/** Statements under way at a time. What comes meanwhile gathers for the next one. */
const MAX_CONCURRENT_BATCHES = 2;

/**
 * Lets single bookings that come at the same time share a statement, and with it the one thing that takes long: the
 * disk's word that they are safe. A booking that is alone leaves at once.
 *
 * Two bookings of one space may share a statement where their times do not meet; where they do, the first one is
 * written. Never are two statements under way for one space. Whoever has waited for long enough is told so and is not
 * written any more; whoever is under way waits for what comes of it.
 */
export class BookingBatches {
  private pending: PendingBooking[] = [];
  private readonly spacesInFlight = new Set<number>();
  private batchesInFlight = 0;
  private isScheduled = false;
  private expiryTimer: NodeJS.Timeout | undefined;

  constructor(private readonly write: WriteBookings) {}

  /** The stored event; nothing where it has to be found out why it was not stored. */
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

  /** One timer for all who wait: they came one after the other, and have equally long. */
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
    const spaces = new Set(batch.map(({ booking }) => booking.values.spaceId));
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

  /** In the order in which they came: who can leave now, and who is beaten by one of those. */
  private takeBatch(): { batch: PendingBooking[]; conflicting: PendingBooking[] } {
    const batch: PendingBooking[] = [];
    const conflicting: PendingBooking[] = [];
    const remaining: PendingBooking[] = [];
    for (const one of this.pending) {
      if (batch.some((other) => overlaps(one, other))) conflicting.push(one);
      else if (batch.length === MAX_BATCH_SIZE || this.spacesInFlight.has(one.booking.values.spaceId))
        remaining.push(one);
      else batch.push(one);
    }
    this.pending = remaining;
    return { batch, conflicting };
  }

  /**
   * A booking that is refused takes those beside it along; alone, each gets its own answer. Answers the trouble that
   * those who wait would meet as well.
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
  return one.spaceId === other.spaceId && one.start.at < other.end.at && other.start.at < one.end.at;
}
