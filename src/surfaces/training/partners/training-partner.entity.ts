import { Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';
import { Organization } from '../../../auth/organization.entity.js';
import type { Instant } from '../../../core/instant.js';
import { INSTANT } from '../../../database/columns.js';

/** Another company that events are given for. */
@Entity({ schema: 'training', name: 'partners' })
@Index('ix_partners_name', ['organization_id', 'name', 'id'])
@ForeignKey(() => Organization, ['organization_id'], ['id'], {
  name: 'fk_partners_organization',
  onDelete: 'CASCADE',
})
export class TrainingPartner {
  @PrimaryColumn('integer', { primaryKeyConstraintName: 'pk_partners' })
  organization_id!: number;

  /** 17 characters. */
  @PrimaryColumn('text', { primaryKeyConstraintName: 'pk_partners' })
  id!: string;

  @Column('text')
  name!: string;

  @Column(INSTANT)
  created_at!: Instant;
}
