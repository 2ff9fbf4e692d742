import { Check, Column, Entity, Exclusion, ForeignKey, Index, PrimaryColumn } from 'typeorm';
import { Organization } from '../../../auth/organization.entity.js';
import { SpaceEvent } from './space-event.entity.js';
import { Space } from '../catalogue/space.entity.js';

/** One occurrence of a booking: when it takes which space. Two confirmed ones of a space never overlap. */
@Entity({ schema: 'spaces', name: 'holds' })
@Index('ix_holds_space_end', ['organizationId', 'spaceId', 'endsAt'], { where: `status = 'confirmed'` })
@Index('ix_holds_detail', ['organizationId', 'detailId', 'endsAt'])
@Check('ck_holds_ends_after_start', 'ends_at > starts_at')
@Check('ck_holds_status', `status IN ('confirmed', 'cancelled', 'skipped')`)
@Exclusion(
  'ex_holds_no_overlap',
  `USING gist (organization_id WITH =, space_id WITH =, tstzrange(starts_at, ends_at) WITH &&) WHERE (status = 'confirmed')`,
)
@ForeignKey(() => Organization, ['organizationId'], ['id'], {
  name: 'fk_holds_organization',
  onDelete: 'CASCADE',
})
@ForeignKey(() => SpaceEvent, ['organizationId', 'eventId'], ['organizationId', 'id'], {
  name: 'fk_holds_event',
  onDelete: 'CASCADE',
})
@ForeignKey(() => SpaceEvent, ['organizationId', 'detailId'], ['organizationId', 'id'], {
  name: 'fk_holds_detail',
})
@ForeignKey(() => Space, ['organizationId', 'spaceId'], ['organizationId', 'id'], { name: 'fk_holds_space' })
export class SpaceHold {
  @PrimaryColumn('integer', { primaryKeyConstraintName: 'pk_holds' })
  organizationId!: number;

  /** The single event, or the master of the series. */
  @PrimaryColumn('integer', { primaryKeyConstraintName: 'pk_holds' })
  eventId!: number;

  /** When the rule put it; moving an occurrence does not change it. */
  @PrimaryColumn('timestamptz', { primaryKeyConstraintName: 'pk_holds' })
  originalStart!: Date;

  /** The event that says title, people and the rest: the same event, or the changed occurrence's own. */
  @Column('integer')
  detailId!: number;

  @Column('integer')
  spaceId!: number;

  @Column('timestamptz')
  startsAt!: Date;

  @Column('timestamptz')
  endsAt!: Date;

  /** `cancelled` by a person; `skipped` because the space was taken. Neither holds anything. */
  @Column('text')
  status!: string;
}
