import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import type { Organization } from '../../auth/organization.entity.js';
import { Clock } from '../../core/clock.js';
import { invalidField } from '../../core/failure.js';
import { Rows } from '../../database/rows.js';
import { Space } from '../../surfaces/spaces/catalogue/space.entity.js';
import { within } from '../tenant.js';
import type { ChangeSpace, CreateSpace } from './spaces.dto.js';

/** Rooms and desks of organizations. */
@Injectable()
export class SpacesRepository {
  readonly rows: Rows<Space>;

  constructor(
    dataSource: DataSource,
    private readonly clock: Clock,
  ) {
    this.rows = new Rows(dataSource, Space, {
      noun: 'space',
      refusals: {
        fk_spaces_location: () =>
          invalidField('location_id', 'location_id is no location of this organization'),
      },
    });
  }

  create(tenant: Organization, dto: CreateSpace): Promise<Space> {
    const now = this.clock.now();
    return this.rows.create({
      ...within(tenant),
      location_id: dto.location_id,
      name: dto.name,
      description: dto.description ?? null,
      type: dto.type ?? null,
      capacity: dto.capacity ?? null,
      is_disabled: dto.is_disabled ?? false,
      created_at: now,
      updated_at: now,
    });
  }

  change(tenant: Organization, id: string, dto: ChangeSpace): Promise<Space> {
    return this.rows.change(within(tenant), id, {
      location_id: dto.location_id,
      name: dto.name,
      description: dto.description,
      type: dto.type,
      capacity: dto.capacity,
      is_disabled: dto.is_disabled === null ? false : dto.is_disabled,
      updated_at: this.clock.now(),
    });
  }
}
