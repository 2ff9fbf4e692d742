/** Zones met before: asking `Intl` takes as long as all the rest of a request. There are about 600, in some spellings. */
const known = new Set<string>();
const MAX_KNOWN = 2000;

/** Whether a text names an IANA time zone (`Europe/Berlin`, `UTC`). Offsets such as `+02:00` are no zones. */
export function isTimeZone(text: string): boolean {
  if (known.has(text)) return true;
  if (!/^[A-Za-z]/.test(text)) return false;
  try {
    new Intl.DateTimeFormat('en', { timeZone: text });
    if (known.size < MAX_KNOWN) known.add(text);
    return true;
  } catch {
    return false;
  }
}
