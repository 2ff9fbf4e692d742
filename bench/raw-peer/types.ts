import { types, type CustomTypesConfig } from 'pg';

const TEXT_ARRAY = 1009;
const parseTextArray = types.getTypeParser(TEXT_ARRAY as never) as (text: string) => unknown;

/** No `Date` is created, and a list stays the JSON text of the response. */
export const cheapTypes: CustomTypesConfig = {
  getTypeParser: (oid: number, format?: 'text' | 'binary') => {
    if (oid === types.builtins.TIMESTAMPTZ) return isoOf;
    if (oid === TEXT_ARRAY) return jsonOf;
    return types.getTypeParser(oid, format as 'text') as (text: string) => unknown;
  },
} as CustomTypesConfig;

/** `2026-03-01 09:00:00.5+00` as `2026-03-01T09:00:00.500Z`. */
function isoOf(text: string): string {
  const fraction = text.length > 22 ? text.slice(20, -3).padEnd(3, '0').slice(0, 3) : '000';
  return `${text.slice(0, 10)}T${text.slice(11, 19)}.${fraction}Z`;
}

function jsonOf(text: string): string {
  return text === '{}' ? '[]' : JSON.stringify(parseTextArray(text));
}
