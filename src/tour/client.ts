import { STATUS_CODES } from 'node:http';
import { StartError } from '../boot/start-error.js';
import { shellWord } from '../http/landing/shell.js';
import type { TourKey } from './keys.js';
import type { TourPrinter } from './printer.js';

/** One request of the tour. */
export interface TourCall<Body> {
  /** By default POST with a body, GET without. */
  readonly method?: string;
  /** Relative to the service's address, with the query. */
  readonly path: string;
  readonly headers?: Readonly<Record<string, string>>;
  /** Sent as JSON. */
  readonly body?: object;
  /** Sent without a credential. */
  readonly open?: true;
  /** Any other status ends the tour. */
  readonly expect: number;
  /** The part of the response to print; all of it by default. */
  readonly show?: (body: Body) => unknown;
}

/** Makes the requests of one product and prints each with its response. */
export class TourClient {
  constructor(
    private readonly address: string,
    private readonly key: TourKey,
    private readonly printer: TourPrinter,
  ) {}

  /** Returns the body, parsed where it is JSON. Throws when the status is not the expected one. */
  async request<Body>(title: string, call: TourCall<Body>): Promise<Body> {
    this.printer.request(title, this.commandOf(call));
    const { status, content } = await this.send(call);
    this.printer.response(
      status,
      STATUS_CODES[status] ?? '',
      status === call.expect ? (call.show?.(content as Body) ?? content) : content,
    );
    if (status !== call.expect) {
      throw new StartError(`The tour ends here: it expected ${call.expect}, and the service said ${status}.`);
    }
    return content as Body;
  }

  private async send<Body>(
    call: TourCall<Body>,
  ): Promise<{ readonly status: number; readonly content: unknown }> {
    const { path, headers, body, open } = call;
    const response = await fetch(this.address + path, {
      method: methodOf(call),
      headers: {
        ...(open !== true && { authorization: this.key.header() }),
        ...(body !== undefined && { 'content-type': 'application/json' }),
        ...headers,
      },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
    const text = await response.text();
    const isJson = response.headers.get('content-type')?.includes('json') === true;
    return { status: response.status, content: isJson && text !== '' ? (JSON.parse(text) as unknown) : text };
  }

  private commandOf<Body>(call: TourCall<Body>): string {
    const { path, headers = {}, body, open } = call;
    const method = methodOf(call);
    const isDefault = method === (body === undefined ? 'GET' : 'POST');
    return [
      'curl',
      ...(isDefault ? [] : ['-X', method]),
      ...(open === true ? [] : ['-H', this.key.headerArgument]),
      ...Object.entries(headers).flatMap(([name, value]) => ['-H', shellWord(`${name}: ${value}`)]),
      ...(body === undefined ? [] : ['-H', "'Content-Type: application/json'"]),
      shellWord(this.address + path),
      ...(body === undefined ? [] : ['-d', shellWord(JSON.stringify(body))]),
    ].join(' ');
  }
}

function methodOf<Body>({ method, body }: TourCall<Body>): string {
  return method ?? (body === undefined ? 'GET' : 'POST');
}
