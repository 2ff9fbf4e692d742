import { ApiProperty } from '@nestjs/swagger';
import { quote, quoteOrNull } from '../../../core/json-text.js';
import type { WallClock } from '../../../core/wall-clock.js';
import {
  OptionalQuery,
  Changeable,
  check,
  Clearable,
  Optional,
  Required,
  RequiredWhen,
  ResponseField,
  NullableResponseField,
} from '../../../http/validation/field.js';
import * as field from '../companies.fields.js';
import {
  CONDITIONS,
  ENDS_BEFORE_START,
  type AttendanceMode,
  type CompanyRole,
  type Locale,
} from './company-event.conditions.js';
import type { CompanyRow } from '../companies/companies.repository.js';
import { pageUrlOf } from '../public-page/public-event.place.js';
import type { CompanyEventRow } from './company-events.repository.js';
import { CompanyCohostResponseDto, writeCohost } from '../cohosts/company-cohosts.dto.js';
import { CompanyEventPageResponseDto, writeEventPage } from '../event-pages/company-event-pages.dto.js';
import { countryOf, type CountryCode } from '../country.js';
import { formatInstant, formatWallClock } from '../public-page/shown-time.js';

/** Compares with `date_start`; an invalid `date_start` is reported for that field only. */
const EndsNotBeforeStart = (): PropertyDecorator =>
  check('endsNotBeforeStart', ENDS_BEFORE_START, (value, event) => {
    const start = field.readWallClock((event as { date_start?: unknown }).date_start);
    const end = field.readWallClock(value);
    return start === undefined || end === undefined || end >= start;
  });

export class CreateCompanyEventDto {
  @Required(field.DATE_START) date_start!: WallClock;
  @EndsNotBeforeStart() @Required(field.DATE_END) date_end!: WallClock;
  @Required(field.NAME) name!: string;
  @Required(field.ATTENDANCE_MODE) attendance_mode!: AttendanceMode;
  @Required(field.LOCALE) locale!: Locale;
  @Required(field.COMPANY_ROLE) company_role!: CompanyRole;
  @RequiredWhen(CONDITIONS.city.isRequired, field.CITY) city?: string | null;
  @RequiredWhen(CONDITIONS.province.isRequired, field.PROVINCE) province?: string | null;
  @RequiredWhen(CONDITIONS.country.isRequired, field.COUNTRY) country?: CountryCode | null;
  @Optional(field.VENUE) venue?: string | null;
  @Optional(field.VENUE_ADDRESS) venue_address?: string | null;
  @Optional(field.VENUE_ADDRESS_ALIAS) venueAddress?: string | null;
  @RequiredWhen(CONDITIONS.timezone.isRequired, field.TIMEZONE) timezone?: string | null;
  @Optional(field.PRIVACY_POLICY) privacy_policy?: string | null;
  @Optional(field.TAX_COUNTRY) tax_country?: string | null;
  @RequiredWhen(CONDITIONS.requires_ticket_assignment.isRequired, field.REQUIRES_TICKET_ASSIGNMENT)
  requires_ticket_assignment?: boolean | null;
}

export class UpdateCompanyEventDto {
  @Changeable(field.DATE_START) date_start?: WallClock;
  @EndsNotBeforeStart() @Changeable(field.DATE_END) date_end?: WallClock;
  @Changeable(field.NAME) name?: string;
  @Changeable(field.SLUG) slug?: string;
  @Changeable(field.ATTENDANCE_MODE) attendance_mode?: AttendanceMode;
  @Changeable(field.LOCALE) locale?: Locale;
  @Changeable(field.COMPANY_ROLE) company_role?: CompanyRole;
  @Clearable(field.CITY) city?: string | null;
  @Clearable(field.PROVINCE) province?: string | null;
  @Clearable(field.COUNTRY) country?: CountryCode | null;
  @Clearable(field.GOOGLE_PLACE_ID) google_place_id?: string | null;
  @Clearable(field.VENUE) venue?: string | null;
  @Clearable(field.VENUE_ADDRESS) venue_address?: string | null;
  @Clearable(field.VENUE_ADDRESS_ALIAS) venueAddress?: string | null;
  @Clearable(field.VENUE_GOOGLE_PLACE_ID) venue_google_place_id?: string | null;
  @Clearable(field.TIMEZONE) timezone?: string | null;
  @Clearable(field.PRIVACY_POLICY) privacy_policy?: string | null;
  @Clearable(field.TAX_COUNTRY) tax_country?: string | null;
  @Clearable(field.REQUIRES_TICKET_ASSIGNMENT) requires_ticket_assignment?: boolean | null;
}

export class ListCompanyEventsQueryDto {
  @OptionalQuery(field.Q) q?: string;
  @OptionalQuery(field.PAGE) page?: number;
}

export class CompanyEventCityDto {
  @ResponseField(field.PLACE_NAME) name!: string;
  @NullableResponseField(field.COORDINATE) latitude!: number | null;
  @NullableResponseField(field.COORDINATE) longitude!: number | null;
  @NullableResponseField(field.PLACE_ID) google_place_id!: string | null;
}

