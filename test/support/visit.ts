import { request as send } from 'node:http';
import type { Socket } from 'node:net';
import type { TestApp } from './app.js';
import type { Answer, Call } from './http.js';

export interface Visit extends Call {
  /** The client address that the service sees. */
  readonly remoteAddress?: string;
}

/** One request on a new connection, with any `Host`, which `fetch` does not allow. */
export function visit({ app, url }: TestApp, path: string, options: Visit = {}): Promise<Answer> {
  const { method, headers = {}, body, remoteAddress } = options;
  if (remoteAddress !== undefined) {
    app
      .getHttpServer()
      .prependOnceListener('connection', (socket: Socket) =>
        Object.defineProperty(socket, 'remoteAddress', { value: remoteAddress }),
      );
  }
  const text = body === undefined ? undefined : JSON.stringify(body);
  return new Promise((resolve, reject) => {
    const asked = send(
      `${url}${path}`,
      {
        agent: false,
        method: method ?? (text === undefined ? 'GET' : 'POST'),
        headers: { ...(text !== undefined && { 'content-type': 'application/json' }), ...headers },
      },
      (answer) => {
        let received = '';
        answer.setEncoding('utf8').on('data', (part: string) => (received += part));
        answer.on('end', () =>
          resolve({
            status: answer.statusCode ?? 0,
            headers: new Headers(answer.headers as Record<string, string>),
            text: received,
            get json() {
              return JSON.parse(received) as unknown;
            },
          }),
        );
      },
    );
    asked.on('error', reject).end(text);
  });
}
