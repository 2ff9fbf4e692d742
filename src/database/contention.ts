/** Deadlock, and a serialization failure; what was ended so has left nothing behind. */
export const CONTENDED_CODES: ReadonlySet<unknown> = new Set(['40P01', '40001']);

/** How often something is tried that others keep in the way of. */
export const ATTEMPTS = 3;

/** Whether PostgreSQL ended it for the sake of others, so that it may well succeed at once. */
export function wasContended(error: unknown): boolean {
  return CONTENDED_CODES.has((error as { code?: unknown } | null)?.code);
}
