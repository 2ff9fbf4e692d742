import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { isEventSlug, isReservedSlug, MAX_EVENT_SLUG_LENGTH, slugOfName } from './company-event.slug.js';

describe('slugOfName', () => {
  it.each([
    ['AI Demo Days · HR Edition', 'ai-demo-days-hr-edition'],
    ['Product Launch 2026', 'product-launch-2026'],
    ['  L’été à Łódź  ', 'lete-a-lodz'],
    ['Größe', 'grosse'],
    ['snake_case & Co.', 'snake-case-co'],
    ['Drinks @ Night', 'drinks-at-night'],
    ['v1.2 -- final', 'v12-final'],
    ['Привет, мир!', 'privet-mir'],
    ['Ελλάδα', 'ellada'],
    ['你好 世界', 'ni-hao-shi-jie'],
    ['مرحبا بالعالم', 'mrhb-blaalm'],
    ['🎉🎉', 'event'],
    ['—', 'event'],
    ['', 'event'],
  ])('spells %j as %j', (name, slug) => {
    expect(slugOfName(name)).toBe(slug);
  });

  it('spells a name the same however its accents are encoded', () => {
    expect(slugOfName('Cafe\u0301')).toBe(slugOfName('Caf\u00e9'));
  });

  it('leaves room for a number behind the longest slug', () => {
    expect(slugOfName('你'.repeat(255)).length).toBeLessThanOrEqual(
      MAX_EVENT_SLUG_LENGTH - '-1000000'.length,
    );
  });

  it('makes a possible slug of any name, unless it is reserved', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 300 }), (name) => {
        const slug = slugOfName(name);
        expect(isEventSlug(slug) || isReservedSlug(slug)).toBe(true);
      }),
    );
  });
});

describe('isEventSlug', () => {
  it.each(['a', 'a-1', '2026', 'x'.repeat(255)])('takes %.20s', (slug) => {
    expect(isEventSlug(slug)).toBe(true);
  });

  it.each(['', '-a', 'a-', 'a--b', 'A', 'é', 'a b', 'a_b', 'a/b', 'create', 'x'.repeat(256), 7, null, 'a\0'])(
    'refuses %j',
    (slug) => {
      expect(isEventSlug(slug)).toBe(false);
    },
  );
});
