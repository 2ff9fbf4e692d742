import { Injectable } from '@nestjs/common';
import { requireId } from '../../../core/integer.js';
import type { Caller } from '../../../core/caller.js';
import { Clock } from '../../../core/clock.js';
import { locationNotFound, organizationNotFound, spaceNotFound } from '../spaces.failures.js';
import { assertAdministrator } from '../spaces.rights.js';
import { SpaceCatalogueRepository } from './space-catalogue.repository.js';
import { SpaceCatalogueService } from './space-catalogue.service.js';
import type {
  CreateLocationDto,
  CreateSpaceDto,
  UpdateLocationDto,
  UpdateSpaceDto,
} from './space-writes.dto.js';
import type { LocationRow } from './spaces.repository.js';
import { SpacePeopleService } from '../people/space-people.service.js';

/** Locations and spaces as administrators change them through this API. */
@Injectable()
export class SpaceWritesService {
  constructor(
    private readonly rows: SpaceCatalogueRepository,
    private readonly catalogue: SpaceCatalogueService,
    private readonly people: SpacePeopleService,
    private readonly clock: Clock,
  ) {}

  async createLocation(caller: Caller, organization: string, dto: CreateLocationDto): Promise<LocationRow> {
    assertAdministrator(caller);
    await this.people.assertOwnOrganization(caller, organization);
    const created = await this.rows.insertLocation(caller.organizationId, dto, this.clock.now(caller));
    if (created === undefined) throw organizationNotFound();
    return created;
  }

  async changeLocation(caller: Caller, id: string, dto: UpdateLocationDto): Promise<LocationRow> {
    assertAdministrator(caller);
    const number = requireId(id, locationNotFound);
    const now = this.clock.now(caller);
    const changed = await this.rows.changeLocation(caller.organizationId, number, dto, now);
    if (changed === undefined) throw locationNotFound();
    return changed;
  }

  async deleteLocation(caller: Caller, id: string): Promise<void> {
    assertAdministrator(caller);
    const number = requireId(id, locationNotFound);
    if (!(await this.rows.deleteLocation(caller.organizationId, number))) throw locationNotFound();
  }

  /** Returns the id of the new space. */
  async createSpace(caller: Caller, locationId: string, dto: CreateSpaceDto): Promise<string> {
    assertAdministrator(caller);
    const location_id = requireId(locationId, locationNotFound);
    const values = { ...dto, location_id };
    const now = this.clock.now(caller);
    const created = await this.rows.insertSpace(caller.organizationId, values, now, locationNotFound);
    if (created === undefined) throw locationNotFound();
    return String(created.id);
  }

  async changeSpace(caller: Caller, id: string, dto: UpdateSpaceDto): Promise<void> {
    assertAdministrator(caller);
    const number = requireId(id, spaceNotFound);
    const now = this.clock.now(caller);
    const changed = await this.rows.changeSpace(caller.organizationId, number, dto, now);
    if (changed === undefined) throw spaceNotFound();
  }

  async deleteSpace(caller: Caller, id: string): Promise<void> {
    assertAdministrator(caller);
    const number = requireId(id, spaceNotFound);
    const now = this.clock.now(caller);
    if (!(await this.catalogue.deleteSpace(caller.organizationId, number, now))) throw spaceNotFound();
  }
}
