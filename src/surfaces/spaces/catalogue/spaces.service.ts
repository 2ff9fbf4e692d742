import { Inject, Injectable } from '@nestjs/common';
import { CONFIG, type Config } from '../../../config/config.js';
import type { Caller } from '../../../core/caller.js';
import { Clock } from '../../../core/clock.js';
import { instantOf, millisecondsOf } from '../../../core/instant.js';
import type { Page } from '../../../core/page.js';
import { readId } from '../events/space-event.id.js';
import {
  locationNotFound,
  tokenWithoutUser,
  organizationNotFound,
  spaceNotFound,
  userNotFound,
} from '../spaces.failures.js';
import type { SpaceInclude } from './space.columns.js';
import {
  SpacesRepository,
  type LocationRow,
  type OrganizationRow,
  type SpaceRow,
  type SpaceView,
  type UserRow,
} from './spaces.repository.js';

/** How far ahead the next event of a space is looked for. */
export const NEXT_EVENT_DAYS = 7;

/** Organizations, users, locations and spaces. */
@Injectable()
export class SpacesService {
  constructor(
    private readonly spaces: SpacesRepository,
    private readonly clock: Clock,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  /** Called before errors in a body are reported, so that 404 comes first. */
  async find({ organizationId }: Caller, id: string): Promise<void> {
    const number = readId(id);
    if (number === undefined || !(await this.spaces.spaceExists(organizationId, number)))
      throw spaceNotFound();
  }

  /** The rows of one space. */
  async findSpace(caller: Caller, id: string, view: SpaceView): Promise<SpaceRow[]> {
    const number = readId(id);
    const rows = number === undefined ? [] : await this.spaces.findSpace(caller.organizationId, number, view);
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
    const number = readId(id);
    const found =
      number === undefined ? undefined : await this.spaces.findLocation(caller.organizationId, number);
    if (found === undefined) throw locationNotFound();
    return found;
  }

  async listSpaces(caller: Caller, locationId: string, page: Page, view: SpaceView): Promise<SpaceRow[]> {
    const number = readId(locationId);
    if (number === undefined) throw locationNotFound();
    const rows = await this.spaces.listSpaces(caller.organizationId, number, page, view);
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
  async assertOwnOrganization(caller: Caller, idOrSlug: string): Promise<void> {
    if (idOrSlug !== String(caller.organizationId)) await this.findOrganization(caller, idOrSlug);
  }
}
