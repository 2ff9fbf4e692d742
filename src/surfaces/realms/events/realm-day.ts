/** A day of a calendar, in no zone: `YYYY-MM-DD`. Comparing the text compares the days. */
export type Day = string & { readonly __kind: 'day' };

/** The forms that are read; whether such a day exists is another question. */
export const DAY = /^(?:\d{4}-\d{2}-\d{2}|\d{8})$/;

/** Reads `YYYY-MM-DD` and `YYYYMMDD`; `undefined` for other forms and for days that do not exist. */
export function parseDay(text: string): Day | undefined {
  if (!DAY.test(text) || text.startsWith('0000')) return undefined;
  const iso = text.replace(/^(\d{4})(\d{2})(\d{2})$/, '$1-$2-$3');
  const milliseconds = Date.parse(`${iso}T00:00:00Z`);
  // `Date` rolls 31 June over to 1 July; a day that does not come back as written does not exist.
  const exists = !Number.isNaN(milliseconds) && new Date(milliseconds).toISOString().startsWith(iso);
  return exists ? (iso as Day) : undefined;
}
