import type { Client, QueryConfig, QueryResult } from 'pg';
import { ATTEMPTS, wasContended } from './contention.js';

/**
 * Time as counted by the event loop. It stands still while the process gets no processor: responses that arrived meanwhile
 * lie unread in the socket, and their server is not to blame.
 */
export interface EventLoopTime {
  ticks: number;
}

/** One pipelined connection and its statements in flight. */
export class PipelinedConnection {
  /** The tick in which each statement was sent, oldest first; PostgreSQL responds in the same order. */
  private readonly sent: number[] = [];
  private corked = false;

  constructor(
    private readonly client: Client,
    private readonly time: EventLoopTime,
  ) {}

  /** Statements sent and not answered yet. */
  get load(): number {
    return this.sent.length;
  }

  /** How long the oldest of them has waited, in ticks. */
  get wait(): number {
    return this.time.ticks - (this.sent[0] ?? this.time.ticks);
  }

  /** A statement that PostgreSQL ended to break a deadlock has done nothing, and is sent again. */
  query<Row extends object>(query: QueryConfig): Promise<QueryResult<Row>> {
    return new Promise((resolve, reject) => this.send(query, ATTEMPTS, resolve, reject));
  }

  /** By callback: the driver's promises outlive the young generation, and their rows with them. */
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
      if (!error) resolve(result);
      else if (attempts > 1 && wasContended(error)) this.send(query, attempts - 1, resolve, reject);
      else reject(error);
    });
  }

  /** Closes a connection whose server does not respond any more; its statements fail. */
  destroy(): void {
    this.client.connection.stream.destroy();
  }

  async end(): Promise<void> {
    await this.client.end();
  }

  /**
   * Holds bytes back until the event loop has read every waiting request, so that their statements leave in one packet:
   * a well-written server spends most of its time writing packets.
   */
  private cork(): void {
    if (this.corked) return;
    this.corked = true;
    const { stream } = this.client.connection;
    stream.cork();
    setImmediate(() => {
      this.corked = false;
      stream.uncork();
    });
  }
}
