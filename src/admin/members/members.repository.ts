import { Member } from '../../auth/member.entity.js';
import type { Organization } from '../../auth/organization.entity.js';
import { invalidField, type Failure } from '../../core/failure.js';
import { taken } from '../admin.failures.js';
import { AdminRepository } from '../admin.repository.js';
import { within } from '../tenant.js';

/** Members of organizations. */
export class MembersRepository extends AdminRepository<Member> {
  static readonly entity = Member;
  protected readonly noun = 'member';
  protected override readonly refusals = {
    uq_members_email: () => taken('email', 'email is the address of another member of this organization'),
  };

  /** The id of the member whose e-mail address is in `field` of the request body. */
  async idOf(tenant: Organization, email: string, field: string): Promise<number> {
    const member = await this.findOneBy({ ...within(tenant), email });
    if (member === null) throw unknownMember(field);
    return member.id;
  }
}

/** The member in `field` does not exist, or was deleted between the lookup and the write. */
export const unknownMember = (field: string): Failure =>
  invalidField(field, `${field} is no member of this organization`);
