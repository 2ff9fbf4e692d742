import { Injectable, Logger, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';
import type { AuditAction } from '../../audit/audit-actions.js';
import { Audit } from '../../audit/audit.js';
import { Clock } from '../../core/clock.js';
import type { Instant } from '../../core/instant.js';

const WINDOW_MS = 60_000;
/** Addresses told apart in a window; the attempts of further ones are counted together. */
const MAX_ADDRESSES = 1000;

interface RefusedWindow {
  readonly action: AuditAction;
  readonly subject: string | null;
  readonly address: string | null;
  readonly at: Instant;
  attempts: number;
}

/**
 * Counts wrong credentials and links for the audit log: one entry for a minute, an address and what was tried, however
 * many attempts there were. They are counted in memory, so that guessing causes no more writes than this.
 */
@Injectable()
export class RefusedAttempts implements OnApplicationBootstrap, OnModuleDestroy {
  private readonly log = new Logger('audit');
  private windows = new Map<string, RefusedWindow>();
  private timer: NodeJS.Timeout | undefined;

  constructor(
    private readonly audit: Audit,
    private readonly clock: Clock,
  ) {}

  onApplicationBootstrap(): void {
    this.timer = setInterval(() => void this.flush(), WINDOW_MS);
    this.timer.unref();
  }

  async onModuleDestroy(): Promise<void> {
    clearInterval(this.timer);
    await this.flush();
  }

  /** `subject` is what was to be opened: a surface, `admin`. */
  note(action: AuditAction, subject: string | null, address: string | undefined): void {
    const key = `${action} ${subject} ${address}`;
    const known = this.windows.get(key);
    if (known !== undefined) known.attempts++;
    else if (this.windows.size < MAX_ADDRESSES)
      this.windows.set(key, { action, subject, address: address ?? null, at: this.clock.now(), attempts: 1 });
    else this.noteWithoutAddress(action, subject);
  }

  private noteWithoutAddress(action: AuditAction, subject: string | null): void {
    const key = `${action} ${subject}`;
    const known = this.windows.get(key);
    if (known !== undefined) known.attempts++;
    else this.windows.set(key, { action, subject, address: null, at: this.clock.now(), attempts: 1 });
  }

  private async flush(): Promise<void> {
    if (this.windows.size === 0) return;
    const { windows } = this;
    this.windows = new Map();
    try {
      await this.audit.writeInBackground(
        [...windows.values()].map((window) => ({ ...window, outcome: 'unauthenticated' })),
      );
    } catch (error) {
      this.log.warn(`Wrong credentials cannot be written to the audit log: ${String(error)}`);
      // Counted with the next window; what came meanwhile is newer.
      for (const [key, window] of windows) {
        const newer = this.windows.get(key);
        this.windows.set(
          key,
          newer === undefined ? window : { ...window, attempts: window.attempts + newer.attempts },
        );
      }
    }
  }
}
