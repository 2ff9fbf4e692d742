import { Column, Entity, Index, PrimaryColumn } from 'typeorm';

/** A nonce that was spent, kept for as long as its timestamp would still be accepted. */
@Entity({ schema: 'tenancy', name: 'oauth_nonces' })
@Index('ix_oauth_nonces_expiry', ['expiresAt'])
export class OAuthNonce {
  @PrimaryColumn('integer', { primaryKeyConstraintName: 'pk_oauth_nonces' })
  organizationId!: number;

  @PrimaryColumn('integer', { primaryKeyConstraintName: 'pk_oauth_nonces' })
  credentialId!: number;

  /** SHA-256 of token, timestamp and nonce. */
  @PrimaryColumn('bytea', { primaryKeyConstraintName: 'pk_oauth_nonces' })
  digest!: Buffer;

  @Column('timestamptz')
  expiresAt!: Date;
}
