import { Injectable, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';
import { AttemptWindowsRepository } from './limits/attempt-windows.repository.js';
import { NoncesRepository } from './oauth1/nonces.repository.js';

const INTERVAL_MS = 60_000;

/** Deletes nonces that can no longer be replayed, expired request tokens, and ended attempt windows. Runs in every process. */
@Injectable()
export class ExpiredRowsPruner implements OnApplicationBootstrap, OnModuleDestroy {
  private timer: NodeJS.Timeout | undefined;

  constructor(
    private readonly nonces: NoncesRepository,
    private readonly attempts: AttemptWindowsRepository,
  ) {}

  onApplicationBootstrap(): void {
    this.timer = setInterval(() => {
      // If a run fails, the next one catches up.
      void this.nonces.prune().catch(() => undefined);
      void this.attempts.prune().catch(() => undefined);
    }, INTERVAL_MS);
    this.timer.unref();
  }

  onModuleDestroy(): void {
    clearInterval(this.timer);
  }
}
