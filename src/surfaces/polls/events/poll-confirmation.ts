import type { Instant } from '../../../core/instant.js';

/** The part of a date or place that the decision depends on. */
interface Candidate {
  readonly _id: string;
  readonly votes: { readonly yes: readonly unknown[] };
}

interface DatedCandidate extends Candidate {
  readonly date: Instant;
}

/** Ids of the date and place to confirm; the votes decide an omitted one. */
export interface ConfirmationRequest {
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
 * Picks the date and place of a confirmed event. A requested one wins, else the one with most yes votes. Ties: the
 * date closest to now, future before past; the first place.
 */
export function decide(
  dates: readonly DatedCandidate[],
  places: readonly Candidate[],
  now: Instant,
  { d, p }: ConfirmationRequest,
): Decision {
  if (dates.length === 0)
    return { refused: [{ field: 'dates', message: 'the event has no date to confirm' }] };
  const date = d === undefined ? closest(withMostVotes(dates), now) : dates.find(({ _id }) => _id === d);
  const place = p === undefined ? withMostVotes(places)[0] : places.find(({ _id }) => _id === p);
  const refused: Refusal[] = [];
  if (date === undefined) refused.push({ field: 'd', message: 'd is no date of this event' });
  if (place === undefined && p !== undefined)
    refused.push({ field: 'p', message: 'p is no place of this event' });
  return date === undefined || refused.length > 0 ? { refused } : { dateId: date._id, placeId: place?._id };
}

function withMostVotes<T extends Candidate>(candidates: readonly T[]): T[] {
  const most = Math.max(...candidates.map(({ votes }) => votes.yes.length));
  return candidates.filter(({ votes }) => votes.yes.length === most);
}

/** The earliest future date, else the latest past one; the first entry if two are at the same time. */
function closest(candidates: readonly DatedCandidate[], now: Instant): DatedCandidate | undefined {
  const ahead = candidates.filter(({ date }) => date >= now);
  return ahead.length > 0
    ? ahead.reduce((best, next) => (next.date < best.date ? next : best))
    : candidates.reduce<DatedCandidate | undefined>(
        (best, next) => (best === undefined || next.date > best.date ? next : best),
        undefined,
      );
}
