import { Check, Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';
import { Organization } from '../auth/organization.entity.js';
import type { Instant } from '../core/instant.js';
import { INSTANT } from '../database/columns.js';

/** A mail or webhook call: written in the transaction of the change that causes it, delivered afterwards. */
@Entity({ schema: 'outbox', name: 'deliveries' })
@Index('ix_deliveries_due', ['kind', 'organization_id', 'due_at', 'id'], { where: `state = 'waiting'` })
@Index('ix_deliveries_due_target', ['kind', 'organization_id', 'target', 'due_at', 'id'], {
  where: `state = 'waiting'`,
})
@Index('ix_deliveries_done', ['done_at'], { where: 'done_at IS NOT NULL' })
@Index('ix_deliveries_unsealed', { synchronize: false })
@Index('ix_deliveries_target', ['organization_id', 'kind', 'target', 'id'])
@Check('ck_deliveries_state', `state IN ('waiting', 'delivered', 'kept', 'given up')`)
@ForeignKey(() => Organization, ['organization_id'], ['id'], {
  name: 'fk_deliveries_organization',
  onDelete: 'CASCADE',
})
export class Delivery {
  @PrimaryColumn('integer', { primaryKeyConstraintName: 'pk_deliveries' })
  organization_id!: number;

  @PrimaryColumn('bigint', {
    generated: 'identity',
    generatedIdentity: 'ALWAYS',
    primaryKeyConstraintName: 'pk_deliveries',
  })
  id!: string;

  /** Selects the handler: `mail`, `polls.hook`. */
  @Column('text')
  kind!: string;

  /** The recipient; its format depends on the handler: an address, a hook's id. */
  @Column('text')
  target!: string;

  @Column('json')
  payload!: object;

  /** `waiting`, `given up` or a `DeliveryEnd`. */
  @Column('text', { default: 'waiting' })
  state!: string;

  @Column('integer', { default: 0 })
  attempts!: number;

  @Column(INSTANT)
  due_at!: Instant;

  @Column(INSTANT)
  created_at!: Instant;

  @Column({ ...INSTANT, nullable: true })
  done_at!: Instant | null;

  /** The last error. */
  @Column('text', { nullable: true })
  trouble!: string | null;
}
