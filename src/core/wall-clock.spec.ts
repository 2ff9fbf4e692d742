import { describe, expect, it } from '@jest/globals';
import { parseWallClock } from './wall-clock.js';

describe('parseWallClock', () => {
  it('accepts every existing date and time, even if some zone skips it', () => {
    expect(parseWallClock('2026-03-29 02:30:00')).toBe('2026-03-29 02:30:00');
    expect(parseWallClock('2024-02-29 23:59:59')).toBe('2024-02-29 23:59:59');
    expect(parseWallClock('2000-02-29 00:00:00')).toBe('2000-02-29 00:00:00');
    expect(parseWallClock('9999-12-31 23:59:59')).toBe('9999-12-31 23:59:59');
  });

  it.each([
    '2015-05-45 09:00:00',
    '2026-02-29 09:00:00',
    '2100-02-29 09:00:00',
    '2024-02-30 09:00:00',
    '2026-06-31 09:00:00',
    '2026-13-01 09:00:00',
    '2026-00-10 09:00:00',
    '2026-01-00 09:00:00',
    '2026-06-30 24:00:00',
    '2026-06-30 09:60:00',
    '0000-01-01 00:00:00',
    '2026-06-30T09:00:00',
    '2026-06-30 09:00',
    '2026-06-30',
    '',
  ])('refuses %j', (text) => {
    expect(parseWallClock(text)).toBeUndefined();
  });
});
