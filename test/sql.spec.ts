import 'reflect-metadata';
import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { sqlDocuments } from '../src/sql-documents.js';

const FOLDER = new URL('../docs/sql/', import.meta.url);

describe('the SQL of the service', () => {
  it('is the committed one (after a change: npm run docs)', () => {
    const committed = Object.fromEntries(
      readdirSync(FOLDER).map((file) => [file, readFileSync(new URL(file, FOLDER), 'utf8')]),
    );
    expect(Object.fromEntries(sqlDocuments())).toEqual(committed);
  });
});
