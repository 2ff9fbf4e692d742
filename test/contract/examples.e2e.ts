import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Operation } from '../support/openapi/document.js';
import { Examples } from '../support/openapi/examples.js';
import { Stage } from '../support/fixtures/test-bed.js';
import { WORLDS } from '../support/fixtures/fixtures.js';

let stage: Stage;

beforeAll(async () => {
  stage = await Stage.open(1_000_000);
});
afterAll(() => stage.close());

/** Whether there is an example to copy. */
const takesValues = ({ requestBody, parameters = [] }: Operation): boolean =>
  requestBody !== undefined || parameters.some((parameter) => parameter.in === 'query');

describe('the examples of a document', () => {
  it.each(Object.keys(WORLDS))('are accepted when they are sent as they stand: %s', async (name) => {
    const { document, operations, world, caller } = await stage.scene(name);
    const examples = new Examples(document, world.references, world.exampleExceptions);
    const refused: string[] = [];
    const withExamples = operations.filter(takesValues);
    expect(withExamples.length).toBeGreaterThan(1);
    for (const operation of withExamples) {
      await world.before?.[operation.operationId]?.();
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
