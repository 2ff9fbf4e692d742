import type { Client, QueryConfig, QueryResult } from 'pg';
import { ATTEMPTS, wasContended } from './contention.js';

/**
 * Time as the event loop lived it. While the process gets no processor this clock stands still: answers that came
 * meanwhile lie in the socket unread, and nobody is to blame for their silence.
 */
export interface EventLoopTime {
  ticks: number;
}

/** One pipelined connection, and the statements that are under way on it. */
export class PipelinedConnection {
  /** The tick in which each statement was sent, oldest first; PostgreSQL answers in the same order. */
  private readonly sent: number[] = [];
  private gathering = false;

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
    this.gather();
    this.sent.push(this.time.ticks);
    this.client.query<Row>(query, (error: Error | null, result) => {
      this.sent.shift();
      if (!error) resolve(result);
      else if (attempts > 1 && wasContended(error)) this.send(query, attempts - 1, resolve, reject);
      else reject(error);
    });
  }

  /** Gives up a connection whose server says nothing any more; whoever waits is told. */
  giveUp(): void {
    this.client.connection.stream.destroy();
  }

  async end(): Promise<void> {
    await this.client.end();
  }

  /**
   * Holds the bytes back until the event loop has read every request that is waiting, so that their statements leave
   * in one packet: writing packets is the dearest thing that a well-written server does.
   */
  private gather(): void {
    if (this.gathering) return;
    this.gathering = true;
    const { stream } = this.client.connection;
    stream.cork();
    setImmediate(() => {
      this.gathering = false;
      stream.uncork();
    });
  }
}
