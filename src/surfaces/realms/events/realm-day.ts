/** A calendar day without a time zone: `YYYY-MM-DD`. Sorts as text. */
export type Day = string & { readonly __kind: 'day' };

/** Accepted formats, without checking that the day exists. */
export const DAY = /^(?:\d{4}-\d{2}-\d{2}|\d{8})$/;

/** Parses `YYYY-MM-DD` and `YYYYMMDD`; `undefined` for other formats and for days that do not exist. */
export function parseDay(text: string): Day | undefined {
  if (!DAY.test(text) || text.startsWith('0000')) return undefined;
  const iso = text.replace(/^(\d{4})(\d{2})(\d{2})$/, '$1-$2-$3');
  const milliseconds = Date.parse(`${iso}T00:00:00Z`);
  // `Date` turns 31 June into 1 July, so compare the result with the input.
  const exists = !Number.isNaN(milliseconds) && new Date(milliseconds).toISOString().startsWith(iso);
  return exists ? (iso as Day) : undefined;
}
