import { Check, Column, Entity, PrimaryGeneratedColumn, Unique } from 'typeorm';
import type { Instant } from '../core/instant.js';
import { INSTANT } from '../database/columns.js';

/** The tenant: everything else belongs to exactly one. */
@Entity({ schema: 'tenancy', name: 'organizations' })
@Unique('uq_organizations_slug', ['slug'])
@Check('ck_organizations_slug_not_all_digits', `slug ~ '[^0-9]'`)
export class Organization {
  @PrimaryGeneratedColumn('identity', {
    type: 'integer',
    generatedIdentity: 'ALWAYS',
    primaryKeyConstraintName: 'pk_organizations',
  })
  id!: number;

  @Column('text')
  name!: string;

  /** Serves wherever a path or a credential names the organization; never all digits, so it is never taken for an id. */
  @Column('text')
  slug!: string;

  /** IANA zone; the fallback where neither a body nor a member says one. */
  @Column('text', { default: 'UTC' })
  time_zone!: string;

  @Column(INSTANT)
  created_at!: Instant;
}
