import { Failure } from '../../core/failure.js';
import { MAX_EVENT_MESSAGES } from './events/poll-event.js';

export const eventNotFound = (): Failure =>
  new Failure('not-found', 'No event of your organization has this id.');

export const inviteeNotFound = (): Failure => new Failure('not-found', 'The event has no such invitee.');

export const hookNotFound = (): Failure => new Failure('not-found', 'Your organization has no such hook.');

export const tooManyHooks = (max: number): Failure =>
  new Failure('conflict', `Your organization has ${max} hooks already; delete one first.`);

export const eventCancelled = (): Failure =>
  new Failure('conflict', 'The event is cancelled and does not change any more.');

export const tooManyMessages = (): Failure =>
  new Failure(
    'conflict',
    `An event holds at most ${MAX_EVENT_MESSAGES} messages, and this one takes no more.`,
  );

export const userNotFound = (): Failure => new Failure('not-found', 'Your organization has no such user.');

export const teamNotFound = (): Failure => new Failure('not-found', 'Your organization has no such team.');

export const teamWithoutMembers = (): Failure =>
  new Failure('conflict', 'The team has no members who could organise the event.');

export const notAdministrator = (): Failure =>
  new Failure('forbidden', 'Only administrators of the organization may do this.');
