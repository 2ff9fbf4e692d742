import type { CompanyRow } from '../companies/companies.repository.js';
import { searchKey } from './company-event.search.js';
import type { CompanyEventChange, CompanyEventFields } from './company-events.repository.js';
import type { UpdateCompanyEventDto, CreateCompanyEventDto } from './company-events.dto.js';
import { zoneOf, type CountryCode } from '../country.js';

/** Default time zone: the country's if it has only one, else the company's. */
export function defaultZone(country: CountryCode | null, company: CompanyRow): string {
  return (country === null ? undefined : zoneOf(country)) ?? company.time_zone;
}

/** The columns of a new event. */
export function fieldsOf(dto: CreateCompanyEventDto, company: CompanyRow): CompanyEventFields {
  const country = dto.country ?? null;
  return {
    name: dto.name,
    name_key: searchKey(dto.name),
    date_start: dto.date_start,
    date_end: dto.date_end,
    attendance_mode: dto.attendance_mode,
    company_role: dto.company_role,
    timezone: dto.timezone ?? defaultZone(country, company),
    locale: dto.locale,
    privacy_policy: dto.privacy_policy ?? null,
    tax_country: dto.tax_country ?? null,
    requires_ticket_assignment: dto.requires_ticket_assignment ?? null,
    city: dto.city ?? null,
    province: dto.province ?? null,
    country,
    google_place_id: null,
    venue: emptyToNull(dto.venue) ?? null,
    venue_address: emptyToNull(dto.venue_address ?? dto.venueAddress) ?? null,
    venue_google_place_id: null,
  };
}

/** The columns that a change sets. A cleared zone is replaced by the default, see `defaultZone`. */
export function changeOf(dto: UpdateCompanyEventDto): CompanyEventChange {
  return {
    slug: dto.slug,
    name: dto.name,
    name_key: dto.name === undefined ? undefined : searchKey(dto.name),
    date_start: dto.date_start,
    date_end: dto.date_end,
    attendance_mode: dto.attendance_mode,
    company_role: dto.company_role,
    timezone: dto.timezone ?? undefined,
    locale: dto.locale,
    privacy_policy: dto.privacy_policy,
    tax_country: dto.tax_country,
    requires_ticket_assignment: dto.requires_ticket_assignment,
    city: dto.city,
    province: dto.province,
    country: dto.country,
    google_place_id: emptyToNull(dto.google_place_id),
    venue: emptyToNull(dto.venue),
    venue_address: emptyToNull(dto.venue_address === undefined ? dto.venueAddress : dto.venue_address),
    venue_google_place_id: emptyToNull(dto.venue_google_place_id),
  };
}

/** An empty text counts as none. */
function emptyToNull(text: string | null | undefined): string | null | undefined {
  return text === '' ? null : text;
}
