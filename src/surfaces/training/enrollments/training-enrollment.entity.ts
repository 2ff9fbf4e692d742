import { Column, Entity, ForeignKey, Index, PrimaryColumn, Unique } from 'typeorm';
import type { Instant } from '../../../core/instant.js';
import { INSTANT } from '../../../database/columns.js';
import { TrainingCourse } from '../ondemand/training-course.entity.js';

/** A person who takes a course on demand. */
@Entity({ schema: 'training', name: 'enrollments' })
@Unique('uq_enrollments_email', ['organization_id', 'course_id', 'email'])
@Index('ix_enrollments_age', ['organization_id', 'course_id', 'enrolled_at', 'email'])
@ForeignKey(() => TrainingCourse, ['organization_id', 'course_id'], ['organization_id', 'id'], {
  name: 'fk_enrollments_course',
  onDelete: 'CASCADE',
})
export class TrainingEnrollment {
  @PrimaryColumn('integer', { primaryKeyConstraintName: 'pk_enrollments' })
  organization_id!: number;

  @PrimaryColumn('text', { primaryKeyConstraintName: 'pk_enrollments' })
  course_id!: string;

  /** 17 characters. */
  @PrimaryColumn('text', { primaryKeyConstraintName: 'pk_enrollments' })
  id!: string;

  @Column('citext')
  email!: string;

  @Column(INSTANT)
  enrolled_at!: Instant;

  /** `null` while the person is enrolled. */
  @Column({ ...INSTANT, nullable: true })
  finished_at!: Instant | null;
}
