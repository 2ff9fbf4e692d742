import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { Temporal } from 'temporal-polyfill';
import { ZoneClock } from './zone-clock.js';

const YEAR = { from: Date.parse('2030-01-01T00:00:00Z'), to: Date.parse('2031-01-01T00:00:00Z') };
const ZONES = [
  'UTC',
  'Europe/Paris',
  'America/New_York',
  'Australia/Lord_Howe',
  'Africa/Casablanca',
  'Asia/Kathmandu',
];

describe('the clock of a zone', () => {
  it.each(ZONES)('shows in %s what Temporal says, and is back at the same moment', (zone) => {
    const clock = new ZoneClock(zone, YEAR);
    fc.assert(
      fc.property(fc.integer({ min: YEAR.from / 1000, max: YEAR.to / 1000 }), (seconds) => {
        const there = Temporal.Instant.fromEpochMilliseconds(seconds * 1000).toZonedDateTimeISO(zone);
        expect(clock.format(seconds * 1000)).toBe(
          there.toString({ timeZoneName: 'never', smallestUnit: 'second' }),
        );
        const wall = there.toPlainDateTime();
        expect(clock.momentOf(clock.wallOf(seconds * 1000))).toBe(
          wall.toZonedDateTime(zone, { disambiguation: 'compatible' }).epochMilliseconds,
        );
      }),
    );
  });

  it('moves a time that is skipped forward, and takes the first of two', () => {
    const clock = new ZoneClock('Europe/Paris', YEAR);
    const at = (wall: string): string => new Date(clock.momentOf(Date.parse(`${wall}Z`))).toISOString();
    expect(at('2030-03-31T02:30:00')).toBe('2030-03-31T01:30:00.000Z');
    expect(at('2030-10-27T02:30:00')).toBe('2030-10-27T00:30:00.000Z');
  });
});
