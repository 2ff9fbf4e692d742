import type { Client, DatabaseError, QueryConfig, QueryResult } from 'pg';
import { ATTEMPTS, wasContended } from './contention.js';
import { afterCollecting } from './end-of-turn.js';

/**
 * Time in event loop ticks. It does not advance while the process is not scheduled, because responses may then be
 * unread in the socket although the server has responded.
 */
export interface EventLoopTime {
  ticks: number;
}

/** One pipelined connection and its statements in flight. */
export class PipelinedConnection {
  /** The tick in which each statement was sent, oldest first; PostgreSQL responds in the same order. */
  private readonly sent: number[] = [];
  /** The tick in which the last statement was answered. */
  private heard = 0;
  private corked = false;
  /** Whether the session has ended: later statements would fail. */
  hasEnded = false;

  constructor(
    private readonly client: Client,
    private readonly time: EventLoopTime,
  ) {
    const end = (): void => void (this.hasEnded = true);
    client.on('error', end);
    client.on('end', end);
  }

  /** Statements sent and not answered yet. */
  get load(): number {
    return this.sent.length;
  }

  /** How long the oldest of them has waited, in ticks. */
  get wait(): number {
    return this.time.ticks - (this.sent[0] ?? this.time.ticks);
  }

  /** How long nothing has been answered, in ticks. */
  get silence(): number {
    return this.time.ticks - this.heard;
  }

  /** Retries after a deadlock or serialization failure, since the statement was rolled back. */
  query<Row extends object>(query: QueryConfig): Promise<QueryResult<Row>> {
    return new Promise((resolve, reject) => this.send(query, ATTEMPTS, resolve, reject));
  }

  /** Uses a callback: the driver's promises survive into the old generation and keep their rows alive. */
  private send<Row extends object>(
    query: QueryConfig,
    attempts: number,
    resolve: (result: QueryResult<Row>) => void,
    reject: (error: Error) => void,
  ): void {
    this.cork();
    this.sent.push(this.time.ticks);
    this.client.query<Row>(query, (error: Error | null, result) => {
      this.sent.shift();
      this.heard = this.time.ticks;
      if (!error) return resolve(result);
      if (isFatal(error)) this.hasEnded = true;
      if (attempts > 1 && wasContended(error)) this.send(query, attempts - 1, resolve, reject);
      else reject(error);
    });
  }

  /** Closes an unresponsive connection; its statements fail. */
  destroy(): void {
    this.client.connection.stream.destroy();
  }

  async end(): Promise<void> {
    await this.client.end();
  }

  /**
   * Buffers writes until the event loop has read all pending requests, so that their statements are sent in one packet:
   * writing packets is where most of the server's time goes.
   */
  private cork(): void {
    if (this.corked) return;
    this.corked = true;
    const { stream } = this.client.connection;
    stream.cork();
    afterCollecting(() => {
      this.corked = false;
      stream.uncork();
    });
  }
}

/** The driver notices the end of the connection only when its socket closes; until then it would seem to be idle. */
function isFatal(error: Error): boolean {
  return (error as Partial<DatabaseError>).severity === 'FATAL';
}
