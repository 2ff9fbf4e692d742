import { Failure, invalidField } from '../../core/failure.js';
import type { Occurrence } from './series/space-occurrences.js';
import { formatTime } from './space-time.js';

export const spaceNotFound = (): Failure =>
  new Failure('not-found', 'Your organization has no space of this id.');
export const locationNotFound = (): Failure =>
  new Failure('not-found', 'Your organization has no location of this id.');
export const userNotFound = (): Failure => new Failure('not-found', 'Your organization has no such user.');
export const organizationNotFound = (): Failure => new Failure('not-found', 'This is not your organization.');
export const accountNotFound = (): Failure =>
  new Failure('not-found', 'Neither your organization nor one of its users has this slug.');
export const tokenWithoutUser = (): Failure =>
  new Failure('not-found', 'This access token belongs to no user.');
export const eventNotFound = (): Failure =>
  new Failure('not-found', 'Your organization has no event of this id.');
export const notCheckedIn = (): Failure => new Failure('not-found', 'Nobody has checked in to this event.');

export const levelNotFound = (): Failure =>
  new Failure('not-found', 'Your organization has no level of this id.');
export const amenityNotFound = (): Failure =>
  new Failure('not-found', 'Your organization has no amenity of this id.');
export const spaceAmenityNotFound = (): Failure =>
  new Failure('not-found', 'The space does not have this amenity.');

export const administratorsOnly = (): Failure =>
  new Failure(
    'forbidden',
    'Only administrators may change the organization, its locations, levels, spaces and amenities.',
  );
export const changeForbidden = (): Failure =>
  new Failure('forbidden', 'Only its organizer, its creator and administrators may change this event.');
export const checkInForbidden = (): Failure =>
  new Failure('forbidden', 'Only its people and administrators may check in to this event.');

export const presenceForbidden = (): Failure =>
  new Failure('forbidden', 'Only administrators may say where somebody else is.');

export const unknownUser = (field: string): Failure =>
  invalidField(field, `${field} names no user of your organization`);

export const spaceBusy = (): Failure =>
  new Failure('unavailable', 'Too many want to book this space at the moment. Please try again.');

const conflict = (field: string, message: string): Failure =>
  new Failure('conflict', message, { faults: [{ location: 'body', field, message }] });

export const spaceDisabled = (): Failure =>
  conflict('space_id', 'The space takes no bookings at the moment.');
export const remoteIdTaken = (): Failure =>
  conflict('remote_event_id', 'The space has an event of this remote_event_id already.');
export const amenityNameTaken = (): Failure =>
  conflict('name', 'Your organization has an amenity of this name already.');
export const tooEarly = (): Failure => conflict('confirmation', 'It is too early to check in to this event.');
export const tooLate = (): Failure => conflict('confirmation', 'The event is over.');
export const alreadyCheckedIn = (): Failure =>
  conflict('confirmation', 'Somebody has checked in to this event.');

/** The conflicting booking, as far as the caller may see it. */
export interface Clash extends Occurrence {
  readonly eventId: string;
  /** Undefined if it is private and the caller does not take part. */
  readonly title: string | undefined;
  /** The occurrence of the requested series that conflicts; undefined for a single booking. */
  readonly recurrenceId: string | undefined;
  /** The space's zone, used to format times. */
  readonly zone: string;
}

/** The field under which clients of this product expect the message. */
const CLASH_FIELD = 'started_at and ended_at';

/** A booking conflicts with another; carries that booking and the next free times. */
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

/** Additional keys beside `meta` with details of the conflict; older clients ignore them. */
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
