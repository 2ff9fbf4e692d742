import pg, { type Client, type ClientConfig, type QueryResult } from 'pg';

/**
 * A few pipelined connections for short single statements. A pooled connection carries one statement at a time
 * and idles on the wire in between; a lane is handed the next statement while the last is still under way, so a
 * handful of lanes serve what would take dozens of pooled connections.
 *
 * The price: a slow statement holds up those behind it, and a cursor or a transaction cannot travel here. Both
 * have pools of their own.
 */
export class Lanes {
  private readonly lanes: (Client | undefined)[];
  private readonly opening = new Map<number, Promise<Client>>();
  private next = 0;
  private closed = false;

  constructor(
    private readonly config: ClientConfig,
    count: number,
    private readonly onLost: (error: Error) => void,
  ) {
    this.lanes = new Array<Client | undefined>(count).fill(undefined);
  }

  /** Connects all lanes, so that the first requests do not pay for it and a wrong address shows at start. */
  async open(): Promise<void> {
    await Promise.all(this.lanes.map((_, index) => this.connect(index)));
  }

  query<Row extends object>(query: pg.QueryConfig): Promise<QueryResult<Row>> {
    const index = (this.next = (this.next + 1) % this.lanes.length);
    const lane = this.lanes[index];
    return lane === undefined
      ? this.connect(index).then((opened) => opened.query<Row>(query))
      : lane.query<Row>(query);
  }

  async close(): Promise<void> {
    this.closed = true;
    await Promise.allSettled(this.opening.values());
    await Promise.allSettled(this.lanes.flatMap((lane) => lane?.end() ?? []));
  }

  /** One attempt at a time per lane; requests that come meanwhile share it, and its failure. */
  private connect(index: number): Promise<Client> {
    const pending = this.opening.get(index);
    if (pending) return pending;
    const attempt = this.connectOnce(index).finally(() => this.opening.delete(index));
    this.opening.set(index, attempt);
    return attempt;
  }

  private async connectOnce(index: number): Promise<Client> {
    if (this.closed) throw new Error('Client was closed and is not queryable');
    const lane = new pg.Client({ ...this.config, pipeline: true });
    const leave = (): void => {
      if (this.lanes[index] === lane) this.lanes[index] = undefined;
    };
    lane.on('error', (error) => {
      leave();
      this.onLost(error);
    });
    lane.on('end', leave);
    await lane.connect();
    this.lanes[index] = lane;
    return lane;
  }
}
