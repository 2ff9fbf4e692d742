import { Member } from '../../auth/member.entity.js';
import { statement } from '../../database/statement.js';
import { StatementRepository } from '../../database/statement-repository.js';

export interface TrainingMemberRow {
  readonly id: string;
  readonly email: string;
  readonly name: string | null;
}

const LIST = statement<TrainingMemberRow>(
  'training.member.list',
  `SELECT training_id AS id, email::text AS email, name FROM tenancy.members
    WHERE organization_id = :organization_id ORDER BY email`,
);

/** Members who can own events and classes. */
export class TrainingMembersRepository extends StatementRepository<Member> {
  static readonly entity = Member;

  list(organization_id: number): Promise<TrainingMemberRow[]> {
    return this.all(LIST, { organization_id });
  }
}
