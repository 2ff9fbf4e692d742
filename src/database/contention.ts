/** Deadlock and serialization failure. The transaction was rolled back. */
export const CONTENDED_CODES: ReadonlySet<unknown> = new Set(['40P01', '40001']);

/** Maximum number of attempts. */
export const ATTEMPTS = 3;

/** Whether the transaction was rolled back because of a concurrent one, so that an immediate retry may succeed. */
export function wasContended(error: unknown): boolean {
  return CONTENDED_CODES.has((error as { code?: unknown } | null)?.code);
}
