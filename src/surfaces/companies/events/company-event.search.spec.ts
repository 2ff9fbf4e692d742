import { describe, expect, it } from '@jest/globals';
import { containsPattern, searchKey } from './company-event.search.js';

describe('searchKey', () => {
  it('is the same for upper and lower case and for both encodings of an accent', () => {
    expect(searchKey('CAFE\u0301 ÉTÉ ΣΊΣΥΦΟΣ')).toBe(searchKey('caf\u00e9 été ΣΊΣΥΦΟΣ'));
  });

  it('finds the beginning of a Greek word that goes on', () => {
    expect(searchKey('ΦΩΣΤΗΡΑΣ')).toContain(searchKey('ΦΩΣ'));
  });

  it('tells é from e', () => {
    expect(searchKey('é')).not.toBe(searchKey('e'));
  });
});

describe('holding', () => {
  it.each([
    ['50%', '%50\\%%'],
    ['a_b', '%a\\_b%'],
    ['c:\\', '%c:\\\\%'],
    ['it\'s "x"', '%it\'s "x"%'],
    ['🎉', '%🎉%'],
  ])('turns %j into %j', (text, pattern) => {
    expect(containsPattern(text)).toBe(pattern);
  });
});
