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
  /** Statements sent and not answered yet, by lane. */
  private readonly underWay: number[];
  private last = 0;
  private closed = false;

  constructor(
    private readonly config: ClientConfig,
    count: number,
    private readonly onLost: (error: Error) => void,
  ) {
    this.lanes = new Array<Client | undefined>(count).fill(undefined);
    this.underWay = new Array<number>(count).fill(0);
  }

  /** Connects all lanes, so that the first requests do not pay for it and a wrong address shows at start. */
  async open(): Promise<void> {
    await Promise.all(this.lanes.map((_, index) => this.connect(index)));
  }

  /** Sends a statement down the lane with the fewest under way, so that a slow one holds up few. */
  query<Row extends object>(query: pg.QueryConfig): Promise<QueryResult<Row>> {
    const index = this.shortest();
    const lane = this.lanes[index];
    const answer =
      lane === undefined
        ? this.connect(index).then((opened) => opened.query<Row>(query))
        : lane.query<Row>(query);
    this.underWay[index] = this.loadOf(index) + 1;
    const done = (): void => void (this.underWay[index] = this.loadOf(index) - 1);
    answer.then(done, done);
    return answer;
  }

  async close(): Promise<void> {
    this.closed = true;
    await Promise.allSettled(this.opening.values());
    await Promise.allSettled(this.lanes.flatMap((lane) => lane?.end() ?? []));
  }

  /** Among equals the next in turn, so that an idle service uses all lanes. */
  private shortest(): number {
    let best = (this.last + 1) % this.lanes.length;
    for (let step = 2; step <= this.lanes.length && this.loadOf(best) > 0; step++) {
      const other = (this.last + step) % this.lanes.length;
      if (this.loadOf(other) < this.loadOf(best)) best = other;
    }
    return (this.last = best);
  }

  private loadOf(index: number): number {
    return this.underWay[index] ?? 0;
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
