import type { Instant } from '../../core/instant.js';
import {
  Changeable,
  Clearable,
  Optional,
  Required,
  ResponseField,
  NullableResponseField,
  type Field,
} from '../../http/validation/field.js';
import { email } from '../../http/validation/fields.js';
import type { TrainingClassRow } from '../../surfaces/training/classes/training-classes.repository.js';
import * as field from '../admin.fields.js';

export const CLASS_ID: Field = {
  checks: [],
  schema: { type: 'string', description: 'Id of 17 letters and digits.', example: 'h4kPzQ7wXn2RbTsYd' },
};
const OWNER = email({ description: 'E-mail address of the member who owns it.', example: 'ada@example.org' });

export class CreateClassDto {
  @Required(field.NAME) name!: string;
  @Optional(OWNER) owner?: string | null;
  @Optional(field.DESCRIPTION) description?: string | null;
}

export class UpdateClassDto {
  @Changeable(field.NAME) name?: string;
  @Clearable(OWNER) owner?: string | null;
  @Clearable(field.DESCRIPTION) description?: string | null;
}

export class ClassResponseDto {
  @ResponseField(CLASS_ID) id!: string;
  @ResponseField(field.NAME) name!: string;
  @NullableResponseField(OWNER) owner!: string | null;
  @NullableResponseField(field.DESCRIPTION) description!: string | null;
  @ResponseField(field.CREATED_AT) created_at!: Instant;
  @ResponseField(field.UPDATED_AT) updated_at!: Instant;
}

export function viewClass(row: TrainingClassRow): ClassResponseDto {
  const { id, name, owner_email: owner, description, created_at, updated_at } = row;
  return { id, name, owner, description, created_at, updated_at };
}
