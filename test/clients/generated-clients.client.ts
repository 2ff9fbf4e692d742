import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { call } from '../support/http.js';
import { serviceUrl } from './service.js';

const TIMEOUT_MS = 300_000;
const PACKAGES = resolve(import.meta.dirname, 'node_modules');
const DOCUMENTS = ['training', 'spaces', 'realms', 'polls', 'companies', 'admin'];

/** Generators of TypeScript clients, with their arguments to write into a folder. */
const GENERATORS: Readonly<Record<string, (document: string, folder: string) => string[]>> = {
  openapi: (document, folder) => ['--input', document, '--output', folder],
  'openapi-ts': (document, folder) => ['-i', document, '-o', folder],
  orval: (document, folder) => [
    '--input',
    document,
    '--output',
    join(folder, 'index.ts'),
    '--client',
    'fetch',
  ],
  'swagger-typescript-api': (document, folder) => ['generate', '-p', document, '-o', folder, '-n', 'api.ts'],
};

/** What somebody with a strict compiler has. */
const COMPILER_OPTIONS = {
  strict: true,
  noEmit: true,
  target: 'es2022',
  module: 'esnext',
  moduleResolution: 'bundler',
  lib: ['es2023', 'dom', 'dom.iterable'],
  skipLibCheck: true,
};

let folder: string;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'quintet-generated-'));
  symlinkSync(PACKAGES, join(folder, 'node_modules'));
  for (const name of DOCUMENTS)
    writeFileSync(join(folder, `${name}.json`), (await call(`${serviceUrl}/docs/${name}.json`)).text);
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Runs a command of the packages here; fails with what it printed. */
async function run(command: string, words: readonly string[]): Promise<void> {
  try {
    await promisify(execFile)(join(PACKAGES, '.bin', command), [...words], { cwd: folder });
  } catch (error) {
    const { stdout, stderr } = error as { stdout?: string; stderr?: string };
    throw new Error(`${command} ${words.join(' ')}\n${stdout}\n${stderr}`, { cause: error });
  }
}

describe('clients generated of the served documents', () => {
  it.each(Object.keys(GENERATORS))(
    'compile strictly: %s',
    async (generator) => {
      for (const name of DOCUMENTS) {
        const target = join(folder, generator, name);
        await run(generator, GENERATORS[generator]?.(join(folder, `${name}.json`), target) ?? []);
      }
      const project = join(folder, `${generator}.tsconfig.json`);
      writeFileSync(project, JSON.stringify({ compilerOptions: COMPILER_OPTIONS, include: [generator] }));
      await expect(run('tsc', ['-p', project])).resolves.toBeUndefined();
    },
    TIMEOUT_MS,
  );
});
