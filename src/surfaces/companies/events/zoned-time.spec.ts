import { describe, expect, it } from '@jest/globals';
import type { WallClock } from '../../../core/wall-clock.js';
import { toInstant, formatLong, formatWithOffset } from './zoned-time.js';

const at = (time: string, zone: string): { time: WallClock; zone: string } => ({
  time: time as WallClock,
  zone,
});

describe('a clock in a zone', () => {
  it.each([
    ['2026-04-25 09:00:00', 'America/Montevideo', '2026-04-25T09:00:00-03:00', '2026-04-25T12:00:00.000Z'],
    ['2026-07-01 10:00:00', 'Europe/Amsterdam', '2026-07-01T10:00:00+02:00', '2026-07-01T08:00:00.000Z'],
    ['2026-01-01 10:00:00', 'Asia/Kolkata', '2026-01-01T10:00:00+05:30', '2026-01-01T04:30:00.000Z'],
    // In a DST gap the time moves forward; an ambiguous one means the first.
    ['2026-03-29 02:30:00', 'Europe/Amsterdam', '2026-03-29T03:30:00+02:00', '2026-03-29T01:30:00.000Z'],
    ['2026-10-25 02:30:00', 'Europe/Amsterdam', '2026-10-25T02:30:00+02:00', '2026-10-25T00:30:00.000Z'],
  ])('%s in %s is %s', (time, zone, offset, instant) => {
    expect(formatWithOffset(at(time, zone))).toBe(offset);
    expect(toInstant(at(time, zone))).toBe(instant);
  });

  it('is told in words without being converted', () => {
    expect(formatLong(at('2026-04-25 09:00:00', 'Asia/Tokyo'), 'de')).toMatch(
      /Samstag, 25\. April 2026.*09:00/,
    );
  });
});
