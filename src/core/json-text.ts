/** The content type of JSON responses that are written as text. */
export const JSON_TYPE = 'application/json; charset=utf-8';

const NEEDS_ESCAPE = /["\\\u0000-\u001f\ud800-\udfff]/;

/** A JSON string. Most strings need no escaping, and testing is cheaper than escaping. */
export function quote(text: string): string {
  return NEEDS_ESCAPE.test(text) ? JSON.stringify(text) : `"${text}"`;
}

export function quoteOrNull(text: string | null): string {
  return text === null ? 'null' : quote(text);
}
