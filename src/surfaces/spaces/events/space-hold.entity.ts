import { Check, Column, Entity, Exclusion, ForeignKey, Index, PrimaryColumn } from 'typeorm';
import { Organization } from '../../../auth/organization.entity.js';
import { SpaceEvent } from './space-event.entity.js';
import { Space } from '../catalogue/space.entity.js';
import type { Instant } from '../../../core/instant.js';
import { INSTANT } from '../../../database/columns.js';

/** One occurrence of a booking: when it takes which space. Two confirmed holds of a space never overlap. */
@Entity({ schema: 'spaces', name: 'holds' })
@Index('ix_holds_space_end', ['organization_id', 'space_id', 'ends_at'], { where: `status = 'confirmed'` })
@Index('ix_holds_detail', ['organization_id', 'detail_id', 'ends_at'])
@Check('ck_holds_ends_after_start', 'ends_at > starts_at')
@Check('ck_holds_status', `status IN ('confirmed', 'cancelled', 'skipped')`)
@Exclusion(
  'ex_holds_no_overlap',
  `USING gist (organization_id WITH =, space_id WITH =, tstzrange(starts_at, ends_at) WITH &&) WHERE (status = 'confirmed')`,
)
@ForeignKey(() => Organization, ['organization_id'], ['id'], {
  name: 'fk_holds_organization',
  onDelete: 'CASCADE',
})
@ForeignKey(() => SpaceEvent, ['organization_id', 'event_id'], ['organization_id', 'id'], {
  name: 'fk_holds_event',
  onDelete: 'CASCADE',
})
@ForeignKey(() => SpaceEvent, ['organization_id', 'detail_id'], ['organization_id', 'id'], {
  name: 'fk_holds_detail',
})
@ForeignKey(() => Space, ['organization_id', 'space_id'], ['organization_id', 'id'], {
  name: 'fk_holds_space',
})
export class SpaceHold {
  @PrimaryColumn('integer', { primaryKeyConstraintName: 'pk_holds' })
  organization_id!: number;

  /** The single event, or the master of the series. */
  @PrimaryColumn('integer', { primaryKeyConstraintName: 'pk_holds' })
  event_id!: number;

  /** Its start according to the recurrence rule; moving an occurrence does not change it. */
  @PrimaryColumn({ ...INSTANT, primaryKeyConstraintName: 'pk_holds' })
  original_start!: Instant;

  /** The event with its title and other details: `event_id`, or the exception. */
  @Column('integer')
  detail_id!: number;

  @Column('integer')
  space_id!: number;

  @Column(INSTANT)
  starts_at!: Instant;

  @Column(INSTANT)
  ends_at!: Instant;

  /** `cancelled` by a person; `skipped` because the space was taken. Neither occupies the space. */
  @Column('text')
  status!: 'confirmed' | 'cancelled' | 'skipped';
}
