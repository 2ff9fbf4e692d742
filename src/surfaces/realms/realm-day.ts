/** A day of a calendar, in no zone: `YYYY-MM-DD`. Comparing the text compares the days. */
export type Day = string & { readonly __kind: 'day' };

const DAY = /^(?!0000)(\d{4})(-?)(\d{2})\2(\d{2})$/;

/** Reads `YYYY-MM-DD` and `YYYYMMDD`; `undefined` for other forms and for days that do not exist. */
export function parseDay(text: string): Day | undefined {
  const [, year, , month, day] = DAY.exec(text) ?? [];
  if (year === undefined) return undefined;
  const iso = `${year}-${String(month)}-${String(day)}`;
  const milliseconds = Date.parse(`${iso}T00:00:00Z`);
  // `Date` rolls 31 June over to 1 July; a day that does not come back as written does not exist.
  const exists = !Number.isNaN(milliseconds) && new Date(milliseconds).toISOString().startsWith(iso);
  return exists ? (iso as Day) : undefined;
}
