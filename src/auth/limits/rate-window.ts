/**
 * SQL shared by the statements that count requests. The window is determined by PostgreSQL's clock, which all processes
 * share; `excluded.taken` is the number of requests to take.
 */

/** The start of the current window, in epoch seconds. */
export function currentWindow(seconds: number): string {
  return `floor(extract(epoch FROM now()) / ${seconds})::bigint * ${seconds}`;
}

/** Assignments for an existing counter `w` that take as many requests as `:limit` allows. */
export function takeColumns(seconds: number): string {
  // After waiting for the row lock, the row may be in the next window already. A window further ahead was written while
  // the clock was wrong, and is replaced.
  const isPresent = `w.started_at BETWEEN excluded.started_at AND excluded.started_at + ${seconds}`;
  return `
    started_at = CASE WHEN ${isPresent} THEN w.started_at ELSE excluded.started_at END,
    taken = CASE WHEN ${isPresent} THEN least(w.taken + excluded.taken, greatest(:limit::integer, w.taken))
                 ELSE excluded.taken END,
    granted = CASE WHEN ${isPresent} THEN greatest(least(excluded.taken, :limit::integer - w.taken), 0)
                   ELSE excluded.taken END`;
}

/** Seconds until the window ends. */
export function secondsLeft(startedAt: string, seconds: number): string {
  return `(${startedAt} + ${seconds} - extract(epoch FROM clock_timestamp()))::float8`;
}
