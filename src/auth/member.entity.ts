import { Check, Column, Entity, ForeignKey, PrimaryColumn, Unique } from 'typeorm';
import { Organization } from './organization.entity.js';
import type { Instant } from '../core/instant.js';
import { INSTANT } from '../database/columns.js';

/** A member of an organization. Products show different ids for the same member. */
@Entity({ schema: 'tenancy', name: 'members' })
@Unique('uq_members_email', ['organization_id', 'email'])
@Unique('uq_members_training_id', ['organization_id', 'training_id'])
@Unique('uq_members_polls_id', ['organization_id', 'polls_id'])
@Unique('uq_members_slug', ['organization_id', 'slug'])
@Check('ck_members_slug', `slug ~ '[^0-9]' AND slug <> 'me'`)
@ForeignKey(() => Organization, ['organization_id'], ['id'], {
  name: 'fk_members_organization',
  onDelete: 'CASCADE',
})
export class Member {
  @PrimaryColumn('integer', { primaryKeyConstraintName: 'pk_members' })
  organization_id!: number;

  /** The id in spaces and realms. */
  @PrimaryColumn('integer', {
    generated: 'identity',
    generatedIdentity: 'ALWAYS',
    primaryKeyConstraintName: 'pk_members',
  })
  id!: number;

  /** The id in training: 17 characters. */
  @Column('text')
  training_id!: string;

  /** The id in polls: 24 hex digits. */
  @Column('text')
  polls_id!: string;

  @Column('citext')
  email!: string;

  @Column('text', { nullable: true })
  name!: string | null;

  /** IANA zone. */
  @Column('text', { nullable: true })
  time_zone!: string | null;

  /** BCP 47 tag. */
  @Column('text', { nullable: true })
  locale!: string | null;

  @Column('boolean', { default: false })
  is_admin!: boolean;

  @Column(INSTANT)
  created_at!: Instant;

  /** Null until a change. */
  @Column({ ...INSTANT, nullable: true })
  updated_at!: Instant | null;

  /**
   * Names the member in paths of spaces; never a number, never `me`. PostgreSQL makes it from the name or the address
   * when the member is inserted, and it stays when these change.
   */
  @Column('text')
  slug!: string;
}
