import { Injectable } from '@nestjs/common';
import type { Caller } from '../../../core/caller.js';
import type { Page } from '../../../core/page.js';
import { readId } from '../events/space-event.id.js';
import { SpacePeopleService } from '../people/space-people.service.js';
import { locationNotFound, spaceNotFound } from '../spaces.failures.js';
import type { SpaceFilters } from './space-filters.js';
import { SpacesRepository, type LocationRow, type SpaceRow } from './spaces.repository.js';

/** Locations and spaces. */
@Injectable()
export class SpacesService {
  constructor(
    private readonly spaces: SpacesRepository,
    private readonly people: SpacePeopleService,
  ) {}

  /** Also called before errors in a booking's body are reported, so that 404 comes first. */
  async find(caller: Caller, id: string): Promise<SpaceRow> {
    const number = readId(id);
    const space =
      number === undefined ? undefined : await this.spaces.findSpace(caller.organizationId, number);
    if (space === undefined) throw spaceNotFound();
    return space;
  }

  async findLocation(caller: Caller, id: string): Promise<LocationRow> {
    const number = readId(id);
    const found =
      number === undefined ? undefined : await this.spaces.findLocation(caller.organizationId, number);
    if (found === undefined) throw locationNotFound();
    return found;
  }

  async findInLocation(caller: Caller, locationId: string, id: string): Promise<SpaceRow> {
    const space = await this.find(caller, id);
    if (space.location_id !== readId(locationId)) throw spaceNotFound();
    return space;
  }

  async listSpaces(
    caller: Caller,
    locationId: string,
    filters: SpaceFilters,
    page: Page,
  ): Promise<SpaceRow[]> {
    const number = readId(locationId);
    if (number === undefined) throw locationNotFound();
    const rows = await this.spaces.listSpaces(caller.organizationId, number, filters, page);
    if (rows.length === 0) await this.findLocation(caller, locationId);
    return rows;
  }

  async listLocations(caller: Caller, idOrSlug: string, page: Page): Promise<LocationRow[]> {
    await this.people.assertOwnOrganization(caller, idOrSlug);
    return this.spaces.listLocations(caller.organizationId, page);
  }
}
