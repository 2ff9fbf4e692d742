/** Cache of known zones: asking `Intl` takes as long as the rest of a request. There are about 600, plus case variants. */
const known = new Set<string>();
const MAX_KNOWN = 2000;

/** Whether a string is an IANA time zone (`Europe/Berlin`, `UTC`). Offsets such as `+02:00` are not. */
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
