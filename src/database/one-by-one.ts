import { PIPELINED_CONNECTION_COUNT } from './connection.js';

/** SQLSTATE classes that a single item of a batch may have caused: its data, a constraint, a lock. */
const CLASSES_OF_ONE = new Set(['22', '23', '40']);

/** Statement timeout: perhaps one item took all the time, or waited for a lock. */
const QUERY_CANCELED = '57014';

/** How long retries may take after that: every request is promised a response within two seconds. */
const LIMIT_MS = 700;

/** One connection stays free for others, should all retries be slow. */
const AT_A_TIME = PIPELINED_CONNECTION_COUNT - 1;

/** An item of a batch. */
interface BatchItem {
  readonly reject: (error: unknown) => void;
}

/** Whether a single item of a batch may have caused its failure. */
export function mayBeOfOne(error: unknown): boolean {
  const code = codeOf(error);
  return code !== undefined && (code === QUERY_CANCELED || CLASSES_OF_ONE.has(code.slice(0, 2)));
}

/**
 * Retries each item of a failed batch by itself. Items that have not begun when time is over are rejected with the error.
 * With `abandon` so are those that have: that is for reads only, since a write may still be carried out.
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
    // Statements of one turn of the event loop share a connection, and would wait there behind a slow one.
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
