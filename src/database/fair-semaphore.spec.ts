import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { setTimeout as pause } from 'node:timers/promises';
import { FairSemaphore, type FairSemaphoreOptions, type Release } from './fair-semaphore.js';

const refused = new Error('refused');
const semaphore = (differing: Partial<FairSemaphoreOptions> = {}): FairSemaphore<string> =>
  new FairSemaphore({
    slots: 2,
    slotsPerKey: 1,
    waitingPerKey: 100,
    patienceMs: 500,
    refusal: () => refused,
    ...differing,
  });

/** Waits until the callbacks of settled promises have run. */
const settle = (): Promise<void> => new Promise((turn) => setImmediate(turn));

/** Records acquired slots in order, each with its release function, and rejected requests. */
class Entrance {
  readonly entered: string[] = [];
  readonly inside: { readonly key: string; readonly release: Release }[] = [];
  readonly refused: string[] = [];

  constructor(readonly door: FairSemaphore<string>) {}

  knock(key: string): void {
    void this.door.acquire(key).then(
      (release) => {
        this.entered.push(key);
        this.inside.push({ key, release });
      },
      () => this.refused.push(key),
    );
  }

  leave(at = 0): void {
    const [one] = this.inside.splice(at, 1);
    one?.release();
  }
}

describe('FairSemaphore', () => {
  it('lets in at once who finds a slot', async () => {
    const entrance = new Entrance(semaphore());
    entrance.knock('a');
    entrance.knock('b');
    await settle();
    expect(entrance.entered).toEqual(['a', 'b']);
  });

  it('leaves the slots beyond its ceiling to others, whatever one asks for', async () => {
    const entrance = new Entrance(semaphore());
    for (let n = 0; n < 50; n++) entrance.knock('a');
    entrance.knock('b');
    await settle();
    expect(entrance.entered).toEqual(['a', 'b']);
  });

  it('lets a newcomer in after one of each key that waited before, however many those are', async () => {
    const keys = Array.from({ length: 20 }, (_, n) => `key ${n}`);
    const entrance = new Entrance(semaphore());
    for (let n = 0; n < 10; n++) for (const key of keys) entrance.knock(key);
    entrance.knock('newcomer');
    for (let n = 0; n <= keys.length; n++) {
      await settle();
      entrance.leave();
    }
    await settle();
    expect(entrance.entered).toContain('newcomer');
    expect(new Set(entrance.entered.slice(0, keys.length)).size).toBe(keys.length);
  });

  it('refuses whom it has no room to let wait, and nobody of another key', async () => {
    const entrance = new Entrance(semaphore({ waitingPerKey: 3, slots: 1 }));
    for (let n = 0; n < 10; n++) entrance.knock('a');
    entrance.knock('b');
    await settle();
    expect(entrance.refused).toEqual(Array(6).fill('a'));
    for (let n = 0; n < 5; n++) {
      entrance.leave();
      await settle();
    }
    expect([...entrance.entered].sort()).toEqual(['a', 'a', 'a', 'a', 'b']);
  });

  it('refuses who has waited too long, and forgets about it', async () => {
    const entrance = new Entrance(semaphore({ patienceMs: 5 }));
    entrance.knock('a');
    entrance.knock('a');
    await pause(30);
    expect(entrance.refused).toEqual(['a']);
    entrance.leave();
    entrance.knock('a');
    await settle();
    expect(entrance.entered).toEqual(['a', 'a']);
    expect(entrance.inside).toHaveLength(1);
  });

  it('gives a slot back once, however often it is told to', async () => {
    const entrance = new Entrance(semaphore({ slots: 1 }));
    for (const key of ['a', 'b', 'c']) entrance.knock(key);
    await settle();
    const [first] = entrance.inside;
    first?.release();
    first?.release();
    await settle();
    expect(entrance.entered).toEqual(['a', 'b']);
  });

  it('is contended while somebody waits for what others have, not for what is their own', async () => {
    const entrance = new Entrance(semaphore());
    entrance.knock('a');
    entrance.knock('a');
    expect(entrance.door.isContended).toBe(false);
    entrance.knock('b');
    expect(entrance.door.isContended).toBe(false);
    entrance.knock('c');
    expect(entrance.door.isContended).toBe(true);
    for (let n = 0; n < 2; n++) {
      await settle();
      entrance.leave();
    }
    expect(entrance.door.isContended).toBe(false);
  });

  it('loses no slot, breaks no ceiling and makes nobody wait beside a free slot', async () => {
    const step = fc.oneof(
      fc.record({ knock: fc.constantFrom('a', 'b', 'c', 'd') }),
      fc.record({ leave: fc.nat(10) }),
    );
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 1, max: 4 }),
        fc.integer({ min: 1, max: 4 }),
        fc.array(step, { maxLength: 60 }),
        async (slots, slotsPerKey, steps) => {
          const entrance = new Entrance(semaphore({ slots, slotsPerKey }));
          const knocked = { a: 0, b: 0, c: 0, d: 0 } as Record<string, number>;
          const count = (list: readonly string[], key: string): number =>
            list.filter((one) => one === key).length;
          const look = (): void => {
            const inside = entrance.inside.map(({ key }) => key);
            expect(inside.length).toBeLessThanOrEqual(slots);
            for (const [key, times] of Object.entries(knocked)) {
              expect(count(inside, key)).toBeLessThanOrEqual(slotsPerKey);
              const waits = times > count(entrance.entered, key);
              if (waits && inside.length < slots) expect(count(inside, key)).toBe(slotsPerKey);
            }
          };
          for (const one of steps) {
            if ('knock' in one) {
              knocked[one.knock] = (knocked[one.knock] ?? 0) + 1;
              entrance.knock(one.knock);
            } else if (entrance.inside.length > 0) entrance.leave(one.leave % entrance.inside.length);
            await settle();
            look();
          }
          while (entrance.inside.length > 0) {
            entrance.leave();
            await settle();
            look();
          }
          expect(entrance.entered).toHaveLength(Object.values(knocked).reduce((sum, times) => sum + times));
        },
      ),
      { numRuns: 60 },
    );
  });
});
