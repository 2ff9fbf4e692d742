import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { AttemptLimiter, type AttemptLimit } from '../../src/auth/limits/attempt-limiter.js';
import { AttemptWindowsRepository } from '../../src/auth/limits/attempt-windows.repository.js';
import type { Failure } from '../../src/core/failure.js';
import { bootApp, type TestApp } from '../support/app.js';

let app: TestApp;
let windows: AttemptWindowsRepository;

beforeAll(async () => {
  app = await bootApp();
  windows = app.app.get(AttemptWindowsRepository);
});
afterAll(() => app.close());

const ceiling = (attempts: number, seconds = 60): AttemptLimit => ({
  name: 'of a test',
  attempts,
  seconds,
  refusal: 'Enough.',
});

/** How many of so many attempts at the same moment are let in. */
async function letIn(
  limiter: AttemptLimiter,
  asked: AttemptLimit,
  whose: string,
  attempts: number,
): Promise<number> {
  const counts = Array.from({ length: attempts }, () =>
    limiter.count(asked, whose).then(
      () => 1,
      (refused: Failure) => (refused.kind === 'rate-limited' ? 0 : Promise.reject(refused)),
    ),
  );
  return (await Promise.all<number>(counts)).reduce((sum, one) => sum + one, 0);
}

/** The windows, with the number of statements sent: the service's own count has those of its background jobs as well. */
class CountedWindows implements Pick<AttemptWindowsRepository, 'countAttempt'> {
  statements = 0;

  countAttempt: AttemptWindowsRepository['countAttempt'] = (...attempt) => {
    this.statements++;
    return windows.countAttempt(...attempt);
  };
}

const kept = async (): Promise<number> => {
  const { rows } = await app.open.pool.query<{ kept: number }>(
    'SELECT count(*)::integer AS kept FROM tenancy.attempt_windows',
  );
  return rows[0]?.kept ?? 0;
};

describe('attempts', () => {
  it('are let in up to their ceiling, in all processes together, with no statement for the rest', async () => {
    const counted = new CountedWindows();
    const [one, other] = [new AttemptLimiter(counted), new AttemptLimiter(counted)];
    const both = await Promise.all([one, other].map((limiter) => letIn(limiter, ceiling(20), 'both', 50)));
    expect(both.reduce((sum, count) => sum + count, 0)).toBe(20);
    expect(counted.statements).toBeLessThanOrEqual(40);
  });

  it('are let in again when their window is over, and forgotten then', async () => {
    const limiter = new AttemptLimiter(windows);
    const short = ceiling(3, 0.5);
    expect(await letIn(limiter, short, 'again', 5)).toBe(3);
    await limiter.count(ceiling(3), 'meanwhile');
    const before = await kept();
    await new Promise((resume) => setTimeout(resume, 600));
    expect(await letIn(limiter, short, 'again', 5)).toBe(3);
    await new Promise((resume) => setTimeout(resume, 600));
    await windows.prune();
    expect(await kept()).toBe(before - 1);
    expect(await letIn(limiter, ceiling(3), 'meanwhile', 5)).toBe(2);
  });

  it('are counted by each process for itself while the database cannot', async () => {
    const limiter = new AttemptLimiter({
      countAttempt: () => Promise.reject(new Error('The database is away.')),
    });
    expect(await letIn(limiter, ceiling(4), 'alone', 10)).toBe(4);
  });

  it('have no end where the ceiling is 0', async () => {
    const counted = new CountedWindows();
    expect(await letIn(new AttemptLimiter(counted), ceiling(0), 'off', 10)).toBe(10);
    expect(counted.statements).toBe(0);
  });
});
