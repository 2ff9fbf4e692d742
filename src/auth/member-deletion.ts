import { Injectable } from '@nestjs/common';
import { Audit, type Actor } from '../audit/audit.js';
import { credentialEvent } from './credentials/credential-event.js';
import { CredentialsRepository } from './credentials/credentials.repository.js';
import { MembersRepository } from './members.repository.js';

/** Deletes members, for the admin API and all products. */
@Injectable()
export class MemberDeletion {
  constructor(
    private readonly members: MembersRepository,
    private readonly credentials: CredentialsRepository,
    private readonly audit: Audit,
  ) {}

  /**
   * The audit log tells of each credential that goes with the member. Returns whether there was one; throws `conflict` if
   * rows of a product refer to them.
   */
  delete(organization_id: number, id: number, actor: Actor): Promise<boolean> {
    return this.audit.run(actor, async (manager, record) => {
      const members = manager.withRepository(this.members);
      // No credential is added while they are told.
      if (!(await members.lockMember(organization_id, id))) return false;
      const revoked = await manager
        .withRepository(this.credentials)
        .takeAll({ organization_id, member_id: id });
      await members.deleteMember(organization_id, id);
      for (const credential of revoked) record(credentialEvent('credential.revoked', credential));
      return true;
    });
  }
}
