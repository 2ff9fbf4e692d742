import { describe, expect, it } from '@jest/globals';
import type { SurfaceName } from '../../core/surface-name.js';
import { unknownScope } from './credential-scopes.js';

describe('unknownScope', () => {
  it('names the first scope that a product does not know', () => {
    expect(unknownScope('companies', ['events:read', 'events:burn', 'x'])).toBe('events:burn');
  });

  it.each(['polls', 'valueOf', '__proto__'])('has nothing against any scope for %s', (surface) => {
    expect(unknownScope(surface as SurfaceName, ['anything'])).toBeUndefined();
  });
});
