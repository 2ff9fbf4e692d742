import { Column, Entity, Index, PrimaryColumn } from 'typeorm';
import type { Instant } from '../../core/instant.js';
import { INSTANT } from '../../database/columns.js';

/** A used nonce, kept for as long as its timestamp would still be accepted. */
@Entity({ schema: 'tenancy', name: 'oauth_nonces' })
@Index('ix_oauth_nonces_expiry', ['expires_at'])
export class OAuthNonce {
  @PrimaryColumn('integer', { primaryKeyConstraintName: 'pk_oauth_nonces' })
  organization_id!: number;

  @PrimaryColumn('integer', { primaryKeyConstraintName: 'pk_oauth_nonces' })
  credential_id!: number;

  /** SHA-256 of token, timestamp and nonce. */
  @PrimaryColumn('bytea', { primaryKeyConstraintName: 'pk_oauth_nonces' })
  digest!: Buffer;

  @Column(INSTANT)
  expires_at!: Instant;
}
