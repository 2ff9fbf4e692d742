import { Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';
import type { Instant } from '../../../core/instant.js';
import { INSTANT } from '../../../database/columns.js';
import { TrainingClass } from '../classes/training-class.entity.js';

/** An uploaded file of a class. */
@Entity({ schema: 'training', name: 'presentations' })
@Index('ix_presentations_age', ['organization_id', 'class_id', 'upload_date', 'id'])
@ForeignKey(() => TrainingClass, ['organization_id', 'class_id'], ['organization_id', 'id'], {
  name: 'fk_presentations_class',
  onDelete: 'CASCADE',
})
export class TrainingPresentation {
  @PrimaryColumn('integer', { primaryKeyConstraintName: 'pk_presentations' })
  organization_id!: number;

  @PrimaryColumn('text', { primaryKeyConstraintName: 'pk_presentations' })
  class_id!: string;

  /** 17 characters. */
  @PrimaryColumn('text', { primaryKeyConstraintName: 'pk_presentations' })
  id!: string;

  @Column('text')
  filename!: string;

  /** As the client named it; the content may be something else. */
  @Column('text')
  content_type!: string;

  @Column('integer')
  size_bytes!: number;

  /** Hexadecimal. */
  @Column('text')
  md5!: string;

  @Column('bytea')
  content!: Buffer;

  @Column(INSTANT)
  upload_date!: Instant;
}
