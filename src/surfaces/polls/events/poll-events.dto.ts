import { ApiProperty } from '@nestjs/swagger';
import { parseInstant, type Instant } from '../../../core/instant.js';
import {
  OptionalQuery,
  Changeable,
  check,
  Clearable,
  Optional,
  Required,
} from '../../../http/validation/field.js';
import { listOf, objectOf, queryNumber } from '../../../http/validation/fields.js';
import type { PollLanguage } from './poll-event.js';
import { hasOffset } from './poll-date.js';
import * as settings from './poll-settings.fields.js';
import * as field from '../polls.fields.js';
import * as users from '../users/poll-users.fields.js';

/** Compares dates only if both or neither have an offset; the service checks again in their time zone. */
const NotBeforeDate = (): PropertyDecorator =>
  check('notBeforeDate', 'must not be before date', (value, { date }: { date?: unknown }) => {
    if (typeof value !== 'string' || typeof date !== 'string' || hasOffset(value) !== hasOffset(date))
      return true;
    const [start, end]: (Instant | undefined)[] = [parseInstant(date), parseInstant(value)];
    return start === undefined || end === undefined || end >= start;
  });

export class PollDateInputDto {
  @Optional(field.EXISTING_ID) _id?: string | null;
  @Optional(field.ALL_DAY) all_day?: boolean | null;
  @Required(field.DATE_INPUT) date!: string;
  @NotBeforeDate() @Required(field.END_DATE_INPUT) end_date!: string;
}

export class PollPlaceInputDto {
  @Optional(field.EXISTING_ID) _id?: string | null;
  @Required(field.PLACE_NAME) name!: string;
  @Optional(field.ADDRESS) address?: string | null;
  @Optional(field.SOURCE) source?: string | null;
  @Optional(field.ICON) icon?: string | null;
}

export class PollInviteeInputDto {
  @Required(field.EMAIL) email!: string;
  @Optional(field.FULL_NAME) full_name?: string | null;
  @Optional(field.PHONE) phone?: string | null;
}

export class PollMessageInputDto {
  @Required(field.MESSAGE_BODY) body!: string;
}

export class PollThirdPartyInputDto {
  @Optional(field.THIRD_PARTY_TOKEN) ct?: string | null;
  @Optional(field.APP_ID) app?: string | null;
  @Optional(field.APP_NAME) name?: string | null;
  @Optional(field.GROUP_IDS) group_ids?: string[] | null;
}

export class PollConfirmedInputDto {
  @Optional(field.CONFIRMED_FLAG) flag?: boolean | null;
}

export class PollSettingsInputDto {
  @Optional(settings.NO_EMAILS) no_emails?: boolean | null;
  @Optional(settings.NOTIFY_VOTES) notify_votes?: boolean | null;
  @Optional(settings.NOTIFY_DATES) notify_dates?: boolean | null;
  @Optional(settings.NOTIFY_MESSAGES) notify_messages?: boolean | null;
}

/** A user by id, else by address. */
export class PollCreatorInputDto {
  @ApiProperty({ required: false }) @Required(field.CREATOR_EMAIL) email?: string | null;
  @Optional(field.USER_ID) user?: string | null;
}

export const DATES = listOf(() => PollDateInputDto, {
  max: field.MAX_DATES,
  single: true,
  description: 'Dates to vote on.',
});
const PLACES = listOf(() => PollPlaceInputDto, {
  max: field.MAX_PLACES,
  single: true,
  description: 'Places to vote on.',
});
const INVITEES = listOf(() => PollInviteeInputDto, {
  max: field.MAX_INVITEES,
  single: true,
  description: 'Who is asked, beside the creator.',
});
const MESSAGES = listOf(() => PollMessageInputDto, {
  max: field.MAX_MESSAGES,
  single: true,
  description: 'What the creator says; on create, the first goes into the invitation.',
});

