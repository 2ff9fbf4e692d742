import { Check, Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';
import { Credential } from '../credentials/credential.entity.js';
import { Member } from '../member.entity.js';
import type { Instant } from '../../core/instant.js';
import { INSTANT } from '../../database/columns.js';

export type TokenKind = 'request' | 'access';

/** A token of three-legged OAuth: a request token until a member agrees, then an access token. */
@Entity({ schema: 'tenancy', name: 'oauth_tokens' })
@Index('ix_oauth_tokens_credential', ['organization_id', 'credential_id'])
@Index('ix_oauth_tokens_member', ['organization_id', 'member_id'])
@Index('ix_oauth_tokens_expiry', ['expires_at'])
@Check('ck_oauth_tokens_kind', `kind IN ('request', 'access')`)
@Check('ck_oauth_tokens_access_has_member', `kind = 'request' OR member_id IS NOT NULL`)
@ForeignKey(() => Credential, ['organization_id', 'credential_id'], ['organization_id', 'id'], {
  name: 'fk_oauth_tokens_credential',
  onDelete: 'CASCADE',
})
@ForeignKey(() => Member, ['organization_id', 'member_id'], ['organization_id', 'id'], {
  name: 'fk_oauth_tokens_member',
  onDelete: 'CASCADE',
})
export class OAuthToken {
  @PrimaryColumn('integer', { primaryKeyConstraintName: 'pk_oauth_tokens' })
  organization_id!: number;

  @PrimaryColumn('text', { primaryKeyConstraintName: 'pk_oauth_tokens' })
  token!: string;

  @Column('integer')
  credential_id!: number;

  @Column('text')
  kind!: TokenKind;

  /** See `Encryption`. */
  @Column('text')
  sealed_secret!: string;

  /** The member who agreed; `null` until then. */
  @Column('integer', { nullable: true })
  member_id!: number | null;

  /** Where to redirect the member, if the client sent it with its request for a request token. */
  @Column('text', { nullable: true })
  callback!: string | null;

  /** Passed to the client by the member's browser, to prove that this browser agreed. */
  @Column('text', { nullable: true })
  verifier!: string | null;

  @Column(INSTANT)
  created_at!: Instant;

  /** Request tokens are short-lived; access tokens last until they are revoked. */
  @Column({ ...INSTANT, nullable: true })
  expires_at!: Instant | null;
}
