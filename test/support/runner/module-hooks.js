// Node's module hooks for tests: TypeScript is compiled as it is loaded, and `@jest/globals` are those of the test file.
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { transformFile } from '@swc/core';

const OPTIONS = {
  swcrc: false,
  sourceMaps: 'inline',
  module: { type: 'es6' },
  jsc: {
    target: 'es2022',
    parser: { syntax: 'typescript', decorators: true },
    transform: { legacyDecorator: true, decoratorMetadata: true, useDefineForClassFields: false },
  },
};

const TYPESCRIPT = /^file:(?!.*\/node_modules\/).*\.ts$/;

export async function resolve(specifier, context, next) {
  if (specifier === '@jest/globals') {
    const url = new URL(`./globals.js?for=${encodeURIComponent(context.parentURL)}`, import.meta.url);
    return { url: url.href, shortCircuit: true };
  }
  if (/^\.{1,2}\/.*\.js$/.test(specifier) && TYPESCRIPT.test(context.parentURL)) {
    const url = new URL(specifier.replace(/\.js$/, '.ts'), context.parentURL);
    if (existsSync(url)) return { url: url.href, shortCircuit: true };
  }
  return next(specifier, context);
}

export async function load(url, context, next) {
  if (!TYPESCRIPT.test(url)) return next(url, context);
  const { code } = await transformFile(fileURLToPath(url), OPTIONS);
  return { format: 'module', source: code, shortCircuit: true };
}
