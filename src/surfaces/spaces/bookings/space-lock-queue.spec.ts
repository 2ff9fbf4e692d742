import { describe, expect, it } from '@jest/globals';
import { setTimeout as pause } from 'node:timers/promises';
import { Deadline } from './space-deadline.js';
import { SpaceLockQueue } from './space-lock-queue.js';

describe('SpaceLockQueue', () => {
  it('runs work of one line one after the other, whatever fails, and forgets the line', async () => {
    const queue = new SpaceLockQueue();
    let running = 0;
    const runs = Array.from({ length: 20 }, (_, index) =>
      queue.run(index % 2 === 0 ? ['a', 'b'] : ['b', 'a'], async () => {
        expect(++running).toBe(1);
        await pause(1);
        running--;
        if (index % 3 === 0) throw new Error('failed');
        return index;
      }),
    );
    const results = await Promise.allSettled(runs);
    expect(results.map(({ status }) => status)).toEqual(
      results.map((_, index) => (index % 3 === 0 ? 'rejected' : 'fulfilled')),
    );
    expect(await queue.run(['a'], () => Promise.resolve('free'))).toBe('free');
  });

  it('tells all who wait of a trouble that they would meet as well, and nobody who comes later', async () => {
    const error = new Error('Query read timeout');
    const queue = new SpaceLockQueue();
    let tried = 0;
    const runs = ['a', 'a', 'b', 'a'].map((key) =>
      queue.run([key], async () => {
        await pause(1);
        if (key === 'b') return 'beside it';
        tried++;
        throw error;
      }),
    );
    const results = await Promise.allSettled(runs);
    expect(results.map(({ status }) => status)).toEqual(['rejected', 'rejected', 'fulfilled', 'rejected']);
    expect(tried).toBe(1);
    expect(await queue.run(['a'], () => Promise.resolve('free'))).toBe('free');
  });

  it('never runs what waited for too long, and keeps the order of those behind it', async () => {
    const queue = new SpaceLockQueue();
    const ran: string[] = [];
    const run = (name: string, milliseconds: number, waitMs?: number): Promise<void> =>
      queue.run(
        ['a'],
        async () => {
          ran.push(`${name} begins`);
          await pause(milliseconds);
          ran.push(`${name} ends`);
        },
        waitMs === undefined ? undefined : new Deadline(waitMs),
      );
    const runs = [run('first', 60, 1), run('late', 1, 20), run('patient', 1, 5_000), run('last', 1)];
    const startedAt = performance.now();
    await expect(runs[1]).rejects.toMatchObject({ kind: 'unavailable' });
    expect(performance.now() - startedAt).toBeLessThan(50);
    expect(ran).toEqual(['first begins']);
    await Promise.allSettled(runs);
    expect(ran).toEqual(['first', 'patient', 'last'].flatMap((name) => [`${name} begins`, `${name} ends`]));
    expect(queue.isBusy('a')).toBe(false);
  });

  it('does not let different lines wait for each other', async () => {
    const queue = new SpaceLockQueue();
    const never = queue.run(['a'], () => pause(200));
    expect(await queue.run(['b'], () => Promise.resolve('at once'))).toBe('at once');
    await never;
  });
});
