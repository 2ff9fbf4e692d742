import { request as open } from 'node:http';

export interface RawAnswer {
  /** 0 if the connection ended without an answer. */
  readonly status: number;
  readonly text: string;
  readonly hasRetryAfter: boolean;
  readonly milliseconds: number;
}

export interface RawRequest {
  readonly method: string;
  /** Sent as it is. */
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string | Buffer;
}

const LIMIT_MS = 20_000;

/** Sends what `fetch` would refuse to send or would tidy up. Never throws. */
export function sendRaw(url: string, { method, path, headers, body }: RawRequest): Promise<RawAnswer> {
  const from = performance.now();
  return new Promise((resolve) => {
    const { hostname, port } = new URL(url);
    const end = (status: number, text: string, hasRetryAfter = false): void =>
      resolve({ status, text, hasRetryAfter, milliseconds: performance.now() - from });
    try {
      // Node sends a body with DELETE without its length: its bytes would be the next request on the connection.
      const length = body === undefined ? {} : { 'content-length': Buffer.byteLength(body) };
      const request = open({
        hostname,
        port,
        method,
        path,
        headers: { ...length, ...headers },
        timeout: LIMIT_MS,
      });
      request.on('response', (response) => {
        let text = '';
        response.setEncoding('utf8').on('data', (part: string) => (text += part));
        response.on('end', () => end(response.statusCode ?? 0, text, 'retry-after' in response.headers));
        response.on('error', () => end(response.statusCode ?? 0, text));
      });
      request.on('timeout', () => request.destroy());
      request.on('error', (error) => end(0, String(error)));
      request.end(body);
    } catch (error) {
      // Node itself refuses to send it: nothing was tried.
      end(-1, String(error));
    }
  });
}
