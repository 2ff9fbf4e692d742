import type { Fault } from '../../../core/failure.js';
import type { Instant } from '../../../core/instant.js';
import { readPollDate } from './poll-date.js';
import type { PollDate, PollPlace } from './poll-event.js';
import type { PollDateWish, PollPlaceWish } from './poll-events.dto.js';
import { pollId } from '../poll-id.js';
import { voteOf } from '../votes/poll-votes.js';

/** Where a place comes from unless somebody says. */
const DEFAULT_SOURCE = 'app';

/** A date whose instants are known. */
interface ReadDate {
  readonly _id: string | null | undefined;
  readonly all_day: boolean;
  readonly date: Instant;
  readonly end_date: Instant;
}

/** Reads dates in their zone; all faults at once. */
export function readDates(
  wishes: readonly PollDateWish[],
  zone: string,
): { readonly dates: readonly ReadDate[]; readonly faults: readonly Fault[] } {
  const faults: Fault[] = [];
  const dates = wishes.flatMap<ReadDate>(({ _id, all_day, date, end_date }, index) => {
    const fault = (field: string, message: string): void =>
      void faults.push({
        location: 'body',
        field: `dates.${index}.${field}`,
        message: `dates.${index}.${field} ${message}`,
      });
    const start = readPollDate(date, zone);
    const end = readPollDate(end_date, zone);
    if (start === undefined) fault('date', `does not exist in ${zone}`);
    if (end === undefined) fault('end_date', `does not exist in ${zone}`);
    if (start === undefined || end === undefined) return [];
    if (end < start) fault('end_date', 'must not be before date');
    return [{ _id, all_day: all_day ?? false, date: start, end_date: end }];
  });
  return { dates, faults };
}

/** The new list: an entry that is known by its id, or by its start and end, keeps its id and votes. */
export function replacedDates(
  dates: readonly ReadDate[],
  known: readonly PollDate[],
  creator: string,
  now: Instant,
): PollDate[] {
  const left = new Set(known);
  return dates.map(({ _id, all_day, date, end_date }) => {
    const former = taken(
      left,
      (entry) => entry._id === _id,
      (entry) => _id == null && entry.date === date && entry.end_date === end_date,
    );
    if (former === undefined) {
      return { ...proposed(creator, now), all_day, confirmed: false, confirmed_invitees: [], date, end_date };
    }
    const same = former.date === date && former.end_date === end_date && former.all_day === all_day;
    return same ? former : { ...former, all_day, date, end_date, updatedAt: now };
  });
}

/** The same for places, which are known by their id, or by name and address. */
export function replacedPlaces(
  places: readonly PollPlaceWish[],
  known: readonly PollPlace[],
  creator: string,
  now: Instant,
): PollPlace[] {
  const left = new Set(known);
  return places.map(({ _id, name, address, source, icon }) => {
    const former = taken(
      left,
      (entry) => entry._id === _id,
      (entry) => _id == null && entry.name === name && entry.address === (address ?? null),
    );
    const dto = {
      source: source ?? former?.source ?? DEFAULT_SOURCE,
      name,
      address: address ?? null,
      icon: icon ?? former?.icon ?? null,
    };
    if (former === undefined) return { ...proposed(creator, now), ...dto };
    const same =
      former.name === name &&
      former.address === dto.address &&
      former.source === dto.source &&
      former.icon === dto.icon;
    return same ? former : { ...former, ...dto, updatedAt: now };
  });
}

/** What every new option starts with: who proposes it is for it. */
function proposed(
  creator: string,
  now: Instant,
): Pick<PollDate, '_id' | 'created_by' | 'votes' | 'updatedAt' | 'createdAt'> {
  return {
    created_by: { user: creator },
    votes: { yes: [voteOf(creator, now)], no: [] },
    _id: pollId(now),
    updatedAt: now,
    createdAt: now,
  };
}

/** The first that fits, the stricter test before the other; nobody gets it twice. */
function taken<T>(left: Set<T>, ...tests: readonly ((entry: T) => boolean)[]): T | undefined {
  for (const test of tests) {
    for (const entry of left) {
      if (!test(entry)) continue;
      left.delete(entry);
      return entry;
    }
  }
  return undefined;
}
