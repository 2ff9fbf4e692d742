import { Column, Entity, ForeignKey, PrimaryColumn, Unique } from 'typeorm';
import type { Instant } from '../../../core/instant.js';
import { INSTANT } from '../../../database/columns.js';
import { TrainingPartner } from './training-partner.entity.js';

/** A person of a partner. They are no members of the organization and cannot sign in. */
@Entity({ schema: 'training', name: 'partner_members' })
@Unique('uq_partner_members_email', ['organization_id', 'partner_id', 'email'])
@ForeignKey(() => TrainingPartner, ['organization_id', 'partner_id'], ['organization_id', 'id'], {
  name: 'fk_partner_members_partner',
  onDelete: 'CASCADE',
})
export class TrainingPartnerMember {
  @PrimaryColumn('integer', { primaryKeyConstraintName: 'pk_partner_members' })
  organization_id!: number;

  @PrimaryColumn('text', { primaryKeyConstraintName: 'pk_partner_members' })
  partner_id!: string;

  /** 17 characters. */
  @PrimaryColumn('text', { primaryKeyConstraintName: 'pk_partner_members' })
  id!: string;

  @Column('citext')
  email!: string;

  @Column(INSTANT)
  created_at!: Instant;
}
