import { Clearable, NullableResponseField } from '../../../http/validation/field.js';
import * as field from '../companies.fields.js';
import { quoteOrNull } from '../../../core/json-text.js';
import type { EventPageRow } from '../events/company-events.repository.js';

/** Fields that are not given stay unchanged. */
export class UpdateCompanyEventPageDto {
  @Clearable(field.TAGLINE) tagline?: string | null;
  @Clearable(field.HTML) description?: string | null;
  @Clearable(field.SUPPORT_EMAIL) support_email?: string | null;
  @Clearable(field.HEADER_IMAGE) header_image?: string | null;
  @Clearable(field.SHOW_ATTENDEES) show_attendees?: boolean | null;
  @Clearable(field.UNSPLASH_DATA) unsplash_data?: object | null;
}

export class CompanyEventPageResponseDto {
  @NullableResponseField(field.TAGLINE) tagline!: string | null;
  @NullableResponseField(field.HTML) description!: string | null;
  @NullableResponseField(field.SUPPORT_EMAIL) support_email!: string | null;
  @NullableResponseField(field.HEADER_IMAGE) header_image!: string | null;
  @NullableResponseField(field.SHOW_ATTENDEES) show_attendees!: boolean | null;
  @NullableResponseField(field.UNSPLASH_DATA) unsplash_data!: object | null;
}

/** A page as the JSON text of an `CompanyEventPageResponseDto`. */
export function writeEventPage({ page, unsplash_data }: EventPageRow): string {
  const { tagline, description, support_email, header_image, show_attendees } = page;
  return (
    `{"tagline":${quoteOrNull(tagline ?? null)},"description":${quoteOrNull(description ?? null)},` +
    `"support_email":${quoteOrNull(support_email ?? null)},"header_image":${quoteOrNull(header_image ?? null)},` +
    `"show_attendees":${show_attendees ?? null},"unsplash_data":${unsplash_data}}`
  );
}
