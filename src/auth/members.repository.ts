import { Failure } from '../core/failure.js';
import type { Instant } from '../core/instant.js';
import type { Page } from '../core/page.js';
import { selectList, setFromJson } from '../database/columns.js';
import { referrerNamedBy, whenRefused } from '../database/failures.js';
import { statement } from '../database/statement.js';
import { StatementRepository } from '../database/statement-repository.js';
import { Member } from './member.entity.js';

type Writable = Pick<Member, 'email' | 'name' | 'time_zone' | 'locale' | 'is_admin'>;

export type NewMember = Omit<Member, 'id' | 'slug' | 'updated_at'>;

/** `undefined` leaves a value as it is, `null` clears it. */
export type MemberChange = { readonly [Column in keyof Writable]?: Writable[Column] | undefined };

const CREATE = statement<Member>(
  'tenancy.member.create',
  `INSERT INTO tenancy.members AS m
     (organization_id, training_id, polls_id, email, name, time_zone, locale, is_admin, created_at)
   VALUES (:organization_id, :training_id, :polls_id, :email, :name, :time_zone, :locale, :is_admin, :created_at)
   ON CONFLICT ON CONSTRAINT uq_members_email DO NOTHING
   RETURNING ${selectList(Member, 'm')}`,
);

const CHANGE = statement<Member>(
  'tenancy.member.change',
  `UPDATE tenancy.members AS old
      SET ${setFromJson(Member, ['email', 'name', 'time_zone', 'locale', 'is_admin', 'updated_at'])}
    WHERE old.organization_id = :organization_id AND old.id = :id
   RETURNING ${selectList(Member, 'old')}`,
);

/** The members of organizations, for the admin API and all products. */
export class MembersRepository extends StatementRepository<Member> {
  static readonly entity = Member;

  /** Oldest first. */
  async page(
    organization_id: number,
    { limit, offset }: Page,
  ): Promise<{ readonly rows: readonly Member[]; readonly total: number }> {
    const [rows, total] = await this.findAndCount({
      where: { organization_id },
      order: { id: 'ASC' },
      take: limit,
      skip: offset,
    });
    return { rows, total };
  }

  findMember(organization_id: number, id: number): Promise<Member | null> {
    return this.findOneBy({ organization_id, id });
  }

  /** Returns `undefined` if another member has the address. */
  insertMember(member: NewMember): Promise<Member | undefined> {
    return whenRefused(this.one(CREATE, { ...member }), {
      fk_members_organization: () => new Failure('not-found', 'There is no such organization.'),
    });
  }

  /**
   * Returns `undefined` if there is no such member, and throws `conflict` on `emailField` of the body if another one has
   * the address.
   */
  changeMember(
    organization_id: number,
    id: number,
    change: MemberChange,
    { now: updated_at, emailField = 'email' }: { readonly now: Instant; readonly emailField?: string },
  ): Promise<Member | undefined> {
    const write = this.one(CHANGE, {
      organization_id,
      id,
      change: JSON.stringify({ ...change, updated_at }),
    });
    return whenRefused(write, { uq_members_email: () => addressTaken(emailField) });
  }

  /** Keeps the member from being changed or referred to until the end of the transaction; returns whether there is one. */
  async lockMember(organization_id: number, id: number): Promise<boolean> {
    const lock = { mode: 'pessimistic_write' } as const;
    return (await this.findOne({ where: { organization_id, id }, lock })) !== null;
  }

  /** Throws `conflict` if rows of a product refer to the member. */
  async deleteMember(organization_id: number, id: number): Promise<void> {
    await this.delete({ organization_id, id }).catch((error: unknown) => {
      const referrer = referrerNamedBy(error);
      if (referrer === undefined) throw error;
      throw new Failure('conflict', `The member cannot be deleted: ${referrer} refer to it.`);
    });
  }
}

/** The address in `field` of the body is that of another member. */
export function addressTaken(field: string): Failure {
  const message = `${field} is the address of another member of this organization`;
  return new Failure('conflict', message, { faults: [{ location: 'body', field, message }] });
}
