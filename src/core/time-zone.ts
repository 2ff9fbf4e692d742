/** Whether a text names an IANA time zone (`Europe/Berlin`, `UTC`). Offsets such as `+02:00` are no zones. */
export function isTimeZone(text: string): boolean {
  if (!/^[A-Za-z]/.test(text)) return false;
  try {
    new Intl.DateTimeFormat('en', { timeZone: text });
    return true;
  } catch {
    return false;
  }
}
