import { Injectable } from '@nestjs/common';
import type { Organization } from '../../auth/organization.entity.js';
import { Clock } from '../../core/clock.js';
import { Failure } from '../../core/failure.js';
import { requireId } from '../../core/integer.js';
import { SpaceCatalogueRepository } from '../../surfaces/spaces/catalogue/space-catalogue.repository.js';
import type { SpaceLocation } from '../../surfaces/spaces/catalogue/space-location.entity.js';
import type { UpdateLocationDto, CreateLocationDto } from './locations.dto.js';

const notFound = (): Failure => new Failure('not-found', 'There is no such location.');

/** Manages an organization's locations. Fields not set here can be set through the API of space bookings. */
@Injectable()
export class LocationsService {
  constructor(
    private readonly catalogue: SpaceCatalogueRepository,
    private readonly clock: Clock,
  ) {}

  async find(tenant: Organization, id: string): Promise<SpaceLocation> {
    const found = await this.catalogue.findLocation(tenant.id, requireId(id, notFound));
    if (found === null) throw notFound();
    return found;
  }

  async create(tenant: Organization, dto: CreateLocationDto): Promise<SpaceLocation> {
    const created = await this.catalogue.insertLocation(tenant.id, dto, this.clock.now());
    if (created === undefined) throw notFound();
    return created;
  }

  async change(tenant: Organization, id: string, dto: UpdateLocationDto): Promise<SpaceLocation> {
    const changed = await this.catalogue.changeLocation(
      tenant.id,
      requireId(id, notFound),
      dto,
      this.clock.now(),
    );
    if (changed === undefined) throw notFound();
    return changed;
  }

  async delete(tenant: Organization, id: string): Promise<void> {
    if (!(await this.catalogue.deleteLocation(tenant.id, requireId(id, notFound)))) throw notFound();
  }
}
