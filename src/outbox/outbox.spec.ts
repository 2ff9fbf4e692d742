import { describe, expect, it } from '@jest/globals';
import { backoffSeconds, MAX_ATTEMPTS } from './outbox.js';

describe('backoffSeconds', () => {
  it('grows from a second to hours; all delays add up to less than a day', () => {
    const pauses = Array.from({ length: MAX_ATTEMPTS - 1 }, (_, index) => backoffSeconds(index + 1));
    expect(pauses.slice(0, 4)).toEqual([1, 2, 4, 8]);
    expect(pauses.every((pause, index) => index === 0 || pause > (pauses[index - 1] ?? 0))).toBe(true);
    expect(pauses.reduce((sum, pause) => sum + pause, 0)).toBeLessThan(24 * 3600);
  });
});
