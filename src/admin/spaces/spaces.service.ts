import { Injectable } from '@nestjs/common';
import type { Organization } from '../../auth/organization.entity.js';
import { Clock } from '../../core/clock.js';
import type { Space } from '../../surfaces/spaces/catalogue/space.entity.js';
import { within } from '../tenant.js';
import { SpacesRepository } from './spaces.repository.js';
import type { UpdateSpaceDto, CreateSpaceDto } from './spaces.dto.js';

/** Creates and updates spaces. */
@Injectable()
export class SpacesService {
  constructor(
    private readonly spaces: SpacesRepository,
    private readonly clock: Clock,
  ) {}

  create(tenant: Organization, dto: CreateSpaceDto): Promise<Space> {
    const now = this.clock.now();
    return this.spaces.insertRow({
      ...dto,
      ...within(tenant),
      is_disabled: dto.is_disabled ?? false,
      created_at: now,
      updated_at: now,
    });
  }

  change(tenant: Organization, id: string, dto: UpdateSpaceDto): Promise<Space> {
    return this.spaces.changeRow(within(tenant), id, {
      ...dto,
      is_disabled: dto.is_disabled === null ? false : dto.is_disabled,
      updated_at: this.clock.now(),
    });
  }
}
