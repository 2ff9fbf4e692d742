import { ResponseField, NullableResponseField } from '../../../http/validation/field.js';
import { choice } from '../../../http/validation/fields.js';
import * as field from '../training.fields.js';
import type { TrainingMemberRow } from './training-members.repository.js';

const LEVELS = ['admin', 'member'] as const;
const LEVEL = choice(LEVELS, {
  description: 'Whether the member administers the organization.',
  example: 'member',
});
const ROLE = choice(LEVELS, { description: 'The same as `level`; clients read either.', example: 'member' });

export class TrainingMemberResponseDto {
  @ResponseField(field.ID) id!: string;
  @ResponseField(field.OWNER) email!: string;
  @NullableResponseField(field.MEMBER_NAME) name!: string | null;
  @ResponseField(LEVEL) level!: (typeof LEVELS)[number];
  @ResponseField(ROLE) role!: (typeof LEVELS)[number];
}

export function viewTrainingMember({ is_admin, ...row }: TrainingMemberRow): TrainingMemberResponseDto {
  const level = is_admin ? 'admin' : 'member';
  return { ...row, level, role: level };
}
