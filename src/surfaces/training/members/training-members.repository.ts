import { Member } from '../../../auth/member.entity.js';
import { statement } from '../../../database/statement.js';
import { StatementRepository } from '../../../database/statement-repository.js';

export interface TrainingMemberRow {
  readonly id: string;
  readonly email: string;
  readonly name: string | null;
  readonly is_admin: boolean;
}

const COLUMNS = 'training_id AS id, email::text AS email, name, is_admin';

const LIST = statement<TrainingMemberRow>(
  'training.member.list',
  `SELECT ${COLUMNS} FROM tenancy.members WHERE organization_id = :organization_id ORDER BY email`,
);

const FIND = statement<TrainingMemberRow>(
  'training.member.find',
  `SELECT ${COLUMNS} FROM tenancy.members WHERE organization_id = :organization_id AND training_id = :id`,
);

/** Members who can own events and classes. */
export class TrainingMembersRepository extends StatementRepository<Member> {
  static readonly entity = Member;

  list(organization_id: number): Promise<TrainingMemberRow[]> {
    return this.all(LIST, { organization_id });
  }

  findMember(organization_id: number, id: string): Promise<TrainingMemberRow | undefined> {
    return this.one(FIND, { organization_id, id });
  }
}
