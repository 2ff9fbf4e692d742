import { Failure } from '../../core/failure.js';
import type { Occurrence } from './series/space-occurrences.js';
import { formatTime } from './space-time.js';

/** What can go wrong with bookings beyond the kinds. */
export const spaceNotFound = (): Failure =>
  new Failure('not-found', 'Your organization has no space of this id.');
export const locationNotFound = (): Failure =>
  new Failure('not-found', 'Your organization has no location of this id.');
export const userNotFound = (): Failure =>
  new Failure('not-found', 'Your organization has no user of this id.');
export const organizationNotFound = (): Failure => new Failure('not-found', 'This is not your organization.');
export const tokenWithoutUser = (): Failure =>
  new Failure('not-found', 'This access token belongs to no user.');
export const eventNotFound = (): Failure =>
  new Failure('not-found', 'Your organization has no event of this id.');
export const notCheckedIn = (): Failure => new Failure('not-found', 'Nobody has checked in to this event.');

export const changeForbidden = (): Failure =>
  new Failure('forbidden', 'Only its organizer, its creator and administrators may change this event.');
export const checkInForbidden = (): Failure =>
  new Failure('forbidden', 'Only its people and administrators may check in to this event.');

export const spaceBusy = (): Failure =>
  new Failure('unavailable', 'Too many want to book this space at the moment. Please try again.');

const conflict = (field: string, message: string): Failure =>
  new Failure('conflict', message, { faults: [{ location: 'body', field, message }] });

export const spaceDisabled = (): Failure =>
  conflict('space_id', 'The space takes no bookings at the moment.');
export const remoteIdTaken = (): Failure =>
  conflict('remote_event_id', 'The space has an event of this remote_event_id already.');
export const tooEarly = (): Failure => conflict('confirmation', 'It is too early to check in to this event.');
export const tooLate = (): Failure => conflict('confirmation', 'The event is over.');
export const alreadyCheckedIn = (): Failure =>
  conflict('confirmation', 'Somebody has checked in to this event.');

/** What stands in the way of a booking, as far as the caller may know. */
export interface Clash extends Occurrence {
  readonly eventId: string;
  /** Missing where it is private to others. */
  readonly title: string | undefined;
  /** Which occurrence of the refused series it meets; missing for a single booking. */
  readonly recurrenceId: string | undefined;
  /** The space's own zone, for times. */
  readonly zone: string;
}

/** The field that clients of this product look under. */
const CLASH_FIELD = 'started_at and ended_at';

/** A booking that met another. It says which, and when the space is free instead. */
export class SpaceTaken extends Failure {
  constructor(
    readonly clash: Clash,
    readonly nextFree: readonly Occurrence[],
  ) {
    const message = clashMessage(clash);
    super('conflict', message, { faults: [{ location: 'body', field: CLASH_FIELD, message }] });
  }
}

function clashMessage({ title, recurrenceId }: Clash): string {
  const what = title === undefined ? 'overlaps a private event' : `overlaps event titled "${title}"`;
  return recurrenceId === undefined ? what : `${what} in occurrence ${recurrenceId}`;
}

/** Keys beside `meta` that help a person on; the product's older clients do not look at them. */
export function clashDetails({ clash, nextFree }: SpaceTaken): object {
  const time = (at: Occurrence['start']): object => ({
    date_time: formatTime(at, clash.zone),
    time_zone: clash.zone,
  });
  return {
    clash: {
      event_id: clash.eventId,
      title: clash.title ?? null,
      start: time(clash.start),
      end: time(clash.end),
      recurrence_id: clash.recurrenceId ?? null,
    },
    next_free: nextFree.map(({ start, end }) => ({ start: time(start), end: time(end) })),
  };
}
