import { Failure, invalidField } from '../../core/failure.js';

/** Failures with error codes of this product. */
export const eventNotFound = (): Failure =>
  new Failure('not-found', 'No event of your organization has this id.', { code: 'EventNotFound' });

export const classNotFound = (): Failure =>
  new Failure('not-found', 'No class of your organization has this id.', { code: 'ClassNotFound' });

export const resourceNotFound = (): Failure =>
  new Failure('not-found', 'The class has no resource with this id.', { code: 'ResourceNotFound' });

export const presentationNotFound = (): Failure =>
  new Failure('not-found', 'The class has no presentation with this id.', { code: 'PresentationNotFound' });

export const workspaceNotFound = (): Failure =>
  new Failure('not-found', 'The event has no workspace with this id.', { code: 'WorkspaceNotFound' });

export const memberNotFound = (): Failure =>
  new Failure('not-found', 'No member of your organization has this id.', { code: 'MemberNotFound' });

export const partnerNotFound = (): Failure =>
  new Failure('not-found', 'No partner of your organization has this id.', { code: 'PartnerNotFound' });

export const ondemandNotFound = (): Failure =>
  new Failure('not-found', 'No course of your organization has this id.', { code: 'OndemandNotFound' });

export const enrollmentNotFound = (): Failure =>
  new Failure('not-found', 'The course has no enrollment with this id.', { code: 'EnrollmentNotFound' });

export const subscriptionNotFound = (): Failure =>
  new Failure('not-found', 'No subscription of your organization has this id.', {
    code: 'SubscriptionNotFound',
  });

export const ownerUnknown = (): Failure => invalidField('owner', 'owner is no member of your organization');

export const eventIsLive = (): Failure =>
  new Failure('conflict', 'The event is live and cannot be changed before it ends.', { code: 'EventIsLive' });

export const eventNotReady = (): Failure =>
  new Failure('conflict', 'Only an event that has not started yet can be deleted.', {
    code: 'EventNotInReadyState',
  });

export const classInUse = (): Failure =>
  new Failure('conflict', 'Events are based on this class, or courses; delete them first.', {
    code: 'ClassInUse',
  });
