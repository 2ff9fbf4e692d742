import {
  Logger,
  type OnApplicationBootstrap,
  type OnApplicationShutdown,
  type OnModuleDestroy,
} from '@nestjs/common';

export interface BackgroundJobOptions {
  /** Names the job in the log. */
  readonly context: string;
  /** What the log says of a run that failed, before its error. */
  readonly failure: string;
  /** Pause between runs; without it there is only the one at start. */
  readonly intervalMs?: number;
}

/**
 * Work that every process does in the background, at start and then at intervals. The next run makes up for a failed
 * one.
 */
export abstract class BackgroundJob<Result = void>
  implements OnApplicationBootstrap, OnModuleDestroy, OnApplicationShutdown
{
  protected readonly log: Logger;
  /** Aborted when the process stops: a run then ends after its current statement. */
  protected readonly stopping = new AbortController();
  private timer: NodeJS.Timeout | undefined;
  private running: Promise<Result> | undefined;

  constructor(private readonly options: BackgroundJobOptions) {
    this.log = new Logger(options.context);
  }

  protected abstract execute(): Promise<Result>;

  /** Concurrent calls share one run. */
  run(): Promise<Result> {
    this.running ??= this.execute().finally(() => (this.running = undefined));
    return this.running;
  }

  onApplicationBootstrap(): void {
    this.runLogged();
    const { intervalMs } = this.options;
    if (intervalMs !== undefined) this.timer = setInterval(() => this.runLogged(), intervalMs).unref();
  }

  onModuleDestroy(): void {
    clearInterval(this.timer);
    this.stopping.abort();
  }

  /** Only now: requests in flight are finished first, although a run may wait for their locks. */
  async onApplicationShutdown(): Promise<void> {
    await this.running?.catch(() => undefined);
  }

  private runLogged(): void {
    this.run().catch((error: unknown) => this.log.warn(`${this.options.failure}: ${String(error)}`));
  }
}
