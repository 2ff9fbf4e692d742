import pg, { type ClientConfig } from 'pg';

const RECONNECT_MS = 250;
const HEARTBEAT_MS = 200;

/** Below the second within which a revocation is promised to be effective. */
const TRUST_MS = 800;

/**
 * One connection that waits for NOTIFY. Who relies on hearing must ask `connected` first: while it is false,
 * notifications may be on their way, or lost; when they are lost, `onSilence` has been called.
 */
export class Listener {
  private client: pg.Client | undefined;
  private readonly handlers = new Map<string, (payload: string) => void>();
  private readonly silenced: (() => void)[] = [];
  private heartbeat: NodeJS.Timeout | undefined;
  private beating = false;
  private retry: NodeJS.Timeout | undefined;
  private closed = false;
  /** Everything that was announced before this moment has been heard, on the clock of `performance.now`. */
  private heardUntil = -Infinity;

  constructor(private readonly config: ClientConfig) {}

  /**
   * Whether what was announced a moment ago has been heard. A connection can hang for minutes before it is known to
   * be lost, so it has to prove itself all the time: an answer comes after all that was announced before its question.
   */
  get connected(): boolean {
    return this.client !== undefined && performance.now() - this.heardUntil < TRUST_MS;
  }

  on(channel: string, handler: (payload: string) => void): void {
    this.handlers.set(channel, handler);
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
    client.on('notification', ({ channel, payload = '' }) => this.handlers.get(channel)?.(payload));
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

  /** One question at a time; its answer says that everything before it was heard. */
  private async beat(client: pg.Client): Promise<void> {
    if (this.beating) return;
    this.beating = true;
    const asked = performance.now();
    try {
      await client.query('SELECT 1');
      this.heardUntil = asked;
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
