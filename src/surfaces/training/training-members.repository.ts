import { Injectable } from '@nestjs/common';
import { Database } from '../../database/database.js';
import { statement } from '../../database/statement.js';

export interface TrainingMemberRow {
  readonly id: string;
  readonly email: string;
  readonly name: string | null;
}

const LIST = statement<TrainingMemberRow>(
  'training.member.list',
  `SELECT training_id AS id, email::text AS email, name FROM tenancy.members WHERE organization_id = $1 ORDER BY email`,
);

/** Members as training shows them: who can own an event or a class. */
@Injectable()
export class TrainingMembersRepository {
  constructor(private readonly database: Database) {}

  list(organizationId: number): Promise<TrainingMemberRow[]> {
    return this.database.all(LIST, [organizationId]);
  }
}
