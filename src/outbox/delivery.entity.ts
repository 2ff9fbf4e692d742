import { Check, Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';
import { Organization } from '../auth/organization.entity.js';

/** Something that has to reach somebody outside: written with the change that it tells of, delivered afterwards. */
@Entity({ schema: 'outbox', name: 'deliveries' })
@Index('ix_deliveries_due', ['kind', 'organizationId', 'dueAt', 'id'], { where: `state = 'waiting'` })
@Index('ix_deliveries_due_target', ['kind', 'organizationId', 'target', 'dueAt', 'id'], {
  where: `state = 'waiting'`,
})
@Index('ix_deliveries_done', ['doneAt'], { where: 'done_at IS NOT NULL' })
@Index('ix_deliveries_target', ['organizationId', 'kind', 'target', 'id'])
@Check('ck_deliveries_state', `state IN ('waiting', 'delivered', 'kept', 'given up')`)
@ForeignKey(() => Organization, ['organizationId'], ['id'], {
  name: 'fk_deliveries_organization',
  onDelete: 'CASCADE',
})
export class Delivery {
  @PrimaryColumn('integer', { primaryKeyConstraintName: 'pk_deliveries' })
  organizationId!: number;

  @PrimaryColumn('bigint', {
    generated: 'identity',
    generatedIdentity: 'ALWAYS',
    primaryKeyConstraintName: 'pk_deliveries',
  })
  id!: string;

  /** Which carrier takes it: `mail`, `polls.hook`. */
  @Column('text')
  kind!: string;

  /** Whom it is for, in the carrier's terms: an address, a hook's id. */
  @Column('text')
  target!: string;

  /** What the carrier needs to deliver it. */
  @Column('json')
  payload!: object;

  /** `kept`: there is no way to deliver it, it is here to be looked at. */
  @Column('text', { default: 'waiting' })
  state!: string;

  @Column('integer', { default: 0 })
  attempts!: number;

  @Column('timestamptz')
  dueAt!: Date;

  @Column('timestamptz')
  createdAt!: Date;

  @Column('timestamptz', { nullable: true })
  doneAt!: Date | null;

  /** What went wrong the last time. */
  @Column('text', { nullable: true })
  trouble!: string | null;
}
