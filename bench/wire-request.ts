/** The secrets a client signs with (two-legged OAuth 1.0a). */
export interface Consumer {
  readonly key: string;
  readonly secret: string;
}

/** A request before serialization; small enough to send tens of thousands to the driver. */
export interface WireRequest {
  readonly method: 'GET' | 'POST' | 'PATCH' | 'PUT' | 'DELETE';
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string;
  /** The signer, for each time it is sent: a signed request is valid once. */
  readonly signedBy?: Consumer;
}

/** The `Host` that the driver sends; the signature includes it. */
export const HOST = 'localhost';

/** The serialized request, with an `Authorization` header for this one time, if any. */
export function bytesOf({ method, path, headers, body = '' }: WireRequest, authorization?: string): Buffer {
  const lines = [`${method} ${path} HTTP/1.1`, `host: ${HOST}`];
  for (const [name, value] of Object.entries(headers)) lines.push(`${name}: ${value}`);
  if (authorization !== undefined) lines.push(`authorization: ${authorization}`);
  if (method !== 'GET') lines.push(`content-length: ${Buffer.byteLength(body)}`);
  return Buffer.from(`${lines.join('\r\n')}\r\n\r\n${body}`);
}
