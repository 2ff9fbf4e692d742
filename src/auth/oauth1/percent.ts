/** Names and most values are done after one look. */
const NOTHING_TO_ENCODE = /^[\w.~-]*$/;

/** Percent-encoding of RFC 5849, 3.6: everything but letters, digits and `-._~`, as UTF-8, in upper case. */
export function percentEncode(text: string): string {
  if (NOTHING_TO_ENCODE.test(text)) return text;
  return encodeURIComponent(text).replace(
    /[!'()*]/g,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}

/** Reads a value of an `Authorization` header, where a plus is a plus. `undefined` for what cannot be decoded. */
export function percentDecode(text: string): string | undefined {
  if (!text.includes('%')) return text;
  try {
    return decodeURIComponent(text);
  } catch {
    return undefined;
  }
}
