import { Column, Entity, ForeignKey, PrimaryColumn } from 'typeorm';
import { Organization } from '../../../auth/organization.entity.js';
import type { Instant } from '../../../core/instant.js';
import { INSTANT } from '../../../database/columns.js';

/** An address that wants to be told what happens to events. */
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

  /** `event.created` and the like. */
  @Column('text', { array: true })
  events!: string[];

  /** Switched off by its owner, or because its address answered 410. */
  @Column('boolean')
  active!: boolean;

  /** Signs what is sent; see `Encryption`. */
  @Column('text')
  sealed_secret!: string;

  @Column(INSTANT)
  created_at!: Instant;

  @Column(INSTANT)
  updated_at!: Instant;
}
