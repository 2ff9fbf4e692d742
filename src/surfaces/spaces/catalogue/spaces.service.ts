import { Injectable } from '@nestjs/common';
import type { Caller } from '../../../core/caller.js';
import type { Page } from '../../../core/page.js';
import { readNumber } from '../events/space-event.id.js';
import {
  locationNotFound,
  nobody,
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

/** Where events take place and who takes part. */
@Injectable()
export class SpacesService {
  constructor(private readonly spaces: SpacesRepository) {}

  /** A space; its absence comes before the faults of a booking. */
  async find(caller: Caller, id: string): Promise<SpaceRow> {
    const number = readNumber(id);
    const space = number === undefined ? undefined : await this.spaces.space(caller.organizationId, number);
    if (space === undefined) throw spaceNotFound();
    return space;
  }

  async location(caller: Caller, id: string): Promise<LocationRow> {
    const number = readNumber(id);
    const found =
      number === undefined ? undefined : await this.spaces.location(caller.organizationId, number);
    if (found === undefined) throw locationNotFound();
    return found;
  }

  async spacesOf(caller: Caller, locationId: string, page: Page): Promise<SpaceRow[]> {
    const number = readNumber(locationId);
    if (number === undefined) throw locationNotFound();
    const rows = await this.spaces.spacesOf(caller.organizationId, number, page);
    if (rows.length === 0) await this.location(caller, locationId);
    return rows;
  }

  async user(caller: Caller, id: string): Promise<UserRow> {
    const number = readNumber(id);
    const found = number === undefined ? undefined : await this.spaces.user(caller.organizationId, number);
    if (found === undefined) throw userNotFound();
    return found;
  }

  me(caller: Caller): Promise<UserRow> {
    if (caller.memberId === null) throw nobody();
    return this.user(caller, String(caller.memberId));
  }

  /** The caller's own organization, by id or slug; any other is not there. */
  async organization(caller: Caller, idOrSlug: string): Promise<OrganizationRow> {
    const found = await this.spaces.organization(caller.organizationId);
    if (found === undefined || (idOrSlug !== String(found.id) && idOrSlug !== found.slug))
      throw organizationNotFound();
    return found;
  }

  async locations(caller: Caller, idOrSlug: string, page: Page): Promise<LocationRow[]> {
    await this.assertOwn(caller, idOrSlug);
    return this.spaces.locations(caller.organizationId, page);
  }

  async users(caller: Caller, idOrSlug: string, page: Page): Promise<UserRow[]> {
    await this.assertOwn(caller, idOrSlug);
    return this.spaces.users(caller.organizationId, page);
  }

  /** An id tells by itself; only a slug has to be looked up. */
  private async assertOwn(caller: Caller, idOrSlug: string): Promise<void> {
    if (idOrSlug !== String(caller.organizationId)) await this.organization(caller, idOrSlug);
  }
}
