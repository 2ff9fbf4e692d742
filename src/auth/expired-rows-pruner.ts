import { Injectable } from '@nestjs/common';
import { BackgroundJob } from '../database/background-job.js';
import { AttemptWindowsRepository } from './limits/attempt-windows.repository.js';
import { NoncesRepository } from './oauth1/nonces.repository.js';
import { OAuthTokensRepository } from './oauth1/oauth-tokens.repository.js';
import { SessionsRepository } from './sign-in/sessions.repository.js';
import { SignInLinksRepository } from './sign-in/sign-in-links.repository.js';

const INTERVAL_MS = 60_000;

/** Deletes expired nonces, request tokens, sign-in links and sessions, and attempt windows that have ended. */
@Injectable()
export class ExpiredRowsPruner extends BackgroundJob {
  constructor(
    private readonly nonces: NoncesRepository,
    private readonly tokens: OAuthTokensRepository,
    private readonly links: SignInLinksRepository,
    private readonly sessions: SessionsRepository,
    private readonly attempts: AttemptWindowsRepository,
  ) {
    super({ context: 'auth', failure: 'Expired rows were not deleted', intervalMs: INTERVAL_MS });
  }

  /** At once, so that a table that fails does not keep the others from being pruned. */
  protected async execute(): Promise<void> {
    const tables = [this.nonces, this.tokens, this.links, this.sessions, this.attempts];
    await Promise.all(tables.map((table) => table.prune(this.stopping.signal)));
  }
}
