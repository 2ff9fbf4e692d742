/**
 * What a clock on a wall shows, in no zone: `YYYY-MM-DD HH:MM:SS`. It is stored and returned as it came; comparing the
 * text compares the time.
 */
export type WallClock = string & { readonly __kind: 'wall clock' };

/** The form of the text; whether the month has such a day is another question. */
export const WALL_CLOCK =
  /^\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01]) (?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d$/;

/** Answers `undefined` for text in another form, and for times that no clock shows (31 June, 24:00:00). */
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
