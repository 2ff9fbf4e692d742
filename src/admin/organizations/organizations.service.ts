import { Injectable } from '@nestjs/common';
import { Audit, type Actor } from '../../audit/audit.js';
import { credentialEvent } from '../../auth/credentials/credential-event.js';
import { CredentialsRepository } from '../../auth/credentials/credentials.repository.js';
import type { Organization } from '../../auth/organization.entity.js';
import { Clock } from '../../core/clock.js';
import { underFreeSlug } from '../free-slug.js';
import { organizationSlugOf } from './organization-slug.js';
import { OrganizationsRepository } from './organizations.repository.js';
import type { UpdateOrganizationDto, CreateOrganizationDto } from './organizations.dto.js';

const DEFAULT_TIME_ZONE = 'UTC';

/** Creates and updates organizations. */
@Injectable()
export class OrganizationsService {
  constructor(
    private readonly organizations: OrganizationsRepository,
    private readonly credentials: CredentialsRepository,
    private readonly audit: Audit,
    private readonly clock: Clock,
  ) {}

  create(dto: CreateOrganizationDto): Promise<Organization> {
    const write = (slug: string): Promise<Organization> =>
      this.organizations.insertRow({
        ...dto,
        slug,
        time_zone: dto.time_zone ?? DEFAULT_TIME_ZONE,
        created_at: this.clock.now(),
      });
    if (dto.slug != null) return write(dto.slug);
    return underFreeSlug(organizationSlugOf(dto.name), this.organizations, write);
  }

  change(idOrSlug: string, dto: UpdateOrganizationDto): Promise<Organization> {
    const time_zone = dto.time_zone === null ? DEFAULT_TIME_ZONE : dto.time_zone;
    return this.organizations.changeRow({}, idOrSlug, { ...dto, time_zone, updated_at: this.clock.now() });
  }

  /** The audit log tells of each credential that goes with the organization. */
  async delete(idOrSlug: string, actor: Actor): Promise<void> {
    await this.audit.run(actor, async (manager, record) => {
      const organizations = manager.withRepository(this.organizations);
      const { id } = await organizations.lockRow({}, idOrSlug);
      const revoked = await manager.withRepository(this.credentials).takeAll({ organization_id: id });
      await organizations.deleteRow({}, String(id));
      for (const credential of revoked) record(credentialEvent('credential.revoked', credential));
    });
  }
}
