import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { MAX_INTEGER } from '../../../core/integer.js';
import { RESERVED_SEGMENTS } from '../../../http/reserved-segments.js';
import { companyIdOf, companyNumberOf } from './company-id.js';

describe('a company id', () => {
  it('stands for its number and is no word of ours', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: MAX_INTEGER }), (number) => {
        const id = companyIdOf(number);
        expect(id).toMatch(/^[0-9A-Za-z]{8,20}$/);
        expect(RESERVED_SEGMENTS.has(id.toLowerCase())).toBe(false);
        expect(companyNumberOf(id)).toBe(number);
      }),
    );
  });

  it('stands for no number that no company can have', () => {
    expect(companyNumberOf(companyIdOf(2_147_483_648))).toBeUndefined();
  });

  it('is not made of other text', () => {
    for (const text of ['', '7', 'companies', 'events', 'not an id', '../../etc', 'a'.repeat(500)]) {
      expect(companyNumberOf(text)).toBeUndefined();
    }
  });
});
