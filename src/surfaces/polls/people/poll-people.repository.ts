import type { Organization } from '../../../auth/organization.entity.js';
import type { Instant } from '../../../core/instant.js';
import { batchedRead } from '../../../database/batched-read.js';
import { statement } from '../../../database/statement.js';
import { StatementRepository } from '../../../database/statement-repository.js';
import { organizationIdOf, pollId } from '../poll-id.js';
import { PollUser } from './poll-user.entity.js';

/** A member, or a person known by e-mail address only. */
export interface PollPersonRow {
  readonly user_id: string;
  readonly email: string;
  readonly member_id: number | null;
  readonly full_name: string | null;
  readonly time_zone: string | null;
  readonly locale: string | null;
  /** Used if `time_zone` is `null`. */
  readonly organization_zone: string;
}

/** An organization with the public ids of its members, oldest first. */
export type PollOrganizationRow = Readonly<Organization> & {
  readonly _id: string;
  readonly admins: readonly string[];
  readonly members: readonly string[];
};

const FIND_ORGANIZATION = statement<PollOrganizationRow>(
  'polls.organization.find',
  `SELECT ${organizationIdOf('o')} AS _id, o.id, o.name, o.slug, o.time_zone, o.created_at,
          ARRAY(SELECT m.polls_id FROM tenancy.members m WHERE m.organization_id = o.id AND m.is_admin ORDER BY m.id) AS admins,
          ARRAY(SELECT m.polls_id FROM tenancy.members m WHERE m.organization_id = o.id ORDER BY m.id) AS members
     FROM tenancy.organizations o WHERE o.id = :organization_id`,
);

const FIND = batchedRead<PollPersonRow>(
  'polls.people.find',
  { organization_id: 'integer', email: 'citext' },
  `SELECT input.n, p.user_id, p.email, p.member_id, p.full_name, p.time_zone, p.locale, o.time_zone AS organization_zone
     FROM {input}
     JOIN tenancy.organizations o ON o.id = input.organization_id
    CROSS JOIN LATERAL (
      SELECT m.polls_id AS user_id, m.email::text AS email, m.id AS member_id, m.name AS full_name, m.time_zone, m.locale
        FROM tenancy.members m WHERE m.organization_id = input.organization_id AND m.email = input.email
      UNION ALL
      SELECT u.id, u.email::text, NULL, NULL, NULL, NULL
        FROM polls.users u WHERE u.organization_id = input.organization_id AND u.email = input.email
         AND NOT EXISTS (SELECT FROM tenancy.members m
                          WHERE m.organization_id = input.organization_id AND m.email = input.email)) p`,
);

const FIND_ONE = statement<PollPersonRow>(
  'polls.people.find_one',
  `SELECT p.user_id, p.email, p.member_id, p.full_name, p.time_zone, p.locale, o.time_zone AS organization_zone
     FROM tenancy.organizations o
    CROSS JOIN LATERAL (
      SELECT 1 AS preference, m.polls_id AS user_id, m.email::text AS email, m.id AS member_id, m.name AS full_name,
             m.time_zone, m.locale
        FROM tenancy.members m
       WHERE m.organization_id = o.id AND (m.polls_id = :user OR m.email = :user::citext)
      UNION ALL
      SELECT 2, u.id, u.email::text, NULL, NULL, NULL, NULL FROM polls.users u
       WHERE u.organization_id = o.id AND (u.id = :user OR u.email = :user::citext)) p
    WHERE o.id = :organization_id
    ORDER BY p.preference LIMIT 1`,
);

// Inserts a user for each unknown address. Concurrent requests with the same new address get the same row.
const FIND_OR_CREATE = statement<PollPersonRow>(
  'polls.people.find_or_make',
  `WITH asked AS (
     SELECT DISTINCT ON (a.email) a.email, a.id FROM unnest(:emails::citext[], :ids::text[]) AS a(email, id) ORDER BY a.email
   ), member AS (
     SELECT m.id, m.email, m.polls_id, m.name, m.time_zone, m.locale FROM tenancy.members m
      WHERE m.organization_id = :organization_id AND (m.email = ANY(:emails::citext[]) OR m.polls_id = :user_id)
   ), known AS (
     SELECT u.id, u.email FROM polls.users u
      WHERE u.organization_id = :organization_id AND (u.email = ANY(:emails::citext[]) OR u.id = :user_id)
        AND NOT EXISTS (SELECT FROM member m WHERE m.email = u.email OR m.polls_id = u.id)
   ), made AS (
     INSERT INTO polls.users (organization_id, id, email, created_at)
     SELECT :organization_id, a.id, a.email, :now FROM asked a
      WHERE NOT EXISTS (SELECT FROM member m WHERE m.email = a.email)
        AND NOT EXISTS (SELECT FROM known k WHERE k.email = a.email)
     ON CONFLICT ON CONSTRAINT uq_users_email DO UPDATE SET email = polls.users.email
     RETURNING id, email
   ), person AS (
     SELECT polls_id AS user_id, email, id AS member_id, name AS full_name, time_zone, locale FROM member
     UNION ALL SELECT id, email, NULL, NULL, NULL, NULL FROM known
     UNION ALL SELECT id, email, NULL, NULL, NULL, NULL FROM made
   )
   SELECT p.user_id, p.email::text AS email, p.member_id, p.full_name, p.time_zone, p.locale,
          o.time_zone AS organization_zone
     FROM person p JOIN tenancy.organizations o ON o.id = :organization_id`,
);

/** Members and other users of an organization. */
export class PollPeopleRepository extends StatementRepository<PollUser> {
  static readonly entity = PollUser;

  /** People by address, created if unknown, and the user with this id. */
  async findOrCreate(
    organization_id: number,
    emails: readonly string[],
    user_id: string | undefined,
    now: Instant,
  ): Promise<PeopleIndex> {
    // Usually everybody is known; the look-ups of concurrent requests then share one statement.
    const found = await Promise.all(emails.map((email) => this.readBatched(FIND, [organization_id, email])));
    const unknownEmails = emails.filter((_, index) => found[index]?.length === 0);
    if (unknownEmails.length === 0 && user_id === undefined) return new PeopleIndex(found.flat());
    const ids = unknownEmails.map(() => pollId(now));
    const created = await this.all(FIND_OR_CREATE, {
      organization_id,
      emails: unknownEmails,
      ids,
      user_id,
      now,
    });
    return new PeopleIndex([...found.flat(), ...created]);
  }

  /** A member or user by public id or by address. */
  findByIdOrEmail(organization_id: number, user: string): Promise<PollPersonRow | undefined> {
    return this.one(FIND_ONE, { organization_id, user });
  }

  findOrganization(organization_id: number): Promise<PollOrganizationRow | undefined> {
    return this.one(FIND_ORGANIZATION, { organization_id });
  }
}

/** People indexed by address and by id. */
export class PeopleIndex {
  private readonly addresses = new Map<string, PollPersonRow>();
  private readonly ids = new Map<string, PollPersonRow>();

  constructor(rows: readonly PollPersonRow[]) {
    for (const row of rows) {
      this.addresses.set(row.email.toLowerCase(), row);
      this.ids.set(row.user_id, row);
    }
  }

  byEmail(email: string): PollPersonRow | undefined {
    return this.addresses.get(email.toLowerCase());
  }

  byId(userId: string): PollPersonRow | undefined {
    return this.ids.get(userId);
  }
}
