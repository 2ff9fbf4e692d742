import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { firstFreeSlug, MAX_SLUG_LENGTH, SLUG, slugOf } from './slug.js';

describe('slugOf', () => {
  it.each([
    ['Zürich 2024!', 'zurich-2024'],
    ['Größe & Söhne', 'grosse-sohne'],
    ['Łódź Ørsted', 'lodz-orsted'],
    ['Привет мир', 'privet-mir'],
    ['你好 世界', 'ni-hao-shi-jie'],
    ["It's a_b.c~d", 'its-a-b-c-d'],
    ['🙂', 'event'],
    ['', 'event'],
  ])('turns %j into %j', (name, slug) => {
    expect(slugOf(name, 'event')).toBe(slug);
  });

  it('makes a well-formed slug of whatever it is given', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 300 }), (name) => {
        const slug = slugOf(name, 'event');
        expect(slug).toMatch(SLUG);
        expect(slug.length).toBeLessThanOrEqual(MAX_SLUG_LENGTH);
      }),
    );
  });
});

describe('firstFreeSlug', () => {
  it('counts on from the second', () => {
    const taken = new Set(['acme', 'acme-2', 'acme-4']);
    expect(firstFreeSlug('acme', (slug) => taken.has(slug))).toBe('acme-3');
    expect(firstFreeSlug('other', (slug) => taken.has(slug))).toBe('other');
  });
});
