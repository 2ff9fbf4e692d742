import { Injectable } from '@nestjs/common';
import type { Actor } from '../../audit/audit.js';
import type { Member } from '../../auth/member.entity.js';
import { MemberDeletion } from '../../auth/member-deletion.js';
import { addressTaken, MembersRepository } from '../../auth/members.repository.js';
import type { Organization } from '../../auth/organization.entity.js';
import { Clock } from '../../core/clock.js';
import { Failure } from '../../core/failure.js';
import { millisecondsOf } from '../../core/instant.js';
import { requireId } from '../../core/integer.js';
import { objectId, publicId } from '../../core/random-code.js';
import { unknownMember } from '../admin.failures.js';
import { within } from '../tenant.js';
import type { UpdateMemberDto, CreateMemberDto } from './members.dto.js';

const notFound = (): Failure => new Failure('not-found', 'There is no such member.');

/** Manages the members of an organization. */
@Injectable()
export class MembersService {
  constructor(
    private readonly members: MembersRepository,
    private readonly deletion: MemberDeletion,
    private readonly clock: Clock,
  ) {}

  async find(tenant: Organization, id: string): Promise<Member> {
    const found = await this.members.findMember(tenant.id, requireId(id, notFound));
    if (found === null) throw notFound();
    return found;
  }

  /** The id of the member whose e-mail address is in `field` of the request body. */
  async idOf(tenant: Organization, email: string, field: string): Promise<number> {
    const member = await this.members.findOneBy({ ...within(tenant), email });
    if (member === null) throw unknownMember(field);
    return member.id;
  }

  async create(tenant: Organization, dto: CreateMemberDto): Promise<Member> {
    const now = this.clock.now();
    const { email, name = null, time_zone = null, locale = null, is_admin } = dto;
    const created = await this.members.insertMember({
      ...within(tenant),
      training_id: publicId(),
      polls_id: objectId(millisecondsOf(now)),
      email,
      name,
      time_zone,
      locale,
      is_admin: is_admin ?? false,
      created_at: now,
    });
    if (created === undefined) throw addressTaken('email');
    return created;
  }

  async change(tenant: Organization, id: string, dto: UpdateMemberDto): Promise<Member> {
    const { email, name, time_zone, locale } = dto;
    const change = { email, name, time_zone, locale, is_admin: dto.is_admin === null ? false : dto.is_admin };
    const now = this.clock.now();
    const changed = await this.members.changeMember(tenant.id, requireId(id, notFound), change, { now });
    if (changed === undefined) throw notFound();
    return changed;
  }

  async delete(tenant: Organization, id: string, actor: Actor): Promise<void> {
    if (!(await this.deletion.delete(tenant.id, requireId(id, notFound), actor))) throw notFound();
  }
}
