import type { OnApplicationBootstrap, OnModuleDestroy } from '@nestjs/common';
import type { Nonces } from './nonces.table.js';

const EVERY_MS = 60_000;

/** Keeps the table of spent nonces as small as the minutes in which one could come back. Every process does it. */
export class NoncePruner implements OnApplicationBootstrap, OnModuleDestroy {
  private timer: NodeJS.Timeout | undefined;

  constructor(private readonly nonces: Nonces) {}

  onApplicationBootstrap(): void {
    // A round that fails is made up for by the next one.
    this.timer = setInterval(() => void this.nonces.prune().catch(() => undefined), EVERY_MS);
    this.timer.unref();
  }

  onModuleDestroy(): void {
    clearInterval(this.timer);
  }
}
