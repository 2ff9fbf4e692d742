import { Inject, Injectable } from '@nestjs/common';
import { CONFIG, type Config } from '../../config/config.js';
import { Clock } from '../../core/clock.js';
import { Failure } from '../../core/failure.js';
import { isStorable } from '../../core/storable-text.js';
import { digestOf, lookupOf, sameDigest } from '../credentials/bearer-key.js';
import { WrongCredential } from '../limits/wrong-credentials.js';
import { ADMIN_SCOPES, type AdminScope } from './admin-token.entity.js';
import { AdminTokensRepository } from './admin-tokens.repository.js';

/** Who calls the admin API. */
export interface VerifiedAdminToken {
  readonly name: string;
  readonly scopes: readonly AdminScope[];
}

/** The name of the token from the settings, which has all scopes and which no other token can have. */
export const ROOT_TOKEN = 'ADMIN_TOKEN';

/** How tokens begin that are made through the admin API. */
const MADE_HERE = /^qnt_admin_/;

/** The tokens of the admin API: `ADMIN_TOKEN`, and those made with it. Read for each call, so a revoked one is refused at once. */
@Injectable()
export class AdminTokens {
  private readonly rootDigest: Buffer | undefined;

  constructor(
    private readonly tokens: AdminTokensRepository,
    private readonly clock: Clock,
    @Inject(CONFIG) { adminToken }: Config,
  ) {
    this.rootDigest = adminToken === undefined ? undefined : digestOf(adminToken);
  }

  /** Throws unless the `Authorization` header contains a token. `beforeLookup` is called before reading one, and may throw. */
  async verify(authorization: string | undefined, beforeLookup: () => void): Promise<VerifiedAdminToken> {
    const token = /^Bearer +(.+)$/i.exec(authorization ?? '')?.[1];
    const isMadeHere = token !== undefined && MADE_HERE.test(token);
    if (this.rootDigest === undefined && !isMadeHere) {
      throw new Failure('unauthenticated', 'The admin API is closed: ADMIN_TOKEN is not set.');
    }
    if (token === undefined)
      throw new Failure('unauthenticated', 'Send the admin token as "Authorization: Bearer …".');
    if (this.rootDigest !== undefined && sameDigest(digestOf(token), this.rootDigest))
      return { name: ROOT_TOKEN, scopes: ADMIN_SCOPES };
    const found = isMadeHere ? await this.find(token, beforeLookup) : undefined;
    if (found === undefined) throw new WrongCredential('The admin token is wrong.');
    return found;
  }

  private async find(token: string, beforeLookup: () => void): Promise<VerifiedAdminToken | undefined> {
    const lookup = isStorable(token) ? lookupOf(token) : undefined;
    if (lookup === undefined) return undefined;
    beforeLookup();
    const row = await this.tokens.findByLookup(lookup);
    if (row === undefined || !sameDigest(digestOf(token), row.secret_sha256)) return undefined;
    return row.expires_at !== null && row.expires_at <= this.clock.now() ? undefined : row;
  }
}
