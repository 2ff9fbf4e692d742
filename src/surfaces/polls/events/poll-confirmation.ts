import type { Instant } from '../../../core/instant.js';

/** As much of a date or place as a decision needs. */
interface Candidate {
  readonly _id: string;
  readonly votes: { readonly yes: readonly unknown[] };
}

interface DatedCandidate extends Candidate {
  readonly date: Instant;
}

/** What is asked to be confirmed; what is not named is decided by the votes. */
export interface Wish {
  readonly d?: string | undefined;
  readonly p?: string | undefined;
}

export type Decision =
  | { readonly dateId: string; readonly placeId: string | undefined }
  | { readonly refused: readonly Refusal[] };

export interface Refusal {
  readonly field: 'd' | 'p' | 'dates';
  readonly message: string;
}

/**
 * Which date and place an event is held at. A named one wins; else most yes votes, of those the date closest to now
 * with the future before the past, and the place that stands first.
 */
export function decide(
  dates: readonly DatedCandidate[],
  places: readonly Candidate[],
  now: Instant,
  { d, p }: Wish,
): Decision {
  if (dates.length === 0)
    return { refused: [{ field: 'dates', message: 'the event has no date to confirm' }] };
  const date = d === undefined ? closest(mostWanted(dates), now) : dates.find(({ _id }) => _id === d);
  const place = p === undefined ? mostWanted(places)[0] : places.find(({ _id }) => _id === p);
  const refused: Refusal[] = [];
  if (date === undefined) refused.push({ field: 'd', message: 'd is no date of this event' });
  if (place === undefined && p !== undefined)
    refused.push({ field: 'p', message: 'p is no place of this event' });
  return date === undefined || refused.length > 0 ? { refused } : { dateId: date._id, placeId: place?._id };
}

function mostWanted<T extends Candidate>(candidates: readonly T[]): T[] {
  const most = Math.max(...candidates.map(({ votes }) => votes.yes.length));
  return candidates.filter(({ votes }) => votes.yes.length === most);
}

/** The first of what lies ahead, else the last of what is past; the earlier entry of two at the same time. */
function closest(candidates: readonly DatedCandidate[], now: Instant): DatedCandidate | undefined {
  const ahead = candidates.filter(({ date }) => date >= now);
  return ahead.length > 0
    ? ahead.reduce((best, next) => (next.date < best.date ? next : best))
    : candidates.reduce<DatedCandidate | undefined>(
        (best, next) => (best === undefined || next.date > best.date ? next : best),
        undefined,
      );
}
