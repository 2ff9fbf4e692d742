import type { Fault } from '../../../core/failure.js';
import type { Instant } from '../../../core/instant.js';
import { readPollDate } from './poll-date.js';
import { DEFAULT_SOURCE, type PollDate, type PollPlace } from './poll-event.js';
import type { PollDateInputDto, PollPlaceInputDto } from './poll-events.dto.js';
import { pollId, roomName } from '../poll-id.js';
import { newVote } from '../votes/poll-votes.js';

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
  const existingEntries = matchEntries(
    dates,
    current,
    (input, entry) => entry.date === input.date && entry.end_date === input.end_date,
  );
  return dates.map(({ all_day, date, end_date }, index) => {
    const existing = existingEntries[index];
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
  videoUrl: string | undefined,
): PollPlace[] {
  const existingEntries = matchEntries(
    places,
    current,
    (input, entry) =>
      entry.name === input.name &&
      (entry.address === (input.address ?? null) || (input.address == null && isVideoCall(entry.source))),
  );
  return places.map(({ name, address, source, icon }, index) => {
    const existing = existingEntries[index];
    const newSource = source ?? existing?.source ?? DEFAULT_SOURCE;
    const fields = {
      source: newSource,
      name,
      address: address ?? (isVideoCall(newSource) ? (existing?.address ?? videoAddress(videoUrl)) : null),
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

function isVideoCall(source: string): boolean {
  return source !== DEFAULT_SOURCE;
}

/** The address of a new video call, empty where none is configured. */
function videoAddress(url: string | undefined): string {
  return url?.replaceAll('{room}', roomName()) ?? '';
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

/** The current entry of each input: the one with its id, else, for an input without an id, an equal one. */
function matchEntries<
  Input extends { readonly _id?: string | null | undefined },
  Entry extends { readonly _id: string },
>(
  inputs: readonly Input[],
  current: readonly Entry[],
  isEqual: (input: Input, entry: Entry) => boolean,
): (Entry | undefined)[] {
  const remaining = new Set(current);
  const take = (fits: (entry: Entry) => boolean): Entry | undefined => {
    const found = [...remaining].find(fits);
    if (found !== undefined) remaining.delete(found);
    return found;
  };
  const byId = inputs.map(({ _id }) => (_id == null ? undefined : take((entry) => entry._id === _id)));
  return inputs.map((input, index) =>
    input._id == null ? take((entry) => isEqual(input, entry)) : byId[index],
  );
}
