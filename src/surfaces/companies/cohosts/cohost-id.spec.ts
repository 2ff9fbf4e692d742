import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { MAX_INTEGER } from '../../../core/integer.js';
import { cohostId, eventUid } from './cohost-id.js';

describe.each([
  ['cohostId', cohostId],
  ['eventUid', eventUid],
])('%s', (_, id) => {
  it('reads back what it shows: at least eight letters and digits', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: MAX_INTEGER }), (number) => {
        const text = id.show(number);
        expect(text).toMatch(/^[0-9A-Za-z]{8,}$/);
        expect(id.read(text)).toBe(number);
      }),
    );
  });

  it.each([
    '',
    'events',
    'classes',
    'members',
    'health',
    'companies',
    '1',
    'a-b',
    '\0',
    'é',
    'x'.repeat(500),
  ])('takes %.20j for no id', (text) => {
    expect(id.read(text)).toBeUndefined();
  });

  it('has one spelling only for an id', () => {
    const shown = id.show(42);
    fc.assert(
      fc.property(fc.stringMatching(/^[0-9A-Za-z]{1,12}$/), (text) => {
        const number = id.read(text);
        expect(number === undefined || id.show(number) === text).toBe(true);
      }),
    );
    expect(id.read(shown.toLowerCase())).not.toBe(42);
  });
});
