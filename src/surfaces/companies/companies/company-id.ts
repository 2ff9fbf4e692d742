import Sqids from 'sqids';
import { MAX_INTEGER } from '../../../core/integer.js';
import { RESERVED_SEGMENTS } from '../../../http/reserved-segments.js';

/** Longer than the short reserved segments; the others are on the block list. */
const MIN_LENGTH = 8;

const sqids = new Sqids({ minLength: MIN_LENGTH, blocklist: RESERVED_SEGMENTS as Set<string> });

/** Encodes a company's number as its public id. */
export function companyIdOf(number: number): string {
  return sqids.encode([number]);
}

/** Decodes an id; `undefined` if it is not the id of any number. */
export function companyNumberOf(id: string): number | undefined {
  if (!/^[0-9A-Za-z]{8,20}$/.test(id)) return undefined;
  const [number, ...others] = sqids.decode(id);
  // Several texts decode to the same number; only the canonical one is the id.
  const isId =
    number !== undefined && others.length === 0 && number <= MAX_INTEGER && companyIdOf(number) === id;
  return isId ? number : undefined;
}
