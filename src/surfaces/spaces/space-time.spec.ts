import { describe, expect, it } from '@jest/globals';
import type { Instant } from '../../core/instant.js';
import { readEventId } from './events/space-event.id.js';
import { isStartOfDay, readTime, formatRecurrenceId, formatTime } from './space-time.js';

const at = (text: string): Instant => text as Instant;

describe('readTime', () => {
  it.each([
    ['2026-03-08T02:30:00', 'America/New_York', '2026-03-08T07:30:00.000Z'],
    ['2026-11-01T01:30:00', 'America/New_York', '2026-11-01T05:30:00.000Z'],
    ['2026-11-01T01:30:00-0500', 'America/New_York', '2026-11-01T06:30:00.000Z'],
    ['2026-09-06T00:00:00', 'America/Santiago', '2026-09-06T04:00:00.000Z'],
    ['2026-09-06', 'America/Santiago', '2026-09-06T04:00:00.000Z'],
    ['2026-05-01T10:00:00.999Z', 'UTC', '2026-05-01T10:00:00.000Z'],
  ])('reads %s in %s as %s', (text, zone, instant) => {
    expect(readTime({ dateTime: text, zone: undefined }, zone)).toEqual({ at: instant, zone });
  });

  it('lets a zone of its own win over the fallback', () => {
    const time = readTime({ dateTime: '2026-05-01T10:00:00', zone: 'Asia/Kolkata' }, 'UTC');
    expect(time).toEqual({ at: '2026-05-01T04:30:00.000Z', zone: 'Asia/Kolkata' });
  });

  it.each(['2011-12-30T12:00:00', '1969-12-31T12:00:00', '9999-01-01T00:00:00', 'tomorrow'])(
    'refuses %s in Apia in words',
    (text) => {
      expect(readTime({ dateTime: text, zone: undefined }, 'Pacific/Apia')).toEqual(expect.any(String));
    },
  );
});

describe('formatTime', () => {
  it.each([
    ['2026-03-08T06:59:59.000Z', 'America/New_York', '2026-03-08T01:59:59-0500'],
    ['2026-03-08T07:00:00.000Z', 'America/New_York', '2026-03-08T03:00:00-0400'],
    ['2026-07-01T00:00:00.000Z', 'America/St_Johns', '2026-06-30T21:30:00-0230'],
    ['2026-01-01T00:00:00.000Z', 'Australia/Lord_Howe', '2026-01-01T11:00:00+1100'],
    ['2026-01-01T00:00:00.000Z', 'UTC', '2026-01-01T00:00:00+0000'],
  ])('formats %s in %s as %s', (instant, zone, text) => {
    expect(formatTime(at(instant), zone)).toBe(text);
  });
});

describe('isStartOfDay', () => {
  it('is 01:00 on the day whose midnight Santiago skips', () => {
    expect(isStartOfDay({ at: at('2026-09-06T04:00:00.000Z'), zone: 'America/Santiago' })).toBe(true);
    expect(isStartOfDay({ at: at('2026-09-06T05:00:00.000Z'), zone: 'America/Santiago' })).toBe(false);
  });
});

describe('the id of an occurrence', () => {
  it('comes back as it was formatted', () => {
    const start = at('2026-03-08T13:00:00.000Z');
    expect(readEventId(`17_${formatRecurrenceId(start)}`)).toEqual({ eventId: 17, originalStart: start });
    expect(readEventId('17')).toEqual({ eventId: 17, originalStart: undefined });
  });

  it.each(['', 'x', '17_', '17_20260230T000000Z', '17_20260308', '99999999999', '2147483648', '-1'])(
    '%j names nothing',
    (text) => {
      expect(readEventId(text)).toBeUndefined();
    },
  );
});
