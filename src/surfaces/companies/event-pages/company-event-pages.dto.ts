import { MultipartForm, type UploadedFile } from '../../../http/server/multipart.js';
import { Clearable, NullableResponseField } from '../../../http/validation/field.js';
import * as field from '../companies.fields.js';
import { GIVEN_HEADER_IMAGE } from './company-event-pages.fields.js';
import { quoteOrNull } from '../../../core/json-text.js';
import { headerImageAddress } from './company-header-image.js';
import type { EventPageRow } from '../events/company-events.repository.js';

/** Fields that are not given stay unchanged. */
export class UpdateCompanyEventPageDto {
  @Clearable(field.TAGLINE) tagline?: string | null;
  @Clearable(field.HTML) description?: string | null;
  @Clearable(field.SUPPORT_EMAIL) support_email?: string | null;
  @Clearable(GIVEN_HEADER_IMAGE) header_image?: string | UploadedFile | null;
  @Clearable(field.SHOW_ATTENDEES) show_attendees?: boolean | null;
  @Clearable(field.UNSPLASH_DATA) unsplash_data?: object | null;

  /** A form has only texts and files. */
  static convert(body: unknown): unknown {
    if (!(body instanceof MultipartForm)) return body;
    const { show_attendees, unsplash_data, ...parts } = body.parts;
    return {
      ...parts,
      ...(show_attendees !== undefined && { show_attendees: flagOf(show_attendees) }),
      ...(unsplash_data !== undefined && { unsplash_data: jsonOf(unsplash_data) }),
    };
  }
}

function flagOf(part: string | UploadedFile): unknown {
  return part === 'true' || part === 'false' ? part === 'true' : part;
}

/** Other text is left as it is, for the check to reject. */
function jsonOf(part: string | UploadedFile): unknown {
  try {
    return JSON.parse(String(part));
  } catch {
    return part;
  }
}

export class CompanyEventPageResponseDto {
  @NullableResponseField(field.TAGLINE) tagline!: string | null;
  @NullableResponseField(field.HTML) description!: string | null;
  @NullableResponseField(field.SUPPORT_EMAIL) support_email!: string | null;
  @NullableResponseField(field.HEADER_IMAGE) header_image!: string | null;
  @NullableResponseField(field.SHOW_ATTENDEES) show_attendees!: boolean | null;
  @NullableResponseField(field.UNSPLASH_DATA) unsplash_data!: object | null;
}

/** A page as the JSON text of an `CompanyEventPageResponseDto`; `eventUrl` is that of the event's public page. */
export function writeEventPage({ page, unsplash_data }: EventPageRow, eventUrl: string): string {
  const { tagline, description, support_email, show_attendees } = page;
  const header_image = headerImageAddress(page.header_image, eventUrl);
  return (
    `{"tagline":${quoteOrNull(tagline ?? null)},"description":${quoteOrNull(description ?? null)},` +
    `"support_email":${quoteOrNull(support_email ?? null)},"header_image":${quoteOrNull(header_image)},` +
    `"show_attendees":${show_attendees ?? null},"unsplash_data":${unsplash_data}}`
  );
}
