import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import openapiTS, { astToString, COMMENT_HEADER, type OpenAPI3 } from 'openapi-typescript';
import { createAjv, DOCUMENT_KEYWORDS } from './support/openapi/ajv.js';
import type { Parameter, Schema } from './support/openapi/document.js';
import { SURFACE_NAMES } from '../src/core/surface-name.js';

const FOLDER = 'docs/openapi';
const FILES = readdirSync(FOLDER).sort();
const read = (file: string): object => JSON.parse(readFileSync(`${FOLDER}/${file}`, 'utf8')) as object;

/** A part of a document with the JSON pointer that leads to it. */
interface Part {
  readonly pointer: string;
  readonly value: Record<string, unknown>;
}

/** Keys whose values are data of clients, not parts of the document. */
const DATA = new Set(['example', 'enum', 'default', 'const']);

function* partsOf(value: unknown, pointer = ''): Generator<Part> {
  if (typeof value !== 'object' || value === null) return;
  if (!Array.isArray(value)) yield { pointer, value: value as Part['value'] };
  for (const [key, inner] of Object.entries(value)) {
    // `example` is a keyword in a schema, but may be the name of a field among its properties.
    if (DATA.has(key) && !/\/(?:properties|schemas)$/.test(pointer)) continue;
    yield* partsOf(inner, `${pointer}/${encodeURIComponent(key.replace(/~/g, '~0').replace(/\//g, '~1'))}`);
  }
}

/** Every schema of a document. */
function schemasOf(document: object): { pointer: string; schema: Schema }[] {
  const isSchema =
    /(?:\/schema|\/schemas\/[^/]+|\/properties\/[^/]+|\/items|\/(?:allOf|anyOf|oneOf)\/\d+|\/additionalProperties)$/;
  return [...partsOf(document)]
    .filter(({ pointer }) => isSchema.test(pointer))
    .map(({ pointer, value }) => ({ pointer, schema: value as Schema }));
}

describe('the OpenAPI documents', () => {
  it('pass the linter, without a word to anybody', () => {
    const { status, stdout, stderr } = spawnSync(
      process.execPath,
      [resolve('node_modules/@redocly/cli/bin/cli.js'), 'lint', ...FILES.map((file) => `${FOLDER}/${file}`)],
      {
        encoding: 'utf8',
        env: { PATH: process.env.PATH, REDOCLY_TELEMETRY: 'off', REDOCLY_SUPPRESS_NOTIFICATIONS: 'true' },
      },
    );
    expect([status, status === 0 ? '' : stdout + stderr]).toEqual([0, '']);
    expect(FILES).toHaveLength(SURFACE_NAMES.length + 1);
  }, 60_000);

  it.each(FILES)('hold examples that fit their schemas: %s', (file) => {
    const document = read(file);
    const ajv = createAjv();
    ajv.addVocabulary(DOCUMENT_KEYWORDS);
    ajv.addSchema({ $id: 'document', ...document }, 'document', false, false);
    const faults: string[] = [];
    let count = 0;
    const look = (pointer: string, example: unknown): void => {
      count++;
      const validate = ajv.compile({ $ref: `document#${pointer}` });
      if (!validate(example)) faults.push(`${pointer} ${ajv.errorsText(validate.errors)}`);
    };
    for (const { pointer, schema } of schemasOf(document)) {
      if ('example' in schema) look(pointer, schema.example);
    }
    for (const { pointer, value } of partsOf(document)) {
      if ('schema' in value && 'example' in value)
        look(`${pointer}/schema`, (value as unknown as Parameter).example);
    }
    expect(faults).toEqual([]);
    expect(count).toBeGreaterThan(30);
  });

  it.each(FILES)(
    'are what the types of clients were made of (after a change: npm run docs): %s',
    async (file) => {
      const types = astToString(await openapiTS(read(file) as OpenAPI3));
      const committed = readFileSync(`test/clients/${file.replace('.json', '.types.ts')}`, 'utf8');
      expect(committed === COMMENT_HEADER + types).toBe(true);
    },
  );

  it.each(FILES)('say the shape of every value: %s', (file) => {
    const vague = schemasOf(read(file)).filter(({ schema }) => {
      const { $ref, allOf, anyOf, oneOf, type, properties, additionalProperties, items } = schema;
      if ([$ref, allOf, anyOf, oneOf].some((part) => part !== undefined)) return false;
      const types = [type ?? []].flat();
      if (types.includes('object')) return properties === undefined && additionalProperties === undefined;
      return types.includes('array') ? items === undefined : types.length === 0 && !isAnything(schema);
    });
    expect(vague.map(({ pointer }) => pointer)).toEqual([]);
  });
});

/** An empty schema says on purpose that everything fits. */
function isAnything(schema: Schema): boolean {
  return Object.keys(schema).length === 0;
}
