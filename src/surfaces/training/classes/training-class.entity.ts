import { Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';
import { Member } from '../../../auth/member.entity.js';
import { Organization } from '../../../auth/organization.entity.js';

/** What a training event teaches. */
@Entity({ schema: 'training', name: 'classes' })
@Index('ix_classes_owner', ['organizationId', 'ownerId'])
@ForeignKey(() => Organization, ['organizationId'], ['id'], {
  name: 'fk_classes_organization',
  onDelete: 'CASCADE',
})
@ForeignKey(() => Member, ['organizationId', 'ownerId'], ['organizationId', 'id'], {
  name: 'fk_classes_owner',
})
export class TrainingClass {
  @PrimaryColumn('integer', { primaryKeyConstraintName: 'pk_classes' })
  organizationId!: number;

  /** 17 characters. */
  @PrimaryColumn('text', { primaryKeyConstraintName: 'pk_classes' })
  id!: string;

  @Column('text')
  name!: string;

  @Column('integer', { nullable: true })
  ownerId!: number | null;

  @Column('text', { nullable: true })
  description!: string | null;

  /** Whatever describes the lab machines, kept as given. */
  @Column('jsonb')
  resources!: unknown[];

  /** Whatever belongs to the slides, kept as given. */
  @Column('jsonb')
  presentationNotes!: unknown[];

  @Column('timestamptz')
  createdAt!: Date;

  @Column('timestamptz')
  updatedAt!: Date;
}
