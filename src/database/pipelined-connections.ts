import pg, { type ClientConfig, type QueryConfig, type QueryResult } from 'pg';
import { PipelinedConnection, type EventLoopTime } from './pipelined-connection.js';

/** Length of a tick, and interval of the check for unresponsive connections. */
const TICK_MS = 100;

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
  private last = 0;
  /** The connection for this turn of the event loop: its statements are sent together in one packet. */
  private current: number | undefined;
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
    const index = long ? this.shortest() : this.ofThisTurn();
    const connection = this.connections[index];
    return connection === undefined
      ? this.connect(index).then((opened) => opened.query<Row>(query))
      : connection.query<Row>(query);
  }

  async close(): Promise<void> {
    this.closed = true;
    clearInterval(this.sweeper);
    await Promise.allSettled(this.opening.values());
    await Promise.allSettled(this.connections.flatMap((connection) => connection?.end() ?? []));
  }

  private ofThisTurn(): number {
    if (this.current !== undefined) return this.current;
    setImmediate(() => (this.current = undefined));
    return (this.current = this.shortest());
  }

  /** The connection with the fewest statements in flight; round-robin if several are equal. */
  private shortest(): number {
    let best = (this.last + 1) % this.connections.length;
    for (let step = 2; step <= this.connections.length && this.loadOf(best) > 0; step++) {
      const other = (this.last + step) % this.connections.length;
      if (this.loadOf(other) < this.loadOf(best)) best = other;
    }
    return (this.last = best);
  }

  private loadOf(index: number): number {
    return this.connections[index]?.load ?? 0;
  }

  private sweep(): void {
    this.time.ticks++;
    for (const connection of this.connections)
      if (connection !== undefined && this.isLost(connection)) connection.destroy();
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
    const leave = (): void => {
      if (this.connections[index] === connection) this.connections[index] = undefined;
    };
    client.on('error', (error) => {
      leave();
      this.onLost(error);
    });
    client.on('end', leave);
    await client.connect();
    this.connections[index] = connection;
    return connection;
  }
}
