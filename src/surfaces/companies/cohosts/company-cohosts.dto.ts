import { quote, quoteOrNull } from '../../../core/json-text.js';
import {
  Changeable,
  Clearable,
  Optional,
  Required,
  ResponseField,
  NullableResponseField,
} from '../../../http/validation/field.js';
import * as field from '../companies.fields.js';
import { cohostId } from './cohost-id.js';
import type { CohostRow } from '../events/company-events.repository.js';

export class CreateCompanyCohostDto {
  @Required(field.COHOST_NAME) name!: string;
  @Optional(field.COHOST_PRIVACY_POLICY) privacy_policy?: string | null;
  @Optional(field.POSITION) position?: number | null;
}

export class UpdateCompanyCohostDto {
  @Changeable(field.COHOST_NAME) name?: string;
  @Clearable(field.COHOST_PRIVACY_POLICY) privacy_policy?: string | null;
  @Clearable(field.POSITION) position?: number | null;
}

export class CompanyCohostResponseDto {
  @ResponseField(field.COHOST_ID) id!: string;
  @ResponseField(field.COHOST_NAME) name!: string;
  @NullableResponseField(field.COHOST_PRIVACY_POLICY) privacy_policy!: string | null;
  @ResponseField(field.POSITION) position!: number;
}

/** A cohost as the JSON text of a `CompanyCohostResponseDto`. */
export function writeCohost({ id, name, privacy_policy, position }: CohostRow): string {
  return (
    `{"id":"${cohostId.show(id)}","name":${quote(name)},"privacy_policy":${quoteOrNull(privacy_policy)},` +
    `"position":${position}}`
  );
}
