import { existsSync, readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { documentsOf } from '../../src/app.setup.js';
import { bootApp, type TestApp } from '../support/app.js';
import { call } from '../support/http.js';

let app: TestApp;

beforeAll(async () => {
  app = await bootApp();
});
afterAll(() => app.close());

/** The committed documents, written by `npm run docs`. */
const FOLDER = new URL('../../docs/openapi/', import.meta.url);
const PUBLIC_URL = 'http://localhost:3000';

describe('the OpenAPI documents', () => {
  it('are the committed ones (after a change: npm run docs)', () => {
    const documents = documentsOf(app.app, PUBLIC_URL);
    expect(documents.length).toBeGreaterThan(0);
    for (const { name, document } of documents) {
      const file = new URL(`${name}.json`, FOLDER);
      expect([name, existsSync(file)]).toEqual([name, true]);
      expect(JSON.parse(JSON.stringify(document))).toEqual(JSON.parse(readFileSync(file, 'utf8')));
    }
  });

  it('give every operation an id, a summary and its refusals', () => {
    for (const { name, document } of documentsOf(app.app, PUBLIC_URL)) {
      const operations = Object.entries(document.paths).flatMap(([path, item]) =>
        Object.entries(
          item as Record<
            string,
            { operationId?: string; summary?: string; responses: Record<string, unknown> }
          >,
        ).map(([method, operation]) => ({ where: `${name} ${method} ${path}`, ...operation })),
      );
      const ids = operations.map(({ operationId }) => operationId);
      expect(new Set(ids).size).toBe(ids.length);
      for (const { where, operationId, summary, responses } of operations) {
        expect([where, typeof operationId, (summary ?? '').length > 5]).toEqual([where, 'string', true]);
        if (!where.endsWith('/health'))
          expect([where, Object.keys(responses)]).toEqual([where, expect.arrayContaining(['401', '503'])]);
      }
    }
  });

  it('are served, as JSON and as YAML, and offered on one page', async () => {
    for (const { name } of documentsOf(app.app, PUBLIC_URL)) {
      expect((await call(`${app.url}/docs/${name}.json`)).json.openapi).toBe('3.1.0');
      expect((await call(`${app.url}/docs/${name}.yaml`)).text).toMatch(/^openapi: 3\.1\.0/m);
    }
    expect((await call(`${app.url}/docs`)).text).toContain('/docs/training.json');
  });
});
