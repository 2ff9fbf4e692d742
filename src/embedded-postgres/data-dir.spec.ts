import { describe, expect, it } from '@jest/globals';
import { placeBelowVarLib } from './data-dir.js';

describe('the place below /var/lib', () => {
  it('follows from the asked path, readable and without its separators', () => {
    expect(placeBelowVarLib('/root/quintet/data')).toBe(placeBelowVarLib('/root/quintet/data'));
    expect(placeBelowVarLib('/root/quintet/data')).toMatch(
      /^\/var\/lib\/quintet\/root-quintet-data-[0-9a-f]{12}$/,
    );
    expect(placeBelowVarLib(`/root/${'x'.repeat(300)}/ü ..`)).toMatch(/^\/var\/lib\/quintet\/[\w-]{1,60}$/);
  });

  it('differs between two checkouts, also when only their separators differ', () => {
    expect(placeBelowVarLib('/root/a/data')).not.toBe(placeBelowVarLib('/root/a-data'));
  });
});
