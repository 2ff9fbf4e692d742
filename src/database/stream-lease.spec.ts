import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { EventEmitter } from 'node:events';
import type { PoolClient } from 'pg';
import { StreamLease } from './stream-lease.js';

const IDLE_LIMIT_MS = 30_000;
const SECOND = 1_000;

beforeEach(() => {
  jest.useFakeTimers();
});
afterEach(() => {
  jest.useRealTimers();
});

interface Lent {
  readonly lease: StreamLease;
  readonly released: boolean[];
  readonly signal: AbortSignal;
  overs: number;
}

function lend(): Lent {
  const released: boolean[] = [];
  const client = Object.assign(new EventEmitter(), { release: (destroy: boolean) => released.push(destroy) });
  const cutOff = new AbortController();
  const lent: Lent = {
    lease: new StreamLease(client as unknown as PoolClient, cutOff, () => lent.overs++),
    released,
    signal: cutOff.signal,
    overs: 0,
  };
  return lent;
}

/** Reads batches of 500 rows, each after the given number of seconds. */
function read({ lease }: Lent, batches: number, seconds: number): void {
  for (let n = 0; n < batches && !lease.isTooSlow; n++) {
    lease.handOut(IDLE_LIMIT_MS);
    jest.advanceTimersByTime(seconds * SECOND);
    lease.taken(500);
  }
}

describe('StreamLease', () => {
  it('puts up with a reader of a hundred rows a second, however long that takes', () => {
    const lent = lend();
    read(lent, 100, 5);
    expect(lent.lease.isTooSlow).toBe(false);
    expect(lent.released).toEqual([]);
  });

  it('finds a reader too slow that takes less than that for a minute', () => {
    const lent = lend();
    read(lent, 9, 6);
    expect(lent.lease.isTooSlow).toBe(false);
    read(lent, 9, 6);
    expect(lent.lease.isTooSlow).toBe(true);
  });

  it('finds a reader too slow that began fast', () => {
    const lent = lend();
    read(lent, 200, 0.1);
    read(lent, 40, 6.5);
    expect(lent.lease.isTooSlow).toBe(true);
  });

  it('does not count the time that the database takes', () => {
    const lent = lend();
    read(lent, 1, 1);
    jest.advanceTimersByTime(600 * SECOND);
    read(lent, 1, 1);
    expect(lent.lease.isTooSlow).toBe(false);
  });

  it('cuts a reader off that takes nothing until its time is over, and says so', () => {
    const lent = lend();
    lent.lease.handOut(IDLE_LIMIT_MS);
    jest.advanceTimersByTime(IDLE_LIMIT_MS - 1);
    expect([lent.lease.idleMs, lent.signal.aborted]).toEqual([IDLE_LIMIT_MS - 1, false]);
    jest.advanceTimersByTime(1);
    expect([lent.signal.aborted, lent.released, lent.overs]).toEqual([true, [true], 1]);
  });

  it('is over once, however it ends', async () => {
    const lent = lend();
    lent.lease.cutOff();
    lent.lease.end();
    await lent.lease.giveBack(() => Promise.resolve(), SECOND);
    expect([lent.released, lent.overs]).toEqual([[true], 1]);
  });

  it('goes back to the pool with its cursor closed, and is closed where that does not come about', async () => {
    const sound = lend();
    await sound.lease.giveBack(() => Promise.resolve(), SECOND);
    expect([sound.released, sound.overs, sound.signal.aborted]).toEqual([[false], 1, false]);
    const stuck = lend();
    void stuck.lease.giveBack(() => new Promise(() => undefined), SECOND);
    jest.advanceTimersByTime(SECOND);
    expect([stuck.released, stuck.overs]).toEqual([[true], 1]);
  });
});
