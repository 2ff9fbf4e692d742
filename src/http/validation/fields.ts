import { isEmail } from 'class-validator';
import { parseInstant, type Instant } from '../../core/instant.js';
import { isStorable } from '../../core/storable-text.js';
import { isTimeZone } from '../../core/time-zone.js';
import type { Type } from '@nestjs/common';
import { check, type Field } from './field.js';

/** Words for the documents. */
interface Words {
  readonly description: string;
  readonly example?: unknown;
}

/** Blanks alone are no name: nobody could find the thing again. */
function isBlank(text: string): boolean {
  return text !== '' && text.trim() === '';
}

/** Counts characters as people do where it matters: a pair of surrogates is one. */
function isWithin(text: string, min: number, max: number): boolean {
  if (text.length < min) return false;
  return text.length <= max || [...text].length <= max;
}

/** Text; where it must hold something (`min`), blanks alone are not enough. */
export function text(words: Words & { min?: number; max: number }): Field {
  const { min = 0, max, ...rest } = words;
  const range = min > 0 ? `${min} to ${max}` : `at most ${max}`;
  return {
    checks: [
      check(
        'isText',
        `must be text of ${range} characters`,
        (value) => typeof value === 'string' && isWithin(value, min, max),
      ),
      ...(min > 0
        ? [check('isNotBlank', 'must not be blank', (value) => typeof value !== 'string' || !isBlank(value))]
        : []),
      check(
        'isStorable',
        'must not hold NUL or broken characters',
        (value) => typeof value !== 'string' || isStorable(value),
      ),
    ],
    schema: {
      type: 'string',
      ...(min > 0 && { minLength: min, pattern: '\\S' }),
      maxLength: max,
      ...rest,
    } as Field['schema'],
  };
}

export function flag(words: Words): Field {
  return {
    checks: [check('isFlag', 'must be true or false', (value) => typeof value === 'boolean')],
    schema: { type: 'boolean', ...words } as Field['schema'],
  };
}

export function instant(words: Words): Field {
  return {
    checks: [
      check(
        'isInstant',
        'must be an existing date and time in ISO 8601, such as 2026-03-01T09:00:00Z',
        (value) => typeof value === 'string' && parseInstant(value) !== undefined,
      ),
    ],
    schema: { type: 'string', format: 'date-time', ...words } as Field['schema'],
    read: (value: string): Instant | undefined => parseInstant(value),
  };
}

export function choice(of: readonly string[], words: Words): Field {
  return {
    checks: [check('isChoice', `must be one of ${of.join(', ')}`, (value) => of.includes(value as string))],
    schema: { type: 'string', enum: [...of], ...words } as Field['schema'],
  };
}

const MAX_EMAIL = 254;

/** Whether a value is an e-mail address that can be stored. */
export function isAddress(value: unknown): value is string {
  // In this order: `isEmail` throws for broken characters.
  return typeof value === 'string' && value.length <= MAX_EMAIL && isStorable(value) && isEmail(value);
}

export function email(words: Words): Field {
  return {
    checks: [check('isEmail', 'must be an e-mail address', isAddress)],
    schema: { type: 'string', format: 'email', maxLength: MAX_EMAIL, ...words } as Field['schema'],
  };
}

/** A list of addresses: order kept, an address that differs only in case from an earlier one dropped. */
export function emails(words: Words & { max: number }): Field {
  const { max, ...rest } = words;
  return {
    checks: [
      check(
        'areEmails',
        `must be a list of at most ${max} e-mail addresses`,
        (value) => Array.isArray(value) && value.length <= max && value.every(isAddress),
      ),
    ],
    schema: {
      type: 'array',
      items: { type: 'string', format: 'email' },
      maxItems: max,
      ...rest,
    } as Field['schema'],
    read: withoutDoubles,
  };
}

function withoutDoubles(addresses: readonly string[]): string[] {
  const seen = new Set<string>();
  return addresses.filter((address) => seen.size < seen.add(address.toLowerCase()).size);
}

export function texts(words: Words & { max: number; maxItems: number }): Field {
  const { max, maxItems, ...rest } = words;
  return {
    checks: [
      check(
        'areTexts',
        `must be a list of at most ${maxItems} texts of at most ${max} characters`,
        (value) =>
          Array.isArray(value) &&
          value.length <= maxItems &&
          value.every((item) => typeof item === 'string' && isWithin(item, 0, max) && isStorable(item)),
      ),
    ],
    schema: {
      type: 'array',
      items: { type: 'string', maxLength: max },
      maxItems,
      ...rest,
    } as Field['schema'],
  };
}

