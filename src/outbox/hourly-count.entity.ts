import { Column, Entity, ForeignKey, PrimaryColumn } from 'typeorm';
import { Organization } from '../auth/organization.entity.js';
import type { Instant } from '../core/instant.js';
import { INSTANT } from '../database/columns.js';

/** How many deliveries of a kind an organization began in an hour; one row, which a later hour overwrites. */
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

  /** Its start. */
  @Column(INSTANT)
  hour!: Instant;

  /** First attempts; a delivery that is tried again counts once. */
  @Column('integer')
  begun!: number;
}
