import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { instantFromPostgres, instantOf, millisecondsOf, parseInstant } from './instant.js';

describe('parseInstant', () => {
  it.each([
    ['2026-03-01T09:00:00.000Z', '2026-03-01T09:00:00.000Z'],
    ['2026-03-01T09:00', '2026-03-01T09:00:00.000Z'],
    ['2026-03-01 09:00:07', '2026-03-01T09:00:07.000Z'],
    ['2026-03-01T09:00:00+05:30', '2026-03-01T03:30:00.000Z'],
    ['2026-03-01T09:00:00-0500', '2026-03-01T14:00:00.000Z'],
    ['2026-03-01T09:00:00+02', '2026-03-01T07:00:00.000Z'],
    ['2026-03-01T09:00:00.123456Z', '2026-03-01T09:00:00.123Z'],
    ['2026-03-01', '2026-03-01T00:00:00.000Z'],
    ['2024-02-29T23:59:59z', '2024-02-29T23:59:59.000Z'],
  ])('reads %s as %s', (text, instant) => {
    expect(parseInstant(text)).toBe(instant);
  });

  it.each([
    '',
    'tomorrow',
    '2026-06-31T09:00:00Z',
    '2025-02-29T09:00:00Z',
    '2026-13-01T09:00:00Z',
    '2026-03-01T25:00:00Z',
    '2026-03-01T09:60:00Z',
    '2026-03-01T09:00:00+24:00',
    '2026-03-01T09:00:00Z and more',
    '0001-01-01T00:00:00+14:00',
    '9999-12-31T23:59:59-01:00',
  ])('refuses %p', (text) => {
    expect(parseInstant(text)).toBeUndefined();
  });

  it('parses every instant that it formats', () => {
    fc.assert(
      fc.property(
        fc.date({ min: new Date('0001-01-01'), max: new Date('9999-12-31'), noInvalidDate: true }),
        (date) => {
          const instant = instantOf(date.getTime());
          expect(parseInstant(instant)).toBe(instant);
          expect(millisecondsOf(instant)).toBe(date.getTime());
        },
      ),
    );
  });
});

describe('instantFromPostgres', () => {
  it.each([
    ['2026-03-01 09:00:00+00', '2026-03-01T09:00:00.000Z'],
    ['2026-03-01 09:00:00.5+00', '2026-03-01T09:00:00.500Z'],
    ['2026-03-01 09:00:00.120345+00', '2026-03-01T09:00:00.120Z'],
    ['0001-01-01 00:00:00+00', '0001-01-01T00:00:00.000Z'],
  ])('reads %s as %s', (text, instant) => {
    expect(instantFromPostgres(text)).toBe(instant);
  });
});
