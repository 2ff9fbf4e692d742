import { Column, Entity, ForeignKey, PrimaryColumn } from 'typeorm';
import { Organization } from '../auth/organization.entity.js';
import type { Instant } from '../core/instant.js';
import { INSTANT } from '../database/columns.js';

/** How many deliveries of a kind an organization started in its latest hour with any. */
@Entity({ schema: 'outbox', name: 'hourly_counts' })
@ForeignKey(() => Organization, ['organization_id'], ['id'], {
  name: 'fk_hourly_counts_organization',
  onDelete: 'CASCADE',
})
export class HourlyCount {
  @PrimaryColumn('integer', { primaryKeyConstraintName: 'pk_hourly_counts' })
  organization_id!: number;

  @PrimaryColumn('text', { primaryKeyConstraintName: 'pk_hourly_counts' })
  kind!: string;

  /** The start of the hour. */
  @Column(INSTANT)
  hour!: Instant;

  /** Retries are not counted. */
  @Column('integer')
  begun!: number;
}
