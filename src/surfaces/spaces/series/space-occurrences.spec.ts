import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import ICAL from 'ical.js';
import { instantOf, type Instant } from '../../../core/instant.js';
import { expand, type Pattern } from './space-occurrences.js';
import { readRecurrence } from './space-recurrence.js';
import { zoned } from '../space-time.js';

const at = (text: string): Instant => text as Instant;
const starts = (lines: string[], pattern: Partial<Pattern>, before = '2031-01-01T00:00:00.000Z'): string[] =>
  expand(
    readRecurrence(lines),
    {
      start: at('2026-03-02T14:00:00.000Z'),
      end: at('2026-03-02T15:00:00.000Z'),
      zone: 'America/New_York',
      isAllDay: false,
      ...pattern,
    },
    at(before),
  ).map(({ start }) => start);

describe('expand', () => {
  it('takes the last weekday of months by BYSETPOS', () => {
    const lines = ['RRULE:FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1;COUNT=4'];
    expect(starts(lines, {}).map((start) => start.slice(0, 10))).toEqual([
      '2026-03-02',
      '2026-03-31',
      '2026-04-30',
      '2026-05-29',
    ]);
  });

  it('takes the position by BYSETPOS among the local times that exist', () => {
    const pattern = {
      start: at('2030-01-28T01:00:00.000Z'),
      end: at('2030-01-28T01:05:00.000Z'),
      zone: 'Europe/Berlin',
    };
    // There is no 02:00 on Sunday, 31 March 2030.
    expect(starts(['RRULE:FREQ=MONTHLY;BYDAY=SU,MO;BYSETPOS=-1;INTERVAL=2;COUNT=3'], pattern)).toEqual([
      '2030-01-28T01:00:00.000Z',
      '2030-03-25T01:00:00.000Z',
      '2030-05-27T00:00:00.000Z',
    ]);
  });

  it.each([
    ['MO', ['1997-08-05', '1997-08-10', '1997-08-19', '1997-08-24']],
    ['SU', ['1997-08-05', '1997-08-17', '1997-08-19', '1997-08-31']],
  ])('begins weeks on %s by WKST', (day, dates) => {
    const lines = [`RRULE:FREQ=WEEKLY;INTERVAL=2;COUNT=4;BYDAY=TU,SU;WKST=${day}`];
    const pattern = { start: at('1997-08-05T13:00:00.000Z'), end: at('1997-08-05T14:00:00.000Z') };
    expect(starts(lines, pattern).map((start) => start.slice(0, 10))).toEqual(dates);
  });

  describe('a period of RDATE', () => {
    const occurrences = (lines: string[], differing: Partial<Pattern> = {}): string[] =>
      expand(
        readRecurrence(lines),
        {
          start: at('2026-03-02T14:00:00.000Z'),
          end: at('2026-03-02T15:00:00.000Z'),
          zone: 'America/New_York',
          isAllDay: false,
          ...differing,
        },
        at('2031-01-01T00:00:00.000Z'),
      ).map(({ start, end }) => `${start.slice(0, 16)} ${end.slice(0, 16)}`);
    const first = '2026-03-02T14:00 2026-03-02T15:00';

    it.each([
      ['RDATE;VALUE=PERIOD:20260303T140000Z/20260303T163000Z', '2026-03-03T14:00 2026-03-03T16:30'],
      ['RDATE;VALUE=PERIOD:20260303T140000Z/PT30M', '2026-03-03T14:00 2026-03-03T14:30'],
      ['rdate;value=period:20260303T090000/PT1H30M', '2026-03-03T14:00 2026-03-03T15:30'],
      [
        'RDATE;TZID=Europe/Berlin;VALUE=PERIOD:20260303T150000/20260303T160500',
        '2026-03-03T14:00 2026-03-03T15:05',
      ],
      // The clocks of New York change on 8 March 2026.
      ['RDATE;VALUE=PERIOD:20260307T170000Z/P1D', '2026-03-07T17:00 2026-03-08T16:00'],
      ['RDATE;VALUE=PERIOD:20260307T170000Z/PT24H', '2026-03-07T17:00 2026-03-08T17:00'],
      ['RDATE;VALUE=PERIOD:20260304T170000Z/P1W', '2026-03-04T17:00 2026-03-11T16:00'],
    ])('lasts as long as it says: %s', (line, expected) => {
      expect(occurrences([line])).toEqual([first, expected]);
    });

    it('counts before the rule where both have the same start, and for the first booking as well', () => {
      const lines = [
        'RRULE:FREQ=DAILY;COUNT=2',
        'RDATE;VALUE=PERIOD:20260302T140000Z/PT2H,20260303T140000Z/PT3H',
      ];
      expect(occurrences(lines)).toEqual([
        '2026-03-02T14:00 2026-03-02T16:00',
        '2026-03-03T14:00 2026-03-03T17:00',
      ]);
    });

    it('is left out by EXDATE', () => {
      const lines = ['RDATE;VALUE=PERIOD:20260303T140000Z/PT2H', 'EXDATE:20260303T140000Z'];
      expect(occurrences(lines)).toEqual([first]);
    });

    it('takes whole days in an all-day series', () => {
      const days = {
        start: at('2026-03-02T05:00:00.000Z'),
        end: at('2026-03-03T05:00:00.000Z'),
        isAllDay: true,
      };
      expect(occurrences(['RDATE;VALUE=PERIOD:20260304T120000/20260305T120000'], days)).toEqual([
        '2026-03-02T05:00 2026-03-03T05:00',
        '2026-03-04T05:00 2026-03-06T05:00',
      ]);
    });

    it.each([
      '20260303T140000Z',
      '20260303T140000Z/',
      '20260303T140000Z/PT4M',
      '20260303T140000Z/20260303T140459Z',
      '20260303T140000Z/20260303T130000Z',
      '20260303T140000Z/P',
      '20260303T140000Z/PT',
      '20260303T140000Z/-PT1H',
      '20260303/P1D',
      '20260303T140000Z/20260304',
      '20260303T140000Z/PT1H/PT1H',
      '99890303T140000Z/P9999W',
    ])('that is no period, or too short or too late, is refused with its line: %s', (period) => {
      const line = `RDATE;VALUE=PERIOD:${period}`;
      expect(() => readRecurrence([line])).toThrow(line);
    });

    it('does not stand in EXDATE', () => {
      expect(() => readRecurrence(['RRULE:FREQ=DAILY', 'EXDATE;VALUE=PERIOD:20260303T140000Z/PT1H'])).toThrow(
        'EXDATE',
      );
    });
  });

  it('meets 29 February only where there is one', () => {
    const pattern = { start: at('2024-02-29T14:00:00.000Z'), end: at('2024-02-29T15:00:00.000Z') };
    expect(starts(['RRULE:FREQ=YEARLY;COUNT=3'], pattern).map((start) => start.slice(0, 10))).toEqual([
      '2024-02-29',
      '2028-02-29',
    ]);
    expect(starts(['RRULE:FREQ=YEARLY;COUNT=3'], pattern, '2040-01-01T00:00:00.000Z')).toHaveLength(3);
  });

  it('counts the first booking even where the rule does not name it', () => {
    expect(starts(['RRULE:FREQ=WEEKLY;BYDAY=TU;COUNT=3'], {}).map((start) => start.slice(0, 10))).toEqual([
      '2026-03-02',
      '2026-03-03',
      '2026-03-10',
    ]);
  });

  it('ends with the day that an UNTIL without a time names', () => {
    expect(starts(['RRULE:FREQ=DAILY;UNTIL=20260305'], {})).toHaveLength(4);
  });

  it('leaves out whole days by EXDATE;VALUE=DATE', () => {
    const lines = ['RRULE:FREQ=DAILY;COUNT=3', 'EXDATE;VALUE=DATE:20260303'];
    expect(starts(lines, {}).map((start) => start.slice(8, 10))).toEqual(['02', '04']);
  });

  it('goes on from where it is held', () => {
    const read = readRecurrence(['RRULE:FREQ=DAILY;INTERVAL=3']);
    const pattern = {
      start: at('2026-03-02T14:00:00.000Z'),
      end: at('2026-03-02T15:00:00.000Z'),
      zone: 'America/New_York',
      isAllDay: false,
    };
    const all = expand(read, pattern, at('2027-06-01T00:00:00.000Z'));
    const rest = expand(read, pattern, at('2027-06-01T00:00:00.000Z'), at('2027-01-01T00:00:00.000Z'));
    expect(rest).toEqual(all.filter(({ start }) => start >= '2027-01-01'));
    expect(rest.length).toBeGreaterThan(40);
  });
});

