import type { OpenAPIObject } from '@nestjs/swagger';
import fc, { type Arbitrary } from 'fast-check';
import { resolve, type Schema } from './document.js';

/** Fields, by name, that need certain values: references to existing rows, times in order. */
export type KnownValues = Readonly<Record<string, Arbitrary<unknown>>>;

const MAX_TEXT = 40;
const MAX_ITEMS = 3;

/** Generates values that a schema allows; examples are the most frequent. */
export class ValidValues {
  constructor(
    private readonly document: OpenAPIObject,
    private readonly known: KnownValues,
  ) {}

  /** Values of a field, which is a parameter or part of a body. */
  ofField(name: string, written: Schema): Arbitrary<unknown> {
    const known = this.known[name];
    if (known !== undefined) return known;
    const schema = resolve(this.document, written);
    const made = this.of(schema);
    return schema.example === undefined
      ? made
      : fc.oneof({ weight: 2, arbitrary: fc.constant(schema.example) }, { weight: 1, arbitrary: made });
  }

  of(written: Schema): Arbitrary<unknown> {
    const schema = resolve(this.document, written);
    const { anyOf, oneOf, allOf } = schema;
    const either = anyOf ?? oneOf;
    if (either !== undefined) return fc.oneof(...either.map((one) => this.of(one)));
    if (allOf !== undefined)
      return allOf.reduce(
        mergedWith((one) => this.of(one)),
        fc.constant({}),
      );
    if (schema.enum !== undefined) return fc.constantFrom(...schema.enum);
    const types = [schema.type ?? []].flat();
    if (types.length === 0) return fc.jsonValue({ maxDepth: 2 });
    return fc.oneof(
      ...types.map((type) => ({ weight: type === 'null' ? 1 : 4, arbitrary: this.ofType(type, schema) })),
    );
  }

  private ofType(type: string, schema: Schema): Arbitrary<unknown> {
    const { minimum = 0, maximum = 1_000_000, minItems = 0, maxItems = MAX_ITEMS } = schema;
    switch (type) {
      case 'null':
        return fc.constant(null);
      case 'boolean':
        return fc.boolean();
      case 'integer':
        return fc.integer({ min: minimum, max: Math.max(minimum, maximum) });
      case 'number':
        return fc.double({ min: minimum, max: maximum, noNaN: true });
      case 'array':
        return fc.array(this.of(schema.items ?? {}), {
          minLength: minItems,
          maxLength: Math.min(maxItems, MAX_ITEMS),
        });
      case 'object':
        return this.ofObject(schema);
      default:
        return textOf(schema);
    }
  }

  private ofObject({ properties = {}, required = [], additionalProperties }: Schema): Arbitrary<unknown> {
    const fields = fc.record(
      Object.fromEntries(
        Object.entries(properties).map(([name, schema]) => [name, this.ofField(name, schema)]),
      ),
      { requiredKeys: [...required] },
    );
    if (additionalProperties === undefined || additionalProperties === false) return fields;
    const inner = additionalProperties === true ? {} : additionalProperties;
    const more = fc.dictionary(fc.stringMatching(/^[a-z]{1,8}$/), this.of(inner), { maxKeys: MAX_ITEMS });
    return fc.tuple(more, fields).map(([one, other]) => ({ ...one, ...other }));
  }
}

const mergedWith =
  (of: (schema: Schema) => Arbitrary<unknown>) =>
  (sum: Arbitrary<unknown>, schema: Schema): Arbitrary<unknown> =>
    fc.tuple(sum, of(schema)).map(([one, other]) => ({ ...(one as object), ...(other as object) }));

function textOf({ format, pattern, minLength = 0, maxLength = MAX_TEXT }: Schema): Arbitrary<unknown> {
  if (pattern !== undefined)
    return fc.stringMatching(new RegExp(pattern, 'u')).filter((text) => text.length <= maxLength);
  const known = format === undefined ? undefined : FORMATS[format];
  if (known !== undefined) return known;
  return fc
    .string({ unit: 'grapheme', minLength, maxLength: Math.max(minLength, Math.min(maxLength, MAX_TEXT)) })
    .filter((text) => [...text].length >= minLength && [...text].length <= maxLength);
}

const instants = fc
  .tuple(
    fc.date({ min: new Date('1990-01-01'), max: new Date('2090-01-01'), noInvalidDate: true }),
    fc.constantFrom('Z', '+00:00', '-05:30', '+14:00'),
  )
  .map(([date, offset]) => `${date.toISOString().slice(0, -1)}${offset}`);

const FORMATS: Readonly<Record<string, Arbitrary<string>>> = {
  'date-time': instants,
  email: fc.stringMatching(/^[a-z]{1,10}@example\.(?:org|com)$/),
};
