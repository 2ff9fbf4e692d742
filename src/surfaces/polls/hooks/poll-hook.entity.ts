import { Column, Entity, ForeignKey, PrimaryColumn } from 'typeorm';
import { Organization } from '../../../auth/organization.entity.js';
import type { Instant } from '../../../core/instant.js';
import { INSTANT } from '../../../database/columns.js';

/** An address that is notified of changes to events. */
@Entity({ schema: 'polls', name: 'hooks' })
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
