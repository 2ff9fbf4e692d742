import Sqids from 'sqids';
import { RESERVED_SEGMENTS } from '../../../http/reserved-segments.js';

/** Long enough that no word of ours is as short; the longer ones are on the block list. */
const MIN_LENGTH = 8;

/** What the column holds. */
const MAX_INTEGER = 2_147_483_647;

const sqids = new Sqids({ minLength: MIN_LENGTH, blocklist: RESERVED_SEGMENTS as Set<string> });

/** How a company's number is shown. */
export function companyIdOf(number: number): string {
  return sqids.encode([number]);
}

/** The number that an id stands for; nothing for text that no company is shown as. */
export function companyNumberOf(id: string): number | undefined {
  if (!/^[0-9A-Za-z]{8,20}$/.test(id)) return undefined;
  const [number, ...others] = sqids.decode(id);
  // Several texts can be read as one number; only one of them is the id.
  const isId =
    number !== undefined && others.length === 0 && number <= MAX_INTEGER && companyIdOf(number) === id;
  return isId ? number : undefined;
}
