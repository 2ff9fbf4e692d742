import { Failure } from '../../core/failure.js';

/** What can go wrong with calendars; the product says these by their status alone. */
export const notFound = (): Failure => new Failure('not-found', 'Your organization has no such row.');

export const notAllowed = (): Failure => new Failure('forbidden', 'You may not do this here.');
