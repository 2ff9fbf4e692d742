import { Injectable, Logger, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';
import { PollEventsRepository } from './poll-events.repository.js';

/** Encrypts voting keys that an older version stored in clear. The database cannot: it never sees `APP_SECRET`. */
@Injectable()
export class PollKeysSealer implements OnApplicationBootstrap, OnModuleDestroy {
  private readonly log = new Logger('polls');
  private run: Promise<void> | undefined;
  private isStopping = false;

  constructor(private readonly events: PollEventsRepository) {}

  onApplicationBootstrap(): void {
    this.run = this.sealAll().catch((error: unknown) =>
      this.log.warn(`Voting keys in clear are encrypted at the next start: ${String(error)}`),
    );
  }

  async onModuleDestroy(): Promise<void> {
    this.isStopping = true;
    await this.run;
  }

  private async sealAll(): Promise<void> {
    while (!this.isStopping && (await this.events.sealSome()));
  }
}
