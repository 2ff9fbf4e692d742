import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import type { Organization } from '../../auth/organization.entity.js';
import { Clock } from '../../core/clock.js';
import { invalidField } from '../../core/failure.js';
import { Rows } from '../../database/rows.js';
import { Space } from '../../surfaces/spaces/space.entity.js';
import { within } from '../tenant.js';
import type { ChangeSpace, CreateSpace } from './spaces.wire.js';

/** The rooms and desks of organizations. */
@Injectable()
export class Spaces {
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

  create(tenant: Organization, wish: CreateSpace): Promise<Space> {
    const now = new Date(this.clock.now());
    return this.rows.create({
      ...within(tenant),
      locationId: wish.location_id,
      name: wish.name,
      description: wish.description ?? null,
      type: wish.type ?? null,
      capacity: wish.capacity ?? null,
      isDisabled: wish.is_disabled ?? false,
      createdAt: now,
      updatedAt: now,
    });
  }

  change(tenant: Organization, id: string, wish: ChangeSpace): Promise<Space> {
    return this.rows.change(within(tenant), id, {
      locationId: wish.location_id,
      name: wish.name,
      description: wish.description,
      type: wish.type,
      capacity: wish.capacity,
      isDisabled: wish.is_disabled === null ? false : wish.is_disabled,
      updatedAt: new Date(this.clock.now()),
    });
  }
}
