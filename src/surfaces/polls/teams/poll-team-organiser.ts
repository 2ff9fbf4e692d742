import type { PollDateInputDto } from '../events/poll-events.dto.js';
import { parseDates } from '../events/poll-options.js';
import { overlap, spanOn, timeOf, type BusyTime } from '../slots/poll-busy-times.js';
import type { ZoneClock } from '../slots/zone-clock.js';

/** A member of a team who could organise an event. */
export interface Candidate {
  readonly user_id: string;
  readonly time_zone: string;
  readonly clock: ZoneClock;
  readonly busy: readonly BusyTime[];
  /** How many confirmed events this person has ahead. */
  readonly ahead: number;
}

/**
 * Of those who are free at that time, else of all, the one with the fewest events ahead, by id if there are several. A
 * date without an offset is read on the clock of each, as it will be if it becomes theirs.
 */
export function chooseOrganiser(
  candidates: readonly Candidate[],
  date: PollDateInputDto,
  eventZone: string | null | undefined,
): Candidate | undefined {
  return candidates
    .map((candidate) => ({ candidate, isBusy: Number(isBusy(candidate, date, eventZone)) }))
    .sort(
      (one, other) =>
        one.isBusy - other.isBusy ||
        one.candidate.ahead - other.candidate.ahead ||
        (one.candidate.user_id < other.candidate.user_id ? -1 : 1),
    )[0]?.candidate;
}

function isBusy(
  { time_zone, clock, busy }: Candidate,
  input: PollDateInputDto,
  eventZone: string | null | undefined,
): boolean {
  const zone = eventZone ?? time_zone;
  // A date that does not exist there is refused once it is theirs.
  return parseDates([input], zone).dates.some((date) => {
    const span = spanOn(clock, timeOf(zone, date));
    return busy.some((time) => overlap(spanOn(clock, time), span));
  });
}
