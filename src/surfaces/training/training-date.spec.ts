import { describe, expect, it } from '@jest/globals';
import { parseTrainingDate } from './training-date.js';

describe('a date of a training event', () => {
  it.each([
    ['20271201T100000Z', '2027-12-01T10:00:00.000Z'],
    ['20271201T100000+0100', '2027-12-01T09:00:00.000Z'],
    ['20271201T100000-05', '2027-12-01T15:00:00.000Z'],
    ['20271201T100000.5Z', '2027-12-01T10:00:00.500Z'],
    ['20271201T1000Z', '2027-12-01T10:00:00.000Z'],
    ['20271201T1000', '2027-12-01T10:00:00.000Z'],
    ['20271201', '2027-12-01T00:00:00.000Z'],
    ['2027-12-01T10:00:00+01:00', '2027-12-01T09:00:00.000Z'],
  ])('%s is read as %s', (text, instant) => {
    expect(parseTrainingDate(text)).toBe(instant);
  });

  it.each([
    '20270631',
    '20271201T250000Z',
    '2027120',
    '20271201T10Z',
    '20271201T',
    '20271201100000',
    '1800000000',
  ])('%s is refused', (text) => {
    expect(parseTrainingDate(text)).toBeUndefined();
  });
});
