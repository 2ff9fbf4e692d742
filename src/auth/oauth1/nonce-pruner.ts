import { Injectable, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';
import { AttemptWindowsRepository } from '../limits/attempt-windows.repository.js';
import { NoncesRepository } from './nonces.repository.js';

const EVERY_MS = 60_000;

/**
 * Keeps the table of spent nonces as small as the minutes in which one could come back, and that of counted attempts
 * as small as the windows that are open. Every process does it.
 */
@Injectable()
export class NoncePruner implements OnApplicationBootstrap, OnModuleDestroy {
  private timer: NodeJS.Timeout | undefined;

  constructor(
    private readonly nonces: NoncesRepository,
    private readonly attempts: AttemptWindowsRepository,
  ) {}

  onApplicationBootstrap(): void {
    this.timer = setInterval(() => {
      // A round that fails is made up for by the next one.
      void this.nonces.prune().catch(() => undefined);
      void this.attempts.prune().catch(() => undefined);
    }, EVERY_MS);
    this.timer.unref();
  }

  onModuleDestroy(): void {
    clearInterval(this.timer);
  }
}
