import { describe, expect, it } from '@jest/globals';
import { SURFACE_NAMES, type SurfaceName } from '../../core/surface-name.js';
import { unknownScope } from './credential-scopes.js';

describe('unknownScope', () => {
  it('names the first scope that a product does not know', () => {
    expect(unknownScope('companies', ['events:read', 'events:burn', 'x'])).toBe('events:burn');
  });

  it('knows read and write for every product', () => {
    for (const surface of SURFACE_NAMES) expect(unknownScope(surface, ['read', 'write'])).toBeUndefined();
    expect(unknownScope('polls', ['read', 'anything'])).toBe('anything');
  });

  it.each(['valueOf', '__proto__'])(
    'has nothing against any scope for %s, which is no product',
    (surface) => {
      expect(unknownScope(surface as SurfaceName, ['anything'])).toBeUndefined();
    },
  );
});
