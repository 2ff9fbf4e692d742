import { Injectable } from '@nestjs/common';
import { Audit, type Actor } from '../../audit/audit.js';
import type { Member } from '../../auth/member.entity.js';
import type { Organization } from '../../auth/organization.entity.js';
import { Clock } from '../../core/clock.js';
import { millisecondsOf } from '../../core/instant.js';
import { objectId, publicId } from '../../core/random-code.js';
import { IssuedCredentialsRepository } from '../credentials/credentials.repository.js';
import { eventOf } from '../credentials/credentials.service.js';
import { within } from '../tenant.js';
import { MembersRepository } from './members.repository.js';
import type { UpdateMemberDto, CreateMemberDto } from './members.dto.js';

/** Creates and updates members. */
@Injectable()
export class MembersService {
  constructor(
    private readonly members: MembersRepository,
    private readonly credentials: IssuedCredentialsRepository,
    private readonly audit: Audit,
    private readonly clock: Clock,
  ) {}

  create(tenant: Organization, dto: CreateMemberDto): Promise<Member> {
    const now = this.clock.now();
    return this.members.insertRow({
      ...dto,
      ...within(tenant),
      training_id: publicId(),
      polls_id: objectId(millisecondsOf(now)),
      is_admin: dto.is_admin ?? false,
      created_at: now,
    });
  }

  change(tenant: Organization, id: string, dto: UpdateMemberDto): Promise<Member> {
    return this.members.changeRow(within(tenant), id, {
      ...dto,
      is_admin: dto.is_admin === null ? false : dto.is_admin,
      updated_at: this.clock.now(),
    });
  }

  /** The audit log tells of each credential that goes with the member. */
  async delete(tenant: Organization, id: string, actor: Actor): Promise<void> {
    await this.audit.run(actor, async (manager, record) => {
      const members = manager.withRepository(this.members);
      const { id: member_id } = await members.lockRow(within(tenant), id);
      const revoked = await manager
        .withRepository(this.credentials)
        .takeAll({ ...within(tenant), member_id });
      await members.deleteRow(within(tenant), id);
      for (const credential of revoked) record(eventOf('credential.revoked', credential));
    });
  }
}
