import type { Instant } from '../../core/instant.js';
import { MAX_INTEGER } from '../../core/integer.js';
import {
  Changeable,
  Clearable,
  Optional,
  Required,
  ResponseField,
  NullableResponseField,
} from '../../http/validation/field.js';
import { choice, wholeNumber } from '../../http/validation/fields.js';
import { REALM_KINDS, type RealmKind } from '../../surfaces/realms/catalogue/realm-kind.js';
import type { Realm } from '../../surfaces/realms/catalogue/realm.entity.js';
import * as field from '../admin.fields.js';

const KIND = choice(REALM_KINDS, { description: 'What it is. Never changes.', example: 'section' });
const PARENT_ID = wholeNumber({
  min: 1,
  max: MAX_INTEGER,
  description: 'Id of the wider realm that it lies in: district, school, course, section, in this order.',
  example: 3,
});

export class CreateRealmDto {
  @Required(KIND) kind!: RealmKind;
  @Required(field.NAME) name!: string;
  @Optional(PARENT_ID) parent_id?: number | null;
  @Optional(field.TIME_ZONE) time_zone?: string | null;
}

export class UpdateRealmDto {
  @Changeable(field.NAME) name?: string;
  @Clearable(PARENT_ID) parent_id?: number | null;
  @Clearable(field.TIME_ZONE) time_zone?: string | null;
}

export class RealmResponseDto {
  @ResponseField(field.ID) id!: number;
  @ResponseField(KIND) kind!: RealmKind;
  @ResponseField(field.NAME) name!: string;
  @NullableResponseField(PARENT_ID) parent_id!: number | null;
  @ResponseField(field.TIME_ZONE) time_zone!: string;
  @ResponseField(field.CREATED_AT) created_at!: Instant;
  @ResponseField(field.UPDATED_AT) updated_at!: Instant;
}

export function viewRealm(row: Realm): RealmResponseDto {
  const { id, kind, name, parent_id, time_zone, created_at, updated_at } = row;
  return { id, kind, name, parent_id, time_zone, created_at, updated_at };
}
