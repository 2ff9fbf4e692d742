import { percentDecode } from './percent.js';

/** A decoded name and value; names may repeat. */
export type Parameter = readonly [name: string, value: string];

const SCHEME = /^OAuth(?:\s+|$)/i;
const ITEM = /\s*([^\s=",]+)\s*=\s*(?:"([^"]*)"|([^",\s]*))\s*(?:,|$)/y;

/**
 * The parameters of an `Authorization: OAuth …` header, without `realm`; `undefined` for another scheme, `null` for a
 * header that cannot be parsed. Real clients separate with `,` or `, `, and some omit the quotes.
 */
export function headerParameters(authorization: string | undefined): Parameter[] | null | undefined {
  const scheme = SCHEME.exec(authorization ?? '');
  if (authorization === undefined || scheme === null) return undefined;
  const list = authorization.slice(scheme[0].length).trim();
  const parameters: Parameter[] = [];
  let position = 0;
  while (position < list.length) {
    ITEM.lastIndex = position;
    const item = ITEM.exec(list);
    if (item === null) return null;
    position = ITEM.lastIndex;
    const name = percentDecode(item[1] ?? '');
    const value = percentDecode(item[2] ?? item[3] ?? '');
    if (name === undefined || value === undefined) return null;
    if (name.toLowerCase() !== 'realm') parameters.push([name, value]);
  }
  return parameters;
}

/** The parameters of a query string, decoded as a form: a plus is a space. */
export function queryParameters(query: string): Parameter[] {
  return query === '' ? [] : [...new URLSearchParams(query)];
}
