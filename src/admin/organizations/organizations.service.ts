import { Injectable } from '@nestjs/common';
import type { Organization } from '../../auth/organization.entity.js';
import { Clock } from '../../core/clock.js';
import { underFreeSlug } from '../free-slug.js';
import { organizationSlugOf } from './organization-slug.js';
import { OrganizationsRepository } from './organizations.repository.js';
import type { ChangeOrganization, CreateOrganization } from './organizations.dto.js';

const DEFAULT_TIME_ZONE = 'UTC';

/** Creates and updates organizations. */
@Injectable()
export class OrganizationsService {
  constructor(
    private readonly organizations: OrganizationsRepository,
    private readonly clock: Clock,
  ) {}

  create({ name, slug, time_zone }: CreateOrganization): Promise<Organization> {
    const write = (free: string): Promise<Organization> =>
      this.organizations.insertRow({
        name,
        slug: free,
        time_zone: time_zone ?? DEFAULT_TIME_ZONE,
        created_at: this.clock.now(),
      });
    return slug == null ? underFreeSlug(organizationSlugOf(name), this.organizations, write) : write(slug);
  }

  change(idOrSlug: string, { name, slug, time_zone }: ChangeOrganization): Promise<Organization> {
    const timeZone = time_zone === null ? DEFAULT_TIME_ZONE : time_zone;
    return this.organizations.changeRow({}, idOrSlug, { name, slug, time_zone: timeZone });
  }
}
