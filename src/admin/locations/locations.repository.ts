import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import type { Organization } from '../../auth/organization.entity.js';
import { Clock } from '../../core/clock.js';
import { Rows } from '../../database/rows.js';
import { SpaceLocation } from '../../surfaces/spaces/catalogue/space-location.entity.js';
import { within } from '../tenant.js';
import type { ChangeLocation, CreateLocation } from './locations.dto.js';

/** Locations of organizations. */
@Injectable()
export class LocationsRepository {
  readonly rows: Rows<SpaceLocation>;

  constructor(
    dataSource: DataSource,
    private readonly clock: Clock,
  ) {
    this.rows = new Rows(dataSource, SpaceLocation, { noun: 'location' });
  }

  create(tenant: Organization, dto: CreateLocation): Promise<SpaceLocation> {
    const now = this.clock.now();
    return this.rows.create({
      ...within(tenant),
      name: dto.name,
      address: dto.address ?? null,
      time_zone: dto.time_zone ?? tenant.time_zone,
      created_at: now,
      updated_at: now,
    });
  }

  change(tenant: Organization, id: string, dto: ChangeLocation): Promise<SpaceLocation> {
    return this.rows.change(within(tenant), id, {
      name: dto.name,
      address: dto.address,
      time_zone: dto.time_zone === null ? tenant.time_zone : dto.time_zone,
      updated_at: this.clock.now(),
    });
  }
}
