import { Column, Entity, ForeignKey, PrimaryColumn } from 'typeorm';
import { Organization } from '../../../auth/organization.entity.js';

/** An address that wants to be told what happens to events. */
@Entity({ schema: 'polls', name: 'hooks' })
@ForeignKey(() => Organization, ['organizationId'], ['id'], {
  name: 'fk_hooks_organization',
  onDelete: 'CASCADE',
})
export class PollHook {
  @PrimaryColumn('integer', { primaryKeyConstraintName: 'pk_hooks' })
  organizationId!: number;

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
  sealedSecret!: string;

  @Column('timestamptz')
  createdAt!: Date;

  @Column('timestamptz')
  updatedAt!: Date;
}
