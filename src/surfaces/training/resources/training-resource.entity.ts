import { Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';
import type { Instant } from '../../../core/instant.js';
import { INSTANT } from '../../../database/columns.js';
import { TrainingClass } from '../classes/training-class.entity.js';

export interface WebviewLink {
  readonly name: string;
  readonly url: string;
}

/** Describes a lab machine of a class. Nothing is started from it. */
@Entity({ schema: 'training', name: 'class_resources' })
@Index('ix_class_resources_age', ['organization_id', 'class_id', 'created_at', 'id'])
@ForeignKey(() => TrainingClass, ['organization_id', 'class_id'], ['organization_id', 'id'], {
  name: 'fk_class_resources_class',
  onDelete: 'CASCADE',
})
export class TrainingResource {
  @PrimaryColumn('integer', { primaryKeyConstraintName: 'pk_class_resources' })
  organization_id!: number;

  @PrimaryColumn('text', { primaryKeyConstraintName: 'pk_class_resources' })
  class_id!: string;

  /** 17 characters. */
  @PrimaryColumn('text', { primaryKeyConstraintName: 'pk_class_resources' })
  id!: string;

  @Column('text')
  type!: string;

  @Column('text')
  name!: string;

  @Column('text', { nullable: true })
  image_id!: string | null;

  @Column('text', { nullable: true })
  image_user!: string | null;

  @Column('text', { nullable: true })
  instance_type!: string | null;

  @Column('boolean')
  is_custom_image!: boolean;

  @Column('jsonb')
  webview_links!: readonly WebviewLink[];

  @Column('text', { nullable: true })
  userdata!: string | null;

  @Column('text', { nullable: true })
  post_launch_script!: string | null;

  @Column('text', { nullable: true })
  ec2_region!: string | null;

  /** How learners see the machine, such as `terminal` or `desktop`. */
  @Column('text', { nullable: true })
  view_interface!: string | null;

  /** The image in each region. */
  @Column('jsonb', { nullable: true })
  image_region_mapping!: Readonly<Record<string, string>> | null;

  @Column(INSTANT)
  created_at!: Instant;

  @Column(INSTANT)
  updated_at!: Instant;
}
