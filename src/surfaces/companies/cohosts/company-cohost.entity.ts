import { Check, Column, Entity, ForeignKey, PrimaryColumn, Unique } from 'typeorm';
import { CompanyEvent } from '../events/company-event.entity.js';

/** Who hosts an event beside its company. Its id is shown as a sqid, see `company-id`. */
@Entity({ schema: 'companies', name: 'cohosts' })
// Deferred, so that cohosts can change places in one statement.
@Unique('uq_cohosts_position', ['organization_id', 'event_id', 'position'], {
  deferrable: 'INITIALLY DEFERRED',
})
@Check('ck_cohosts_position', 'position >= 1')
@ForeignKey(() => CompanyEvent, ['organization_id', 'event_id'], ['organization_id', 'id'], {
  name: 'fk_cohosts_event',
  onDelete: 'CASCADE',
})
export class CompanyCohost {
  @PrimaryColumn('integer', { primaryKeyConstraintName: 'pk_cohosts' })
  organization_id!: number;

  @PrimaryColumn('integer', {
    generated: 'identity',
    generatedIdentity: 'ALWAYS',
    primaryKeyConstraintName: 'pk_cohosts',
  })
  id!: number;

  @Column('integer')
  event_id!: number;

  /** From 1, without gaps, see `cohost-order`. */
  @Column('integer')
  position!: number;

  @Column('text')
  name!: string;

  @Column('text', { nullable: true })
  privacy_policy!: string | null;
}
