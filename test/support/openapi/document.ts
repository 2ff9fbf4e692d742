import type { OpenAPIObject } from '@nestjs/swagger';

/** A JSON Schema in the documents, with the keywords that the tests read. */
export interface Schema {
  readonly $ref?: string;
  readonly type?: string | readonly string[];
  readonly format?: string;
  readonly enum?: readonly unknown[];
  readonly const?: unknown;
  readonly pattern?: string;
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly minItems?: number;
  readonly maxItems?: number;
  readonly items?: Schema;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
  readonly additionalProperties?: boolean | Schema;
  readonly allOf?: readonly Schema[];
  readonly anyOf?: readonly Schema[];
  readonly oneOf?: readonly Schema[];
  readonly deprecated?: boolean;
  readonly example?: unknown;
}

export interface Parameter {
  readonly name: string;
  readonly in: 'path' | 'query' | 'header';
  readonly required?: boolean;
  readonly description?: string;
  readonly example?: unknown;
  readonly schema: Schema;
}

type Content = Readonly<Record<string, { readonly schema: Schema; readonly example?: unknown }>>;

interface WrittenOperation {
  readonly operationId: string;
  readonly summary?: string;
  readonly parameters?: readonly Parameter[];
  readonly requestBody?: { readonly content: Content };
  readonly responses: Readonly<Record<string, { readonly description: string; readonly content?: Content }>>;
}

/** One operation of a document, with its method and path. */
export interface Operation extends WrittenOperation {
  /** Upper case. */
  readonly method: string;
  /** Path with parameters in braces. */
  readonly template: string;
}

/** Every operation of a document. */
export function operationsOf(document: OpenAPIObject): Operation[] {
  return Object.entries(document.paths).flatMap(([template, item]) =>
    Object.entries(item as Record<string, WrittenOperation>).map(([method, operation]) => ({
      ...operation,
      method: method.toUpperCase(),
      template,
    })),
  );
}

/** The order of calls: create and read rows, then change them, then delete them, the innermost first. */
export function inOrder(
  operations: readonly Operation[],
  removingOperations: readonly string[] = [],
): Operation[] {
  const rank = ({ method, template, operationId }: Operation): number => {
    if (method === 'DELETE' || removingOperations.includes(operationId)) return 3 - template.length / 1000;
    if (/^(?:create|add)/.test(operationId)) return template.split('{').length / 1000;
    return method === 'GET' ? 1 : 2;
  };
  return [...operations].sort((one, other) => rank(one) - rank(other));
}

/** Resolves a reference. */
export function resolve(document: OpenAPIObject, schema: Schema): Schema {
  if (schema.$ref === undefined) return schema;
  const name = schema.$ref.replace('#/components/schemas/', '');
  const found = document.components?.schemas?.[name] as Schema | undefined;
  if (found === undefined) throw new Error(`${schema.$ref} leads nowhere.`);
  return resolve(document, found);
}

/** The media type of a `Content-Type`, without its parameters. */
export function mediaTypeOf(contentType: string | null): string {
  return (contentType ?? '').split(';')[0]?.trim().toLowerCase() ?? '';
}
