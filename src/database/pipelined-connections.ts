import pg, { type ClientConfig, type QueryConfig, type QueryResult } from 'pg';
import { afterCollecting } from './end-of-turn.js';
import { PipelinedConnection, type EventLoopTime } from './pipelined-connection.js';

/** Length of a tick, and interval of the check for unresponsive connections. */
const TICK_MS = 100;

/** Interval of attempts to open a lost connection again while others are open. */
const REOPENING_TICKS = 5;

/** The longest time between two answers of a server that is busy with what was sent before. */
const PAUSE_TICKS = 1;
/** How many times the limit a statement may wait for those before it. */
const MOST_SILENCES = 4;

/**
 * A few pipelined connections for short single statements. A pooled connection runs one statement at a time and is idle
 * during the round trip; a pipelined connection sends the next statement while the previous one is in flight, so a few
 * connections replace dozens.
 *
 * The drawback: a slow statement delays those behind it, and cursors and transactions are not possible. They use
 * separate pools.
 */
export class PipelinedConnections {
  private readonly connections: (PipelinedConnection | undefined)[];
  private readonly opening = new Map<number, Promise<PipelinedConnection>>();
  private readonly sweeper: NodeJS.Timeout;
  private readonly time: EventLoopTime = { ticks: 0 };
  private readonly silentTicks: number;
  /** The connection for this turn of the event loop: its statements are sent together in one packet. */
  private current: PipelinedConnection | undefined;
  private closed = false;

  /**
   * A connection whose oldest statement is not answered within `silenceMs` is closed, unless others before it are being
   * answered: then it may wait four times as long.
   */
  constructor(
    private readonly config: ClientConfig,
    count: number,
    silenceMs: number,
    private readonly onLost: (error: Error) => void,
  ) {
    this.connections = new Array<PipelinedConnection | undefined>(count).fill(undefined);
    this.silentTicks = Math.ceil(silenceMs / TICK_MS);
    // One timer for all: a timer per statement would keep its rows alive until it fires.
    this.sweeper = setInterval(() => this.sweep(), TICK_MS).unref();
  }

  /** Opens all connections, so that the first requests are not delayed and a wrong URL fails at start-up. */
  async open(): Promise<void> {
    await Promise.all(this.connections.map((_, index) => this.connect(index)));
  }

  /** `long` statements are spread over the connections; all others of one event loop turn share one. */
  query<Row extends object>(query: QueryConfig, long = false): Promise<QueryResult<Row>> {
    const connection = long ? this.leastLoaded() : this.ofThisTurn();
    return connection?.query<Row>(query) ?? this.connect(0).then((opened) => opened.query<Row>(query));
  }

  async close(): Promise<void> {
    this.closed = true;
    clearInterval(this.sweeper);
    await Promise.allSettled(this.opening.values());
    await Promise.allSettled(this.connections.flatMap((connection) => connection?.end() ?? []));
  }

  private ofThisTurn(): PipelinedConnection | undefined {
    if (this.current?.hasEnded === false) return this.current;
    if (this.current === undefined) afterCollecting(() => (this.current = undefined));
    return (this.current = this.leastLoaded());
  }

  /**
   * The open connection with the fewest statements in flight, and the first of several: few clients then meet a server
   * process that has their data in its caches.
   */
  private leastLoaded(): PipelinedConnection | undefined {
    let best: PipelinedConnection | undefined;
    for (const connection of this.connections)
      if (connection?.hasEnded === false && (best === undefined || connection.load < best.load))
        best = connection;
    return best;
  }

  private sweep(): void {
    this.time.ticks++;
    // While the database is unavailable, only requests try to connect.
    const mayReopen = this.time.ticks % REOPENING_TICKS === 0 && this.leastLoaded() !== undefined;
    for (const [index, connection] of this.connections.entries()) {
      if (connection?.hasEnded === false) {
        if (this.isLost(connection)) connection.destroy();
      } else if (mayReopen) this.connect(index).catch(() => undefined);
    }
  }

  /** A server that is only slow, since many statements wait for it, answers one after the other. */
  private isLost({ wait, silence }: PipelinedConnection): boolean {
    return wait > this.silentTicks && (silence > PAUSE_TICKS || wait > MOST_SILENCES * this.silentTicks);
  }

  /** One attempt at a time per connection. Statements that arrive meanwhile wait for it and fail with it. */
  private connect(index: number): Promise<PipelinedConnection> {
    const pending = this.opening.get(index);
    if (pending) return pending;
    const attempt = this.connectOnce(index).finally(() => this.opening.delete(index));
    this.opening.set(index, attempt);
    return attempt;
  }

  private async connectOnce(index: number): Promise<PipelinedConnection> {
    if (this.closed) throw new Error('Client was closed and is not queryable');
    const client = new pg.Client({ ...this.config, pipeline: true });
    const connection = new PipelinedConnection(client, this.time);
    client.on('error', this.onLost);
    await client.connect();
    this.connections[index] = connection;
    return connection;
  }
}
