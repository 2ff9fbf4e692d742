import { Injectable } from '@nestjs/common';
import type { Organization } from '../../auth/organization.entity.js';
import { Clock } from '../../core/clock.js';
import type { SpaceLocation } from '../../surfaces/spaces/catalogue/space-location.entity.js';
import { within } from '../tenant.js';
import { LocationsRepository } from './locations.repository.js';
import type { UpdateLocationDto, CreateLocationDto } from './locations.dto.js';

/** Creates and updates locations. */
@Injectable()
export class LocationsService {
  constructor(
    private readonly locations: LocationsRepository,
    private readonly clock: Clock,
  ) {}

  create(tenant: Organization, dto: CreateLocationDto): Promise<SpaceLocation> {
    const now = this.clock.now();
    return this.locations.insertRow({
      ...dto,
      ...within(tenant),
      time_zone: dto.time_zone ?? tenant.time_zone,
      created_at: now,
      updated_at: now,
    });
  }

  change(tenant: Organization, id: string, dto: UpdateLocationDto): Promise<SpaceLocation> {
    return this.locations.changeRow(within(tenant), id, {
      ...dto,
      time_zone: dto.time_zone === null ? tenant.time_zone : dto.time_zone,
      updated_at: this.clock.now(),
    });
  }
}
