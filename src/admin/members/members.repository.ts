import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { Member } from '../../auth/member.entity.js';
import type { Organization } from '../../auth/organization.entity.js';
import { Clock } from '../../core/clock.js';
import { invalidField, type Failure } from '../../core/failure.js';
import { millisecondsOf } from '../../core/instant.js';
import { objectId, publicId } from '../../core/random-code.js';
import { Rows } from '../../database/rows.js';
import { taken } from '../admin.failures.js';
import { within } from '../tenant.js';
import type { ChangeMember, CreateMember } from './members.dto.js';

/** Members of organizations. */
@Injectable()
export class MembersRepository {
  readonly rows: Rows<Member>;

  constructor(
    private readonly dataSource: DataSource,
    private readonly clock: Clock,
  ) {
    this.rows = new Rows(dataSource, Member, {
      noun: 'member',
      refusals: {
        uq_members_email: () => taken('email', 'email is the address of another member of this organization'),
      },
    });
  }

  create(tenant: Organization, dto: CreateMember): Promise<Member> {
    const now = this.clock.now();
    return this.rows.create({
      ...within(tenant),
      training_id: publicId(),
      polls_id: objectId(millisecondsOf(now)),
      email: dto.email,
      name: dto.name ?? null,
      time_zone: dto.time_zone ?? null,
      locale: dto.locale ?? null,
      is_admin: dto.is_admin ?? false,
      created_at: now,
    });
  }

  change(tenant: Organization, id: string, dto: ChangeMember): Promise<Member> {
    return this.rows.change(within(tenant), id, {
      email: dto.email,
      name: dto.name,
      time_zone: dto.time_zone,
      locale: dto.locale,
      is_admin: dto.is_admin === null ? false : dto.is_admin,
    });
  }

  /** The id of the member whose e-mail address is in `field` of the request body. */
  async idOf(tenant: Organization, email: string, field: string): Promise<number> {
    const where = { ...within(tenant), email };
    const member = await this.dataSource.getRepository(Member).findOneBy(where);
    if (member === null) throw unknownMember(field);
    return member.id;
  }
}

/** The member in `field` does not exist, or was deleted between the lookup and the write. */
export const unknownMember = (field: string): Failure =>
  invalidField(field, `${field} is no member of this organization`);
