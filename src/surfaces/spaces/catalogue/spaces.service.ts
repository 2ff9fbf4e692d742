import { Injectable } from '@nestjs/common';
import type { Caller } from '../../../core/caller.js';
import type { Page } from '../../../core/page.js';
import { readId } from '../events/space-event.id.js';
import {
  locationNotFound,
  tokenWithoutUser,
  organizationNotFound,
  spaceNotFound,
  userNotFound,
} from '../spaces.failures.js';
import {
  SpacesRepository,
  type LocationRow,
  type OrganizationRow,
  type SpaceRow,
  type UserRow,
} from './spaces.repository.js';

/** Organizations, users, locations and spaces. */
@Injectable()
export class SpacesService {
  constructor(private readonly spaces: SpacesRepository) {}

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

  async listSpaces(caller: Caller, locationId: string, page: Page): Promise<SpaceRow[]> {
    const number = readId(locationId);
    if (number === undefined) throw locationNotFound();
    const rows = await this.spaces.listSpaces(caller.organizationId, number, page);
    if (rows.length === 0) await this.findLocation(caller, locationId);
    return rows;
  }

  async findUser(caller: Caller, id: string): Promise<UserRow> {
    const number = readId(id);
    const found =
      number === undefined ? undefined : await this.spaces.findUser(caller.organizationId, number);
    if (found === undefined) throw userNotFound();
    return found;
  }

  findMe(caller: Caller): Promise<UserRow> {
    if (caller.memberId === null) throw tokenWithoutUser();
    return this.findUser(caller, String(caller.memberId));
  }

  /** The caller's own organization, by id or slug; any other is not found. */
  async findOrganization(caller: Caller, idOrSlug: string): Promise<OrganizationRow> {
    const found = await this.spaces.findOrganization(caller.organizationId);
    if (found === undefined || (idOrSlug !== String(found.id) && idOrSlug !== found.slug))
      throw organizationNotFound();
    return found;
  }

  async listLocations(caller: Caller, idOrSlug: string, page: Page): Promise<LocationRow[]> {
    await this.assertOwnOrganization(caller, idOrSlug);
    return this.spaces.listLocations(caller.organizationId, page);
  }

  async listUsers(caller: Caller, idOrSlug: string, page: Page): Promise<UserRow[]> {
    await this.assertOwnOrganization(caller, idOrSlug);
    return this.spaces.listUsers(caller.organizationId, page);
  }

  /** Ids are compared directly; slugs require a query. */
  private async assertOwnOrganization(caller: Caller, idOrSlug: string): Promise<void> {
    if (idOrSlug !== String(caller.organizationId)) await this.findOrganization(caller, idOrSlug);
  }
}
