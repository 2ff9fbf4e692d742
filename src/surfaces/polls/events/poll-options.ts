import type { Fault } from '../../../core/failure.js';
import type { Instant } from '../../../core/instant.js';
import { readPollDate } from './poll-date.js';
import type { PollDate, PollPlace } from './poll-event.js';
import type { PollDateInputDto, PollPlaceInputDto } from './poll-events.dto.js';
import { pollId } from '../poll-id.js';
import { newVote } from '../votes/poll-votes.js';

const DEFAULT_SOURCE = 'app';

interface ParsedDate {
  readonly _id: string | null | undefined;
  readonly all_day: boolean;
  readonly date: Instant;
  readonly end_date: Instant;
}

/** Parses dates in a time zone and collects all faults. */
export function parseDates(
  inputs: readonly PollDateInputDto[],
  zone: string,
): { readonly dates: readonly ParsedDate[]; readonly faults: readonly Fault[] } {
  const faults: Fault[] = [];
  const dates = inputs.flatMap<ParsedDate>(({ _id, all_day, date, end_date }, index) => {
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

/** The new list of dates. An entry with a known id, else with the same start and end, keeps its id and votes. */
export function mergeDates(
  dates: readonly ParsedDate[],
  current: readonly PollDate[],
  creator: string,
  now: Instant,
): PollDate[] {
  const remaining = new Set(current);
  return dates.map(({ _id, all_day, date, end_date }) => {
    const existing = takeFirst(
      remaining,
      (entry) => entry._id === _id,
      (entry) => _id == null && entry.date === date && entry.end_date === end_date,
    );
    if (existing === undefined) {
      return {
        ...newOption(creator, now),
        all_day,
        confirmed: false,
        confirmed_invitees: [],
        date,
        end_date,
      };
    }
    const same = existing.date === date && existing.end_date === end_date && existing.all_day === all_day;
    return same ? existing : { ...existing, all_day, date, end_date, updatedAt: now };
  });
}

/** The same for places, matched by id, else by name and address. */
export function mergePlaces(
  places: readonly PollPlaceInputDto[],
  current: readonly PollPlace[],
  creator: string,
  now: Instant,
): PollPlace[] {
  const remaining = new Set(current);
  return places.map(({ _id, name, address, source, icon }) => {
    const existing = takeFirst(
      remaining,
      (entry) => entry._id === _id,
      (entry) => _id == null && entry.name === name && entry.address === (address ?? null),
    );
    const fields = {
      source: source ?? existing?.source ?? DEFAULT_SOURCE,
      name,
      address: address ?? null,
      icon: icon ?? existing?.icon ?? null,
    };
    if (existing === undefined) return { ...newOption(creator, now), ...fields };
    const same =
      existing.name === name &&
      existing.address === fields.address &&
      existing.source === fields.source &&
      existing.icon === fields.icon;
    return same ? existing : { ...existing, ...fields, updatedAt: now };
  });
}

/** Common fields of a new option. Its creator votes yes. */
function newOption(
  creator: string,
  now: Instant,
): Pick<PollDate, '_id' | 'created_by' | 'votes' | 'updatedAt' | 'createdAt'> {
  return {
    created_by: { user: creator },
    votes: { yes: [newVote(creator, now)], no: [] },
    _id: pollId(now),
    updatedAt: now,
    createdAt: now,
  };
}

/** Removes and returns the first matching entry; earlier tests have priority. */
function takeFirst<T>(remaining: Set<T>, ...tests: readonly ((entry: T) => boolean)[]): T | undefined {
  for (const test of tests) {
    for (const entry of remaining) {
      if (!test(entry)) continue;
      remaining.delete(entry);
      return entry;
    }
  }
  return undefined;
}
