import { Temporal } from 'temporal-polyfill';

/** Milliseconds since 1970; the end is not included. */
export interface Span {
  readonly from: number;
  readonly to: number;
}

/** From a moment on, in milliseconds since 1970, a zone's clock is ahead of UTC by that many milliseconds. */
interface Offset {
  readonly from: number;
  readonly ahead: number;
}

/**
 * The clock of a time zone within a range. It is asked thousands of times for a list of slots, for which Temporal takes
 * a second.
 */
export class ZoneClock {
  private readonly offsets: Offset[] = [];

  constructor(zone: string, { from, to }: Span) {
    let at: Temporal.ZonedDateTime | null =
      Temporal.Instant.fromEpochMilliseconds(from).toZonedDateTimeISO(zone);
    while (at !== null && at.epochMilliseconds <= to) {
      const since = this.offsets.length === 0 ? -Infinity : at.epochMilliseconds;
      this.offsets.push({ from: since, ahead: at.offsetNanoseconds / 1_000_000 });
      at = at.getTimeZoneTransition('next');
    }
  }

  /** What the clock shows, as if it were UTC. */
  wallOf(milliseconds: number): number {
    return milliseconds + this.aheadAt(milliseconds);
  }

  /** When it shows that: of two times the first; a time that it skips moves forward by the gap. */
  momentOf(wall: number): number {
    let gap: number | undefined;
    for (const [index, { from, ahead }] of this.offsets.entries()) {
      const moment = wall - ahead;
      const until = this.offsets[index + 1]?.from ?? Infinity;
      if (moment >= from && moment < until) return moment;
      if (moment >= until) gap = moment;
    }
    return gap ?? wall - this.aheadAt(wall);
  }

  /** `2030-05-06T09:00:00+02:00` */
  format(milliseconds: number): string {
    const ahead = this.aheadAt(milliseconds) / 60_000;
    const size = Math.abs(ahead);
    const digits = (value: number): string => String(Math.floor(value)).padStart(2, '0');
    const wall = new Date(this.wallOf(milliseconds)).toISOString().slice(0, 19);
    return `${wall}${ahead < 0 ? '-' : '+'}${digits(size / 60)}:${digits(size % 60)}`;
  }

  private aheadAt(milliseconds: number): number {
    return this.offsets.findLast(({ from }) => from <= milliseconds)?.ahead ?? 0;
  }
}

/** Clocks of zones within a range, each made once. */
export function clocksWithin(range: Span): (zone: string) => ZoneClock {
  const clocks = new Map<string, ZoneClock>();
  return (zone) => {
    const clock = clocks.get(zone) ?? new ZoneClock(zone, range);
    clocks.set(zone, clock);
    return clock;
  };
}
