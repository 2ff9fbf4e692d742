import { Column, Entity, ForeignKey, PrimaryColumn, Unique } from 'typeorm';
import { Organization } from '../../../auth/organization.entity.js';
import type { Instant } from '../../../core/instant.js';
import { INSTANT } from '../../../database/columns.js';

/** Who publishes events. Its id is shown as a sqid, see `company-id`. */
@Entity({ schema: 'companies', name: 'companies' })
@Unique('uq_companies_public_slug', ['slug'])
@ForeignKey(() => Organization, ['organization_id'], ['id'], {
  name: 'fk_companies_organization',
  onDelete: 'CASCADE',
})
export class Company {
  @PrimaryColumn('integer', { primaryKeyConstraintName: 'pk_companies' })
  organization_id!: number;

  @PrimaryColumn('integer', {
    generated: 'identity',
    generatedIdentity: 'ALWAYS',
    primaryKeyConstraintName: 'pk_companies',
  })
  id!: number;

  @Column('text')
  name!: string;

  /** The first segment of its public pages, so unique beyond its organization and never one of ours. */
  @Column('text')
  slug!: string;

  /** Whether its plan opens the API. */
  @Column('boolean')
  use_api!: boolean;

  /** IANA zone, where an event does not say one. */
  @Column('text')
  time_zone!: string;

  /** Address of its logo. */
  @Column('text', { nullable: true })
  logo!: string | null;

  /** `#RRGGBB` */
  @Column('text', { nullable: true })
  brand_color!: string | null;

  /** Address of its privacy policy. */
  @Column('text', { nullable: true })
  privacy_policy!: string | null;

  @Column('text', { nullable: true })
  tagline!: string | null;

  /** Address of its web site. */
  @Column('text', { nullable: true })
  url!: string | null;

  @Column(INSTANT)
  created_at!: Instant;

  @Column(INSTANT)
  updated_at!: Instant;
}
