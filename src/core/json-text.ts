/** The content type of JSON that is sent as text. */
export const JSON_TYPE = 'application/json; charset=utf-8';

const NEEDS_ESCAPE = /["\\\u0000-\u001f\ud800-\udfff]/;

/** A text as JSON. Most texts need no escape, and looking is cheaper than escaping. */
export function quote(text: string): string {
  return NEEDS_ESCAPE.test(text) ? JSON.stringify(text) : `"${text}"`;
}

export function quoteOrNull(text: string | null): string {
  return text === null ? 'null' : quote(text);
}
