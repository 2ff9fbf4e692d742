import type { SelectQueryBuilder } from 'typeorm';
import { Credential } from '../../auth/credentials/credential.entity.js';
import { Member } from '../../auth/member.entity.js';
import { AdminRepository } from '../admin.repository.js';
import { unknownMember } from '../admin.failures.js';
import type { CredentialWithMember } from './credentials.dto.js';

/** Credentials of organizations, for the admin API. */
export class IssuedCredentialsRepository extends AdminRepository<Credential, CredentialWithMember> {
  static readonly entity = Credential;
  protected readonly noun = 'credential';
  protected override readonly refusals = { fk_credentials_member: () => unknownMember('member') };

  protected override join(query: SelectQueryBuilder<Credential>): typeof query {
    return query.leftJoinAndMapOne(
      'row.member',
      Member,
      'member',
      'member.organization_id = row.organization_id AND member.id = row.member_id',
    );
  }
}
