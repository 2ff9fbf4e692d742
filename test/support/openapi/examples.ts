import type { OpenAPIObject } from '@nestjs/swagger';
import fc from 'fast-check';
import { resolve, type Operation, type Schema } from './document.js';
import type { Plan } from './plans.js';
import type { KnownValues } from './valid-values.js';

/** Marks an optional field without an example. */
const NOTHING = Symbol('no example');

/** Values built from a document's examples. */
export class Examples {
  constructor(
    private readonly document: OpenAPIObject,
    /** For fields that refer to rows, since their examples name rows that do not exist here. */
    private readonly references: KnownValues,
    /** Fields of bodies in which an operation's example is not valid here, by operation. */
    private readonly exceptions: Readonly<Record<string, object>> = {},
  ) {}

  /** The call that a reader copies from the document. */
  planOf({ operationId, parameters = [], requestBody }: Operation): Plan {
    const valuesIn = (place: string): Record<string, unknown> =>
      Object.fromEntries(
        parameters
          .filter((parameter) => parameter.in === place)
          .map(({ name, schema, example }) => [name, this.ofField(name, { example, ...schema })])
          .filter(([, value]) => value !== NOTHING),
      );
    const content = Object.values(requestBody?.content ?? {})[0];
    return {
      row: 'latest',
      query: valuesIn('query'),
      headers: valuesIn('header'),
      body: content === undefined ? {} : this.bodyOf(operationId, content.schema),
      unusualPath: undefined,
      unusualQuery: undefined,
      bodyError: undefined,
      unreadable: undefined,
      contentType: 'json',
      accept: '*/*',
      credential: 'right',
    };
  }

  private bodyOf(operationId: string, schema: Schema): unknown {
    const body = this.of(schema);
    return Array.isArray(body) ? body : { ...(body as object), ...this.exceptions[operationId] };
  }

  private ofField(name: string, schema: Schema): unknown {
    const reference = this.references[name];
    if (reference === undefined) return this.of(schema);
    const [value] = fc.sample(reference, { seed: 1, numRuns: 1 });
    return value;
  }

  private of(written: Schema): unknown {
    if (written.example !== undefined) return written.example;
    const schema = resolve(this.document, written);
    if (schema.example !== undefined) return schema.example;
    const [first] = schema.allOf ?? schema.anyOf ?? schema.oneOf ?? [];
    if (first !== undefined) return this.of(first);
    if (schema.items !== undefined) {
      const item = this.of(schema.items);
      return item === NOTHING ? NOTHING : [item];
    }
    if (schema.properties === undefined) return NOTHING;
    return Object.fromEntries(
      Object.entries(schema.properties)
        .filter(([, property]) => property.deprecated !== true)
        .map(([name, property]) => [name, this.ofField(name, property)])
        .filter(([, value]) => value !== NOTHING),
    );
  }
}
