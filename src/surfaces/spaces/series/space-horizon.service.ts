import {
  Inject,
  Injectable,
  Logger,
  type OnApplicationBootstrap,
  type OnApplicationShutdown,
} from '@nestjs/common';
import { CONFIG, type Config } from '../../../config/config.js';
import { Clock } from '../../../core/clock.js';
import type { Instant } from '../../../core/instant.js';
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
export class SpaceHorizonService implements OnApplicationBootstrap, OnApplicationShutdown {
  private readonly log = new Logger('SpaceHorizon');
  private timer: NodeJS.Timeout | undefined;
  private running: Promise<number> | undefined;
  private stopped = false;

  constructor(
    private readonly series: SpaceHorizonRepository,
    private readonly bookings: SpaceBookingsRepository,
    private readonly clashes: SpaceClashesRepository,
    private readonly locks: SpaceLocksService,
    private readonly clock: Clock,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  onApplicationBootstrap(): void {
    void this.extend();
    this.timer = setInterval(() => void this.extend(), INTERVAL_MS);
    this.timer.unref();
  }

  async onApplicationShutdown(): Promise<void> {
    this.stopped = true;
    clearInterval(this.timer);
    await this.running;
  }

  /** Extends every series that is due and returns how many were. Concurrent calls share one run. */
  extend(): Promise<number> {
    this.running ??= this.run().finally(() => (this.running = undefined));
    return this.running;
  }

  private async run(): Promise<number> {
    const horizon = horizonFrom(this.clock.now(), this.config.spaces.horizonDays);
    let extended = 0;
    let last: SeriesRow | undefined;
    try {
      while (!this.stopped) {
        const due = await this.series.listDue(horizon, last);
        if (due.length === 0) break;
        for (const series of due) if (!this.stopped && (await this.tryExtend(series, horizon))) extended++;
        last = due.at(-1);
      }
    } catch (error) {
      this.log.warn(`Series could not be looked through: ${String(error)}`);
    }
    if (extended > 0) this.log.log(`Extended ${extended} endless series to ${horizon}.`);
    return extended;
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
