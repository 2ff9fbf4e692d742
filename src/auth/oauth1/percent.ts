/** Parameter names and most values need no encoding. */
const NOTHING_TO_ENCODE = /^[\w.~-]*$/;

/** Percent-encoding of RFC 5849, 3.6: everything but letters, digits and `-._~`, as UTF-8, in upper-case hex. */
export function percentEncode(text: string): string {
  if (NOTHING_TO_ENCODE.test(text)) return text;
  return encodeURIComponent(text).replace(
    /[!'()*]/g,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}

/** Decodes a value of an `Authorization` header, in which a plus is a plus. `undefined` if it is invalid. */
export function percentDecode(text: string): string | undefined {
  if (!text.includes('%')) return text;
  try {
    return decodeURIComponent(text);
  } catch {
    return undefined;
  }
}
