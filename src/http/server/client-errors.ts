import { METHODS, STATUS_CODES, type IncomingMessage } from 'node:http';
import type { Socket } from 'node:net';
import { brokenRequest } from './broken-request.js';
import type { FailureFilter } from './failure.filter.js';
import { foldSlashes, pathOf } from '../path.js';
import type { AccessLog } from './access-log.js';
import { traceOf } from './trace.js';

declare module 'node:net' {
  interface Socket {
    /** The last request with a body that came this way. */
    withBody?: IncomingMessage;
  }
}

/** What Node tells of a request that its parser gave up. */
export interface ClientError extends Error {
  readonly code?: string;
  /** What arrived last: the whole request, unless it came in pieces. */
  readonly rawPacket?: Buffer;
}

/** A connection that is closed with bytes unread is reset, and the answer on its way is lost; so long they are read. */
const LINGER_MS = 500;

/** Answers what the HTTP parser gives up: a request that is no HTTP, too large, or too slow. */
export class ClientErrors {
  constructor(
    private readonly filter: FailureFilter,
    private readonly line: AccessLog,
  ) {}

  answer(error: ClientError, socket: Socket): void {
    const { withBody } = socket;
    if (withBody?.complete === false) {
      // Its headers were sound, so it is answered like any other request, by whoever waits for the body.
      if (withBody.listenerCount('error') > 0) withBody.emit('error', brokenRequest(error.code));
      else socket.destroy();
      return;
    }
    // Answered already; what still arrives meets the same parser.
    if (socket.writableEnded) return;
    // Gone, or opened ahead and never used: there is nobody to be told.
    if (!socket.writable || socket.bytesRead === 0) {
      socket.destroy();
      return;
    }
    this.refuse(error, socket);
    setTimeout(() => socket.destroy(), LINGER_MS).unref();
  }

  private refuse({ code, rawPacket }: ClientError, socket: Socket): void {
    const { method, url, headers } = headOf(rawPacket);
    const path = pathOf(url);
    const { id } = traceOf(undefined);
    const { status, text, ...told } = this.filter.told(brokenRequest(code), { url, headers });
    const lines = Object.entries({
      ...told.headers,
      'content-type': told.contentType,
      'content-length': Buffer.byteLength(text),
      'x-request-id': id,
      'x-content-type-options': 'nosniff',
      date: new Date().toUTCString(),
    }).map(([name, value]) => `${name}: ${value}\r\n`);
    socket.end(`HTTP/1.1 ${status} ${STATUS_CODES[status]}\r\n${lines.join('')}\r\n${text}`);
    this.line.write({ id, method, url: path, status });
  }
}

/** What can be told of a request from its beginning. */
function headOf(packet: Buffer | undefined): { method: string; url: string; headers: { accept?: string } } {
  const text = packet?.toString('latin1') ?? '';
  const [, method = '', target = '/'] = /^([A-Z]+) (\/\S*) HTTP\//.exec(text) ?? [];
  const [, accept] = /\r\naccept:[ \t]*([^\r\n]*)/i.exec(text) ?? [];
  return {
    // A method that nobody knows would make figures without end.
    method: METHODS.includes(method) ? method : 'unknown',
    url: foldSlashes(target),
    headers: { ...(accept !== undefined && { accept }) },
  };
}
