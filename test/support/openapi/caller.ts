import { readXml } from '../../../src/surfaces/realms/representation/realm-xml.reader.js';
import type { Answer } from '../http.js';
import { call } from '../http.js';
import { asXml } from '../xml.js';
import { mediaTypeOf, type Operation } from './document.js';
import type { Plan } from './plans.js';
import { RowOf, type Rows } from './rows.js';
import { withError } from './invalid-values.js';

/** A request as sent, printed when its response is not as documented. */
export interface Sent {
  readonly method: string;
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | undefined;
}

/** The `Authorization` header of a request, and related ones. */
export type AuthorizationHeaders = (method: string, url: string) => HeaderFields | Promise<HeaderFields>;

type HeaderFields = Readonly<Record<string, string>>;

export interface CallerOptions {
  /** Base address. */
  readonly url: string;
  readonly rows: Rows;
  readonly credentials: AuthorizationHeaders;
  readonly wrongCredentials: AuthorizationHeaders;
  /** Operations other than `DELETE` after which a row cannot be used. */
  readonly removingOperations?: readonly string[];
}

/** Turns plans into requests for existing rows, and keeps track of created and deleted ones. */
export class Caller {
  constructor(private readonly options: CallerOptions) {}

  async call(operation: Operation, plan: Plan): Promise<{ sent: Sent; answer: Answer }> {
    const { url, rows } = this.options;
    const values = this.pathValues(operation, plan);
    const filled = this.withRows(plan, values);
    const address = `${url}${pathOf(operation, values)}${queryOf(operation, filled)}`;
    const body = bodyOf(operation, filled);
    const headers = {
      ...headersOf(operation, plan),
      ...(body !== undefined && { 'content-type': contentTypeOf(operation, plan) }),
      ...(await this.credentialsOf(plan, operation.method, address)),
    };
    const sent = { method: operation.method, path: address.slice(url.length), headers, body };
    const answer = await call(address, { method: operation.method, headers, body });
    if (answer.status < 300) {
      if (
        operation.method === 'DELETE' ||
        this.options.removingOperations?.includes(operation.operationId) === true
      ) {
        rows.remove(operation.template, values);
      } else rows.learn(operation.template, values, contentOf(answer));
    }
    return { sent, answer };
  }

  private pathValues({ template, parameters = [] }: Operation, { row, unusualPath }: Plan): string[] {
    const names = [...template.matchAll(/\{(\w+)\}/g)].map(([, name]) => name ?? '');
    const known = this.options.rows.pick(template, row);
    const values = names.map((name, index) => {
      const { example, schema } = parameters.find((parameter) => parameter.name === name) ?? {};
      return known?.[index] ?? String(example ?? schema?.example ?? schema?.enum?.[0] ?? row);
    });
    if (unusualPath !== undefined && values.length > 0)
      values[unusualPath.at % values.length] = unusualPath.text;
    return values;
  }

  /** The plan with its placeholders replaced by ids. */
  private withRows(plan: Plan, values: readonly string[]): Plan {
    const filled = (value: unknown): unknown => {
      if (value instanceof RowOf) return this.options.rows.idOf(value, values);
      if (Array.isArray(value)) return value.map(filled);
      if (typeof value !== 'object' || value === null) return value;
      return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, filled(inner)]));
    };
    return { ...plan, body: filled(plan.body), query: filled(plan.query) as Plan['query'] };
  }

  private credentialsOf({ credential }: Plan, method: string, url: string): ReturnType<AuthorizationHeaders> {
    if (credential === 'none') return {};
    return this.options[credential === 'right' ? 'credentials' : 'wrongCredentials'](method, url);
  }
}

function contentOf(answer: Answer): unknown {
  const type = mediaTypeOf(answer.headers.get('content-type'));
  if (type.endsWith('/json')) return answer.json;
  return type.endsWith('/xml') ? readXml(answer.text) : undefined;
}

function pathOf({ template }: Operation, values: readonly string[]): string {
  let index = 0;
  return template.replace(/\{\w+\}/g, () => encodeURIComponent(values[index++] ?? ''));
}

function queryOf({ parameters = [] }: Operation, { query, unusualQuery }: Plan): string {
  const search = new URLSearchParams(
    Object.entries(query)
      .filter(([, value]) => value != null)
      .map(([name, value]) => [name, String(value)] as [string, string]),
  );
  const names = parameters.filter((parameter) => parameter.in === 'query').map(({ name }) => name);
  if (unusualQuery !== undefined) {
    const name = names[unusualQuery.at % (names.length + 1)] ?? 'unknown';
    search.delete(name);
    for (const value of unusualQuery.values) search.append(name, value);
  }
  // Servers and the signing library disagree on a space as `+`.
  return search.size === 0 ? '' : `?${search.toString().replace(/\+/g, '%20')}`;
}

const producesXml = (operation: Operation): boolean =>
  Object.values(operation.responses).some(({ content = {} }) => 'text/xml' in content);

function bodyOf(operation: Operation, plan: Plan): string | undefined {
  if (operation.requestBody === undefined) return undefined;
  if (plan.unreadable !== undefined) return plan.unreadable;
  const body = plan.bodyError === undefined ? plan.body : withError(plan.body, plan.bodyError);
  const type = contentTypeOf(operation, plan);
  if (type.startsWith('multipart/')) return asForm(body);
  return type.endsWith('xml') ? asXml(body) : JSON.stringify(body);
}

function contentTypeOf(operation: Operation, { contentType }: Plan): string {
  const types = Object.keys(operation.requestBody?.content ?? {});
  if (contentType === 'other') return 'text/csv';
  const wanted = types.filter((type) => type.endsWith(contentType));
  const type = wanted[0] ?? types[0] ?? 'application/json';
  return type.startsWith('multipart/') ? `${type}; boundary=${BOUNDARY}` : type;
}

const BOUNDARY = 'between-the-parts';

/** A form with a file for each field. */
function asForm(body: unknown): string {
  const parts = Object.entries((body ?? {}) as object).map(
    ([name, content]) =>
      `--${BOUNDARY}\r\ncontent-disposition: form-data; name="${encodeURIComponent(name)}"; filename="a.bin"\r\n` +
      `content-type: application/octet-stream\r\n\r\n${String(content)}\r\n`,
  );
  return `${parts.join('')}--${BOUNDARY}--\r\n`;
}

function headersOf(operation: Operation, { headers, accept }: Plan): Record<string, string> {
  const given = Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, String(value)]));
  return producesXml(operation) ? { accept, ...given } : given;
}
