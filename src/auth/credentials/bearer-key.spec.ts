import { describe, expect, it } from '@jest/globals';
import { lookupOf, mintKey, mintLowerCaseKey } from './bearer-key.js';

describe('a key', () => {
  it('names the product and what it opens, and ends in a checksum', () => {
    const key = mintKey('training');
    expect(key).toMatch(/^qnt_training_[0-9A-Za-z]{49}$/);
    expect(lookupOf(key)).toBe(key.slice(13, 23));
    const lowerCase = mintLowerCaseKey('polls');
    expect(lowerCase).toMatch(/^qntpolls[0-9a-z]{42}$/);
    expect(lookupOf(lowerCase)).toBe(lowerCase.slice(8, 18));
  });

  it('has the checksum that scanners compute: CRC-32 of all before it, in base 62 or 36', () => {
    const random = 'a'.repeat(43);
    expect(lookupOf(`qnt_training_${random}2vSehX`)).toBe('a'.repeat(10));
  });

  it.each([mintKey('spaces'), mintLowerCaseKey('polls')])(
    'is refused with any character changed: %s',
    (key) => {
      for (let at = 8; at < key.length; at++) {
        const other = key[at] === 'x' ? 'y' : 'x';
        expect(lookupOf(key.slice(0, at) + other + key.slice(at + 1))).toBeUndefined();
      }
      expect(lookupOf(key.slice(0, -1))).toBeUndefined();
      expect(lookupOf(`${key}x`)).toBeUndefined();
    },
  );

  it('from before there were checksums is found by its beginning', () => {
    expect(lookupOf('3fX9kLmN0pQrStUvWxYz')).toBe('3fX9kLmN0p');
    expect(lookupOf('q')).toBe('q');
  });
});
