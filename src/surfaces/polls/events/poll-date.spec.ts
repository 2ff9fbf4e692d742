import { describe, expect, it } from '@jest/globals';
import type { Instant } from '../../../core/instant.js';
import { dayAfter, dayIn, readPollDate } from './poll-date.js';

describe('a date as clients write it', () => {
  it.each([
    ['2020-07-16T09:00:00', 'Europe/Paris', '2020-07-16T07:00:00.000Z'],
    ['2020-07-16T14:00:00+0100', 'Europe/Paris', '2020-07-16T13:00:00.000Z'],
    ['2020-07-16 09:00', 'America/New_York', '2020-07-16T13:00:00.000Z'],
    ['2020-07-16T09:00:00,5', 'UTC', '2020-07-16T09:00:00.500Z'],
    ['2026-03-29T02:30:00', 'Europe/Berlin', '2026-03-29T01:30:00.000Z'],
    ['2026-10-25T02:30:00', 'Europe/Berlin', '2026-10-25T00:30:00.000Z'],
    ['2018-11-04', 'America/Sao_Paulo', '2018-11-04T03:00:00.000Z'],
  ])('%s in %s is %s', (text, zone, instant) => {
    expect(readPollDate(text, zone)).toBe(instant);
  });

  it.each([
    ['2011-12-30', 'Pacific/Apia'],
    ['2026-02-30', 'UTC'],
    ['tomorrow', 'UTC'],
  ])('%s in %s does not exist', (text, zone) => {
    expect(readPollDate(text, zone)).toBeUndefined();
  });

  it('falls on the day that clocks show', () => {
    expect(dayIn('Asia/Tokyo', '2026-05-04T15:00:00.000Z' as Instant)).toBe('2026-05-05');
    expect(dayAfter('2026-02-28')).toBe('2026-03-01');
  });
});
