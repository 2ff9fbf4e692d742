import { Inject, Injectable } from '@nestjs/common';
import { requireId } from '../../../core/integer.js';
import { CONFIG, type Config } from '../../../config/config.js';
import type { Caller } from '../../../core/caller.js';
import { Clock } from '../../../core/clock.js';
import { instantOf, millisecondsOf } from '../../../core/instant.js';
import type { Page } from '../../../core/page.js';
import { SpacePeopleService } from '../people/space-people.service.js';
import { locationNotFound, spaceNotFound } from '../spaces.failures.js';
import type { SpaceInclude } from './space.columns.js';
import type { SpaceFilters } from './space-filters.js';
import { SpacesRepository, type LocationRow, type SpaceRow, type SpaceView } from './spaces.repository.js';

/** How far ahead the next event of a space is looked for. */
export const NEXT_EVENT_DAYS = 7;

/** Locations and spaces. */
@Injectable()
export class SpacesService {
  constructor(
    private readonly spaces: SpacesRepository,
    private readonly people: SpacePeopleService,
    private readonly clock: Clock,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  /** Called before errors in a body are reported, so that 404 comes first. */
  async find({ organizationId }: Caller, id: string): Promise<void> {
    const number = requireId(id, spaceNotFound);
    if (!(await this.spaces.spaceExists(organizationId, number))) throw spaceNotFound();
  }

  /** The rows of one space. */
  async findSpace(caller: Caller, id: string, view: SpaceView): Promise<SpaceRow[]> {
    const number = requireId(id, spaceNotFound);
    const rows = await this.spaces.findSpace(caller.organizationId, number, view);
    if (rows.length === 0) throw spaceNotFound();
    return rows;
  }

  /** What to read with spaces at this moment. */
  viewFor(caller: Caller, include: readonly SpaceInclude[] = []): SpaceView {
    const now = this.clock.now(caller);
    const nextUntil = instantOf(millisecondsOf(now) + NEXT_EVENT_DAYS * 86_400_000);
    return { now, next_until: nextUntil, include, calendar_host: this.config.pollsReplyHost };
  }

  async findLocation(caller: Caller, id: string): Promise<LocationRow> {
    const number = requireId(id, locationNotFound);
    const found = await this.spaces.findLocation(caller.organizationId, number);
    if (found === undefined) throw locationNotFound();
    return found;
  }

  /** The rows of one space of a location. */
  async findInLocation(
    { organizationId }: Caller,
    locationId: string,
    id: string,
    view: SpaceView,
  ): Promise<SpaceRow[]> {
    const location = requireId(locationId, spaceNotFound);
    const number = requireId(id, spaceNotFound);
    const rows = await this.spaces.findInLocation(organizationId, location, number, view);
    if (rows.length === 0) throw spaceNotFound();
    return rows;
  }

  async listSpaces(
    caller: Caller,
    locationId: string,
    filters: SpaceFilters,
    page: Page,
    view: SpaceView,
  ): Promise<SpaceRow[]> {
    const number = requireId(locationId, locationNotFound);
    const rows = await this.spaces.listSpaces(caller.organizationId, number, filters, page, view);
    if (rows.length === 0) await this.findLocation(caller, locationId);
    return rows;
  }

  async listLocations(caller: Caller, idOrSlug: string, page: Page): Promise<LocationRow[]> {
    await this.people.assertOwnOrganization(caller, idOrSlug);
    return this.spaces.listLocations(caller.organizationId, page);
  }
}
