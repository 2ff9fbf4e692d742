import { Injectable } from '@nestjs/common';
import type { Organization } from '../../auth/organization.entity.js';
import { Clock } from '../../core/clock.js';
import { Failure } from '../../core/failure.js';
import { requireId } from '../../core/integer.js';
import { SpaceCatalogueRepository } from '../../surfaces/spaces/catalogue/space-catalogue.repository.js';
import { SpaceCatalogueService } from '../../surfaces/spaces/catalogue/space-catalogue.service.js';
import type { Space } from '../../surfaces/spaces/catalogue/space.entity.js';
import type { UpdateSpaceDto, CreateSpaceDto } from './spaces.dto.js';

const notFound = (): Failure => new Failure('not-found', 'There is no such space.');

/** Manages an organization's spaces. Fields not set here can be set through the API of space bookings. */
@Injectable()
export class SpacesService {
  constructor(
    private readonly rows: SpaceCatalogueRepository,
    private readonly catalogue: SpaceCatalogueService,
    private readonly clock: Clock,
  ) {}

  async find(tenant: Organization, id: string): Promise<Space> {
    const found = await this.rows.findSpace(tenant.id, requireId(id, notFound));
    if (found === null) throw notFound();
    return found;
  }

  async create(tenant: Organization, dto: CreateSpaceDto): Promise<Space> {
    const created = await this.rows.insertSpace(tenant.id, dto, this.clock.now());
    if (created === undefined) throw notFound();
    return created;
  }

  async change(tenant: Organization, id: string, dto: UpdateSpaceDto): Promise<Space> {
    const changed = await this.rows.changeSpace(tenant.id, requireId(id, notFound), dto, this.clock.now());
    if (changed === undefined) throw notFound();
    return changed;
  }

  async delete(tenant: Organization, id: string): Promise<void> {
    if (!(await this.catalogue.deleteSpace(tenant.id, requireId(id, notFound), this.clock.now())))
      throw notFound();
  }
}
