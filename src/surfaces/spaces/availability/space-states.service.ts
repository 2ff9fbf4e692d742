import { Injectable } from '@nestjs/common';
import type { Caller } from '../../../core/caller.js';
import { Clock } from '../../../core/clock.js';
import { requireId } from '../../../core/integer.js';
import { SpaceStatesRepository } from './space-states.repository.js';
import { viewSpaceState, type SpaceStateResponseDto } from './space-states.dto.js';
import { spaceNotFound } from '../spaces.failures.js';

/** The current state of a space. */
@Injectable()
export class SpaceStatesService {
  constructor(
    private readonly states: SpaceStatesRepository,
    private readonly clock: Clock,
  ) {}

  async find(caller: Caller, spaceId: string): Promise<SpaceStateResponseDto> {
    const id = requireId(spaceId, spaceNotFound);
    const now = this.clock.now(caller);
    const row = await this.states.findState(caller.organizationId, id, now);
    if (row === undefined) throw spaceNotFound();
    return viewSpaceState(row, now);
  }
}
