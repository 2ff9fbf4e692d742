import { quote, quoteOrNull } from '../../../core/json-text.js';
import { NullableResponseField, ResponseField } from '../../../http/validation/field.js';
import { userId } from '../cohosts/cohost-id.js';
import * as field from '../companies.fields.js';
import { formatInstant } from '../public-page/shown-time.js';
import type { CompanyUserRow } from './company-users.repository.js';

export class CompanyUserResponseDto {
  @ResponseField(field.USER_ID) id!: string;
  @NullableResponseField(field.USER_NAME) name!: string | null;
  @ResponseField(field.USER_EMAIL) email!: string;
  @NullableResponseField(field.USER_LOCALE) locale!: string | null;
  @NullableResponseField(field.USER_TIMEZONE) timezone!: string | null;
  @ResponseField(field.CREATED_AT) created_at!: string;
}

/** A member as the JSON text of a `CompanyUserResponseDto`. */
export function writeUser({ id, name, email, locale, time_zone, created_at }: CompanyUserRow): string {
  return (
    `{"id":"${userId.show(id)}","name":${quoteOrNull(name)},"email":${quote(email)},` +
    `"locale":${quoteOrNull(locale)},"timezone":${quoteOrNull(time_zone)},` +
    `"created_at":"${formatInstant(created_at)}"}`
  );
}
