import pg, { type ClientConfig } from 'pg';

const RECONNECT_MS = 250;
const HEARTBEAT_MS = 200;

/** Less than one second, the guaranteed limit for a revocation to take effect. */
const TRUST_MS = 800;

/**
 * One connection that listens for NOTIFY. Check `connected` before relying on it: while it is false, notifications may
 * be delayed or lost. When the connection is lost, the `onSilence` handlers are called.
 */
export class Listener {
  private client: pg.Client | undefined;
  private readonly handlers = new Map<string, ((payload: string) => void)[]>();
  private readonly silenced: (() => void)[] = [];
  private heartbeat: NodeJS.Timeout | undefined;
  private beating = false;
  private retry: NodeJS.Timeout | undefined;
  private closed = false;
  /** All notifications sent before this time have been received (`performance.now`). */
  private heardUntil = -Infinity;

  constructor(private readonly config: ClientConfig) {}

  /**
   * Whether recent notifications have been received. A connection can hang for minutes before it is reported as lost,
   * so it is checked with a heartbeat: PostgreSQL sends pending notifications before it responds.
   */
  get connected(): boolean {
    return this.client !== undefined && performance.now() - this.heardUntil < TRUST_MS;
  }

  /** A channel can have several handlers. */
  on(channel: string, handler: (payload: string) => void): void {
    this.handlers.set(channel, [...(this.handlers.get(channel) ?? []), handler]);
  }

  /** Called whenever the connection is lost, because cached data may be stale from then on. */
  onSilence(handler: () => void): void {
    this.silenced.push(handler);
  }

  /** Connects, and retries in the background after a failure. Channels must be registered before. */
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
      await this.beat(client);
    } catch {
      void client.end().catch(() => undefined);
      this.reconnect();
      return;
    }
    this.client = client;
    this.heartbeat = setInterval(() => void this.beat(client).catch(() => this.lost(client)), HEARTBEAT_MS);
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

  /** One heartbeat at a time. Its response confirms that all earlier notifications were received. */
  private async beat(client: pg.Client): Promise<void> {
    if (this.beating) return;
    this.beating = true;
    const sentAt = performance.now();
    try {
      await client.query('SELECT 1');
      this.heardUntil = sentAt;
    } finally {
      this.beating = false;
    }
  }

  private lost(client: pg.Client): void {
    if (this.client !== client) return;
    this.client = undefined;
    this.heardUntil = -Infinity;
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
