import type { Instant } from '../../../core/instant.js';
import { Changeable, Required, ResponseField } from '../../../http/validation/field.js';
import { choice, email, text } from '../../../http/validation/fields.js';
import * as training from '../training.fields.js';
import type { TrainingPartnerMemberRow } from './training-partners.repository.js';

const NAME = text({
  min: 1,
  max: 256,
  description: 'What the partner is called.',
  example: 'Example Partners',
});
const EMAIL = email({ description: 'E-mail address of the person.', example: 'grace@example.com' });
const ROLE = choice(['partner'], { description: 'Always `partner`.', example: 'partner' });
const STATUS = choice(['pending'], { description: 'Always `pending`: nobody signs in.', example: 'pending' });

export class CreateTrainingPartnerDto {
  @Required(NAME) name!: string;
}

export class UpdateTrainingPartnerDto {
  @Changeable(NAME) name?: string;
}

export class TrainingPartnerResponseDto {
  @ResponseField(training.ID) id!: string;
  @ResponseField(NAME) name!: string;
}

export class AddTrainingPartnerMemberDto {
  @Required(EMAIL) email!: string;
}

export class TrainingPartnerMemberResponseDto {
  @ResponseField(training.ID) id!: string;
  @ResponseField(EMAIL) email!: string;
  @ResponseField(training.ID) partner_id!: string;
  @ResponseField(ROLE) role!: 'partner';
}

/** A person who was added. */
export class NewTrainingPartnerMemberResponseDto extends TrainingPartnerMemberResponseDto {
  @ResponseField(STATUS) status!: 'pending';
  @ResponseField(training.LINK) link!: string;
  @ResponseField(training.CREATED_AT) created_at!: Instant;
}

export function viewTrainingPartnerMember(row: TrainingPartnerMemberRow): TrainingPartnerMemberResponseDto {
  const { id, email: address, partner_id } = row;
  return { id, email: address, partner_id, role: 'partner' };
}

export function viewNewTrainingPartnerMember(
  row: TrainingPartnerMemberRow,
  link: string,
): NewTrainingPartnerMemberResponseDto {
  return { ...viewTrainingPartnerMember(row), status: 'pending', link, created_at: row.created_at };
}
