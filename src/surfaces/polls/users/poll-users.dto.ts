import { ApiProperty } from '@nestjs/swagger';
import type { Instant } from '../../../core/instant.js';
import {
  Optional,
  OptionalQuery,
  OptionalResponseField,
  Required,
  ResponseField,
} from '../../../http/validation/field.js';
import { listOf, objectOf, queryNumber } from '../../../http/validation/fields.js';
import { DEFAULT_LANGUAGE, POLL_LANGUAGES } from '../events/poll-event.js';
import * as polls from '../polls.fields.js';
import * as field from './poll-users.fields.js';
import type { PollUserRow } from './poll-users.repository.js';

export const MAX_BATCH = 100;

class PollAccountOrganizationInputDto {
  @Optional(field.EXTID) extid?: string | null;
}

class PollAccountInputDto {
  @Optional(
    objectOf(() => PollAccountOrganizationInputDto, { description: 'Its place in the organization.' }),
  )
  organization?: PollAccountOrganizationInputDto | null;
}

/** A user, by itself or as `user` beside `organization`. */
function unwrapped(body: unknown): unknown {
  if (typeof body !== 'object' || body === null) return body;
  const { organization, user } = body as { organization?: unknown; user?: unknown };
  return typeof user === 'object' && user !== null ? { organization, ...user } : body;
}

function unwrappedList(body: unknown): unknown {
  const users = Array.isArray(body) ? body : (body as { users?: unknown } | null | undefined)?.users;
  return { users: Array.isArray(users) ? users.map(unwrapped) : users };
}

class PollUserInputDto {
  static convert(body: unknown): unknown {
    return unwrapped(body);
  }

  @Optional(field.ORGANIZATION_ID) organization?: string | null;
  @Optional(polls.USER_ID) _id?: string | null;
  @Optional(polls.USER_ID) id?: string | null;
  @Optional(field.EXTID) extid?: string | null;
  @Optional(field.FIRST_NAME) first_name?: string | null;
  @Optional(field.LAST_NAME) last_name?: string | null;
  @Optional(field.FULL_NAME) full_name?: string | null;
  @Optional(field.USER_TIMEZONE) timezone?: string | null;
  @Optional(field.LANGUAGE) language?: string | null;
  @Optional(objectOf(() => PollAccountInputDto, { description: 'Where `extid` may stand as well.' }))
  account?: PollAccountInputDto | null;
}

export class CreatePollUserDto extends PollUserInputDto {
  @Required(field.EMAILS) emails!: string[];
}

export class UpdatePollUserDto extends PollUserInputDto {
  @Optional(field.EMAILS) emails?: string[] | null;
}

export class CreatePollUsersDto {
  static convert(body: unknown): unknown {
    return unwrappedList(body);
  }

  @Required(listOf(() => CreatePollUserDto, { max: MAX_BATCH, description: 'The users.' }))
  users!: CreatePollUserDto[];
}

export class UpdatePollUsersDto {
  static convert(body: unknown): unknown {
    return unwrappedList(body);
  }

  @Required(
    listOf(() => UpdatePollUserDto, {
      max: MAX_BATCH,
      description: 'The users, each named by `_id`, `id` or `extid`.',
    }),
  )
  users!: UpdatePollUserDto[];
}

export class ListPollUsersQueryDto {
  @OptionalQuery(
    queryNumber({ min: 1, max: 1000, default: 1000, description: 'Users on a page.', example: 100 }),
  )
  limit?: number;
  @OptionalQuery(queryNumber({ min: 1, default: 1, description: 'Which page, from 1.', example: 1 }))
  page?: number;
  @OptionalQuery(field.USER_EMAILS) emails?: string[];
  @OptionalQuery(field.USER_EXTIDS) extid?: string[];
}

class PollUserOrganizationDto {
  @ResponseField(field.ORGANIZATION_ID) id!: string;
  @ApiProperty({ description: 'Its name.', example: 'Analytical Engines' }) name!: string;
  @OptionalResponseField(field.EXTID) extid?: string;
  @ResponseField(polls.booleanField('Whether the user administers it.')) admin!: boolean;
}

const NOTHING = { type: 'null', description: 'Nothing here in this service.', example: null } as const;

class PollAccountDto {
  @ApiProperty({ type: PollUserOrganizationDto }) organization!: PollUserOrganizationDto;
  @ApiProperty({ description: 'Always `pro`.', example: 'pro' }) plan!: string;
  @ApiProperty({ type: 'integer', description: 'Always 0.', example: 0 }) free_trial_days!: number;
  @ApiProperty(NOTHING) free_trial_started!: null;
  @ApiProperty(NOTHING) free_trial_until!: null;
  @ApiProperty(NOTHING) app_url!: null;
}

class PollConsentDto {
  @ApiProperty(NOTHING) terms!: null;
}

class PollCalendarsDto {
  @ResponseField(polls.booleanField('Always false.')) google!: boolean;
  @ResponseField(polls.booleanField('Always false.')) office365!: boolean;
  @ResponseField(polls.booleanField('Always false.')) exchange!: boolean;
  @ResponseField(polls.booleanField('Always false.')) icloud!: boolean;
  @ResponseField(polls.booleanField('Always false.')) caldav!: boolean;
}

export class PollMemberResponseDto {
  @ResponseField(polls.USER_ID) _id!: string;
  @ResponseField(field.FIRST_NAME) first_name!: string;
  @ResponseField(field.LAST_NAME) last_name!: string;
  @ResponseField(field.FULL_NAME) full_name!: string;
  @ResponseField(field.USER_TIMEZONE) timezone!: string;
  @ResponseField(field.LANGUAGE) language!: string;
  @ApiProperty({ description: 'Always `email`.', example: 'email' }) signedup_with!: string;
  @ApiProperty(NOTHING) calendarList!: null;
  @ResponseField(polls.PICTURE_URL) picture_url!: string;
  @ResponseField(field.EMAILS) emails!: readonly string[];
  @ApiProperty({ type: PollAccountDto }) account!: PollAccountDto;
  @ApiProperty({ type: PollConsentDto }) consent!: PollConsentDto;
  @ApiProperty({ type: PollCalendarsDto }) calendars!: PollCalendarsDto;
  @ResponseField(polls.CREATED_AT) createdAt!: Instant;
  @ResponseField(polls.UPDATED_AT) updatedAt!: Instant;
}

/** First name and last names: members have one name only. */
export function namePartsOf(name: string | null): { readonly first: string; readonly last: string } {
  const [first = '', ...rest] = (name ?? '').trim().split(/\s+/);
  return { first, last: rest.join(' ') };
}

export function viewPollUser(row: PollUserRow): PollMemberResponseDto {
  const { first, last } = namePartsOf(row.name);
  const language = row.locale?.split('-')[0];
  return {
    _id: row.polls_id,
    first_name: first,
    last_name: last,
    full_name: row.name ?? '',
    timezone: row.time_zone ?? row.organization_zone,
    language: POLL_LANGUAGES.find((known) => known === language) ?? DEFAULT_LANGUAGE,
    signedup_with: 'email',
    calendarList: null,
    picture_url: '',
    emails: [row.email],
    account: {
      organization: {
        id: row.organization,
        name: row.organization_name,
        ...(row.extid !== null && { extid: row.extid }),
        admin: row.is_admin,
      },
      plan: 'pro',
      free_trial_days: 0,
      free_trial_started: null,
      free_trial_until: null,
      app_url: null,
    },
    consent: { terms: null },
    calendars: { google: false, office365: false, exchange: false, icloud: false, caldav: false },
    createdAt: row.created_at,
    updatedAt: row.updated_at,
  };
}
