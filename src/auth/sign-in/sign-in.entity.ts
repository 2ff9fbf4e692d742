import { Column, Entity, ForeignKey, PrimaryColumn } from 'typeorm';
import { Member } from '../member.entity.js';

/** A link that opens a browser session as a member, once. Only the SHA-256 of its token is kept. */
@Entity({ schema: 'tenancy', name: 'sign_in_links' })
@ForeignKey(() => Member, ['organizationId', 'memberId'], ['organizationId', 'id'], {
  name: 'fk_sign_in_links_member',
  onDelete: 'CASCADE',
})
export class SignInLink {
  @PrimaryColumn('bytea', { primaryKeyConstraintName: 'pk_sign_in_links' })
  tokenSha256!: Buffer;

  @Column('integer')
  organizationId!: number;

  @Column('integer')
  memberId!: number;

  @Column('timestamptz')
  expiresAt!: Date;
}

/** A browser session of a member. Only the SHA-256 of its cookie is kept. */
@Entity({ schema: 'tenancy', name: 'browser_sessions' })
@ForeignKey(() => Member, ['organizationId', 'memberId'], ['organizationId', 'id'], {
  name: 'fk_browser_sessions_member',
  onDelete: 'CASCADE',
})
export class BrowserSession {
  @PrimaryColumn('bytea', { primaryKeyConstraintName: 'pk_browser_sessions' })
  tokenSha256!: Buffer;

  @Column('integer')
  organizationId!: number;

  @Column('integer')
  memberId!: number;

  @Column('timestamptz')
  expiresAt!: Date;
}
