import { Column, Entity, ForeignKey, PrimaryColumn } from 'typeorm';
import { TrainingPresentation } from './training-presentation.entity.js';

/** A note to a slide of a presentation. */
@Entity({ schema: 'training', name: 'presentation_notes' })
@ForeignKey(
  () => TrainingPresentation,
  ['organization_id', 'class_id', 'presentation_id'],
  ['organization_id', 'class_id', 'id'],
  { name: 'fk_presentation_notes_presentation', onDelete: 'CASCADE' },
)
export class TrainingPresentationNote {
  @PrimaryColumn('integer', { primaryKeyConstraintName: 'pk_presentation_notes' })
  organization_id!: number;

  @PrimaryColumn('text', { primaryKeyConstraintName: 'pk_presentation_notes' })
  class_id!: string;

  @PrimaryColumn('text', { primaryKeyConstraintName: 'pk_presentation_notes' })
  presentation_id!: string;

  /** 17 characters. */
  @PrimaryColumn('text', { primaryKeyConstraintName: 'pk_presentation_notes' })
  id!: string;

  @Column('integer')
  slide!: number;

  /** Among the notes of a slide. */
  @Column('integer')
  position!: number;

  @Column('text')
  text!: string;
}
