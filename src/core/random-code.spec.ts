import { describe, expect, it } from '@jest/globals';
import { timeOrderedId } from './random-code.js';

describe('an id that is ordered by time', () => {
  const at = (time: string): string => timeOrderedId(Date.parse(time));

  it('has 17 letters and digits without those that look alike', () => {
    for (let count = 0; count < 200; count++)
      expect(timeOrderedId()).toMatch(/^[2-9A-HJ-NP-TW-Za-km-z]{17}$/);
  });

  it('comes after those of the seconds before', () => {
    const ids = [
      at('1970-01-01T00:00:00Z'),
      at('2026-11-21T23:59:58Z'),
      at('2026-11-21T23:59:59Z'),
      at('2026-11-22T00:00:00Z'),
      at('2099-12-31T00:00:00Z'),
      at('2799-12-31T00:00:00Z'),
    ];
    expect([...ids].sort()).toEqual(ids);
  });

  it('does not tell another one of the same second', () => {
    const ids = Array.from({ length: 1000 }, () => at('2026-11-22T00:00:00Z'));
    expect(new Set(ids.map((id) => id.slice(0, 6))).size).toBe(1);
    expect(new Set(ids.map((id) => id.slice(6))).size).toBe(1000);
  });
});