const WEEKDAYS = ['MO', 'TU', 'WE', 'TH', 'FR', 'SA', 'SU'];
const ZONES = [
  'America/New_York',
  'Europe/Berlin',
  'Australia/Lord_Howe',
  'Asia/Kolkata',
  'America/Santiago',
  'UTC',
];

const some = <T>(list: readonly T[], max: number): fc.Arbitrary<T[]> =>
  fc.uniqueArray(fc.constantFrom(...list), { minLength: 1, maxLength: max });
const days = some(
  Array.from({ length: 28 }, (_, index) => index + 1),
  3,
);

/** Typical rules, each as one line. */
const rule = fc
  .tuple(
    fc.oneof(
      fc.constant('FREQ=DAILY'),
      fc.constant('FREQ=WEEKLY'),
      some(WEEKDAYS, 4).map((list) => `FREQ=WEEKLY;BYDAY=${list.join(',')}`),
      days.map((list) => `FREQ=MONTHLY;BYMONTHDAY=${list.join(',')}`),
      fc
        .tuple(fc.constantFrom(1, 2, 3, 4, -1, -2), fc.constantFrom(...WEEKDAYS))
        .map(([ordinal, day]) => `FREQ=MONTHLY;BYDAY=${ordinal}${day}`),
      fc
        .tuple(some(WEEKDAYS, 4), fc.constantFrom(1, 2, -1))
        .map(([list, position]) => `FREQ=MONTHLY;BYDAY=${list.join(',')};BYSETPOS=${position}`),
      fc
        .tuple(fc.integer({ min: 1, max: 12 }), days)
        .map(([month, list]) => `FREQ=YEARLY;BYMONTH=${month};BYMONTHDAY=${list.join(',')}`),
    ),
    fc.integer({ min: 1, max: 4 }),
    fc.integer({ min: 1, max: 40 }),
  )
  .map(([parts, interval, count]) => ({ line: `${parts};INTERVAL=${interval}`, count }));

