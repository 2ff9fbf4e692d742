import { Check, Column, Entity, ForeignKey, PrimaryColumn } from 'typeorm';
import { Organization } from '../../../auth/organization.entity.js';
import type { Instant } from '../../../core/instant.js';
import { INSTANT } from '../../../database/columns.js';

/** An address that is notified of changes to events. */
@Entity({ schema: 'polls', name: 'hooks' })
@Check('ck_hooks_action_is_its_event', 'action IS NULL OR events = ARRAY[action]')
@ForeignKey(() => Organization, ['organization_id'], ['id'], {
  name: 'fk_hooks_organization',
  onDelete: 'CASCADE',
})
export class PollHook {
  @PrimaryColumn('integer', { primaryKeyConstraintName: 'pk_hooks' })
  organization_id!: number;

  @PrimaryColumn('text', { primaryKeyConstraintName: 'pk_hooks' })
  id!: string;

  @Column('text')
  url!: string;

  /** What a hook of the product's own shape is told of; the only one of `events`. `null` for a hook of our shape. */
  @Column('text', { nullable: true })
  action!: string | null;

  /** Event types, see `HOOK_EVENTS`. */
  @Column('text', { array: true })
  events!: string[];

  /** Set to false by its owner, or when its address answered 410. */
  @Column('boolean')
  active!: boolean;

  /** Encrypted secret for signatures, see `Encryption`. */
  @Column('text')
  sealed_secret!: string;

  @Column(INSTANT)
  created_at!: Instant;

  @Column(INSTANT)
  updated_at!: Instant;
}
