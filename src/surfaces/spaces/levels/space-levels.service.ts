import { Injectable } from '@nestjs/common';
import { requireId } from '../../../core/integer.js';
import type { Caller } from '../../../core/caller.js';
import { Clock } from '../../../core/clock.js';
import type { Page } from '../../../core/page.js';
import { SpacesService } from '../catalogue/spaces.service.js';
import { levelNotFound, locationNotFound } from '../spaces.failures.js';
import { assertAdministrator } from '../spaces.rights.js';
import type { CreateSpaceLevelDto, UpdateSpaceLevelDto } from './space-levels.dto.js';
import { SpaceLevelsRepository, type SpaceLevelRow } from './space-levels.repository.js';

/** Levels of locations; administrators change them. */
@Injectable()
export class SpaceLevelsService {
  constructor(
    private readonly levels: SpaceLevelsRepository,
    private readonly spaces: SpacesService,
    private readonly clock: Clock,
  ) {}

  async find({ organizationId }: Caller, id: string): Promise<SpaceLevelRow> {
    const number = requireId(id, levelNotFound);
    const found = await this.levels.findLevel(organizationId, number);
    if (found === undefined) throw levelNotFound();
    return found;
  }

  async list(caller: Caller, locationId: string, page: Page): Promise<SpaceLevelRow[]> {
    const id = requireId(locationId, locationNotFound);
    const rows = await this.levels.list(caller.organizationId, id, page);
    if (rows.length === 0) await this.spaces.findLocation(caller, locationId);
    return rows;
  }

  async create(
    caller: Caller,
    locationId: string,
    { name, ordinal }: CreateSpaceLevelDto,
  ): Promise<SpaceLevelRow> {
    assertAdministrator(caller);
    const id = requireId(locationId, locationNotFound);
    const values = { name, ordinal: ordinal ?? 0 };
    const created = await this.levels.insertLevel(caller.organizationId, id, values, this.clock.now(caller));
    if (created === undefined) throw locationNotFound();
    return created;
  }

  async change(caller: Caller, id: string, { name, ordinal }: UpdateSpaceLevelDto): Promise<SpaceLevelRow> {
    assertAdministrator(caller);
    const number = requireId(id, levelNotFound);
    const now = this.clock.now(caller);
    const changed = await this.levels.changeLevel(caller.organizationId, number, { name, ordinal }, now);
    if (changed === undefined) throw levelNotFound();
    return changed;
  }

  async delete(caller: Caller, id: string): Promise<void> {
    assertAdministrator(caller);
    const number = requireId(id, levelNotFound);
    if (!(await this.levels.deleteLevel(caller.organizationId, number))) throw levelNotFound();
  }
}
