import { Injectable } from '@nestjs/common';
import { Clock } from '../../core/clock.js';
import { Failure } from '../../core/failure.js';
import { instantOf, millisecondsOf, type Instant } from '../../core/instant.js';
import { secretOf256Bits } from '../../core/random-code.js';
import { Database } from '../../database/database.js';
import { whenRefused } from '../../database/failures.js';
import { statement } from '../../database/statement.js';
import { digestOf } from '../credentials/bearer-key.js';

const LIFETIME_MS = 15 * 60_000;

const CREATE = statement<{ expires_at: Instant }>(
  'sign_in_link.create',
  `WITH past AS (DELETE FROM tenancy.sign_in_links WHERE expires_at <= $5)
   INSERT INTO tenancy.sign_in_links (token_sha256, organization_id, member_id, expires_at)
   VALUES ($1, $2, $3, $4) RETURNING expires_at`,
);

const FIND = statement<{ expires_at: Instant }>(
  'sign_in_link.find',
  `SELECT expires_at FROM tenancy.sign_in_links WHERE token_sha256 = $1 AND expires_at > $2`,
);

/** A new link; its token is not stored. */
export interface NewSignInLink {
  readonly token: string;
  readonly expiresAt: Instant;
}

/** Single-use links that open a browser session; `SessionsRepository` redeems them. */
@Injectable()
export class SignInLinksRepository {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
  ) {}

  async create(organizationId: number, memberId: number): Promise<NewSignInLink> {
    const token = secretOf256Bits();
    const now = this.clock.now();
    const expiresAt = instantOf(millisecondsOf(now) + LIFETIME_MS);
    await whenRefused(
      this.database.one(CREATE, [digestOf(token), organizationId, memberId, expiresAt, now]),
      { fk_sign_in_links_member: () => new Failure('not-found', 'There is no such member.') },
    );
    return { token, expiresAt };
  }

  /** Whether a link is still valid. Checking does not use it up. */
  async isValid(token: string): Promise<boolean> {
    return (await this.database.one(FIND, [digestOf(token), this.clock.now()])) !== undefined;
  }
}
