import { Injectable } from '@nestjs/common';
import { Clock } from '../../../core/clock.js';
import { instantOf, millisecondsOf } from '../../../core/instant.js';
import { BackgroundJob } from '../../../database/background-job.js';
import { SpacePresencesRepository } from './space-presences.repository.js';

const DAY_MS = 24 * 60 * 60_000;
/** Days for which a presence is kept after it lapsed. */
const RETENTION_DAYS = 7;

/** Deletes presences that lapsed long ago, once a day. */
@Injectable()
export class SpacePresencePruner extends BackgroundJob {
  constructor(
    private readonly presences: SpacePresencesRepository,
    private readonly clock: Clock,
  ) {
    super({ context: 'SpacePresence', failure: 'Presences were not deleted', intervalMs: DAY_MS });
  }

  protected execute(): Promise<void> {
    const before = instantOf(millisecondsOf(this.clock.now()) - RETENTION_DAYS * DAY_MS);
    return this.presences.prune(before, this.stopping.signal);
  }
}
