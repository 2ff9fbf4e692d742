import { setTimeout as sleep } from 'node:timers/promises';
import { messageOf } from './embedded-postgres-error.js';
import { Server, ServerPlan, startServer, stopServer } from './server.js';

/** Pauses before each further attempt; the last one repeats. */
const PAUSES_MS = [0, 250, 500, 1_000, 2_000];
/** A server that ran that long is not in a crash loop. */
const HEALTHY_MS = 10_000;
/** Recovery after a crash under load may take long, and would start over if interrupted. */
const RECOVERY_MS = 300_000;

/** Keeps one server running, on one port, until `stop`. */
export class Supervisor {
  private readonly stopping = new AbortController();
  private readonly listeners: ((reason: string) => void)[] = [];
  private readonly over: Promise<void>;
  private stopped: Promise<void> | null = null;

  constructor(
    private readonly plan: ServerPlan,
    private server: Server,
    private readonly log: (line: string) => void,
  ) {
    this.over = this.watch();
  }

  onExit(listener: (reason: string) => void): void {
    this.listeners.push(listener);
  }

  /** Ends supervision, then the server. A second call waits for the first. */
  stop(): Promise<void> {
    this.stopped ??= this.stopOnce();
    return this.stopped;
  }

  private async stopOnce(): Promise<void> {
    this.stopping.abort();
    await stopServer(this.plan, this.server);
    await this.over;
    // A restart that was in progress may have succeeded in between.
    await stopServer(this.plan, this.server);
  }

  private async watch(): Promise<void> {
    let attempt = 0;
    let since = Date.now();
    while (!this.stopping.signal.aborted) {
      const reason = await this.server.watched.ended;
      if (this.stopping.signal.aborted) return;
      if (Date.now() - since > HEALTHY_MS) attempt = 0;
      this.log(`The embedded PostgreSQL is gone (${reason}): starting it again on port ${this.server.port}.`);
      for (const listener of this.listeners) listener(reason);
      attempt = await this.restart(attempt);
      since = Date.now();
    }
  }

  /** Retries until the server runs or `stop` is called; returns the number of attempts so far. */
  private async restart(before: number): Promise<number> {
    const { signal } = this.stopping;
    for (let attempt = before; ; attempt += 1) {
      try {
        await sleep(PAUSES_MS[Math.min(attempt, PAUSES_MS.length - 1)], undefined, { signal });
        this.server = await startServer(this.plan, this.server.port, RECOVERY_MS, signal);
        this.log(`The embedded PostgreSQL is back on port ${this.server.port}.`);
        return attempt + 1;
      } catch (error) {
        if (signal.aborted) return attempt;
        this.log(`The embedded PostgreSQL did not come back: ${messageOf(error)}`);
      }
    }
  }
}
