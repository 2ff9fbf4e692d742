import { Column, Entity, ForeignKey, PrimaryColumn } from 'typeorm';
import { Member } from '../member.entity.js';
import type { Instant } from '../../core/instant.js';
import { INSTANT } from '../../database/columns.js';

/** A single-use link that opens a browser session of a member. Only the SHA-256 of its token is stored. */
@Entity({ schema: 'tenancy', name: 'sign_in_links' })
@ForeignKey(() => Member, ['organization_id', 'member_id'], ['organization_id', 'id'], {
  name: 'fk_sign_in_links_member',
  onDelete: 'CASCADE',
})
export class SignInLink {
  @PrimaryColumn('bytea', { primaryKeyConstraintName: 'pk_sign_in_links' })
  token_sha256!: Buffer;

  @Column('integer')
  organization_id!: number;

  @Column('integer')
  member_id!: number;

  @Column(INSTANT)
  expires_at!: Instant;
}

/** A browser session of a member. Only the SHA-256 of its token is stored. */
@Entity({ schema: 'tenancy', name: 'browser_sessions' })
@ForeignKey(() => Member, ['organization_id', 'member_id'], ['organization_id', 'id'], {
  name: 'fk_browser_sessions_member',
  onDelete: 'CASCADE',
})
export class BrowserSession {
  @PrimaryColumn('bytea', { primaryKeyConstraintName: 'pk_browser_sessions' })
  token_sha256!: Buffer;

  @Column('integer')
  organization_id!: number;

  @Column('integer')
  member_id!: number;

  @Column(INSTANT)
  expires_at!: Instant;
}
