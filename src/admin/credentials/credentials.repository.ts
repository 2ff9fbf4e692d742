import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { Credential } from '../../auth/credentials/credential.entity.js';
import { Member } from '../../auth/member.entity.js';
import { Rows } from '../../database/rows.js';
import { unknownMember } from '../members/members.repository.js';
import type { CredentialWithMember } from './credentials.dto.js';

/** Credentials of organizations, for the admin API. */
@Injectable()
export class IssuedCredentialsRepository {
  readonly rows: Rows<Credential, CredentialWithMember>;

  constructor(dataSource: DataSource) {
    this.rows = new Rows<Credential, CredentialWithMember>(dataSource, Credential, {
      noun: 'credential',
      join: (query) =>
        query.leftJoinAndMapOne(
          'row.member',
          Member,
          'member',
          'member.organization_id = row.organization_id AND member.id = row.member_id',
        ),
      refusals: { fk_credentials_member: () => unknownMember('member') },
    });
  }
}
