import { Injectable } from '@nestjs/common';
import type { Caller } from '../../../core/caller.js';
import { isTrainingId } from '../training-id.js';
import { memberNotFound } from '../training.failures.js';
import { TrainingMembersRepository, type TrainingMemberRow } from './training-members.repository.js';

/** Members of the organization. People of partners are not among them. */
@Injectable()
export class TrainingMembersService {
  constructor(private readonly members: TrainingMembersRepository) {}

  list({ organizationId }: Caller): Promise<TrainingMemberRow[]> {
    return this.members.list(organizationId);
  }

  async find({ organizationId }: Caller, id: string): Promise<TrainingMemberRow> {
    const found = isTrainingId(id) ? await this.members.findMember(organizationId, id) : undefined;
    if (found === undefined) throw memberNotFound();
    return found;
  }
}
