import { setTimeout as sleep } from 'node:timers/promises';
import { wordsOf } from './embedded-postgres-error.js';
import { Server, ServerPlan, startServer, stopServer } from './server.js';

/** Pauses before each further attempt; the last one repeats. */
const PAUSES_MS = [0, 250, 500, 1_000, 2_000, 5_000, 10_000];
/** A server that lived that long is not in a loop of crashes. */
const HEALTHY_MS = 60_000;
/** Recovery after a crash under load may replay a lot, and cut short it would begin anew. */
const RECOVERY_MS = 300_000;

/** Keeps one server up, on one port, until told to stop. */
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
    // A restart that was under way may have succeeded in between.
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
      attempt = await this.bringBack(attempt);
      since = Date.now();
    }
  }

  /** Tries until it is up or told to stop; answers the number of attempts so far. */
  private async bringBack(before: number): Promise<number> {
    const { signal } = this.stopping;
    for (let attempt = before; ; attempt += 1) {
      try {
        await sleep(PAUSES_MS[Math.min(attempt, PAUSES_MS.length - 1)], undefined, { signal });
        this.server = await startServer(this.plan, this.server.port, RECOVERY_MS, signal);
        this.log(`The embedded PostgreSQL is back on port ${this.server.port}.`);
        return attempt + 1;
      } catch (error) {
        if (signal.aborted) return attempt;
        this.log(`The embedded PostgreSQL did not come back: ${wordsOf(error)}`);
      }
    }
  }
}
