import type { SelectQueryBuilder } from 'typeorm';
import { Credential } from '../../auth/credentials/credential.entity.js';
import { CredentialUse } from '../../auth/credentials/credential-use.entity.js';
import { Member } from '../../auth/member.entity.js';
import type { Instant } from '../../core/instant.js';
import { AdminRepository } from '../admin.repository.js';
import { unknownMember } from '../admin.failures.js';
import type { CredentialWithMember } from './credentials.dto.js';

/** Credentials of organizations, for the admin API. */
export class IssuedCredentialsRepository extends AdminRepository<Credential, CredentialWithMember> {
  static readonly entity = Credential;
  protected readonly noun = 'credential';
  protected override readonly refusals = { fk_credentials_member: () => unknownMember('member') };

  /** Also points those that `old` had replaced to the new one. */
  async replace(
    { organization_id, id }: Credential,
    successor_id: number,
    expires_at: Instant,
  ): Promise<void> {
    await this.update({ organization_id, successor_id: id }, { successor_id });
    await this.update({ organization_id, id }, { successor_id, expires_at });
  }

  protected override join(query: SelectQueryBuilder<Credential>): typeof query {
    return query
      .leftJoinAndMapOne(
        'row.member',
        Member,
        'member',
        'member.organization_id = row.organization_id AND member.id = row.member_id',
      )
      .leftJoinAndMapOne(
        'row.use',
        CredentialUse,
        'use',
        'use.organization_id = row.organization_id AND use.credential_id = row.id',
      );
  }
}
