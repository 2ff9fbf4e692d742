import { Member } from '../../../auth/member.entity.js';
import { Failure } from '../../../core/failure.js';
import type { Instant } from '../../../core/instant.js';
import type { Page } from '../../../core/page.js';
import { whenRefused } from '../../../database/failures.js';
import { statement } from '../../../database/statement.js';
import { StatementRepository } from '../../../database/statement-repository.js';
import { INSERT_HOOK_DELIVERIES } from '../hooks/poll-hook.payload.js';
import { organizationIdOf } from '../poll-id.js';

/** A member as a user of this product. */
export type PollUserRow = Readonly<
  Pick<Member, 'id' | 'polls_id' | 'email' | 'name' | 'time_zone' | 'locale' | 'is_admin' | 'created_at'>
> & {
  readonly extid: string | null;
  readonly updated_at: Instant;
  /** The organization's public id. */
  readonly organization: string;
  readonly organization_name: string;
  readonly organization_zone: string;
};

/** What a user is known by. */
export interface PollUserNames {
  readonly id?: string | undefined;
  readonly extid?: string | undefined;
  readonly email?: string | undefined;
}

const SELECT = `SELECT m.id, m.polls_id, m.email::text AS email, m.name, m.time_zone, m.locale, m.is_admin, m.created_at,
         d.extid, coalesce(greatest(d.updated_at, m.updated_at), m.created_at) AS updated_at, ${organizationIdOf('o')} AS organization,
         o.name AS organization_name, o.time_zone AS organization_zone
    FROM tenancy.members m
    JOIN tenancy.organizations o ON o.id = m.organization_id
    LEFT JOIN polls.member_details d ON d.organization_id = m.organization_id AND d.member_id = m.id
   WHERE m.organization_id = :organization_id`;

const LIST = statement<PollUserRow>(
  'polls.user.list',
  `${SELECT} AND (:emails::citext[] IS NULL OR m.email = ANY(:emails::citext[]))
      AND (:extids::text[] IS NULL OR d.extid = ANY(:extids::text[]))
    ORDER BY m.created_at, m.id LIMIT :limit OFFSET :offset`,
);

const FIND = statement<PollUserRow>('polls.user.find', `${SELECT} AND m.polls_id = :id`);

const LOCK = statement<PollUserRow>(
  'polls.user.lock',
  `${SELECT} AND (m.polls_id = :id::text OR d.extid = :extid::text OR m.email = :email::citext)
    ORDER BY coalesce(m.polls_id = :id::text, false) DESC, coalesce(d.extid = :extid::text, false) DESC
    LIMIT 1 FOR NO KEY UPDATE OF m`,
);

const SAVE_DETAILS = statement<{ member_id: number }>(
  'polls.user.save_details',
  `INSERT INTO polls.member_details AS d (organization_id, member_id, extid, updated_at)
   VALUES (:organization_id, :id, :extid, :now)
   ON CONFLICT ON CONSTRAINT pk_member_details DO UPDATE
     SET extid = coalesce(excluded.extid, d.extid), updated_at = excluded.updated_at
   RETURNING member_id`,
);

const TELL_JOINED = statement<{ id: string }>(
  'polls.user.tell_joined',
  `${INSERT_HOOK_DELIVERIES} RETURNING id`,
);

const EXTID_TAKEN = 'extid is that of another user';
const REFUSALS = {
  uq_member_details_extid: () =>
    new Failure('conflict', EXTID_TAKEN, {
      faults: [{ location: 'body', field: 'extid', message: EXTID_TAKEN }],
    }),
};

/** Members as the product's users, with what only this product keeps of them. */
export class PollUsersRepository extends StatementRepository<Member> {
  static readonly entity = Member;

  /** Oldest first. `undefined` does not filter. */
  list(
    organization_id: number,
    filter: {
      readonly emails: readonly string[] | undefined;
      readonly extids: readonly string[] | undefined;
    },
    page: Page,
  ): Promise<PollUserRow[]> {
    return this.all(LIST, { organization_id, ...filter, ...page });
  }

  findUser(organization_id: number, id: string): Promise<PollUserRow | undefined> {
    return this.one(FIND, { organization_id, id });
  }

  /** The user with this id, else external id, else address; locked until the end of the transaction. */
  lockUser(organization_id: number, { id, extid, email }: PollUserNames): Promise<PollUserRow | undefined> {
    return this.one(LOCK, { organization_id, id, extid, email });
  }

  /** `undefined` leaves the external id as it is. */
  async saveDetails(
    organization_id: number,
    id: number,
    extid: string | undefined,
    now: Instant,
  ): Promise<void> {
    await whenRefused(this.one(SAVE_DETAILS, { organization_id, id, extid, now }), REFUSALS);
  }

  /** Writes a delivery to each hook that is told of new users. `resource` is the user as JSON. */
  async tellJoined(organization_id: number, resource: string, now: Instant): Promise<boolean> {
    const written = await this.one(TELL_JOINED, {
      organization_id,
      hook_types: ['user.joined'],
      hook_timestamp: now,
      hook_resource: resource,
      actor_user: undefined,
      actor_member_id: undefined,
      now,
    });
    return written !== undefined;
  }
}
