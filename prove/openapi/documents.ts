import { send } from '../target/http.js';

export interface Parameter {
  readonly name: string;
  readonly in: 'path' | 'query' | 'header';
  readonly example?: unknown;
  readonly schema?: Schema;
}

/** The part of JSON Schema that is read here. */
export interface Schema {
  readonly $ref?: string;
  readonly example?: unknown;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly allOf?: readonly Schema[];
  readonly oneOf?: readonly Schema[];
}

interface Media {
  readonly schema?: Schema;
  readonly example?: unknown;
  readonly examples?: Readonly<Record<string, { readonly value: unknown }>>;
}

/** An operation as a surface's OpenAPI document lists it. */
export interface Operation {
  readonly surface: string;
  readonly operationId: string;
  readonly method: string;
  readonly template: string;
  readonly parameters: readonly Parameter[];
  /** The example of its body, a form where it takes only that; `undefined` if it has none. */
  readonly body: unknown;
  /** The media types of its body. */
  readonly types: readonly string[];
}

interface Document {
  readonly paths: Readonly<Record<string, Readonly<Record<string, WrittenOperation>>>>;
  readonly components?: { readonly schemas?: Readonly<Record<string, Schema>> };
}

interface WrittenOperation {
  readonly operationId: string;
  readonly parameters?: readonly Parameter[];
  readonly requestBody?: { readonly content: Readonly<Record<string, Media>> };
}

/** All operations of these documents, read from a running process. */
export async function documentedOperations(url: string, names: readonly string[]): Promise<Operation[]> {
  const lists = await Promise.all(
    names.map(async (name) => {
      const { status, json } = await send(`${url}/docs/${name}.json`);
      if (status !== 200) throw new Error(`/docs/${name}.json answered ${status}`);
      return operationsOf(name, json as Document);
    }),
  );
  return lists.flat();
}

function operationsOf(surface: string, document: Document): Operation[] {
  return Object.entries(document.paths).flatMap(([template, item]) =>
    Object.entries(item).map(([method, { operationId, parameters = [], requestBody }]) => {
      const content = Object.entries(requestBody?.content ?? {});
      const media = content.find(([type]) => type === 'application/json')?.[1];
      return {
        surface,
        operationId,
        method: method.toUpperCase(),
        template,
        parameters,
        types: content.map(([type]) => type),
        body: media === undefined ? formOf(content[0]?.[1].schema, document) : exampleOf(media, document),
      };
    }),
  );
}

/** A form with a small file in each field. */
function formOf(written: Schema | undefined, document: Document): FormData | undefined {
  if (written === undefined) return undefined;
  const form = new FormData();
  for (const field of Object.keys(resolved(written, document).properties ?? {}))
    form.set(field, new Blob(['%PDF-1.4']), 'file.pdf');
  return form;
}

function resolved(written: Schema, document: Document): Schema {
  const name = written.$ref?.split('/').at(-1);
  return name === undefined ? written : (document.components?.schemas?.[name] ?? {});
}

function exampleOf({ example, examples, schema }: Media, document: Document): unknown {
  return example ?? Object.values(examples ?? {})[0]?.value ?? exampleBySchema(schema ?? {}, document);
}

/** An object of the examples of its fields. */
function exampleBySchema(written: Schema, document: Document): unknown {
  const schema = resolved(written, document);
  if (schema.example !== undefined) return schema.example;
  const [either] = schema.oneOf ?? [];
  if (either !== undefined) return exampleBySchema(either, document);
  const inherited = (schema.allOf ?? []).map((one) => exampleBySchema(one, document) as object);
  if (schema.properties === undefined && inherited.length === 0) return null;
  const own = Object.entries(schema.properties ?? {}).map(([field, inner]) => [
    field,
    exampleBySchema(inner, document),
  ]);
  return Object.assign({}, ...inherited, Object.fromEntries(own)) as object;
}
