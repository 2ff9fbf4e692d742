import { Injectable, Logger, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';
import { AuditLines } from '../../audit/audit-lines.js';
import type { Caller } from '../../core/caller.js';
import { Clock } from '../../core/clock.js';
import { CredentialUsesRepository, type NotedUse } from './credential-uses.repository.js';

const FLUSH_MS = 1000;
/** `last_used_at` is this exact. */
const PRECISION_MS = 60_000;
/** So that one statement stays short. */
const MAX_USES = 1000;

/**
 * Notes which credentials are used: once a minute each, in memory, and stored in the background within a second. What a
 * process that is killed had not stored is noted by the next use.
 */
@Injectable()
export class CredentialUses implements OnApplicationBootstrap, OnModuleDestroy {
  private readonly log = new Logger('credentials');
  private readonly waiting = new Map<number, NotedUse>();
  /** Credentials noted in this minute. */
  private readonly noted = new Set<number>();
  private minuteEnds = 0;
  private timer: NodeJS.Timeout | undefined;
  private writing: Promise<void> | undefined;

  constructor(
    private readonly uses: CredentialUsesRepository,
    private readonly lines: AuditLines,
    private readonly clock: Clock,
  ) {}

  onApplicationBootstrap(): void {
    this.timer = setInterval(() => void this.flush(), FLUSH_MS);
    this.timer.unref();
  }

  async onModuleDestroy(): Promise<void> {
    clearInterval(this.timer);
    await this.writing;
    await this.flush();
  }

  note(caller: Caller, address: string): void {
    const { organizationId: organization_id, credentialId: credential_id } = caller;
    if (this.noted.has(credential_id)) return;
    this.noted.add(credential_id);
    this.waiting.set(credential_id, { organization_id, credential_id, at: this.clock.now(caller), address });
  }

  private flush(): Promise<void> {
    const now = performance.now();
    if (now >= this.minuteEnds) {
      this.noted.clear();
      this.minuteEnds = now + PRECISION_MS;
    }
    this.writing ??= this.write().finally(() => (this.writing = undefined));
    return this.writing;
  }

  private async write(): Promise<void> {
    const uses = [...this.waiting.values()].slice(0, MAX_USES);
    if (uses.length === 0) return;
    try {
      const firstUses = await this.uses.note(uses);
      for (const use of uses) this.waiting.delete(use.credential_id);
      this.lines.write(firstUses);
    } catch (error) {
      // They wait for the next second.
      this.log.warn(`Uses of credentials cannot be stored: ${String(error)}`);
    }
  }
}
