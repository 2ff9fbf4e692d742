import { Failure, type Fault } from '../../core/failure.js';

/** The same for an unknown company and one of another organization. */
export const companyForbidden = (): Failure =>
  new Failure('forbidden', 'The credential gives no access to this company.');

export const planWithoutApi = (): Failure =>
  new Failure('forbidden', 'The plan of this company does not include USE_API.');

export const userNotFound = (): Failure => new Failure('not-found', 'The credential belongs to no member.');

export const eventNotFound = (): Failure =>
  new Failure('not-found', 'The company has no event with this id.');

export const cohostNotFound = (): Failure =>
  new Failure('not-found', 'The event has no cohost with this id.');

export const pageNotFound = (): Failure =>
  new Failure('not-found', 'The company organizes no event with this id; only those have a page.');

/** The event exists and the change would make it invalid; `faults` is already complete. */
export class InvalidEvent extends Failure {
  constructor(faults: readonly Fault[]) {
    super('invalid', faults[0]?.message ?? 'The event is not valid.', { faults });
  }
}
