import { describe, expect, it } from '@jest/globals';
import { REALM_KINDS } from '../../surfaces/realms/catalogue/realm-kind.js';
import { mayHaveParent } from './realm-nesting.js';

describe('mayHaveParent', () => {
  it('puts a narrower realm into a wider one', () => {
    expect(mayHaveParent('section', 'course')).toBe(true);
    expect(mayHaveParent('school', 'district')).toBe(true);
    expect(mayHaveParent('group', 'section')).toBe(true);
  });

  it('lets levels be skipped', () => {
    expect(mayHaveParent('section', 'school')).toBe(true);
  });

  it('refuses a parent of its own kind or a narrower one, so that no circle can come about', () => {
    for (const kind of REALM_KINDS) expect(mayHaveParent(kind, kind)).toBe(false);
    expect(mayHaveParent('district', 'school')).toBe(false);
    expect(mayHaveParent('course', 'section')).toBe(false);
  });
});
