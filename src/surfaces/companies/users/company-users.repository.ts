import { Member } from '../../../auth/member.entity.js';
import { statement } from '../../../database/statement.js';
import { StatementRepository } from '../../../database/statement-repository.js';

export type CompanyUserRow = Readonly<
  Pick<Member, 'id' | 'name' | 'email' | 'locale' | 'time_zone' | 'created_at'>
>;

const FIND = statement<CompanyUserRow>(
  'companies.user.find',
  `SELECT id, name, email::text AS email, locale, time_zone, created_at FROM tenancy.members
    WHERE organization_id = :organization_id AND id = :id`,
);

/** Members, whom this product calls users. */
export class CompanyUsersRepository extends StatementRepository<Member> {
  static readonly entity = Member;

  findUser(organization_id: number, id: number): Promise<CompanyUserRow | undefined> {
    return this.one(FIND, { organization_id, id });
  }
}
