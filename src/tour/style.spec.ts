import { describe, expect, it } from '@jest/globals';
import { styleFor } from './style.js';

describe('the look of the tour', () => {
  it('has colours on a terminal that has them', () => {
    expect(styleFor({ isTTY: true, hasColors: () => true })('success', '200')).toBe(
      '\u001b[32m200\u001b[39m',
    );
  });

  it('is plain in a pipe, and on a terminal that has no colours or is asked for none', () => {
    expect(styleFor({})('success', '200')).toBe('200');
    expect(styleFor({ isTTY: true, hasColors: () => false })('success', '200')).toBe('200');
  });
});
