import type { CompanyRow } from './companies.table.js';
import { searchKey } from './company-event.search.js';
import type { CompanyEventChange, CompanyEventFields } from './company-events.table.js';
import type { ChangeCompanyEvent, CreateCompanyEvent } from './company-events.wire.js';
import { zoneOf, type CountryCode } from './country.js';

/** The zone of an event that says none: its country's where that has one, else its company's. */
export function zoneWithout(country: CountryCode | null, company: CompanyRow): string {
  return (country === null ? undefined : zoneOf(country)) ?? company.time_zone;
}

/** The columns of a new event. */
export function fieldsOf(wish: CreateCompanyEvent, company: CompanyRow): CompanyEventFields {
  const country = wish.country ?? null;
  return {
    name: wish.name,
    name_key: searchKey(wish.name),
    date_start: wish.date_start,
    date_end: wish.date_end,
    attendance_mode: wish.attendance_mode,
    company_role: wish.company_role,
    timezone: wish.timezone ?? zoneWithout(country, company),
    locale: wish.locale,
    privacy_policy: wish.privacy_policy ?? null,
    tax_country: wish.tax_country ?? null,
    requires_ticket_assignment: wish.requires_ticket_assignment ?? null,
    city: wish.city ?? null,
    province: wish.province ?? null,
    country,
    google_place_id: null,
    venue: textOrNothing(wish.venue) ?? null,
    venue_address: textOrNothing(wish.venue_address ?? wish.venueAddress) ?? null,
    venue_google_place_id: null,
  };
}

/** The columns that a change touches. A zone that is cleared is found anew, see `zoneWithout`. */
export function changeOf(wish: ChangeCompanyEvent): CompanyEventChange {
  return {
    slug: wish.slug,
    name: wish.name,
    name_key: wish.name === undefined ? undefined : searchKey(wish.name),
    date_start: wish.date_start,
    date_end: wish.date_end,
    attendance_mode: wish.attendance_mode,
    company_role: wish.company_role,
    timezone: wish.timezone ?? undefined,
    locale: wish.locale,
    privacy_policy: wish.privacy_policy,
    tax_country: wish.tax_country,
    requires_ticket_assignment: wish.requires_ticket_assignment,
    city: wish.city,
    province: wish.province,
    country: wish.country,
    google_place_id: textOrNothing(wish.google_place_id),
    venue: textOrNothing(wish.venue),
    venue_address: textOrNothing(wish.venue_address === undefined ? wish.venueAddress : wish.venue_address),
    venue_google_place_id: textOrNothing(wish.venue_google_place_id),
  };
}

/** An empty text says as much as none. */
function textOrNothing(text: string | null | undefined): string | null | undefined {
  return text === '' ? null : text;
}
