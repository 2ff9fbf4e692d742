import { describe, expect, it } from '@jest/globals';
import { dayNextWeek } from './days.js';

describe('a day of next week', () => {
  it.each([
    ['2026-11-21', 'a Saturday', '2026-11-23'],
    ['2026-11-22', 'a Sunday', '2026-11-23'],
    ['2026-11-23', 'a Monday', '2026-11-30'],
    ['2026-12-31', 'the end of a year', '2027-01-04'],
  ])('is counted from %s, %s', (today, _name, monday) => {
    expect(dayNextWeek(new Date(`${today}T23:30:00Z`), 'monday')).toBe(monday);
  });

  it('follows Monday', () => {
    expect(dayNextWeek(new Date('2026-11-21T08:00:00Z'), 'wednesday')).toBe('2026-11-25');
  });
});
