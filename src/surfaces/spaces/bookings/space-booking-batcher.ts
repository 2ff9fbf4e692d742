import type { Instant } from '../../../core/instant.js';
import { isTroubleOfAll } from '../../../database/failures.js';
import { mayBeOfOne, oneByOne } from '../../../database/one-by-one.js';
import type { Deadline } from './space-deadline.js';
import type { SpaceEventRow } from '../events/space-event.columns.js';
import type { EventValues } from './space-booking.values.js';
import type { GivenInvitee } from '../events/space-invitees.js';
import { spaceBusy } from '../spaces.failures.js';

/** A single event that is to be stored. */
export interface NewBooking {
  readonly organizationId: number;
  readonly values: EventValues;
  readonly invitees: readonly GivenInvitee[];
  readonly now: Instant;
  readonly deadline: Deadline;
}

/** Stores what it can of bookings that do not meet each other; answers in their order, nothing for what it left. */
export type WriteBookings = (
  bookings: readonly NewBooking[],
) => Promise<readonly (SpaceEventRow | undefined)[]>;

interface Waiting {
  readonly booking: NewBooking;
  readonly resolve: (event: SpaceEventRow | undefined) => void;
  readonly reject: (error: unknown) => void;
}

/** Bookings of one statement: more would make one answer wait for many others. */
const MOST_BOOKINGS = 32;
/** Statements under way at a time. What comes meanwhile gathers for the next one. */
const MOST_UNDER_WAY = 2;

/**
 * Lets single bookings that come at the same time share a statement, and with it the one thing that takes long: the
 * disk's word that they are safe. A booking that is alone leaves at once.
 *
 * Two bookings of one space may share a statement where their times do not meet; where they do, the first one is
 * written. Never are two statements under way for one space. Whoever has waited for long enough is told so and is not
 * written any more; whoever is under way waits for what comes of it.
 */
export class BookingBatches {
  private waiting: Waiting[] = [];
  private readonly spacesUnderWay = new Set<number>();
  private underWay = 0;
  private isDue = false;
  private expiry: NodeJS.Timeout | undefined;

  constructor(private readonly write: WriteBookings) {}

  /** The stored event; nothing where it has to be found out why it was not stored. */
  add(booking: NewBooking): Promise<SpaceEventRow | undefined> {
    return new Promise((resolve, reject) => {
      this.waiting.push({ booking, resolve, reject });
      this.expiry ??= this.expireIn(booking.deadline.left);
      this.wake();
    });
  }

  private expireIn(milliseconds: number): NodeJS.Timeout {
    return setTimeout(() => this.expire(), milliseconds).unref();
  }

  /** One timer for all who wait: they came one after the other, and have equally long. */
  private expire(): void {
    const late = this.waiting.filter(({ booking }) => booking.deadline.left === 0);
    this.waiting = this.waiting.filter((one) => !late.includes(one));
    for (const { reject } of late) reject(spaceBusy());
    const [next] = this.waiting;
    this.expiry = next && this.expireIn(next.booking.deadline.left);
  }

  private wake(): void {
    if (this.isDue || this.underWay === MOST_UNDER_WAY || this.waiting.length === 0) return;
    this.isDue = true;
    setImmediate(() => {
      this.isDue = false;
      this.depart();
    });
  }

  private depart(): void {
    const { taken, beaten } = this.take();
    if (taken.length === 0) return;
    const spaces = new Set(taken.map(({ booking }) => booking.values.spaceId));
    for (const space of spaces) this.spacesUnderWay.add(space);
    this.underWay++;
    void this.store(taken).then((trouble) => {
      this.underWay--;
      for (const space of spaces) this.spacesUnderWay.delete(space);
      if (trouble === undefined) for (const { resolve } of beaten) resolve(undefined);
      else for (const { reject } of [...beaten, ...this.waiting.splice(0)]) reject(trouble);
      this.wake();
    });
    this.wake();
  }

  /** In the order in which they came: who can leave now, and who is beaten by one of those. */
  private take(): { taken: Waiting[]; beaten: Waiting[] } {
    const taken: Waiting[] = [];
    const beaten: Waiting[] = [];
    const left: Waiting[] = [];
    for (const one of this.waiting) {
      if (taken.some((other) => meets(one, other))) beaten.push(one);
      else if (taken.length === MOST_BOOKINGS || this.spacesUnderWay.has(one.booking.values.spaceId))
        left.push(one);
      else taken.push(one);
    }
    this.waiting = left;
    return { taken, beaten };
  }

  /**
   * A booking that is refused takes those beside it along; alone, each gets its own answer. Answers the trouble that
   * those who wait would meet as well.
   */
  private async store(batch: readonly Waiting[]): Promise<unknown> {
    try {
      const events = await this.write(batch.map(({ booking }) => booking));
      for (const [index, { resolve }] of batch.entries()) resolve(events[index]);
      return undefined;
    } catch (error) {
      if (batch.length > 1 && mayBeOfOne(error)) {
        const troubles: unknown[] = [];
        await oneByOne(batch, error, async (one) => {
          troubles.push(await this.store([one]));
        });
        return troubles.includes(undefined) ? undefined : troubles[0];
      }
      for (const { reject } of batch) reject(error);
      return isTroubleOfAll(error) ? error : undefined;
    }
  }
}

function meets({ booking: { values: one } }: Waiting, { booking: { values: other } }: Waiting): boolean {
  return one.spaceId === other.spaceId && one.start.at < other.end.at && other.start.at < one.end.at;
}
