import { describe, expect, it } from '@jest/globals';
import { REALM_KINDS } from '../../surfaces/realms/catalogue/realm-kind.js';
import { mayLieIn } from './realm-nesting.js';

describe('mayLieIn', () => {
  it('puts a narrower realm into a wider one', () => {
    expect(mayLieIn('section', 'course')).toBe(true);
    expect(mayLieIn('school', 'district')).toBe(true);
    expect(mayLieIn('group', 'section')).toBe(true);
  });

  it('lets levels be skipped', () => {
    expect(mayLieIn('section', 'school')).toBe(true);
  });

  it('refuses a parent of its own kind or a narrower one, so that no circle can come about', () => {
    for (const kind of REALM_KINDS) expect(mayLieIn(kind, kind)).toBe(false);
    expect(mayLieIn('district', 'school')).toBe(false);
    expect(mayLieIn('course', 'section')).toBe(false);
  });
});
