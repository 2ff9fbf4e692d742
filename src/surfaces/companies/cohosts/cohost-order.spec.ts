import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { insertAt, removeFrom } from './cohost-order.js';

describe('placed', () => {
  it.each([
    ['last without a position', [1, 2], 9, undefined, [1, 2, 9]],
    ['first of none', [], 9, undefined, [9]],
    ['first, shifting all others', [1, 2], 9, 1, [9, 1, 2]],
    ['in the middle', [1, 2], 9, 2, [1, 9, 2]],
    ['last when the position lies past the end', [1, 2], 9, 1000, [1, 2, 9]],
    ['further up', [1, 2, 3], 3, 1, [3, 1, 2]],
    ['further down', [1, 2, 3], 1, 2, [2, 1, 3]],
    ['where it is', [1, 2, 3], 2, 2, [1, 2, 3]],
  ])('puts a cohost %s', (_, order, id, position, expected) => {
    expect(insertAt(order, id, position)).toEqual(expected);
  });

  it('keeps everybody once and the order of all others', () => {
    fc.assert(
      fc.property(
        fc.uniqueArray(fc.nat(50)),
        fc.nat(50),
        fc.option(fc.integer({ min: 1, max: 60 }), { nil: undefined }),
        (order, id, position) => {
          const after = insertAt(order, id, position);
          expect(new Set(after)).toEqual(new Set([...order, id]));
          expect(after).toHaveLength(new Set(after).size);
          expect(removeFrom(after, id)).toEqual(removeFrom(order, id));
        },
      ),
    );
  });
});
