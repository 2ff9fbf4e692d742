import type { OpenAPIObject } from '@nestjs/swagger';
import fc, { type Arbitrary } from 'fast-check';
import type { Operation, Parameter } from './document.js';
import { ValidValues, type KnownValues } from './valid-values.js';
import { unusualTexts, bodyErrors, type BodyError } from './invalid-values.js';

/** Sent instead of a body: malformed, of another type, too large, dangerous to parse. */
const UNREADABLE = [
  '{',
  'null',
  '[]',
  '"text"',
  '{"a":1,}',
  '['.repeat(100),
  '\u0000',
  ' '.repeat(1024 * 1024 + 1),
  '<a/>',
  '<a><b></a>',
  '<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>',
];

const ACCEPTED = ['*/*', 'application/json', 'text/xml', 'application/xml'] as const;

/** A call of an operation, planned before the existing rows are known. */
export interface Plan {
  /** Selects one of the known rows, see `Rows`. */
  readonly row: number | 'latest';
  readonly unusualPath: { readonly at: number; readonly text: string } | undefined;
  readonly query: Readonly<Record<string, unknown>>;
  readonly unusualQuery: { readonly at: number; readonly values: readonly string[] } | undefined;
  readonly headers: Readonly<Record<string, unknown>>;
  readonly body: unknown;
  readonly bodyError: BodyError | undefined;
  /** Sent instead of the body. */
  readonly unreadable: string | undefined;
  readonly contentType: 'json' | 'xml' | 'other';
  /** For a product with several response formats. */
  readonly accept: (typeof ACCEPTED)[number];
  readonly credential: 'right' | 'none' | 'wrong';
}

/** Plans of an operation: about half of them valid, the others with one or two errors. */
export function plansOf(
  document: OpenAPIObject,
  operation: Operation,
  known: KnownValues,
  bodies: Arbitrary<object> = fc.constant({}),
): Arbitrary<Plan> {
  const valid = new ValidValues(document, known);
  const content = Object.values(operation.requestBody?.content ?? {})[0];
  const body = content === undefined ? fc.constant({}) : valid.of(content.schema);
  const parametersIn = (place: Parameter['in']): Arbitrary<Record<string, unknown>> => {
    const parameters = (operation.parameters ?? []).filter((parameter) => parameter.in === place);
    return fc.record(
      Object.fromEntries(
        parameters.map(({ name, schema, example }) => [
          name,
          valid.ofField(name, example === undefined ? schema : { ...schema, example }),
        ]),
      ),
      { requiredKeys: parameters.filter(({ required }) => required).map(({ name }) => name) },
    );
  };
  return fc.record({
    row: fc.nat(1000),
    unusualPath: rarely(8, fc.record({ at: fc.nat(5), text: unusualTexts })),
    query: parametersIn('query'),
    unusualQuery: rarely(
      4,
      fc.record({ at: fc.nat(20), values: fc.array(unusualTexts, { minLength: 1, maxLength: 2 }) }),
    ),
    headers: parametersIn('header'),
    body: fc
      .tuple(body, bodies)
      .map(([made, over]) => (Array.isArray(made) ? made : { ...(made as object), ...over })),
    bodyError: rarely(2, bodyErrors),
    unreadable: rarely(20, fc.constantFrom(...UNREADABLE)),
    contentType: fc.oneof(
      { weight: 8, arbitrary: fc.constant('json' as const) },
      { weight: 8, arbitrary: fc.constant('xml' as const) },
      { weight: 1, arbitrary: fc.constant('other' as const) },
    ),
    accept: fc.constantFrom(...ACCEPTED),
    credential: fc.oneof(
      { weight: 30, arbitrary: fc.constant('right' as const) },
      { weight: 1, arbitrary: fc.constantFrom('none' as const, 'wrong' as const) },
    ),
  });
}

function rarely<T>(oneIn: number, arbitrary: Arbitrary<T>): Arbitrary<T | undefined> {
  return fc.oneof({ weight: oneIn - 1, arbitrary: fc.constant(undefined) }, { weight: 1, arbitrary });
}
