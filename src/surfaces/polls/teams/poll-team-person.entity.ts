import { Check, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';
import { Member } from '../../../auth/member.entity.js';
import { PollTeam } from './poll-team.entity.js';

export type TeamRole = 'admin' | 'member';

/** A person in one of the two lists of a team. */
@Entity({ schema: 'polls', name: 'team_people' })
@Index('ix_team_people_member', ['organization_id', 'member_id'])
@Check('ck_team_people_role', `role IN ('admin', 'member')`)
@ForeignKey(() => PollTeam, ['organization_id', 'team_id'], ['organization_id', 'id'], {
  name: 'fk_team_people_team',
  onDelete: 'CASCADE',
})
@ForeignKey(() => Member, ['organization_id', 'member_id'], ['organization_id', 'id'], {
  name: 'fk_team_people_member',
  onDelete: 'CASCADE',
})
export class PollTeamPerson {
  @PrimaryColumn('integer', { primaryKeyConstraintName: 'pk_team_people' })
  organization_id!: number;

  @PrimaryColumn('text', { primaryKeyConstraintName: 'pk_team_people' })
  team_id!: string;

  @PrimaryColumn('text', { primaryKeyConstraintName: 'pk_team_people' })
  role!: TeamRole;

  @PrimaryColumn('integer', { primaryKeyConstraintName: 'pk_team_people' })
  member_id!: number;
}
