import { Injectable } from '@nestjs/common';
import type { Caller } from '../../../core/caller.js';
import { Clock } from '../../../core/clock.js';
import { instantOf, millisecondsOf, type Instant } from '../../../core/instant.js';
import type { EntityManager } from '../../../database/unit-of-work.js';
import { freeSlots, NEXT_FREE_DAYS } from './free-slots.js';
import { formatEventId } from '../events/space-event.id.js';
import { isVisibleTo } from '../events/space-event.rights.js';
import { SpaceClashesRepository, type ClashRow, type OwnHolds } from './space-clashes.repository.js';
import type { Occurrence } from '../series/space-occurrences.js';
import { formatRecurrenceId } from '../space-time.js';
import { SpaceTaken } from '../spaces.failures.js';

/** Rolls back a transaction that met a conflict. The details are loaded later, when the space is no longer locked. */
class ClashError extends Error {
  constructor(readonly clash: ClashRow) {
    super('The space is taken.');
  }
}

/** Longer series are checked only once, with the space locked. */
const MAX_CHECKED_BEFORE_LOCK = 100;

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;

/** Detects conflicting bookings and suggests free times. */
@Injectable()
export class SpaceClashesService {
  constructor(
    private readonly repository: SpaceClashesRepository,
    private readonly clock: Clock,
  ) {}

  /** Throws if an occurrence conflicts; if conflicts may be skipped, returns the starts of those that do. */
  async check(
    manager: EntityManager,
    { organizationId }: Caller,
    spaceId: number,
    occurrences: readonly Occurrence[],
    skipClashes: boolean,
    ownHolds?: OwnHolds,
  ): Promise<ReadonlySet<Instant>> {
    const clashes = manager.withRepository(this.repository);
    const skipped = skipClashes
      ? await clashes.listClashing(organizationId, spaceId, occurrences, ownHolds)
      : new Set<Instant>();
    // If every occurrence conflicts, there is nothing to book.
    if (skipClashes && skipped.size < occurrences.length) return skipped;
    const clash = await clashes.findFirstClash(organizationId, spaceId, occurrences, ownHolds);
    if (clash !== undefined) throw new ClashError(clash);
    return skipped;
  }

  /**
   * Checks before locking. When many requests compete for few slots, most fail here without delaying those that can
   * succeed; those that pass are checked again under the lock.
   */
  async checkBeforeLock(
    { organizationId }: Caller,
    spaceId: number,
    occurrences: readonly Occurrence[],
    ownHolds?: OwnHolds,
  ): Promise<void> {
    if (occurrences.length > MAX_CHECKED_BEFORE_LOCK) return;
    const clash = await this.repository.findFirstClash(organizationId, spaceId, occurrences, ownHolds);
    if (clash !== undefined) throw new ClashError(clash);
  }

  /** Runs a booking and converts a conflict into a failure with its details. */
  async explainClash<T>(
    caller: Caller,
    spaceId: number,
    isSeries: boolean,
    ownEventId: number | undefined,
    booking: () => Promise<T>,
  ): Promise<T> {
    try {
      return await booking();
    } catch (error) {
      if (error instanceof ClashError)
        throw await this.explain(caller, spaceId, isSeries, ownEventId, error.clash);
      throw error;
    }
  }

  private async explain(
    caller: Caller,
    spaceId: number,
    isSeries: boolean,
    ownEventId: number | undefined,
    clash: ClashRow,
  ): Promise<SpaceTaken> {
    const length = millisecondsOf(clash.wanted_end) - millisecondsOf(clash.wanted_start);
    const now = Math.ceil(millisecondsOf(this.clock.now(caller)) / MINUTE) * MINUTE;
    const from = Math.max(now, millisecondsOf(clash.wanted_start));
    const range = { from: instantOf(from), until: instantOf(from + NEXT_FREE_DAYS * DAY) };
    const { organizationId } = caller;
    const [gaps, zone] = await Promise.all([
      this.repository.listGaps(organizationId, spaceId, range, length, ownEventId),
      this.repository.findZone(organizationId, spaceId),
    ]);
    return new SpaceTaken(
      {
        eventId: formatEventId(clash.event_id, clash.is_occurrence ? clash.original_start : undefined),
        title: isVisibleTo(caller, clash) ? clash.title : undefined,
        start: clash.starts_at,
        end: clash.ends_at,
        recurrenceId: isSeries ? formatRecurrenceId(clash.wanted_start) : undefined,
        zone,
      },
      freeSlots(gaps, length),
    );
  }
}
