import type { OpenAPIObject } from '@nestjs/swagger';
import fc from 'fast-check';
import { resolve, type Operation, type Schema } from './document.js';
import type { Plan } from './plans.js';
import type { KnownValues } from './sound-values.js';

/** Stands for a field that has no example and need not come. */
const NOTHING = Symbol('no example');

/** What a document shows of itself: values put together from its examples. */
export class Examples {
  constructor(
    private readonly document: OpenAPIObject,
    /** For fields that refer to rows: their examples name rows of somebody else. */
    private readonly references: KnownValues,
    /** Fields of bodies that an operation's example cannot have here, by operation. */
    private readonly exceptions: Readonly<Record<string, object>> = {},
  ) {}

  /** The call of an operation that a reader copies from the document. */
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
      pathOddity: undefined,
      queryOddity: undefined,
      spoiling: undefined,
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
