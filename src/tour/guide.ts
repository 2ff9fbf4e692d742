import { STATUS_CODES } from 'node:http';
import { StartError } from '../boot/start-error.js';
import { shellWord } from '../http/landing/shell.js';
import type { TourKey } from './keys.js';
import type { Teller } from './teller.js';

/** One request of the tour. */
export interface TourCall<Answer> {
  /** POST with a body, GET without, unless said otherwise. */
  readonly method?: string;
  /** Below the service's address, the query included. */
  readonly path: string;
  readonly headers?: Readonly<Record<string, string>>;
  /** Sent as JSON. */
  readonly body?: object;
  /** Sent without a credential. */
  readonly open?: true;
  /** The status that the story goes on with. */
  readonly expect: number;
  /** The part of the answer that the story is about; all of it by default. */
  readonly show?: (answer: Answer) => unknown;
}

/** Leads through one product: makes its requests, and tells each with its answer. */
export class Guide {
  constructor(
    private readonly address: string,
    private readonly key: TourKey,
    private readonly teller: Teller,
  ) {}

  /** The answer: an object where it is JSON, else text. Throws when the service answers otherwise than the story goes. */
  async ask<Answer>(title: string, call: TourCall<Answer>): Promise<Answer> {
    this.teller.step(title, this.lineOf(call));
    const { status, answer } = await this.send(call);
    this.teller.answer(
      status,
      STATUS_CODES[status] ?? '',
      status === call.expect ? (call.show?.(answer as Answer) ?? answer) : answer,
    );
    if (status !== call.expect) {
      throw new StartError(`The tour ends here: it expected ${call.expect}, and the service said ${status}.`);
    }
    return answer as Answer;
  }

  private async send<Answer>(
    call: TourCall<Answer>,
  ): Promise<{ readonly status: number; readonly answer: unknown }> {
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
    return { status: response.status, answer: isJson && text !== '' ? (JSON.parse(text) as unknown) : text };
  }

  private lineOf<Answer>(call: TourCall<Answer>): string {
    const { path, headers = {}, body, open } = call;
    const method = methodOf(call);
    const isDefault = method === (body === undefined ? 'GET' : 'POST');
    return [
      'curl',
      ...(isDefault ? [] : ['-X', method]),
      ...(open === true ? [] : ['-H', this.key.word]),
      ...Object.entries(headers).flatMap(([name, value]) => ['-H', shellWord(`${name}: ${value}`)]),
      ...(body === undefined ? [] : ['-H', "'Content-Type: application/json'"]),
      shellWord(this.address + path),
      ...(body === undefined ? [] : ['-d', shellWord(JSON.stringify(body))]),
    ].join(' ');
  }
}

function methodOf<Answer>({ method, body }: TourCall<Answer>): string {
  return method ?? (body === undefined ? 'GET' : 'POST');
}
