import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { Operation } from '../support/openapi/document.js';
import { plansOf, type Plan } from '../support/openapi/plans.js';
import { TestBed } from '../support/fixtures/test-bed.js';
import { FIXTURES } from '../support/fixtures/fixtures.js';

/** Numbers that overflow 32 bits once multiplied, 32 bits, 53, 64, and JavaScript's largest number. */
const LARGE = ['214748366', '2147483648', '9007199254740993', '9223372036854775808', '9'.repeat(400)];
const SMALL = ['0', '-2147483649', `-${'9'.repeat(400)}`];

/** Different queries with the number in them. */
const RUNS = 6;
const SEED = 11;

const VALID: Partial<Plan> = {
  unusualPath: undefined,
  unusualQuery: undefined,
  bodyError: undefined,
  unreadable: undefined,
  contentType: 'json',
  accept: 'application/json',
  credential: 'right',
};

const numbersOf = ({ parameters = [] }: Operation): string[] =>
  parameters
    .filter(({ in: place, schema }) => place === 'query' && schema.type === 'integer')
    .map(({ name }) => name);

let testBed: TestBed;

beforeAll(async () => {
  testBed = await TestBed.open(1_000_000);
});
afterAll(() => testBed.close());

describe('a whole number in a query', () => {
  it.each(Object.keys(FIXTURES))(
    'is no failure of ours, however large or small it is: %s',
    async (name) => {
      const { document, operations, fixture, caller } = await testBed.documentUnderTest(name);
      const failed: string[] = [];
      let answered = 0;
      for (const operation of operations.filter(({ method }) => method === 'GET')) {
        const names = numbersOf(operation);
        await fixture.before?.[operation.operationId]?.();
        const plans = plansOf(document, operation, { ...fixture.overriddenValues, ...fixture.references });
        for (const plan of fc.sample(plans, { seed: SEED, numRuns: names.length === 0 ? 0 : RUNS })) {
          for (const number of [...LARGE, ...SMALL]) {
            const query = { ...plan.query, ...Object.fromEntries(names.map((key) => [key, number])) };
            const { sent, answer } = await caller.call(operation, { ...plan, ...VALID, query });
            if (answer.status === 200) answered++;
            if (answer.status >= 500) failed.push(`${answer.status} ${sent.path.slice(0, 300)}`);
          }
        }
      }
      expect(answered).toBeGreaterThan(0);
      expect(failed).toEqual([]);
    },
    60_000,
  );
});
