import { Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';
import { Member } from '../../../auth/member.entity.js';
import { Organization } from '../../../auth/organization.entity.js';
import type { Instant } from '../../../core/instant.js';
import { INSTANT } from '../../../database/columns.js';

/** The course material of a training event. */
@Entity({ schema: 'training', name: 'classes' })
@Index('ix_classes_owner', ['organization_id', 'owner_id'])
@ForeignKey(() => Organization, ['organization_id'], ['id'], {
  name: 'fk_classes_organization',
  onDelete: 'CASCADE',
})
@ForeignKey(() => Member, ['organization_id', 'owner_id'], ['organization_id', 'id'], {
  name: 'fk_classes_owner',
})
export class TrainingClass {
  @PrimaryColumn('integer', { primaryKeyConstraintName: 'pk_classes' })
  organization_id!: number;

  /** 17 characters. */
  @PrimaryColumn('text', { primaryKeyConstraintName: 'pk_classes' })
  id!: string;

  @Column('text')
  name!: string;

  @Column('integer', { nullable: true })
  owner_id!: number | null;

  @Column('text', { nullable: true })
  description!: string | null;

  /** Describes the lab machines. Stored as given; the rows of `TrainingResource` are shown behind it. */
  @Column('jsonb')
  resources!: unknown[];

  /** Notes for the slides. Stored as given. */
  @Column('jsonb')
  presentation_notes!: unknown[];

  @Column('text', { array: true, default: '{}' })
  labels!: readonly string[];

  @Column(INSTANT)
  created_at!: Instant;

  @Column(INSTANT)
  updated_at!: Instant;
}
