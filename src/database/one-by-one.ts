import { PIPELINED_CONNECTION_COUNT } from './connection.js';

/** SQLSTATE classes that one of many may be to blame for: its data, a constraint, a lock. */
const CLASSES_OF_ONE = new Set(['22', '23', '40']);

/** A statement that ran out of time, perhaps because one of many took it all, or waited for a lock. */
const QUERY_CANCELED = '57014';

/** How much more time there is after that: whoever asked is promised an answer within two seconds. */
const LIMIT_MS = 700;

/** One connection stays free for others, should all that are tried be slow. */
const AT_A_TIME = PIPELINED_CONNECTION_COUNT - 1;

/** One of those who shared a statement. */
interface Companion {
  readonly reject: (error: unknown) => void;
}

/** Whether one of those who shared a statement may be to blame for its failure. */
export function mayBeOfOne(error: unknown): boolean {
  const code = codeOf(error);
  return code !== undefined && (code === QUERY_CANCELED || CLASSES_OF_ONE.has(code.slice(0, 2)));
}

/**
 * Tries each of those who shared a failed statement once more, by itself. Who has not begun when time is over is told
 * the error. With `abandon` so is who has: that is for reads, for a write may still be done after it was called a
 * failure.
 */
export async function oneByOne<One extends Companion>(
  all: readonly One[],
  error: unknown,
  run: (one: One) => Promise<void>,
  { abandon = false } = {},
): Promise<void> {
  const waiting = [...all];
  const giveUp = (): void => {
    for (const { reject } of abandon ? all : waiting) reject(error);
    waiting.length = 0;
  };
  const limit = codeOf(error) === QUERY_CANCELED ? setTimeout(giveUp, LIMIT_MS) : undefined;
  const underWay = new Set<Promise<void>>();
  while (waiting.length > 0) {
    if (underWay.size === AT_A_TIME) {
      await Promise.race(underWay);
      continue;
    }
    // What leaves in one turn of the event loop shares a connection, and would wait there behind a slow one.
    await new Promise((turn) => setImmediate(turn));
    const one = waiting.shift();
    if (one === undefined) break;
    const running = run(one).finally(() => underWay.delete(running));
    underWay.add(running);
  }
  await Promise.all(underWay);
  clearTimeout(limit);
}

function codeOf(error: unknown): string | undefined {
  const { code } = (error ?? {}) as { code?: unknown };
  return typeof code === 'string' ? code : undefined;
}
