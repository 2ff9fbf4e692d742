import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Operation } from '../support/openapi/document.js';
import { Examples } from '../support/openapi/examples.js';
import { TestBed } from '../support/fixtures/test-bed.js';
import { FIXTURES } from '../support/fixtures/fixtures.js';

let testBed: TestBed;

beforeAll(async () => {
  testBed = await TestBed.open(1_000_000);
});
afterAll(() => testBed.close());

/** Whether there is an example to copy. */
const takesValues = ({ requestBody, parameters = [] }: Operation): boolean =>
  requestBody !== undefined || parameters.some((parameter) => parameter.in === 'query');

describe('the examples of a document', () => {
  it.each(Object.keys(FIXTURES))('are accepted when they are sent as they stand: %s', async (name) => {
    const { document, operations, fixture, caller } = await testBed.documentUnderTest(name);
    const examples = new Examples(document, fixture.references, fixture.exampleExceptions);
    const refused: string[] = [];
    const withExamples = operations.filter(takesValues);
    expect(withExamples.length).toBeGreaterThan(1);
    for (const operation of withExamples) {
      await fixture.before?.[operation.operationId]?.();
      const { sent, answer } = await caller.call(operation, examples.planOf(operation));
      if (answer.status >= 300) {
        refused.push(
          `${operation.operationId} ${sent.method} ${sent.path} ${sent.body ?? ''} -> ${answer.status} ${answer.text}`,
        );
      }
    }
    expect(refused).toEqual([]);
  });
});
