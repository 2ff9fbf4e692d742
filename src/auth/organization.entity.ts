import { Check, Column, Entity, PrimaryGeneratedColumn, Unique } from 'typeorm';
import type { Instant } from '../core/instant.js';
import { INSTANT } from '../database/columns.js';

/** A tenant. Every other row belongs to exactly one. */
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

  /** Paths and credentials name the organization by it or by its id; it is never all digits, like an id. */
  @Column('text')
  slug!: string;

  /** IANA zone, if neither the request nor the member has one. */
  @Column('text', { default: 'UTC' })
  time_zone!: string;

  @Column(INSTANT)
  created_at!: Instant;

  /** Null until a change. */
  @Column({ ...INSTANT, nullable: true })
  updated_at!: Instant | null;
}
