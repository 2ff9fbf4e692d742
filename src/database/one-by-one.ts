import type { BatchItem } from './batcher.js';
import { PIPELINED_CONNECTION_COUNT } from './connection.js';

/** SQLSTATE classes that a single item of a batch may cause: data, constraint and transaction rollback errors. */
const CLASSES_OF_ONE = new Set(['22', '23', '40']);

/** Statement timeout: a single item may have been slow or blocked by a lock. */
const QUERY_CANCELED = '57014';

/** Time limit for retries after a timeout: every request must get a response within two seconds. */
const LIMIT_MS = 700;

/** Keeps one connection free for other requests if all retries are slow. */
const AT_A_TIME = PIPELINED_CONNECTION_COUNT - 1;

/** Whether a single item of the batch may have caused the error. */
export function mayBeOfOne(error: unknown): boolean {
  const code = codeOf(error);
  return code !== undefined && (code === QUERY_CANCELED || CLASSES_OF_ONE.has(code.slice(0, 2)));
}

/**
 * Retries each item of a failed batch separately. Items not started within the time limit are rejected with the error.
 * With `abandon`, running items are rejected too; use it for reads only, since a running write may still commit.
 */
export async function oneByOne<One extends BatchItem>(
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
    // Statements sent in the same event loop turn share a connection, where they would wait behind a slow one.
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
