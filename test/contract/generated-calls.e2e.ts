import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { answerCheck } from '../support/openapi/answer-check.js';
import type { Sent } from '../support/openapi/caller.js';
import { plansOf, type Plan } from '../support/openapi/plans.js';
import { TestBed } from '../support/fixtures/test-bed.js';
import { FIXTURES } from '../support/fixtures/fixtures.js';

/** Calls of each operation. For more of them, or others: `CONTRACT_RUNS=200 CONTRACT_SEED=1 npm run test:e2e …`. */
const RUNS = Number(process.env.CONTRACT_RUNS ?? 15);
const SEED = Number(process.env.CONTRACT_SEED ?? 7);
const TIMEOUT_MS = 120_000 + RUNS * 2_000;

const NAMES = Object.keys(FIXTURES);
const MAX_REPORTED = 500;

/** Their credential is a token from another call, which is over the rate limit by then. */
const NEED_ANOTHER_CALL = ['getRealmAccessToken', 'postRealmAccessToken'];

let testBed: TestBed;

/** The request and its response, for reproducing it. */
const reported = ({ method, path, headers, body = '' }: Sent, answer: string): string =>
  `${method} ${path} ${JSON.stringify(headers)} ${body.slice(0, MAX_REPORTED)} -> ${answer.slice(0, MAX_REPORTED)}`;

const isServerError = (status: number): boolean => status >= 500 && status !== 503;

describe('every operation', () => {
  beforeAll(async () => {
    testBed = await TestBed.open(1_000_000);
  });
  afterAll(() => testBed.close());

  it.each(NAMES)(
    'answers sound and faulty calls as its document says: %s',
    async (name) => {
      const { document, operations, fixture, caller } = await testBed.documentUnderTest(name);
      const known = { ...fixture.overriddenValues, ...fixture.references };
      const faultsIn = answerCheck(document);
      const faults: Record<string, string> = {};
      const statuses = new Map<string, Set<number>>();
      for (const [index, operation] of operations.entries()) {
        const { operationId } = operation;
        await fixture.before?.[operationId]?.();
        const seen = new Set<number>();
        statuses.set(operationId, seen);
        const plans = plansOf(document, operation, known, fixture.bodies?.[operationId]);
        for (const plan of fc.sample(plans, { seed: SEED + index, numRuns: RUNS })) {
          const { sent, answer } = await caller.call(operation, plan);
          seen.add(answer.status);
          const found = faultsIn(operation, answer);
          if (isServerError(answer.status)) found.push(`${answer.status} says that we failed`);
          for (const fault of found) faults[`${operationId}: ${fault}`] = reported(sent, answer.text);
        }
      }
      expect(faults).toEqual({});
      // A generator whose calls are all refused would test little.
      const neverDone = [...statuses].filter(([, seen]) => ![...seen].some((status) => status < 300));
      expect(neverDone.map(([operationId]) => operationId)).toEqual([]);
    },
    TIMEOUT_MS,
  );
});

describe('every operation over the ceiling', () => {
  beforeAll(async () => {
    testBed = await TestBed.open(1);
  });
  afterAll(() => testBed.close());

  it.each(NAMES)('answers as its document says: %s', async (name) => {
    const { document, operations, fixture, caller } = await testBed.documentUnderTest(name);
    const faultsIn = answerCheck(document);
    const sound: Partial<Plan> = {
      bodyError: undefined,
      unreadable: undefined,
      unusualPath: undefined,
      contentType: 'json',
      credential: 'right',
    };
    const faults: string[] = [];
    for (const operation of operations.filter(
      ({ operationId }) => !NEED_ANOTHER_CALL.includes(operationId),
    )) {
      const plans = fc.sample(plansOf(document, operation, fixture.references), { seed: SEED, numRuns: 3 });
      const answers = [];
      for (const plan of plans) answers.push((await caller.call(operation, { ...plan, ...sound })).answer);
      // The admin API limits only wrong tokens; this one is right.
      const isCounted = name !== 'admin' && '429' in operation.responses;
      // A window may end between two calls, and not again before the third.
      const isRefused = answers.slice(1).some(({ status }) => status === 429);
      if (isCounted !== isRefused)
        faults.push(`${operation.operationId} ${answers.map(({ status }) => status).join()}`);
      faults.push(...answers.flatMap((answer) => faultsIn(operation, answer)));
    }
    expect(faults).toEqual([]);
  });
});
