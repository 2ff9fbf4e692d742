import { Injectable } from '@nestjs/common';
import type { Caller } from '../../../core/caller.js';
import { Clock } from '../../../core/clock.js';
import { millisecondsOf } from '../../../core/instant.js';
import { userScope } from '../catalogue/realm-scope.js';
import { notAllowed, notFound } from '../realms.failures.js';
import { sliceOf } from '../representation/realm-pagination.js';
import type { ListPageQueryDto } from '../representation/list-page.dto.js';
import type { RealmAppUserResponseDto } from './realm-users.dto.js';
import { RealmUsersRepository, type RealmUserPage, type RealmUserRow } from './realm-users.repository.js';

/** The people of an organization, and who the caller is. */
@Injectable()
export class RealmUsersService {
  constructor(
    private readonly users: RealmUsersRepository,
    private readonly clock: Clock,
  ) {}

  /** The acting member, and since when the credential exists; never in the future, even if clocks differ. */
  actingUser(caller: Caller): RealmAppUserResponseDto {
    if (caller.memberId === null) throw notFound();
    const now = this.clock.now(caller);
    const since = caller.issuedAt < now ? caller.issuedAt : now;
    return { api_uid: caller.memberId, web_session_timestamp: Math.floor(millisecondsOf(since) / 1000) };
  }

  async find(caller: Caller, userId: string): Promise<RealmUserRow> {
    const { realm_id, ...scope } = userScope(caller, userId);
    const user = await this.users.findUser(scope, realm_id, this.clock.now(caller));
    if (user === undefined) throw notFound();
    if (!user.may_see) throw notAllowed();
    return user;
  }

  list(caller: Caller, query: ListPageQueryDto): Promise<RealmUserPage> {
    const { organizationId: organization_id, memberId: member_id, isAdmin: is_admin } = caller;
    const scope = { organization_id, member_id, is_admin };
    return this.users.listUsers(scope, sliceOf(query), this.clock.now(caller));
  }
}
