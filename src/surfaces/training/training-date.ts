import { parseInstant, type Instant } from '../../core/instant.js';

/** ISO 8601 without separators: `20271201T100000Z`, `20271201T100000+0100`, `20271201T1000Z`, `20271201`. */
const BASIC =
  /^(\d{4})(\d{2})(\d{2})(?:[Tt](\d{2})(\d{2})(?:(\d{2})([.,]\d{1,9})?)?([Zz]|[+-]\d{2}(?:\d{2})?)?)?$/;

/** Parses a date and time in the basic or the extended format of ISO 8601, see `parseInstant`. */
export function parseTrainingDate(text: string): Instant | undefined {
  const parts = BASIC.exec(text);
  if (parts === null) return parseInstant(text);
  const [, year, month, day, hour = '00', minute = '00', second = '00', fraction = '', offset = ''] = parts;
  return parseInstant(`${year}-${month}-${day}T${hour}:${minute}:${second}${fraction}${offset}`);
}
