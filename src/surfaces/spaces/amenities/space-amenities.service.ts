import { Injectable } from '@nestjs/common';
import { parseId, requireId } from '../../../core/integer.js';
import type { Caller } from '../../../core/caller.js';
import { Clock } from '../../../core/clock.js';
import type { Page } from '../../../core/page.js';
import { SpacesService } from '../catalogue/spaces.service.js';
import { SpacePeopleService } from '../people/space-people.service.js';
import {
  amenityNotFound,
  organizationNotFound,
  spaceAmenityNotFound,
  spaceNotFound,
} from '../spaces.failures.js';
import { assertAdministrator } from '../spaces.rights.js';
import type { AmenityResponseDto, SpaceAmenityResponseDto } from './space-amenities.dto.js';
import { SpaceAmenitiesRepository, type SpaceAmenityChange } from './space-amenities.repository.js';

/** Amenities of an organization, and which spaces have them; administrators change them. */
@Injectable()
export class SpaceAmenitiesService {
  constructor(
    private readonly amenities: SpaceAmenitiesRepository,
    private readonly spaces: SpacesService,
    private readonly people: SpacePeopleService,
    private readonly clock: Clock,
  ) {}

  async find({ organizationId }: Caller, id: string): Promise<AmenityResponseDto> {
    const number = requireId(id, amenityNotFound);
    const found = await this.amenities.findAmenity(organizationId, number);
    if (found === undefined) throw amenityNotFound();
    return found;
  }

  async list(
    caller: Caller,
    organization: string,
    query: string | undefined,
    page: Page,
  ): Promise<AmenityResponseDto[]> {
    await this.people.assertOwnOrganization(caller, organization);
    return this.amenities.list(caller.organizationId, query, page);
  }

  async create(caller: Caller, organization: string, name: string): Promise<AmenityResponseDto> {
    assertAdministrator(caller);
    await this.people.assertOwnOrganization(caller, organization);
    const created = await this.amenities.insertAmenity(caller.organizationId, name, this.clock.now(caller));
    if (created === undefined) throw organizationNotFound();
    return created;
  }

  async change(caller: Caller, id: string, name: string | undefined): Promise<AmenityResponseDto> {
    assertAdministrator(caller);
    const number = requireId(id, amenityNotFound);
    const now = this.clock.now(caller);
    const changed = await this.amenities.changeAmenity(caller.organizationId, number, name, now);
    if (changed === undefined) throw amenityNotFound();
    return changed;
  }

  async delete(caller: Caller, id: string): Promise<void> {
    assertAdministrator(caller);
    const number = requireId(id, amenityNotFound);
    if (!(await this.amenities.deleteAmenity(caller.organizationId, number))) throw amenityNotFound();
  }

  async listOfSpace(caller: Caller, spaceId: string, page: Page): Promise<SpaceAmenityResponseDto[]> {
    const id = requireId(spaceId, spaceNotFound);
    const rows = await this.amenities.listOfSpace(caller.organizationId, id, page);
    if (rows.length === 0) await this.spaces.find(caller, spaceId);
    return rows;
  }

  async findOfSpace(caller: Caller, spaceId: string, amenityId: string): Promise<SpaceAmenityResponseDto> {
    const space = parseId(spaceId);
    const amenity = parseId(amenityId);
    const found =
      space === undefined || amenity === undefined
        ? undefined
        : await this.amenities.findOfSpace(caller.organizationId, space, amenity);
    if (found !== undefined) return found;
    await this.spaces.find(caller, spaceId);
    throw spaceAmenityNotFound();
  }

  async putOnSpace(
    caller: Caller,
    spaceId: string,
    amenityId: string,
    change: SpaceAmenityChange,
  ): Promise<SpaceAmenityResponseDto> {
    assertAdministrator(caller);
    const space = requireId(spaceId, spaceNotFound);
    const amenity = requireId(amenityId, amenityNotFound);
    const row = await this.amenities.putOnSpace(caller.organizationId, space, amenity, change);
    if (row === undefined) throw amenityNotFound();
    return row;
  }

  async takeFromSpace(caller: Caller, spaceId: string, amenityId: string): Promise<void> {
    assertAdministrator(caller);
    const space = parseId(spaceId);
    const amenity = parseId(amenityId);
    const taken =
      space !== undefined &&
      amenity !== undefined &&
      (await this.amenities.takeFromSpace(caller.organizationId, space, amenity));
    if (taken) return;
    await this.spaces.find(caller, spaceId);
    throw spaceAmenityNotFound();
  }

  /** Throws unless there are such a space and such an amenity. */
  async findSpaceAndAmenity(caller: Caller, spaceId: string, amenityId: string): Promise<void> {
    await this.spaces.find(caller, spaceId);
    await this.find(caller, amenityId);
  }
}
