import { Injectable, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';
import { AttemptWindowsRepository } from './limits/attempt-windows.repository.js';
import { NoncesRepository } from './oauth1/nonces.repository.js';
import { OAuthTokensRepository } from './oauth1/oauth-tokens.repository.js';

const INTERVAL_MS = 60_000;

/** Deletes expired nonces and request tokens, and attempt windows that have ended. Runs in every process. */
@Injectable()
export class ExpiredRowsPruner implements OnApplicationBootstrap, OnModuleDestroy {
  private timer: NodeJS.Timeout | undefined;

  constructor(
    private readonly nonces: NoncesRepository,
    private readonly tokens: OAuthTokensRepository,
    private readonly attempts: AttemptWindowsRepository,
  ) {}

  onApplicationBootstrap(): void {
    this.timer = setInterval(() => {
      for (const table of [this.nonces, this.tokens, this.attempts]) {
        // If a run fails, the next one catches up.
        void table.prune().catch(() => undefined);
      }
    }, INTERVAL_MS);
    this.timer.unref();
  }

  onModuleDestroy(): void {
    clearInterval(this.timer);
  }
}
