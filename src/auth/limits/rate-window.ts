/**
 * What the statements that count requests share. Which window it is says PostgreSQL, whose clock all processes have;
 * the requests asked for are in `excluded.taken`.
 */

/** The start of the present window, in epoch seconds. */
export function presentWindow(seconds: number): string {
  return `floor(extract(epoch FROM now()) / ${seconds})::bigint * ${seconds}`;
}

/** The columns of a counter `w` that is there already, after as much as is left of the limit was taken. */
export function taking(limit: string, seconds: number): string {
  // Who waited for the row may find a window that has begun meanwhile. One further ahead was written by a clock that
  // was wrong, and is not waited for.
  const isPresent = `w.started_at BETWEEN excluded.started_at AND excluded.started_at + ${seconds}`;
  return `
    started_at = CASE WHEN ${isPresent} THEN w.started_at ELSE excluded.started_at END,
    taken = CASE WHEN ${isPresent} THEN least(w.taken + excluded.taken, greatest(${limit}::integer, w.taken))
                 ELSE excluded.taken END,
    granted = CASE WHEN ${isPresent} THEN greatest(least(excluded.taken, ${limit}::integer - w.taken), 0)
                   ELSE excluded.taken END`;
}

/** Seconds until a counter's window ends. */
export function secondsLeft(startedAt: string, seconds: number): string {
  return `(${startedAt} + ${seconds} - extract(epoch FROM clock_timestamp()))::float8`;
}
