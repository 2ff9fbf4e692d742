import type { Type } from '@nestjs/common';
import stringify, { type Schema } from 'fast-json-stringify';
import { responseFields } from './validation/field.js';

/**
 * Compiles a function that writes objects of a response class as JSON, with the properties that its class documents and in
 * their order. `undefined` is left out. It takes half the time of `JSON.stringify`.
 */
export function compileSerializer<T extends object>(responseClass: Type<T>): (value: T) => string {
  return stringify(objectSchema(responseClass));
}

function objectSchema(responseClass: Type): Schema {
  const properties: Record<string, Schema> = {};
  for (const [name, options] of responseFields(responseClass))
    properties[name] = propertySchema(options as PropertyOptions);
  // Required properties would be written before the others.
  return { type: 'object', properties };
}

interface PropertyOptions {
  readonly type: string | (() => Type | [Type]);
  readonly items?: PropertyOptions;
  readonly enum?: readonly unknown[];
  readonly format?: string;
  readonly pattern?: string;
  readonly nullable?: boolean;
}

function propertySchema(options: PropertyOptions): Schema {
  const { type, items, nullable = false } = options;
  if (typeof type === 'function') {
    const nested = type();
    return Array.isArray(nested)
      ? { type: 'array', items: objectSchema(nested[0]), nullable }
      : { ...objectSchema(nested), nullable };
  }
  if (items !== undefined) return { type: 'array', items: propertySchema(items), nullable };
  return {
    type,
    nullable,
    ...(type === 'string' && !needsEscaping(options) && { format: 'unsafe' }),
  } as Schema;
}

/** A pattern that allows nothing but letters, digits, `_` and `-`. */
const PLAIN_PATTERN = /^\^\[[\w-]+\]\{\d+\}\$$/;

/** Enum values, times and ids have no characters that JSON escapes, and looking for them takes a third of the time. */
function needsEscaping({ enum: values, format, pattern }: PropertyOptions): boolean {
  return values === undefined && format !== 'date-time' && !PLAIN_PATTERN.test(pattern ?? '');
}
