import pg, { type ClientConfig, type QueryConfig, type QueryResult } from 'pg';
import { PipelinedConnection, type EventLoopTime } from './pipelined-connection.js';

/** How often silent connections are looked for, and the length of a tick. */
const TICK_MS = 100;

/**
 * A few pipelined connections for short single statements. A pooled connection carries one statement at a time
 * and idles on the wire in between; a lane is handed the next statement while the last is still under way, so a
 * handful of lanes serve what would take dozens of pooled connections.
 *
 * The price: a slow statement holds up those behind it, and a cursor or a transaction cannot travel here. Both
 * have pools of their own.
 */
export class PipelinedConnections {
  private readonly lanes: (PipelinedConnection | undefined)[];
  private readonly opening = new Map<number, Promise<PipelinedConnection>>();
  private readonly sweeper: NodeJS.Timeout;
  private readonly time: EventLoopTime = { ticks: 0 };
  private readonly silentTicks: number;
  private last = 0;
  /** The lane of this turn of the event loop; all statements of a turn take the same one, in one packet. */
  private turn: number | undefined;
  private closed = false;

  /** A statement that is not answered within `silenceMs` takes its connection with it. */
  constructor(
    private readonly config: ClientConfig,
    count: number,
    silenceMs: number,
    private readonly onLost: (error: Error) => void,
  ) {
    this.lanes = new Array<PipelinedConnection | undefined>(count).fill(undefined);
    this.silentTicks = Math.ceil(silenceMs / TICK_MS);
    // One timer for all: a timer for each statement keeps its rows alive until it is due.
    this.sweeper = setInterval(() => this.sweep(), TICK_MS).unref();
  }

  /** Connects all lanes, so that the first requests do not pay for it and a wrong address shows at start. */
  async open(): Promise<void> {
    await Promise.all(this.lanes.map((_, index) => this.connect(index)));
  }

  /** `long` ones spread over the lanes; all others of a turn of the event loop take the same one. */
  query<Row extends object>(query: QueryConfig, long = false): Promise<QueryResult<Row>> {
    const index = long ? this.shortest() : this.laneOfThisTurn();
    const lane = this.lanes[index];
    return lane === undefined
      ? this.connect(index).then((opened) => opened.query<Row>(query))
      : lane.query<Row>(query);
  }

  async close(): Promise<void> {
    this.closed = true;
    clearInterval(this.sweeper);
    await Promise.allSettled(this.opening.values());
    await Promise.allSettled(this.lanes.flatMap((lane) => lane?.end() ?? []));
  }

  private laneOfThisTurn(): number {
    if (this.turn !== undefined) return this.turn;
    setImmediate(() => (this.turn = undefined));
    return (this.turn = this.shortest());
  }

  /** The lane with the fewest statements under way, so that a slow one holds up few; among equals the next in turn. */
  private shortest(): number {
    let best = (this.last + 1) % this.lanes.length;
    for (let step = 2; step <= this.lanes.length && this.loadOf(best) > 0; step++) {
      const other = (this.last + step) % this.lanes.length;
      if (this.loadOf(other) < this.loadOf(best)) best = other;
    }
    return (this.last = best);
  }

  private loadOf(index: number): number {
    return this.lanes[index]?.load ?? 0;
  }

  private sweep(): void {
    this.time.ticks++;
    for (const lane of this.lanes) if (lane !== undefined && lane.wait > this.silentTicks) lane.giveUp();
  }

  /** One attempt at a time per lane; requests that come meanwhile share it, and its failure. */
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
    const lane = new PipelinedConnection(client, this.time);
    const leave = (): void => {
      if (this.lanes[index] === lane) this.lanes[index] = undefined;
    };
    client.on('error', (error) => {
      leave();
      this.onLost(error);
    });
    client.on('end', leave);
    await client.connect();
    this.lanes[index] = lane;
    return lane;
  }
}
