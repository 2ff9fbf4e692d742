import { Failure } from '../../core/failure.js';

/** Failures with error codes of this product. */
export const eventNotFound = (): Failure =>
  new Failure('not-found', 'No event of your organization has this id.', { code: 'EventNotFound' });

export const classNotFound = (): Failure =>
  new Failure('not-found', 'No class of your organization has this id.', { code: 'ClassNotFound' });

export const eventIsLive = (): Failure =>
  new Failure('conflict', 'The event is live and cannot be changed before it ends.', { code: 'EventIsLive' });

export const eventNotReady = (): Failure =>
  new Failure('conflict', 'Only an event that has not started yet can be deleted.', {
    code: 'EventNotInReadyState',
  });

export const classInUse = (): Failure =>
  new Failure('conflict', 'Events are based on this class; delete them first.', { code: 'ClassInUse' });