/** What every new event may have. */
export class PollEventInputDto {
  @Required(field.TITLE) title!: string;
  @Optional(PLACES) places?: PollPlaceInputDto[] | null;
  @Optional(INVITEES) invitees?: PollInviteeInputDto[] | null;
  @Optional(MESSAGES) messages?: PollMessageInputDto[] | null;
  @Optional(objectOf(() => PollConfirmedInputDto, { description: '`flag: true` confirms at once.' }))
  confirmed?: PollConfirmedInputDto | null;
  @Optional(field.TIMEZONE) timezone?: string | null;
  @Optional(field.LANG) lang?: PollLanguage | null;
  @Optional(field.LOCALE) locale?: PollLanguage | null;
  @Optional(objectOf(() => PollThirdPartyInputDto, { description: 'What a third party knows it by.' }))
  third_party?: PollThirdPartyInputDto | null;
  @Optional(objectOf(() => PollSettingsInputDto, { description: 'How it behaves.' }))
  settings?: PollSettingsInputDto | null;
}

export class CreatePollEventDto extends PollEventInputDto {
  @Required(objectOf(() => PollCreatorInputDto, { description: 'Who asks.' }))
  created_by!: PollCreatorInputDto;
  @Optional(DATES) dates?: PollDateInputDto[] | null;
  @Optional(field.VYTEME) vyteme?: boolean | null;
}

export class UpdatePollEventDto {
  @Changeable(field.TITLE) title?: string;
  @Clearable(DATES) dates?: PollDateInputDto[] | null;
  @Clearable(PLACES) places?: PollPlaceInputDto[] | null;
  @Clearable(field.TIMEZONE) timezone?: string | null;
  @Clearable(field.LANG) lang?: PollLanguage | null;
  @Clearable(field.LOCALE) locale?: PollLanguage | null;
  @Clearable(MESSAGES) messages?: PollMessageInputDto[] | null;
  @Optional(objectOf(() => PollSettingsInputDto, { description: 'Those that are given change.' }))
  settings?: PollSettingsInputDto | null;
}

export class ListPollEventsQueryDto {
  @OptionalQuery(
    queryNumber({ min: 1, max: 100, default: 50, description: 'Events on a page.', example: 20 }),
  )
  limit?: number;
  @OptionalQuery(
    queryNumber({ min: 1, default: 1, description: 'Which page, from 1 (an addition of ours).', example: 1 }),
  )
  page?: number;
  @OptionalQuery(field.Q) q?: string;
  @OptionalQuery(field.FILTER) filter?: 'confirmed' | 'upcoming' | 'future';
  @OptionalQuery(field.CREATOR_USERS) creator_users?: string[];
  @OptionalQuery(field.CREATOR_EMAILS) creator_emails?: string[];
  @OptionalQuery(field.INVITEE_USERS) invitee_users?: string[];
  @OptionalQuery(field.INVITEE_EMAILS) invitee_emails?: string[];
  @OptionalQuery(field.APP_ID_FILTER) app_id?: string;
  @OptionalQuery(field.GROUP_IDS_FILTER) group_ids?: string[];
}

/** Accepted in the query or in the body. */
export class ConfirmPollEventDto {
  @OptionalQuery(field.DATE_ID) d?: string;
  @OptionalQuery(field.PLACE_ID) p?: string;
}

/** The body itself may be one invitee or a list of them. */
export class AddPollInviteesDto {
  static convert(body: unknown): unknown {
    return body === undefined || (typeof body === 'object' && body !== null && 'invitees' in body)
      ? body
      : { invitees: body };
  }

  @Required(INVITEES) invitees!: PollInviteeInputDto[];
}

export class UpdatePollOrganiserDto {
  @Required(users.USER_ID_OR_EMAIL) user!: string;
  @Optional(field.booleanField('Whether the former organiser stays invited; not unless it is true.'))
  keep_as_invitee?: boolean | null;
}
