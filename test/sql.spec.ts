import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';

const FOLDER = new URL('../docs/sql/', import.meta.url);

// A process of its own: lists that other test files of this worker asked for have named their statements here.
const PRINT = `
  import { register } from 'node:module';
  register('./test/support/runner/module-hooks.js', 'file://' + process.cwd() + '/');
  await import('reflect-metadata');
  const { sqlDocuments } = await import('./src/sql-documents.ts');
  process.stdout.write(JSON.stringify([...sqlDocuments()]));`;

describe('the SQL of the service', () => {
  it('is the committed one (after a change: npm run docs)', () => {
    const committed = Object.fromEntries(
      readdirSync(FOLDER).map((file) => [file, readFileSync(new URL(file, FOLDER), 'utf8')]),
    );
    const printed = execFileSync(process.execPath, ['--input-type=module', '--eval', PRINT], {
      encoding: 'utf8',
      maxBuffer: 64 * 1024 * 1024,
    });
    expect(Object.fromEntries(JSON.parse(printed))).toEqual(committed);
  });
});
