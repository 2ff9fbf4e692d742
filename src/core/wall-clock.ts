/**
 * A local date and time without a zone: `YYYY-MM-DD HH:MM:SS`. It is stored and returned unchanged; comparing the
 * strings compares the times.
 */
export type WallClock = string & { readonly __kind: 'wall clock' };

/** Only the format; it does not check that the month has such a day. */
export const WALL_CLOCK =
  /^\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01]) (?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d$/;

/** Returns `undefined` for other formats and for dates and times that do not exist (31 June, 24:00:00). */
export function parseWallClock(text: string): WallClock | undefined {
  if (!WALL_CLOCK.test(text) || text.startsWith('0000')) return undefined;
  const day = Number(text.slice(8, 10));
  const exists = day <= 28 || day <= daysIn(Number(text.slice(0, 4)), Number(text.slice(5, 7)));
  return exists ? (text as WallClock) : undefined;
}

function daysIn(year: number, month: number): number {
  if (month === 2) return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0) ? 29 : 28;
  return month === 4 || month === 6 || month === 9 || month === 11 ? 30 : 31;
}
