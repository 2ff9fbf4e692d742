import { invalidField, type Failure } from '../../core/failure.js';
import { Realm } from '../../surfaces/realms/catalogue/realm.entity.js';
import { AdminRepository } from '../admin.repository.js';

export const parentUnknown = (): Failure =>
  invalidField('parent_id', 'parent_id is no realm of this organization');

/** Realms: the schools, courses and groups of organizations in education. */
export class RealmsRepository extends AdminRepository<Realm> {
  static readonly entity = Realm;
  protected readonly noun = 'realm';
  protected override readonly refusals = { fk_realms_parent: parentUnknown };
}
