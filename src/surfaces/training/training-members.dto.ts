import { ResponseField, NullableResponseField } from '../../http/validation/field.js';
import * as field from './training.fields.js';

export class TrainingMemberResponseDto {
  @ResponseField(field.ID) id!: string;
  @ResponseField(field.OWNER) email!: string;
  @NullableResponseField(field.MEMBER_NAME) name!: string | null;
}