export class CompanyEventCountryDto {
  @ResponseField(field.COUNTRY_NAME) name!: string;
  @ResponseField(field.ALPHA2) alpha2Code!: string;
  @ResponseField(field.ALPHA3) alpha3Code!: string;
}

export class CompanyEventVenueDto {
  @NullableResponseField(field.VENUE) name!: string | null;
  @NullableResponseField(field.PLACE_ID) google_place_id!: string | null;
  @NullableResponseField(field.ADDRESS_OF_PLACE) url!: string | null;
  @NullableResponseField(field.ADDRESS_OF_PLACE) maps_url!: string | null;
  @NullableResponseField(field.STREET) address!: string | null;
  @NullableResponseField(field.COORDINATE) latitude!: number | null;
  @NullableResponseField(field.COORDINATE) longitude!: number | null;
}

export class CompanyEventResponseDto {
  @ResponseField(field.EVENT_ID) id!: string;
  @ResponseField(field.NAME) name!: string;
  @ResponseField(field.STARTS) date_start!: string;
  @ResponseField(field.ENDS) date_end!: string;
  @ResponseField(field.CREATED_AT) created_at!: string;
  @ResponseField(field.ATTENDANCE_MODE) attendance_mode!: AttendanceMode;
  @ResponseField(field.COMPANY_ROLE) company_role!: CompanyRole;
  @ResponseField(field.TIMEZONE) timezone!: string;
  @NullableResponseField(field.PRIVACY_POLICY) privacy_policy!: string | null;
  @ResponseField(field.LOCALE) locale!: Locale;
  @ResponseField(field.REQUIRES_TICKET_ASSIGNMENT) requires_ticket_assignment!: boolean;
  @ApiProperty({ type: () => CompanyEventCityDto, nullable: true }) city!: CompanyEventCityDto | null;
  @ApiProperty({ type: () => CompanyEventCountryDto, nullable: true })
  country!: CompanyEventCountryDto | null;
  @ApiProperty({ type: () => CompanyEventVenueDto, nullable: true }) venue!: CompanyEventVenueDto | null;
  @ApiProperty({ type: () => [CompanyCohostResponseDto], description: 'By position.' })
  cohosts!: CompanyCohostResponseDto[];
}

/** A single event; only events that the company organizes have a page. */
export class CompanyEventWithPageResponseDto extends CompanyEventResponseDto {
  @ApiProperty({
    type: () => CompanyEventPageResponseDto,
    required: false,
    description: 'Organizing events only.',
  })
  page?: CompanyEventPageResponseDto;
}

/** An event as the JSON text of a `CompanyEventResponseDto`. Slugs, times, zones and enum values need no escaping. */
export function writeCompanyEvent(row: CompanyEventRow): string {
  return `{${fieldsOf(row)}}`;
}

/** An event as the JSON text of a `CompanyEventWithPageResponseDto`. */
export function writeCompanyEventWithPage(
  row: CompanyEventRow,
  { slug: company_slug }: CompanyRow,
  publicUrl: string,
): string {
  return row.company_role === 'organizing'
    ? `{${fieldsOf(row)},"page":${writeEventPage(row, pageUrlOf({ company_slug, slug: row.slug }, publicUrl))}}`
    : writeCompanyEvent(row);
}

function fieldsOf(row: CompanyEventRow): string {
  return (
    `"id":"${row.slug}","name":${quote(row.name)},"date_start":"${formatWallClock(row.date_start)}",` +
    `"date_end":"${formatWallClock(row.date_end)}","created_at":"${formatInstant(row.created_at)}",` +
    `"attendance_mode":"${row.attendance_mode}","company_role":"${row.company_role}",` +
    `"timezone":"${row.timezone}","privacy_policy":${quoteOrNull(row.privacy_policy)},"locale":"${row.locale}",` +
    `"requires_ticket_assignment":${row.requires_ticket_assignment ?? false},"city":${writeCity(row)},` +
    `"country":${writeCountry(row)},"venue":${writeVenue(row)},` +
    `"cohosts":${row.cohosts.length === 0 ? '[]' : `[${row.cohosts.map(writeCohost).join(',')}]`}`
  );
}

function writeCity({ city, google_place_id }: CompanyEventRow): string {
  if (city === null) return 'null';
  return `{"name":${quote(city)},"latitude":null,"longitude":null,"google_place_id":${quoteOrNull(google_place_id)}}`;
}

function writeCountry({ country }: CompanyEventRow): string {
  if (country === null) return 'null';
  const { name, alpha2Code, alpha3Code } = countryOf(country);
  return `{"name":${quote(name)},"alpha2Code":"${alpha2Code}","alpha3Code":"${alpha3Code}"}`;
}

function writeVenue(row: CompanyEventRow): string {
  const { venue: name, venue_address: address, venue_google_place_id: place } = row;
  if (name === null && address === null && place === null) return 'null';
  return (
    `{"name":${quoteOrNull(name)},"google_place_id":${quoteOrNull(place)},"url":null,"maps_url":null,` +
    `"address":${quoteOrNull(address)},"latitude":null,"longitude":null}`
  );
}
