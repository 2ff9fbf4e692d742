import { Column, Entity, ForeignKey, PrimaryColumn } from 'typeorm';
import type { Instant } from '../../core/instant.js';
import { INSTANT } from '../../database/columns.js';
import { Credential } from './credential.entity.js';

/** When a credential was used; no row before its first use. Not a column of it: changes of those are announced. */
@Entity({ schema: 'tenancy', name: 'credential_uses' })
@ForeignKey(() => Credential, ['organization_id', 'credential_id'], ['organization_id', 'id'], {
  name: 'fk_credential_uses_credential',
  onDelete: 'CASCADE',
})
export class CredentialUse {
  @PrimaryColumn('integer', { primaryKeyConstraintName: 'pk_credential_uses' })
  organization_id!: number;

  @PrimaryColumn('integer', { primaryKeyConstraintName: 'pk_credential_uses' })
  credential_id!: number;

  @Column(INSTANT)
  first_used_at!: Instant;

  /** To the minute. */
  @Column(INSTANT)
  last_used_at!: Instant;
}
