import { Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';
import { Member } from '../../../auth/member.entity.js';
import { Organization } from '../../../auth/organization.entity.js';
import type { Instant } from '../../../core/instant.js';
import { INSTANT } from '../../../database/columns.js';
import { TrainingClass } from '../classes/training-class.entity.js';

/** A class that people take by themselves, at any time. */
@Entity({ schema: 'training', name: 'ondemand_courses' })
@Index('ix_ondemand_courses_age', ['organization_id', 'created_at', 'id'])
@Index('ix_ondemand_courses_class', ['organization_id', 'class_id'])
@Index('ix_ondemand_courses_owner', ['organization_id', 'owner_id'])
@ForeignKey(() => Organization, ['organization_id'], ['id'], {
  name: 'fk_ondemand_courses_organization',
  onDelete: 'CASCADE',
})
@ForeignKey(() => TrainingClass, ['organization_id', 'class_id'], ['organization_id', 'id'], {
  name: 'fk_ondemand_courses_class',
})
@ForeignKey(() => Member, ['organization_id', 'owner_id'], ['organization_id', 'id'], {
  name: 'fk_ondemand_courses_owner',
})
export class TrainingCourse {
  @PrimaryColumn('integer', { primaryKeyConstraintName: 'pk_ondemand_courses' })
  organization_id!: number;

  /** 17 characters. */
  @PrimaryColumn('text', { primaryKeyConstraintName: 'pk_ondemand_courses' })
  id!: string;

  @Column('text')
  name!: string;

  @Column('text')
  class_id!: string;

  @Column('integer', { nullable: true })
  owner_id!: number | null;

  @Column('text', { nullable: true })
  description!: string | null;

  @Column('text', { array: true })
  labels!: readonly string[];

  @Column(INSTANT)
  created_at!: Instant;

  @Column(INSTANT)
  updated_at!: Instant;
}
