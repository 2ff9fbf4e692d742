import { Inject, Injectable } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { Audit, type Actor, type AuditEvent } from '../../audit/audit.js';
import { CONFIG, type Config } from '../../config/config.js';
import { Clock } from '../../core/clock.js';
import { Failure } from '../../core/failure.js';
import { instantOf, millisecondsOf, type Instant } from '../../core/instant.js';
import { secretOf256Bits } from '../../core/random-code.js';
import { whenRefused } from '../../database/failures.js';
import { digestOf } from '../credentials/bearer-key.js';
import { WrongCredentials } from '../limits/wrong-credentials.js';
import { sessionTokenIn } from './session-cookie.js';
import { SessionsRepository, type SignedInMember } from './sessions.repository.js';
import { SignInLinksRepository } from './sign-in-links.repository.js';

const LINK_LIFETIME_MS = 15 * 60_000;
export const SESSION_SECONDS = 12 * 60 * 60;

/** A new link. Its token is not stored. */
export interface NewSignInLink {
  readonly token: string;
  readonly expiresAt: Instant;
}

/** A new session. Its token is not stored. */
export interface NewSession {
  readonly token: string;
  readonly member: SignedInMember;
}

/** Single-use sign-in links and the browser sessions that they open. Only the SHA-256 of a token is stored. */
@Injectable()
export class SignInService {
  constructor(
    private readonly links: SignInLinksRepository,
    private readonly sessions: SessionsRepository,
    private readonly wrongCredentials: WrongCredentials,
    private readonly audit: Audit,
    private readonly clock: Clock,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  async createLink(organization_id: number, member_id: number, actor: Actor): Promise<NewSignInLink> {
    const token = secretOf256Bits();
    const now = this.clock.now();
    const expires_at = later(now, LINK_LIFETIME_MS);
    const link = { token_sha256: digestOf(token), organization_id, member_id, expires_at };
    await this.audit.run(actor, async (manager, record) => {
      await whenRefused(manager.withRepository(this.links).insertLink(link), {
        fk_sign_in_links_member: () => new Failure('not-found', 'There is no such member.'),
      });
      record({ action: 'link.created', organization_id, subject: `member:${member_id}` });
    });
    return { token, expiresAt: expires_at };
  }

  /** Whether a link is still valid. Checking does not use it up. */
  isValidLink(token: string): Promise<boolean> {
    return this.links.isValid(digestOf(token), this.clock.now());
  }

  /** Exchanges a link for a session; `undefined` if the link is used, expired or unknown. */
  async openSession(link: string, actor: Actor): Promise<NewSession | undefined> {
    const token = secretOf256Bits();
    const now = this.clock.now();
    const until = later(now, SESSION_SECONDS * 1000);
    const member = await this.audit.run(actor, async (manager, record) => {
      const opened = await manager
        .withRepository(this.sessions)
        .open(digestOf(link), digestOf(token), until, now);
      if (opened !== undefined) record({ action: 'session.opened', ...byMember(opened) });
      return opened;
    });
    return member && { token, member };
  }

  /** The member of the session cookie; `undefined` without a valid session. */
  async memberOf({ headers, ip }: FastifyRequest): Promise<SignedInMember | undefined> {
    const token = sessionTokenIn(headers.cookie, this.config.publicUrl);
    if (token === undefined) return undefined;
    this.wrongCredentials.assertLookupAllowed('session', ip);
    const member = await this.sessions.findMember(digestOf(token), this.clock.now());
    if (member === undefined) await this.wrongCredentials.count('session', ip);
    return member;
  }

  async endSession({ headers }: FastifyRequest, actor: Actor): Promise<void> {
    const token = sessionTokenIn(headers.cookie, this.config.publicUrl);
    if (token === undefined) return;
    await this.audit.run(actor, async (manager, record) => {
      const ended = await manager.withRepository(this.sessions).end(digestOf(token));
      if (ended !== undefined)
        record({ action: 'session.ended', ...byMember({ ...ended, id: ended.member_id }) });
    });
  }
}

function byMember({
  organization_id,
  id,
}: Pick<SignedInMember, 'organization_id' | 'id'>): Pick<AuditEvent, 'organization_id' | 'actor'> {
  return { organization_id, actor: `member:${id}` };
}

function later(now: Instant, milliseconds: number): Instant {
  return instantOf(millisecondsOf(now) + milliseconds);
}