/** More wall-clock times than any test case needs. */
const MAX_LOCAL_TIMES = 3_000;

/** How ical.js expands a rule on the wall clock, without a time zone. */
function* localTimes(line: string, localStart: string): Generator<string> {
  const iterator = ICAL.Recur.fromString(line).iterator(ICAL.Time.fromDateTimeString(localStart));
  for (let tries = 0; tries < MAX_LOCAL_TIMES; tries++) {
    const next = iterator.next() as ICAL.Time | null | undefined;
    if (next == null) return;
    yield next.toString().slice(0, 19);
  }
}

/** The instant at which the clocks of a zone show a local time; the earlier of two, `undefined` in a spring gap. */
function instantAt(local: string, zone: string): Instant | undefined {
  const time = new Date(`${local}Z`).getTime();
  // Both offsets that a zone has around that day: the one under which the clocks show this local time.
  for (const around of [-26, 26]) {
    const offset = zoned(instantOf(time + around * 3_600_000), zone).offsetNanoseconds / 1e6;
    const instant = instantOf(time - offset);
    if (zoned(instant, zone).toPlainDateTime().toString({ smallestUnit: 'second' }) === local) return instant;
  }
  return undefined;
}

/**
 * The same with BYSETPOS, which ical.js applies to the first month from its first booking on, not from its first day
 * (RFC 5545 counts the whole month). So it is asked for all days of whole months, and the position is taken here.
 *
 * Local times in a gap are dropped before the position is taken, not after: BYSETPOS counts recurrence instances, and
 * RFC 5545, 3.3.10 says that nonexistent local times "MUST NOT be counted as part of the recurrence set". So where the
 * clocks go forward at 02:00 on Sunday, 31 March 2030, `BYDAY=SU,MO;BYSETPOS=-1` at 02:00 chooses Monday, 25 March.
 */
function* localTimesWithPosition(line: string, localStart: string, zone: string): Generator<string> {
  const position = Number(/;BYSETPOS=(-?\d+)/.exec(line)?.[1]);
  if (Number.isNaN(position)) return yield* localTimes(line, localStart);
  let month: string[] = [];
  const monthStart = `${localStart.slice(0, 8)}01${localStart.slice(10)}`;
  for (const time of localTimes(line.replace(/;BYSETPOS=-?\d+/, ''), monthStart)) {
    if (instantAt(time, zone) === undefined) continue;
    if (month[0] !== undefined && month[0].slice(0, 7) !== time.slice(0, 7)) {
      const chosen = month.at(position < 0 ? position : position - 1);
      if (chosen !== undefined && chosen >= localStart) yield chosen;
      month = [];
    }
    month.push(time);
  }
}

/**
 * Reference implementation: ical.js expands the rule on the wall clock, the zone is applied afterwards, and local times
 * in a gap are dropped before counting. ical.js cannot expand in the zone itself: it moves times in a gap, where RFC
 * 5545 drops them. It yields the first booking only if the rule matches it, but here it always counts, so it is
 * prepended.
 */
function expectedStarts(line: string, count: number, localStart: string, zone: string): string[] {
  const found: string[] = [];
  const add = (local: string): void => {
    const instant = instantAt(local, zone);
    if (instant !== undefined && !found.includes(instant)) found.push(instant);
  };
  add(localStart);
  for (const time of localTimesWithPosition(line, localStart, zone)) {
    if (found.length >= count) break;
    add(time);
  }
  return found;
}

describe('a second, independent expansion', () => {
  it('agrees on random rules, zones and times', () => {
    fc.assert(
      fc.property(
        rule,
        fc.constantFrom(...ZONES),
        fc.date({
          min: new Date('2025-01-01T00:00:00Z'),
          max: new Date('2027-12-31T00:00:00Z'),
          noInvalidDate: true,
        }),
        ({ line, count }, zone, date) => {
          const instant = instantOf(Math.floor(date.getTime() / 300_000) * 300_000);
          const local = zoned(instant, zone);
          const localStart = local.toPlainDateTime().toString({ smallestUnit: 'second' });
          // Skip the second of two ambiguous local times in autumn: a wall clock cannot express it.
          fc.pre(local.toPlainDateTime().toZonedDateTime(zone).epochMilliseconds === local.epochMilliseconds);
          const pattern = {
            start: instant,
            end: instantOf(Date.parse(instant) + 300_000),
            zone,
            isAllDay: false,
          };
          const actual = expand(
            readRecurrence([`RRULE:${line};COUNT=${count}`]),
            pattern,
            at('9990-01-01T00:00:00.000Z'),
          ).map(({ start }) => start);
          expect(actual).toEqual(expectedStarts(line, count, localStart, zone));
        },
      ),
      { numRuns: 300 },
    );
  });
});
