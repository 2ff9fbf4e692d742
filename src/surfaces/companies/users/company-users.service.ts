import { Injectable } from '@nestjs/common';
import type { Caller } from '../../../core/caller.js';
import { userNotFound } from '../companies.failures.js';
import { CompanyUsersRepository, type CompanyUserRow } from './company-users.repository.js';

/** Who a credential belongs to. */
@Injectable()
export class CompanyUsersService {
  constructor(private readonly users: CompanyUsersRepository) {}

  async find({ organizationId, memberId }: Caller): Promise<CompanyUserRow> {
    const user = memberId === null ? undefined : await this.users.findUser(organizationId, memberId);
    if (user === undefined) throw userNotFound();
    return user;
  }
}
