import { Inject, Injectable } from '@nestjs/common';
import { CONFIG, type Config } from '../../../config/config.js';
import { Clock } from '../../../core/clock.js';
import type { Instant } from '../../../core/instant.js';
import { BackgroundJob } from '../../../database/background-job.js';
import { SpaceBookingsRepository } from '../bookings/space-bookings.repository.js';
import { SpaceClashesRepository } from '../bookings/space-clashes.repository.js';
import { SpaceLocksService } from '../bookings/space-locks.service.js';
import { SpaceHorizonRepository, type SeriesRow } from './space-horizon.repository.js';
import { horizonFrom, occurrencesBetween } from './space-schedule.js';

const INTERVAL_MS = 24 * 60 * 60_000;

/**
 * Keeps endless series held up to the horizon: at startup, to catch up, and once a day. It may run in any number of
 * processes: a series is extended under a lock, and only if it is still due.
 */
@Injectable()
export class SpaceHorizonService extends BackgroundJob<number> {
  constructor(
    private readonly series: SpaceHorizonRepository,
    private readonly bookings: SpaceBookingsRepository,
    private readonly clashes: SpaceClashesRepository,
    private readonly locks: SpaceLocksService,
    private readonly clock: Clock,
    @Inject(CONFIG) private readonly config: Config,
  ) {
    super({
      context: 'SpaceHorizon',
      failure: 'Series could not be looked through',
      intervalMs: INTERVAL_MS,
    });
  }

  /** Extends every series that is due and returns how many were. */
  protected async execute(): Promise<number> {
    const horizon = horizonFrom(this.clock.now(), this.config.spaces.horizonDays);
    let extended = 0;
    let last: SeriesRow | undefined;
    try {
      while (!this.stopping.signal.aborted) {
        const due = await this.series.listDue(horizon, last);
        if (due.length === 0) break;
        for (const series of due)
          if (!this.stopping.signal.aborted && (await this.tryExtend(series, horizon))) extended++;
        last = due.at(-1);
      }
      return extended;
    } finally {
      if (extended > 0) this.log.log(`Extended ${extended} endless series to ${horizon}.`);
    }
  }

  /** A series that cannot be extended does not block the others; it is retried the next day. */
  private async tryExtend(series: SeriesRow, horizon: Instant): Promise<boolean> {
    try {
      return await this.extendOne(series, horizon);
    } catch (error) {
      this.log.warn(
        `Series ${series.id} of organization ${series.organization_id} was not extended: ${String(error)}`,
      );
      return false;
    }
  }

  private extendOne(series: SeriesRow, horizon: Instant): Promise<boolean> {
    const { organization_id, space_id, id } = series;
    return this.locks.withSpacesLocked(organization_id, [space_id], async (manager) => {
      const dueSeries = manager.withRepository(this.series);
      if (!(await dueSeries.claim(series))) return false;
      const due = await dueSeries.findDue(series, horizon);
      if (due === undefined) return false;
      const times = {
        start: { at: due.starts_at, zone: due.start_zone },
        end: { at: due.ends_at, zone: due.end_zone },
        isAllDay: due.is_all_day,
        recurrence: due.recurrence,
      };
      const occurrences = occurrencesBetween(times, due.held_until, horizon);
      // Occurrences that find the space taken are stored as skipped, so that the organizer sees them.
      const clashes = manager.withRepository(this.clashes);
      const skipped = await clashes.listClashing(organization_id, space_id, occurrences, { event_id: id });
      const bookings = manager.withRepository(this.bookings);
      await bookings.insertHolds(organization_id, id, space_id, occurrences, skipped);
      await dueSeries.setHeldUntil(due, horizon);
      return true;
    });
  }
}