/** A whole number in a query: out of range it is pulled in where it is used, anything else is a fault. */
export function queryNumber(words: Words & { min: number; max?: number; default?: number }): Field {
  const { min, max, default: fallback, ...rest } = words;
  return {
    checks: [
      check(
        'isWholeNumber',
        'must be a whole number',
        (value) => typeof value === 'string' && /^[+-]?\d+$/.test(value),
      ),
    ],
    schema: {
      type: 'integer',
      minimum: min,
      ...(max !== undefined && { maximum: max }),
      ...(fallback !== undefined && { default: fallback }),
      ...rest,
    } as Field['schema'],
    read: (value: string) => Number(value),
  };
}

/** A list of whatever JSON holds, kept as given. */
export function jsonList(words: Words & { maxItems: number }): Field {
  const { maxItems, ...rest } = words;
  return {
    checks: [
      check(
        'isJsonList',
        `must be a list of at most ${maxItems} values without NUL or broken characters`,
        (value) => Array.isArray(value) && value.length <= maxItems && isStorableJson(value),
      ),
    ],
    schema: { type: 'array', items: {}, maxItems, ...rest } as Field['schema'],
  };
}

/** An object of whatever JSON holds, kept as given. */
export function jsonObject(words: Words): Field {
  return {
    checks: [
      check(
        'isJsonObject',
        'must be an object without NUL or broken characters',
        (value) =>
          typeof value === 'object' && value !== null && !Array.isArray(value) && isStorableJson(value),
      ),
    ],
    schema: { type: 'object', additionalProperties: true, ...words } as Field['schema'],
  };
}

/** An address that a browser can be sent to: http or https, and nothing that a page could run. */
export function webAddress(words: Words & { max: number }): Field {
  const { max, ...rest } = words;
  return {
    checks: [
      check(
        'isWebAddress',
        `must be an http or https address of at most ${max} characters`,
        (value) => typeof value === 'string' && value.length <= max && isWebAddress(value),
      ),
    ],
    schema: { type: 'string', pattern: WEB_ADDRESS, maxLength: max, ...rest } as Field['schema'],
  };
}

/** The form of a web address; letters of any script may stand in it, which the format `uri` does not allow. */
export const WEB_ADDRESS = '^[Hh][Tt][Tt][Pp][Ss]?://[^\\s\\p{Cc}]+$';
const WEB_ADDRESS_FORM = new RegExp(WEB_ADDRESS, 'u');

export function isWebAddress(text: string): boolean {
  return WEB_ADDRESS_FORM.test(text) && isStorable(text) && URL.canParse(text);
}

function isStorableJson(value: unknown): boolean {
  if (typeof value === 'string') return isStorable(value);
  if (typeof value !== 'object' || value === null) return true;
  return Object.entries(value).every(([key, inner]) => isStorable(key) && isStorableJson(inner));
}

/** A whole number in a body. */
export function wholeNumber(words: Words & { min: number; max: number }): Field {
  const { min, max, ...rest } = words;
  return {
    checks: [
      check(
        'isWholeNumber',
        `must be a whole number from ${min} to ${max}`,
        (value) => Number.isInteger(value) && (value as number) >= min && (value as number) <= max,
      ),
    ],
    schema: { type: 'integer', minimum: min, maximum: max, ...rest } as Field['schema'],
  };
}

/** An IANA zone. */
export function timeZone(words: Words): Field {
  return {
    checks: [
      check(
        'isTimeZone',
        'must be an IANA time zone, such as Europe/Berlin',
        (value) => typeof value === 'string' && isTimeZone(value),
      ),
    ],
    schema: { type: 'string', ...words } as Field['schema'],
  };
}

function isPlainObject(value: unknown): boolean {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** One object of a wire class. */
export function objectOf(wire: () => Type, words: { readonly description: string }): Field {
  return {
    checks: [check('isObject', 'must be an object', isPlainObject)],
    schema: { type: () => wire(), ...words } as Field['schema'],
    nested: wire,
  };
}

/** A list of objects of a wire class; one object alone counts as a list of one where `single` says so. */
export function listOf(
  wire: () => Type,
  words: { readonly description: string; readonly max: number; readonly single?: boolean },
): Field {
  const { max, single = false, ...rest } = words;
  return {
    checks: [
      check(
        'isList',
        `must be a list of at most ${max} objects`,
        (value) =>
          (single && isPlainObject(value)) ||
          (Array.isArray(value) && value.length <= max && value.every(isPlainObject)),
      ),
    ],
    schema: { type: () => wire(), isArray: true, maxItems: max, ...rest } as Field['schema'],
    nested: wire,
    read: (value: unknown) => [value].flat(),
  };
}
