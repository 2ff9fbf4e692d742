import { Column, Entity, ForeignKey, PrimaryColumn, Unique } from 'typeorm';
import { Organization } from '../../../auth/organization.entity.js';
import type { Instant } from '../../../core/instant.js';
import { INSTANT } from '../../../database/columns.js';

/** People of an organization of whom one or another organises an event. */
@Entity({ schema: 'polls', name: 'teams' })
@Unique('uq_teams_extid', ['organization_id', 'extid'])
@ForeignKey(() => Organization, ['organization_id'], ['id'], {
  name: 'fk_teams_organization',
  onDelete: 'CASCADE',
})
export class PollTeam {
  @PrimaryColumn('integer', { primaryKeyConstraintName: 'pk_teams' })
  organization_id!: number;

  /** 24 hex digits. */
  @PrimaryColumn('text', { primaryKeyConstraintName: 'pk_teams' })
  id!: string;

  @Column('text')
  name!: string;

  /** The client's own id. */
  @Column('text', { nullable: true })
  extid!: string | null;

  /** The client's own word for the rank of the team. */
  @Column('text', { nullable: true })
  level_name!: string | null;

  @Column(INSTANT)
  created_at!: Instant;
}
