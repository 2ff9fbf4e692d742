import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';

const FOLDER = new URL('../.github/workflows/', import.meta.url);
const workflows = readdirSync(FOLDER).map((name) => readFileSync(new URL(name, FOLDER), 'utf8'));

describe('a workflow', () => {
  it('uses actions by commit, since a tag can be moved to other code', () => {
    const used = workflows.flatMap((text) =>
      [...text.matchAll(/\buses: *(.*)/g)].map(([, action = '']) => action),
    );
    expect(used.length).toBeGreaterThan(5);
    expect(used.filter((action) => !/^[\w-]+\/[\w/-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$/.test(action))).toEqual(
      [],
    );
  });

  it('gets no more rights than it says', () => {
    expect(workflows.filter((text) => !text.includes('\npermissions:\n  contents: read\njobs:'))).toEqual([]);
  });
});
