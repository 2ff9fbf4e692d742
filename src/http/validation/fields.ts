import { IsBoolean, isEmail, IsIn, IsInt, isObject, IsObject, Matches, Max, Min } from 'class-validator';
import { parseInstant, type Instant } from '../../core/instant.js';
import { isStorable } from '../../core/storable-text.js';
import { isTimeZone } from '../../core/time-zone.js';
import type { Type } from '@nestjs/common';
import { check, type Field } from './field.js';

/** Description and example of a field in the OpenAPI document. */
interface FieldDocs {
  readonly description: string;
  readonly example?: unknown;
}

function isBlank(text: string): boolean {
  return text !== '' && text.trim() === '';
}

/** Counts code points, so a surrogate pair is one character. */
function isWithin(text: string, min: number, max: number): boolean {
  if (text.length < min) return false;
  return text.length <= max || [...text].length <= max;
}

/** A string; if `min` is given, it must not be blank. */
export function text(docs: FieldDocs & { min?: number; max: number }): Field {
  const { min = 0, max, ...rest } = docs;
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

export function flag(docs: FieldDocs): Field {
  return {
    checks: [IsBoolean({ message: 'must be true or false' })],
    schema: { type: 'boolean', ...docs } as Field['schema'],
  };
}

export function instant(docs: FieldDocs): Field {
  return {
    checks: [
      check(
        'isInstant',
        'must be an existing date and time in ISO 8601, such as 2026-03-01T09:00:00Z',
        (value) => typeof value === 'string' && parseInstant(value) !== undefined,
      ),
    ],
    schema: { type: 'string', format: 'date-time', ...docs } as Field['schema'],
    transform: (value: string): Instant | undefined => parseInstant(value),
  };
}

export function choice(of: readonly string[], docs: FieldDocs): Field {
  return {
    checks: [IsIn(of, { message: `must be one of ${of.join(', ')}` })],
    schema: { type: 'string', enum: [...of], ...docs } as Field['schema'],
  };
}

const MAX_EMAIL = 254;

/** Whether a value is an e-mail address that PostgreSQL can store. */
export function isAddress(value: unknown): value is string {
  // The order matters: `isEmail` throws for lone surrogates.
  return typeof value === 'string' && value.length <= MAX_EMAIL && isStorable(value) && isEmail(value);
}

export function email(docs: FieldDocs): Field {
  return {
    checks: [check('isEmail', 'must be an e-mail address', isAddress)],
    schema: { type: 'string', format: 'email', maxLength: MAX_EMAIL, ...docs } as Field['schema'],
  };
}

/** A list of e-mail addresses, without case-insensitive duplicates. */
export function emails(docs: FieldDocs & { max: number }): Field {
  const { max, ...rest } = docs;
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
    transform: withoutDuplicates,
  };
}

function withoutDuplicates(addresses: readonly string[]): string[] {
  const seen = new Set<string>();
  return addresses.filter((address) => seen.size < seen.add(address.toLowerCase()).size);
}

export function texts(docs: FieldDocs & { max: number; maxItems: number }): Field {
  const { max, maxItems, ...rest } = docs;
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

/** An integer in a query. Values out of range are clamped where they are used; anything else is a fault. */
export function queryNumber(docs: FieldDocs & { min: number; max?: number; default?: number }): Field {
  const { min, max, default: fallback, ...rest } = docs;
  return {
    checks: [Matches(/^[+-]?\d+$/, { message: 'must be a whole number' })],
    schema: {
      type: 'integer',
      minimum: min,
      ...(max !== undefined && { maximum: max }),
      ...(fallback !== undefined && { default: fallback }),
      ...rest,
    } as Field['schema'],
    transform: (value: string) => Number(value),
  };
}

/** A list of arbitrary JSON values, stored unchanged. */
export function jsonList(docs: FieldDocs & { maxItems: number }): Field {
  const { maxItems, ...rest } = docs;
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

/** An arbitrary JSON object, stored unchanged. */
export function jsonObject(docs: FieldDocs): Field {
  return {
    checks: [
      check(
        'isJsonObject',
        'must be an object without NUL or broken characters',
        (value) => isObject(value) && isStorableJson(value),
      ),
    ],
    schema: { type: 'object', additionalProperties: true, ...docs } as Field['schema'],
  };
}

/** An http or https URL; other schemes such as `javascript:` are rejected. */
export function webAddress(docs: FieldDocs & { max: number }): Field {
  const { max, ...rest } = docs;
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

/** The pattern of a web address. It allows non-ASCII characters, unlike the format `uri`. */
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

/** An integer in a body. */
export function wholeNumber(docs: FieldDocs & { min: number; max: number }): Field {
  const { min, max, ...rest } = docs;
  const message = `must be a whole number from ${min} to ${max}`;
  return {
    checks: [IsInt({ message }), Min(min, { message }), Max(max, { message })],
    schema: { type: 'integer', minimum: min, maximum: max, ...rest } as Field['schema'],
  };
}

/** An IANA time zone. */
export function timeZone(docs: FieldDocs): Field {
  return {
    checks: [
      check(
        'isTimeZone',
        'must be an IANA time zone, such as Europe/Berlin',
        (value) => typeof value === 'string' && isTimeZone(value),
      ),
    ],
    schema: { type: 'string', ...docs } as Field['schema'],
  };
}

/** A BCP 47 language tag. */
export function locale(docs: FieldDocs): Field {
  return {
    checks: [check('isLocale', 'must be a BCP 47 language tag, such as de-AT', isLocale)],
    schema: { type: 'string', ...docs } as Field['schema'],
  };
}

function isLocale(value: unknown): boolean {
  try {
    return typeof value === 'string' && Intl.getCanonicalLocales(value).length === 1;
  } catch {
    return false;
  }
}

/** An object of a DTO class. */
export function objectOf(dtoClass: () => Type, docs: { readonly description: string }): Field {
  return {
    checks: [IsObject({ message: 'must be an object' })],
    schema: { type: () => dtoClass(), ...docs } as Field['schema'],
    nested: dtoClass,
  };
}

/** A list of objects of a DTO class; with `single`, one object counts as a list of one. */
export function listOf(
  dtoClass: () => Type,
  docs: { readonly description: string; readonly max: number; readonly single?: boolean },
): Field {
  const { max, single = false, ...rest } = docs;
  return {
    checks: [
      check(
        'isList',
        `must be a list of at most ${max} objects`,
        (value) =>
          (single && isObject(value)) ||
          (Array.isArray(value) && value.length <= max && value.every(isObject)),
      ),
    ],
    schema: { type: () => dtoClass(), isArray: true, maxItems: max, ...rest } as Field['schema'],
    nested: dtoClass,
    transform: (value: unknown) => [value].flat(),
  };
}
