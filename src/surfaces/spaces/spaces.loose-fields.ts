import { check, type Field } from '../../http/validation/field.js';
import { flag, wholeNumber as strictWholeNumber } from '../../http/validation/fields.js';

// Deployed clients of the product write numbers and flags of bodies as text: in forms, and from environment variables.

interface Range {
  readonly min: number;
  readonly max: number;
  readonly description: string;
  readonly example: number;
}

const FLAGS: ReadonlyMap<unknown, boolean> = new Map<unknown, boolean>([
  [true, true],
  [false, false],
  ['true', true],
  ['false', false],
  ['1', true],
  ['0', false],
]);

/** A whole number in a body, also in digits. */
export function wholeNumber(docs: Range): Field {
  const { min, max } = docs;
  const isValid = (value: unknown): boolean => {
    const number = typeof value === 'string' && /^[+-]?\d{1,10}$/.test(value) ? Number(value) : value;
    return Number.isInteger(number) && (number as number) >= min && (number as number) <= max;
  };
  return {
    ...strictWholeNumber(docs),
    checks: [check('isWholeNumber', `must be a whole number from ${min} to ${max}`, isValid)],
    transform: Number,
  };
}

/** A finite number in a body, also in digits. */
export function number({ min, max, ...docs }: Range): Field {
  const isValid = (value: unknown): boolean => {
    const number = typeof value === 'string' && /^[+-]?\d+(?:\.\d+)?$/.test(value) ? Number(value) : value;
    return typeof number === 'number' && number >= min && number <= max;
  };
  return {
    checks: [check('isNumber', `must be a number from ${min} to ${max}`, isValid)],
    schema: { type: 'number', minimum: min, maximum: max, ...docs } as Field['schema'],
    transform: Number,
  };
}

/** True or false in a body, also as a word in any case, or as `1` or `0` in text. */
export function truth(docs: { readonly description: string; readonly example: boolean }): Field {
  const read = (value: unknown): boolean | undefined =>
    FLAGS.get(typeof value === 'string' ? value.toLowerCase() : value);
  return {
    ...flag(docs),
    checks: [check('isTruth', 'must be true or false', (value) => read(value) !== undefined)],
    transform: read,
  };
}
