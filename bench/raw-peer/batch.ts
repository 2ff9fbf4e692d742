interface Waiting<Item, Result> {
  readonly item: Item;
  readonly resolve: (result: Result) => void;
  readonly reject: (error: Error) => void;
}

/**
 * Collects what simultaneous requests need and sends it as one statement, a few of them at a time: what arrives while
 * all are under way waits for the next.
 */
export class Batch<Item, Result> {
  private waiting: Waiting<Item, Result>[] = [];
  private running = 0;
  private scheduled = false;

  constructor(
    private readonly execute: (items: readonly Item[]) => Promise<readonly Result[]>,
    private readonly maxRunning: number,
    private readonly maxItems: number,
  ) {}

  add(item: Item): Promise<Result> {
    return new Promise((resolve, reject) => {
      this.waiting.push({ item, resolve, reject });
      this.schedule();
    });
  }

  /** One that cannot be carried out fails all of its statement, so that each gets one of its own. */
  private async apart(batch: readonly Waiting<Item, Result>[], error: Error): Promise<void> {
    if (batch.length === 1) return batch[0]?.reject(error);
    for (const { item, resolve, reject } of batch)
      await this.execute([item]).then(([result]) => resolve(result as Result), reject);
  }

  /** After the event loop has read all requests that are there. */
  private schedule(): void {
    if (this.scheduled || this.running >= this.maxRunning || this.waiting.length === 0) return;
    this.scheduled = true;
    setImmediate(() => {
      this.scheduled = false;
      this.flush();
      this.schedule();
    });
  }

  private flush(): void {
    const batch = this.waiting.splice(0, this.maxItems);
    if (batch.length === 0) return;
    this.running++;
    this.execute(batch.map(({ item }) => item))
      .then(
        (results) => batch.forEach(({ resolve }, index) => resolve(results[index] as Result)),
        (error: unknown) => this.apart(batch, error as Error),
      )
      .finally(() => {
        this.running--;
        this.schedule();
      });
  }
}
