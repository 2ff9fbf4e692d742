import { Injectable } from '@nestjs/common';
import type { Member } from '../../auth/member.entity.js';
import type { Organization } from '../../auth/organization.entity.js';
import { Clock } from '../../core/clock.js';
import { millisecondsOf } from '../../core/instant.js';
import { objectId, publicId } from '../../core/random-code.js';
import { within } from '../tenant.js';
import { MembersRepository } from './members.repository.js';
import type { UpdateMemberDto, CreateMemberDto } from './members.dto.js';

/** Creates and updates members. */
@Injectable()
export class MembersService {
  constructor(
    private readonly members: MembersRepository,
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
}
