import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import type { Organization } from '../../auth/organization.entity.js';
import { Clock } from '../../core/clock.js';
import { Rows } from '../../database/rows.js';
import { SpaceLocation } from '../../surfaces/spaces/space-location.entity.js';
import { within } from '../tenant.js';
import type { ChangeLocation, CreateLocation } from './locations.wire.js';

/** The sites of organizations. */
@Injectable()
export class Locations {
  readonly rows: Rows<SpaceLocation>;

  constructor(
    dataSource: DataSource,
    private readonly clock: Clock,
  ) {
    this.rows = new Rows(dataSource, SpaceLocation, { noun: 'location' });
  }

  create(tenant: Organization, wish: CreateLocation): Promise<SpaceLocation> {
    const now = new Date(this.clock.now());
    return this.rows.create({
      ...within(tenant),
      name: wish.name,
      address: wish.address ?? null,
      timeZone: wish.time_zone ?? tenant.timeZone,
      createdAt: now,
      updatedAt: now,
    });
  }

  change(tenant: Organization, id: string, wish: ChangeLocation): Promise<SpaceLocation> {
    return this.rows.change(within(tenant), id, {
      name: wish.name,
      address: wish.address,
      timeZone: wish.time_zone === null ? tenant.timeZone : wish.time_zone,
      updatedAt: new Date(this.clock.now()),
    });
  }
}
