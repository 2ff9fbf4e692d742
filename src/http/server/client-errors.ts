import { METHODS, STATUS_CODES, type IncomingMessage, type ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import { JSON_TYPE } from '../../core/json-text.js';
import { HTTP_STATUS } from '../fallback.dialect.js';
import { brokenRequest, type BrokenRequest } from './broken-request.js';
import type { FailureFilter, TextResponse } from './failure.filter.js';
import { foldSlashes, pathOf } from '../path.js';
import type { AccessLog } from './access-log.js';
import { traceOf } from './trace.js';

declare module 'node:net' {
  interface Socket {
    /** The last request with a body on this connection. */
    withBody?: IncomingMessage;
    /** The response to the last request on this connection. */
    lastResponse?: ServerResponse;
  }
}

/** The error that Node emits for a request that its parser rejected. */
export interface ClientError extends Error {
  readonly code?: string;
  /** The last chunk received: the whole request, unless it came in several chunks. */
  readonly rawPacket?: Buffer;
}

/** How long to keep reading after the response: closing with unread bytes resets the connection and loses the response. */
const LINGER_MS = 500;

/** Responds to requests that the HTTP parser rejects: invalid, too large, or too slow. */
export class ClientErrors {
  constructor(
    private readonly filter: FailureFilter,
    private readonly accessLog: AccessLog,
  ) {}

  respond(error: ClientError, socket: Socket): void {
    const { withBody, lastResponse } = socket;
    if (withBody?.complete === false) {
      // Its headers were valid, so the code that waits for the body responds as for any other request.
      if (withBody.listenerCount('error') > 0) withBody.emit('error', brokenRequest(error.code));
      else socket.destroy();
      return;
    }
    // The request before is valid: it alone is answered, since some clients send a body behind `Content-Length: 0` and
    // would read another response as the one to their next request.
    if (lastResponse?.writableFinished === false && !lastResponse.destroyed) {
      lastResponse.shouldKeepAlive = false;
      lastResponse.once('close', () => socket.end());
      return;
    }
    // Already answered; the parser fails again for each further chunk.
    if (socket.writableEnded) return;
    // Closed by the client, or a preconnect that was never used.
    if (!socket.writable || socket.bytesRead === 0) {
      socket.destroy();
      return;
    }
    this.reject(error, socket);
    setTimeout(() => socket.destroy(), LINGER_MS).unref();
  }

  private reject({ code, rawPacket }: ClientError, socket: Socket): void {
    const { method, url, headers } = headOf(rawPacket);
    const { id } = traceOf(undefined);
    const failure = brokenRequest(code);
    const { status, text, ...response } =
      url === undefined ? plainResponse(failure) : this.filter.textResponse(failure, { url, headers });
    const lines = Object.entries({
      ...response.headers,
      'content-type': response.contentType,
      'content-length': Buffer.byteLength(text),
      'x-request-id': id,
      'x-content-type-options': 'nosniff',
      date: new Date().toUTCString(),
    }).map(([name, value]) => `${name}: ${value}\r\n`);
    socket.end(`HTTP/1.1 ${status} ${STATUS_CODES[status]}\r\n${lines.join('')}\r\n${text}`);
    this.accessLog.write({ id, method, url: pathOf(url ?? '/'), status });
  }
}

/** The response where it is unknown which path was requested, so that no surface can word it. */
function plainResponse(failure: BrokenRequest): TextResponse {
  return {
    status: HTTP_STATUS[failure.kind],
    headers: { connection: 'close' },
    contentType: JSON_TYPE,
    text: JSON.stringify({ message: failure.message }),
  };
}

interface RequestHead {
  readonly method: string;
  /** `undefined` if the packet does not begin with a request line. */
  readonly url: string | undefined;
  readonly headers: { readonly accept?: string };
}

/** Method, target and `Accept` header, as far as they can be read from the request's beginning. */
function headOf(packet: Buffer | undefined): RequestHead {
  const text = packet?.toString('latin1') ?? '';
  // The target may be cut off, but its beginning tells the surface.
  const [, method = '', target] = /^([A-Z]+) (\/\S*)/.exec(text) ?? [];
  const [, accept] = /\r\naccept:[ \t]*([^\r\n]*)/i.exec(text) ?? [];
  return {
    // Arbitrary methods would create an unlimited number of metric labels.
    method: METHODS.includes(method) ? method : 'unknown',
    url: target && foldSlashes(target),
    headers: { ...(accept !== undefined && { accept }) },
  };
}
