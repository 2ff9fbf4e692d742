import { Clearable, ShownOrNull } from '../../http/field.js';
import * as field from './companies.fields.js';
import type { EventPageContent } from './company-events.table.js';

/** What is not given stays as it is. */
export class ChangeEventPage {
  @Clearable(field.TAGLINE) tagline?: string | null;
  @Clearable(field.HTML) description?: string | null;
  @Clearable(field.SUPPORT_EMAIL) support_email?: string | null;
  @Clearable(field.HEADER_IMAGE) header_image?: string | null;
  @Clearable(field.SHOW_ATTENDEES) show_attendees?: boolean | null;
  @Clearable(field.UNSPLASH_DATA) unsplash_data?: object | null;
}

export class EventPageAnswer {
  @ShownOrNull(field.TAGLINE) tagline!: string | null;
  @ShownOrNull(field.HTML) description!: string | null;
  @ShownOrNull(field.SUPPORT_EMAIL) support_email!: string | null;
  @ShownOrNull(field.HEADER_IMAGE) header_image!: string | null;
  @ShownOrNull(field.SHOW_ATTENDEES) show_attendees!: boolean | null;
  @ShownOrNull(field.UNSPLASH_DATA) unsplash_data!: object | null;
}

export function viewEventPage(page: EventPageContent): EventPageAnswer {
  return {
    tagline: page.tagline ?? null,
    description: page.description ?? null,
    support_email: page.support_email ?? null,
    header_image: page.header_image ?? null,
    show_attendees: page.show_attendees ?? null,
    unsplash_data: page.unsplash_data ?? null,
  };
}
