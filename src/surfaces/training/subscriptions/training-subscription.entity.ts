import { Check, Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';
import { Organization } from '../../../auth/organization.entity.js';
import type { Instant } from '../../../core/instant.js';
import { INSTANT } from '../../../database/columns.js';
import type { SubscriptionEvent, SubscriptionStatus } from './training-subscription.events.js';

/** An address that is told of one kind of event. */
@Entity({ schema: 'training', name: 'subscriptions' })
@Index('ix_subscriptions_event', ['organization_id', 'event'], { where: `status = 'active'` })
@Check('ck_subscriptions_status', `status IN ('active', 'inactive')`)
@ForeignKey(() => Organization, ['organization_id'], ['id'], {
  name: 'fk_subscriptions_organization',
  onDelete: 'CASCADE',
})
export class TrainingSubscription {
  @PrimaryColumn('integer', { primaryKeyConstraintName: 'pk_subscriptions' })
  organization_id!: number;

  /** 17 characters. */
  @PrimaryColumn('text', { primaryKeyConstraintName: 'pk_subscriptions' })
  id!: string;

  /** The address. */
  @Column('text')
  target!: string;

  @Column('text')
  event!: SubscriptionEvent;

  /** Set to `inactive` by its owner, or when its address answered 410. */
  @Column('text')
  status!: SubscriptionStatus;

  /** Encrypted secret for signatures, see `Webhooks.createSecret`. */
  @Column('text')
  sealed_secret!: string;

  @Column(INSTANT)
  created_at!: Instant;

  @Column(INSTANT)
  updated_at!: Instant;
}
