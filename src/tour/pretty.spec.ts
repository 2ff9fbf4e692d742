import { describe, expect, it } from '@jest/globals';
import { pretty } from './pretty.js';

const EVENT = {
  id: 'A',
  name: 'a "quoted" name that is long enough to make the whole object wider than a line may be',
  owner: { email: 'demo@example.org', tags: ['x', 1, null] },
  none: {},
};

describe('JSON for people', () => {
  it('keeps on one line what fits on it', () => {
    expect(pretty({ id: 1, list: ['a', 'b'] })).toBe('{ "id": 1, "list": ["a", "b"] }');
  });

  it('breaks what does not', () => {
    expect(pretty([EVENT]).split('\n')).toEqual([
      '[',
      '  {',
      '    "id": "A",',
      `    "name": ${JSON.stringify(EVENT.name)},`,
      '    "owner": { "email": "demo@example.org", "tags": ["x", 1, null] },',
      '    "none": {}',
      '  }',
      ']',
    ]);
  });

  it('stays JSON of the same value', () => {
    expect(JSON.parse(pretty([EVENT, [EVENT], 'x', 2.5, true, null]))).toEqual([
      EVENT,
      [EVENT],
      'x',
      2.5,
      true,
      null,
    ]);
  });
});
