import { Failure } from '../../core/failure.js';

/** The product's responses for these have a status only. */
export const notFound = (): Failure => new Failure('not-found', 'Your organization has no such row.');

export const notAllowed = (): Failure => new Failure('forbidden', 'You may not do this here.');
