/** What a client signs with (OAuth 1.0a, two legs). */
export interface Consumer {
  readonly key: string;
  readonly secret: string;
}

/** A request before it is bytes; small enough to be sent to the driver by the ten thousand. */
export interface WireRequest {
  readonly method: 'GET' | 'POST' | 'PATCH' | 'PUT' | 'DELETE';
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string;
  /** Who signs it, anew each time it is sent: a signed request is good for once. */
  readonly signedBy?: Consumer;
}

/** The `Host` that the driver names; what is signed carries it. */
export const HOST = 'localhost';

/** The whole request as it goes over the wire, with a header that is made for this one time, if any. */
export function bytesOf({ method, path, headers, body = '' }: WireRequest, authorization?: string): Buffer {
  const lines = [`${method} ${path} HTTP/1.1`, `host: ${HOST}`];
  for (const [name, value] of Object.entries(headers)) lines.push(`${name}: ${value}`);
  if (authorization !== undefined) lines.push(`authorization: ${authorization}`);
  if (method !== 'GET') lines.push(`content-length: ${Buffer.byteLength(body)}`);
  return Buffer.from(`${lines.join('\r\n')}\r\n\r\n${body}`);
}
