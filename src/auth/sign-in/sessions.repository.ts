import { Injectable } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { Clock } from '../../core/clock.js';
import type { Instant } from '../../core/instant.js';
import { Database } from '../../database/database.js';
import { statement } from '../../database/statement.js';
import { digestOf } from '../credentials/bearer-key.js';
import { sessionTokenIn } from './session-cookie.js';
import { WrongCredentials } from '../limits/wrong-credentials.js';

/** The member of a browser session. */
export interface SignedInMember {
  readonly organization_id: number;
  readonly organization_name: string;
  readonly id: number;
  readonly email: string;
  readonly name: string | null;
  readonly is_admin: boolean;
}

const FIND = statement<SignedInMember>(
  'session.find_member',
  `SELECT o.id AS organization_id, o.name AS organization_name, m.id, m.email::text AS email, m.name, m.is_admin
     FROM tenancy.browser_sessions s
     JOIN tenancy.organizations o ON o.id = s.organization_id
     JOIN tenancy.members m ON m.organization_id = s.organization_id AND m.id = s.member_id
    WHERE s.token_sha256 = $1 AND s.expires_at > $2`,
);

// Deleting the link and creating the session is one statement, so concurrent requests cannot use a link twice.
const OPEN = statement<SignedInMember>(
  'session.open',
  `WITH link AS (
     DELETE FROM tenancy.sign_in_links WHERE token_sha256 = $1 AND expires_at > $2
     RETURNING organization_id, member_id),
   session AS (
     INSERT INTO tenancy.browser_sessions (token_sha256, organization_id, member_id, expires_at)
     SELECT $3, organization_id, member_id, $4 FROM link
     RETURNING organization_id, member_id),
   past AS (DELETE FROM tenancy.browser_sessions WHERE expires_at <= $2)
   SELECT o.id AS organization_id, o.name AS organization_name, m.id, m.email::text AS email, m.name, m.is_admin
     FROM session s
     JOIN tenancy.organizations o ON o.id = s.organization_id
     JOIN tenancy.members m ON m.organization_id = s.organization_id AND m.id = s.member_id`,
);

const END = statement<object>(
  'session.end',
  `DELETE FROM tenancy.browser_sessions WHERE token_sha256 = $1 RETURNING member_id`,
);

/** Browser sessions. Only the SHA-256 of a token is stored. */
@Injectable()
export class SessionsRepository {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly wrongCredentials: WrongCredentials,
  ) {}

  /** The member of the session cookie; `undefined` without a valid session. */
  async memberOf({ headers, ip }: FastifyRequest): Promise<SignedInMember | undefined> {
    const token = sessionTokenIn(headers.cookie);
    if (token === undefined) return undefined;
    this.wrongCredentials.assertLookupAllowed(ip);
    const member = await this.database.one(FIND, [digestOf(token), this.clock.now()]);
    if (member === undefined) await this.wrongCredentials.count(ip);
    return member;
  }

  /** Exchanges a sign-in link for a session with `token`; `undefined` if the link is used, expired or unknown. */
  async open(link: string, token: string, until: Instant): Promise<SignedInMember | undefined> {
    return this.database.one(OPEN, [digestOf(link), this.clock.now(), digestOf(token), until]);
  }

  async end({ headers }: FastifyRequest): Promise<void> {
    const token = sessionTokenIn(headers.cookie);
    if (token !== undefined) await this.database.one(END, [digestOf(token)]);
  }
}
