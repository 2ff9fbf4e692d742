import { parseId } from '../../../core/integer.js';
import { Inject, Injectable } from '@nestjs/common';
import { CONFIG, type Config } from '../../../config/config.js';
import type { Caller } from '../../../core/caller.js';
import { SpacesService } from '../catalogue/spaces.service.js';
import { SpacePeopleService } from '../people/space-people.service.js';
import { spaceNotFound, tokenWithoutUser } from '../spaces.failures.js';
import { SpaceDevicesRepository } from './space-devices.repository.js';

/** Calendars of spaces, and the devices and apps that nobody has here. */
@Injectable()
export class SpaceDevicesService {
  constructor(
    private readonly devices: SpaceDevicesRepository,
    private readonly spaces: SpacesService,
    private readonly people: SpacePeopleService,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  async findCalendar({ organizationId }: Caller, spaceId: string): Promise<string> {
    const id = parseId(spaceId);
    const host = this.config.pollsReplyHost;
    const found = id === undefined ? undefined : await this.devices.findCalendar(organizationId, id, host);
    if (found === undefined) throw spaceNotFound();
    return found;
  }

  async listOfSpace(caller: Caller, spaceId: string): Promise<[]> {
    await this.spaces.find(caller, spaceId);
    return [];
  }

  async listOfOrganization(caller: Caller, idOrSlug: string): Promise<[]> {
    await this.people.findOrganization(caller, idOrSlug);
    return [];
  }

  listOwn({ memberId }: Caller): [] {
    if (memberId === null) throw tokenWithoutUser();
    return [];
  }
}
