import { Check, Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';
import { Credential } from '../credentials/credential.entity.js';
import { Member } from '../member.entity.js';

/**
 * What a three-legged client holds beside its consumer key: a request token while a member is asked, an access
 * token once that member agreed. It is found through its organization, which key or session name.
 */
@Entity({ schema: 'tenancy', name: 'oauth_tokens' })
@Index('ix_oauth_tokens_credential', ['organizationId', 'credentialId'])
@Index('ix_oauth_tokens_member', ['organizationId', 'memberId'])
@Index('ix_oauth_tokens_expiry', ['expiresAt'])
@Check('ck_oauth_tokens_kind', `kind IN ('request', 'access')`)
@Check('ck_oauth_tokens_access_has_member', `kind = 'request' OR member_id IS NOT NULL`)
@ForeignKey(() => Credential, ['organizationId', 'credentialId'], ['organizationId', 'id'], {
  name: 'fk_oauth_tokens_credential',
  onDelete: 'CASCADE',
})
@ForeignKey(() => Member, ['organizationId', 'memberId'], ['organizationId', 'id'], {
  name: 'fk_oauth_tokens_member',
  onDelete: 'CASCADE',
})
export class OAuthToken {
  @PrimaryColumn('integer', { primaryKeyConstraintName: 'pk_oauth_tokens' })
  organizationId!: number;

  @PrimaryColumn('text', { primaryKeyConstraintName: 'pk_oauth_tokens' })
  token!: string;

  @Column('integer')
  credentialId!: number;

  @Column('text')
  kind!: 'request' | 'access';

  /** See `Encryption`. */
  @Column('text')
  sealedSecret!: string;

  /** Who agreed; a request token has nobody until then. */
  @Column('integer', { nullable: true })
  memberId!: number | null;

  /** Where the client wants the member back, if it said so when it asked for the request token. */
  @Column('text', { nullable: true })
  callback!: string | null;

  /** What the member's browser carries to the client, as proof that it was that browser which agreed. */
  @Column('text', { nullable: true })
  verifier!: string | null;

  @Column('timestamptz')
  createdAt!: Date;

  /** Request tokens are short-lived; access tokens last until they are revoked. */
  @Column('timestamptz', { nullable: true })
  expiresAt!: Date | null;
}
