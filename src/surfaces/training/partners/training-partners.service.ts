import { Injectable } from '@nestjs/common';
import type { Caller } from '../../../core/caller.js';
import { Clock } from '../../../core/clock.js';
import { timeOrderedId } from '../../../core/random-code.js';
import { isTrainingId } from '../training-id.js';
import { partnerNotFound } from '../training.failures.js';
import {
  TrainingPartnersRepository,
  type TrainingPartnerMemberRow,
  type TrainingPartnerRow,
} from './training-partners.repository.js';

/** Partners of the organization. They narrow nobody's sight: an event's `partner_id` is a text. */
@Injectable()
export class TrainingPartnersService {
  constructor(
    private readonly partners: TrainingPartnersRepository,
    private readonly clock: Clock,
  ) {}

  list({ organizationId }: Caller): Promise<TrainingPartnerRow[]> {
    return this.partners.list(organizationId);
  }

  async find({ organizationId }: Caller, id: string): Promise<TrainingPartnerRow> {
    const found = isTrainingId(id) ? await this.partners.findPartner(organizationId, id) : undefined;
    if (found === undefined) throw partnerNotFound();
    return found;
  }

  create(caller: Caller, name: string): Promise<TrainingPartnerRow> {
    const { organizationId: organization_id } = caller;
    return this.partners.insertPartner({
      organization_id,
      id: timeOrderedId(),
      name,
      created_at: this.clock.now(caller),
    });
  }

  async change(
    { organizationId }: Caller,
    id: string,
    name: string | undefined,
  ): Promise<TrainingPartnerRow> {
    const changed = isTrainingId(id)
      ? await this.partners.changePartner(organizationId, id, name)
      : undefined;
    if (changed === undefined) throw partnerNotFound();
    return changed;
  }

  async members({ organizationId }: Caller, id: string): Promise<TrainingPartnerMemberRow[]> {
    const members = isTrainingId(id) ? await this.partners.membersOf(organizationId, id) : undefined;
    if (members === undefined) throw partnerNotFound();
    return members;
  }

  async addMember(caller: Caller, partner_id: string, email: string): Promise<TrainingPartnerMemberRow> {
    if (!isTrainingId(partner_id)) throw partnerNotFound();
    const { organizationId: organization_id } = caller;
    const created_at = this.clock.now(caller);
    return this.partners.addMember({ organization_id, partner_id, id: timeOrderedId(), email, created_at });
  }
}
