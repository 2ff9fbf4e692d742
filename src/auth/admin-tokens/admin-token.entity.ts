import { Column, Entity, PrimaryColumn, Unique } from 'typeorm';
import type { Instant } from '../../core/instant.js';
import { INSTANT } from '../../database/columns.js';

/** What an admin token may do. */
export const ADMIN_SCOPES = ['read', 'write', 'credentials', 'audit', 'tokens'] as const;
export type AdminScope = (typeof ADMIN_SCOPES)[number];

/** A token of the admin API beside `ADMIN_TOKEN`. Only its SHA-256 is stored. */
@Entity({ schema: 'tenancy', name: 'admin_tokens' })
@Unique('uq_admin_tokens_name', ['name'])
@Unique('uq_admin_tokens_lookup', ['lookup'])
export class AdminToken {
  @PrimaryColumn('integer', {
    generated: 'identity',
    generatedIdentity: 'ALWAYS',
    primaryKeyConstraintName: 'pk_admin_tokens',
  })
  id!: number;

  @Column('text')
  name!: string;

  /** The public part by which the row is found. */
  @Column('text')
  lookup!: string;

  @Column('bytea')
  secret_sha256!: Buffer;

  @Column('text', { array: true })
  scopes!: AdminScope[];

  @Column(INSTANT)
  created_at!: Instant;

  @Column({ ...INSTANT, nullable: true })
  expires_at!: Instant | null;
}
