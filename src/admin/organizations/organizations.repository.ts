import { Injectable } from '@nestjs/common';
import { DataSource, Like } from 'typeorm';
import { Organization } from '../../auth/organization.entity.js';
import { Clock } from '../../core/clock.js';
import { Rows, wholeNumberIn } from '../../database/rows.js';
import { taken } from '../admin.failures.js';
import { underFreeSlug } from '../free-slug.js';
import { organizationSlugOf } from './organization-slug.js';
import type { ChangeOrganization, CreateOrganization } from './organizations.dto.js';

const DEFAULT_TIME_ZONE = 'UTC';

/** Organizations (tenants). Paths identify them by id or slug. */
@Injectable()
export class OrganizationsRepository {
  readonly rows: Rows<Organization>;

  constructor(
    private readonly dataSource: DataSource,
    private readonly clock: Clock,
  ) {
    this.rows = new Rows(dataSource, Organization, {
      noun: 'organization',
      named: byIdOrSlug,
      refusals: {
        uq_organizations_slug: () => taken('slug', 'slug is the slug of another organization'),
      },
    });
  }

  create({ name, slug, time_zone }: CreateOrganization): Promise<Organization> {
    const write = (free: string): Promise<Organization> =>
      this.rows.create({
        name,
        slug: free,
        time_zone: time_zone ?? DEFAULT_TIME_ZONE,
        created_at: this.clock.now(),
      });
    if (slug != null) return write(slug);
    return underFreeSlug(organizationSlugOf(name), (wanted) => this.slugsLike(wanted), write);
  }

  change(idOrSlug: string, { name, slug, time_zone }: ChangeOrganization): Promise<Organization> {
    const timeZone = time_zone === null ? DEFAULT_TIME_ZONE : time_zone;
    return this.rows.change({}, idOrSlug, { name, slug, time_zone: timeZone });
  }

  private async slugsLike(slug: string): Promise<ReadonlySet<string>> {
    const organizations = this.dataSource.getRepository(Organization);
    const similar = await organizations.find({ select: { slug: true }, where: { slug: Like(`${slug}%`) } });
    return new Set(similar.map((organization) => organization.slug));
  }
}

function byIdOrSlug(text: string): { readonly id: number } | { readonly slug: string } | undefined {
  if (!/^\d+$/.test(text)) return text.includes('\0') ? undefined : { slug: text };
  const id = wholeNumberIn(text);
  return id === undefined ? undefined : { id };
}
