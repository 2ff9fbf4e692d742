import { describe, expect, it } from '@jest/globals';
import { paintFor } from './paint.js';

describe('the look of the tour', () => {
  it('has colours on a terminal that has them', () => {
    expect(paintFor({ isTTY: true, hasColors: () => true })('good', '200')).toBe('\u001b[32m200\u001b[39m');
  });

  it('is plain in a pipe, and on a terminal that has no colours or is asked for none', () => {
    expect(paintFor({})('good', '200')).toBe('200');
    expect(paintFor({ isTTY: true, hasColors: () => false })('good', '200')).toBe('200');
  });
});
