import pg, { type ClientConfig } from 'pg';

const RECONNECT_MS = 250;
const HEARTBEAT_MS = 5_000;

/**
 * One connection that waits for NOTIFY. Who relies on hearing must ask `connected` first: while it is false,
 * notifications may be missing, and `onSilence` has been called.
 */
export class Listener {
  private client: pg.Client | undefined;
  private readonly handlers = new Map<string, ((payload: string) => void)[]>();
  private readonly silenced: (() => void)[] = [];
  private heartbeat: NodeJS.Timeout | undefined;
  private retry: NodeJS.Timeout | undefined;
  private closed = false;

  constructor(private readonly config: ClientConfig) {}

  get connected(): boolean {
    return this.client !== undefined;
  }

  /** Several may listen to one channel. */
  on(channel: string, handler: (payload: string) => void): void {
    this.handlers.set(channel, [...(this.handlers.get(channel) ?? []), handler]);
  }

  /** Called whenever the connection is lost: whatever was remembered may be stale from now on. */
  onSilence(handler: () => void): void {
    this.silenced.push(handler);
  }

  /** Connects; when that fails, keeps trying in the background. Channels must be registered before. */
  async open(): Promise<void> {
    if (this.closed) return;
    const client = new pg.Client(this.config);
    client.on('error', () => this.lost(client));
    client.on('end', () => this.lost(client));
    client.on('notification', ({ channel, payload = '' }) => {
      for (const handler of this.handlers.get(channel) ?? []) handler(payload);
    });
    try {
      await client.connect();
      for (const channel of this.handlers.keys())
        await client.query(`LISTEN ${client.escapeIdentifier(channel)}`);
    } catch {
      void client.end().catch(() => undefined);
      this.reconnect();
      return;
    }
    this.client = client;
    // A connection that died without a word is found out by asking it something.
    this.heartbeat = setInterval(() => {
      client.query('SELECT 1').catch(() => this.lost(client));
    }, HEARTBEAT_MS);
    this.heartbeat.unref();
  }

  async close(): Promise<void> {
    this.closed = true;
    clearTimeout(this.retry);
    clearInterval(this.heartbeat);
    const { client } = this;
    this.client = undefined;
    await client?.end().catch(() => undefined);
  }

  private lost(client: pg.Client): void {
    if (this.client !== client) return;
    this.client = undefined;
    clearInterval(this.heartbeat);
    for (const handler of this.silenced) handler();
    void client.end().catch(() => undefined);
    this.reconnect();
  }

  private reconnect(): void {
    if (this.closed) return;
    clearTimeout(this.retry);
    this.retry = setTimeout(() => void this.open(), RECONNECT_MS);
  }
}
