import { connect, type Socket } from 'node:net';
import { AnswerReader } from './answer-reader.js';

const READ_BUFFER_BYTES = 64 * 1024;

/** The result of one request. */
export interface Exchange {
  readonly status: number;
  readonly bytes: number;
  readonly firstByteMs: number;
  readonly totalMs: number;
}

/** One keep-alive connection with one request at a time. Reads into its own buffer. */
export class Connection {
  private readonly reader: AnswerReader;
  private startedAt = 0;
  private firstByteAt = 0;
  private status = 0;

  private constructor(
    private readonly socket: Socket,
    private readonly done: (exchange: Exchange) => void,
  ) {
    this.reader = new AnswerReader({
      head: (status) => (this.status = status),
      end: () => this.finish(),
    });
  }

  /** `done` is called for each response; it may send the next request. */
  static open(
    port: number,
    done: (connection: Connection, exchange: Exchange) => void,
    failed: (error: Error) => void,
  ): Promise<Connection> {
    return new Promise((resolve, reject) => {
      const socket = connect({
        port,
        host: '127.0.0.1',
        noDelay: true,
        onread: {
          buffer: Buffer.allocUnsafe(READ_BUFFER_BYTES),
          callback: (length, buffer) => {
            connection.take((buffer as Buffer).subarray(0, length));
            return true;
          },
        },
      });
      const connection: Connection = new Connection(socket, (exchange) => done(connection, exchange));
      socket.once('connect', () => resolve(connection));
      socket.on('error', (error) => {
        reject(error);
        failed(error);
      });
      socket.on('end', () => failed(new Error('The server hung up.')));
    });
  }

  send(request: Buffer): void {
    this.firstByteAt = 0;
    this.startedAt = performance.now();
    this.socket.write(request);
  }

  close(): void {
    this.socket.removeAllListeners('end').destroy();
  }

  private take(piece: Buffer): void {
    if (this.firstByteAt === 0) this.firstByteAt = performance.now();
    this.reader.read(piece);
  }

  private finish(): void {
    const { bytes } = this.reader;
    this.reader.bytes = 0;
    this.done({
      status: this.status,
      bytes,
      firstByteMs: this.firstByteAt - this.startedAt,
      totalMs: performance.now() - this.startedAt,
    });
  }
}
