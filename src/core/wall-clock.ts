/**
 * What a clock on a wall shows, in no zone: `YYYY-MM-DD HH:MM:SS`. It is stored and returned as it came; comparing the
 * text compares the time.
 */
export type WallClock = string & { readonly __kind: 'wall clock' };

/** The form of the text; whether such a time exists is another question. */
export const WALL_CLOCK = /^\d{4}-\d{2}-\d{2} \d{2}:\d{2}:\d{2}$/;

/** Answers `undefined` for text in another form, and for times that no clock shows (31 June, 24:00:00). */
export function parseWallClock(text: string): WallClock | undefined {
  if (!WALL_CLOCK.test(text) || text.startsWith('0000')) return undefined;
  const iso = text.replace(' ', 'T');
  const milliseconds = Date.parse(`${iso}Z`);
  // `Date` rolls 31 June over to 1 July; a time that does not come back as written does not exist.
  const exists = !Number.isNaN(milliseconds) && new Date(milliseconds).toISOString().startsWith(iso);
  return exists ? (text as WallClock) : undefined;
}
