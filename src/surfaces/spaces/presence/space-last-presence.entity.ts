import { Column, Entity, ForeignKey, PrimaryColumn } from 'typeorm';
import { Organization } from '../../../auth/organization.entity.js';
import type { Instant } from '../../../core/instant.js';
import { INSTANT } from '../../../database/columns.js';
import { Space } from '../catalogue/space.entity.js';

/** When somebody was last known to be in a space. */
@Entity({ schema: 'spaces', name: 'last_presences' })
@ForeignKey(() => Organization, ['organization_id'], ['id'], {
  name: 'fk_last_presences_organization',
  onDelete: 'CASCADE',
})
@ForeignKey(() => Space, ['organization_id', 'space_id'], ['organization_id', 'id'], {
  name: 'fk_last_presences_space',
  onDelete: 'CASCADE',
})
export class SpaceLastPresence {
  @PrimaryColumn('integer', { primaryKeyConstraintName: 'pk_last_presences' })
  organization_id!: number;

  @PrimaryColumn('integer', { primaryKeyConstraintName: 'pk_last_presences' })
  space_id!: number;

  @Column(INSTANT)
  last_presence_at!: Instant;
}
