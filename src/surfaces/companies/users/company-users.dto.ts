import { quote, quoteOrNull } from '../../../core/json-text.js';
import { NullableResponseField, ResponseField } from '../../../http/validation/field.js';
import { userId } from '../cohosts/cohost-id.js';
import { CREATED_AT } from '../companies.fields.js';
import * as user from './company-user.fields.js';
import { formatInstant } from '../public-page/shown-time.js';
import type { CompanyUserRow } from './company-users.repository.js';

export class CompanyUserResponseDto {
  @ResponseField(user.ID) id!: string;
  @NullableResponseField(user.NAME) name!: string | null;
  @ResponseField(user.EMAIL) email!: string;
  @NullableResponseField(user.LOCALE) locale!: string | null;
  @NullableResponseField(user.TIMEZONE) timezone!: string | null;
  @ResponseField(CREATED_AT) created_at!: string;
}

/** A member as the JSON text of a `CompanyUserResponseDto`. */
export function writeUser({ id, name, email, locale, time_zone, created_at }: CompanyUserRow): string {
  return (
    `{"id":"${userId.show(id)}","name":${quoteOrNull(name)},"email":${quote(email)},` +
    `"locale":${quoteOrNull(locale)},"timezone":${quoteOrNull(time_zone)},` +
    `"created_at":"${formatInstant(created_at)}"}`
  );
}
