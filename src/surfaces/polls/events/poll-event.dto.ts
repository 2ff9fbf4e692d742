import { ApiExtraModels, ApiProperty, getSchemaPath } from '@nestjs/swagger';
import type { Instant } from '../../../core/instant.js';
import {
  ResponseField,
  NullableResponseField,
  OptionalResponseField,
} from '../../../http/validation/field.js';
import {
  LISTED_MESSAGES,
  MAX_EVENT_MESSAGES,
  type PollCreator,
  type PollDate,
  type PollDecline,
  type PollInvitee,
  type PollLanguage,
  type PollMessage,
  type PollPlace,
  type PollThirdParty,
} from './poll-event.js';
import * as settings from './poll-settings.fields.js';
import * as field from '../polls.fields.js';

class PollUserResponseDto {
  @ResponseField(field.USER_ID) user!: string;
}

class PollAuthorResponseDto {
  @ResponseField(field.USER_ID) _id!: string;
  @ResponseField(field.USER_ID) user!: string;
}

class PollCreatorResponseDto extends PollUserResponseDto {
  @ResponseField(field.EMAIL) email!: string;
  @ResponseField(field.PICTURE_URL) picture_url!: string;
  @ResponseField(field.FULL_NAME) full_name!: string;
}

class PollVoteResponseDto {
  @ApiProperty({ type: PollUserResponseDto, description: 'Who voted.' }) created_by!: PollUserResponseDto;
  @ResponseField(field.OWN_ID) _id!: string;
  @ResponseField(field.CREATED_AT) createdAt!: Instant;
  @ResponseField(field.UPDATED_AT) updatedAt!: Instant;
}

class PollVotesResponseDto {
  @ApiProperty({ type: [PollVoteResponseDto] }) yes!: PollVoteResponseDto[];
  @ApiProperty({ type: [PollVoteResponseDto] }) no!: PollVoteResponseDto[];
}

class PollOptionResponseDto {
  @ApiProperty({ type: PollUserResponseDto, description: 'Who proposed it.' })
  created_by!: PollUserResponseDto;
  @ApiProperty({ type: PollVotesResponseDto }) votes!: PollVotesResponseDto;
  @ResponseField(field.UPDATED_AT) updatedAt!: Instant;
  @ResponseField(field.CREATED_AT) createdAt!: Instant;
}

class PollDateResponseDto extends PollOptionResponseDto {
  @ResponseField(field.DATE_ID) _id!: string;
  @ResponseField(field.ALL_DAY) all_day!: boolean;
  @ResponseField(field.booleanField('Always false; see `confirmed.date_id`.')) confirmed!: boolean;
  @ApiProperty({ type: 'array', items: { type: 'string' }, example: [] }) confirmed_invitees!: string[];
  @ResponseField(field.DATE) date!: Instant;
  @ResponseField(field.END_DATE) end_date!: Instant;
}

class PollPlaceResponseDto extends PollOptionResponseDto {
  @ResponseField(field.PLACE_ID) _id!: string;
  @ResponseField(field.SOURCE) source!: string;
  @ResponseField(field.PLACE_NAME) name!: string;
  @NullableResponseField(field.ADDRESS) address!: string | null;
  @NullableResponseField(field.ICON) icon!: string | null;
}

class PollVotedResponseDto {
  @ResponseField(field.booleanField('Whether they voted on dates.')) dates!: boolean;
  @ResponseField(field.booleanField('Whether they voted on places.')) places!: boolean;
}

class PollStatsResponseDto {
  @ApiProperty({ type: PollVotedResponseDto }) voted!: PollVotedResponseDto;
}

export class PollInviteeResponseDto {
  @ApiProperty({ type: PollUserResponseDto, description: 'Who invited them.' })
  created_by!: PollUserResponseDto;
  @ApiProperty({ type: PollStatsResponseDto }) stats!: PollStatsResponseDto;
  @ResponseField(field.booleanField('Always false.')) star!: boolean;
  @ResponseField(field.INVITEE_ID) _id!: string;
  @ResponseField(field.EMAIL) email!: string;
  @ResponseField(field.USER_ID) user!: string;
  @ResponseField(field.booleanField('Whether this is the organiser.')) su!: boolean;
  @ResponseField(field.FULL_NAME) full_name!: string;
  @ResponseField(field.PICTURE_URL) picture_url!: string;
  @NullableResponseField(field.PHONE) phone!: string | null;
  @ResponseField(field.TIMEZONE) timezone!: string;
  @ResponseField(field.LOCALE) locale!: string;
}

class PollMessageResponseDto {
  @ApiProperty({ type: PollAuthorResponseDto }) created_by!: PollAuthorResponseDto;
  @ResponseField(field.EMAIL) from!: string;
  @ResponseField(field.MESSAGE_BODY) body!: string;
  @ResponseField(field.OWN_ID) _id!: string;
  @ResponseField(field.CREATED_AT) createdAt!: Instant;
  @ResponseField(field.UPDATED_AT) updatedAt!: Instant;
}

class PollDeclineResponseDto {
  @ApiProperty({ type: PollUserResponseDto, description: 'Who declined.' }) created_by!: PollUserResponseDto;
  @ResponseField(field.OWN_ID) _id!: string;
  @ResponseField(field.CREATED_AT) createdAt!: Instant;
  @ResponseField(field.UPDATED_AT) updatedAt!: Instant;
}

class PollThirdPartyResponseDto {
  @OptionalResponseField(field.THIRD_PARTY_TOKEN) ct?: string;
  @OptionalResponseField(field.APP_ID) app?: string;
  @OptionalResponseField(field.APP_NAME) name?: string;
  @ResponseField(field.GROUP_IDS) group_ids!: string[];
}

class PollConfirmedResponseDto {
  @ResponseField(field.CONFIRMED_FLAG) flag!: boolean;
  @NullableResponseField(field.UPDATED_AT) updated_at!: Instant | null;
  @OptionalResponseField(field.booleanField('Always false; gone once something was decided.'))
  multi?: boolean;
  @OptionalResponseField(field.DATE_ID) date_id?: string;
  @OptionalResponseField(field.PLACE_ID) place_id?: string;
}

class PollSettingsResponseDto {
  @OptionalResponseField(settings.NO_EMAILS) no_emails?: boolean;
  @OptionalResponseField(settings.NOTIFY_VOTES) notify_votes?: boolean;
  @OptionalResponseField(settings.NOTIFY_DATES) notify_dates?: boolean;
  @OptionalResponseField(settings.NOTIFY_MESSAGES) notify_messages?: boolean;
}

class PollKeyStoreResponseDto {
  @ResponseField(field.OWN_ID) _id!: string;
  @ApiProperty({
    type: 'object',
    additionalProperties: { type: 'string' },
    description: 'User id → the key that opens the event’s page for that person.',
    example: { '5eecc40bb2181073ac6ff375': 'a2nv79gx86d5i0o3' },
  })
  hash!: Readonly<Record<string, string>>;
  @ResponseField(field.UPDATED_AT) updatedAt!: Instant;
  @ResponseField(field.CREATED_AT) createdAt!: Instant;
  @ApiProperty({ type: 'integer', example: 0 }) __v!: number;
}

const EMPTY = { type: 'null', description: 'Nothing here in this service.', example: null } as const;

@ApiExtraModels(PollKeyStoreResponseDto)
export class PollEventResponseDto {
  @ResponseField(field.EVENT_ID) _id!: string;
  @ResponseField(field.TITLE) title!: string;
  @ApiProperty({ type: PollCreatorResponseDto }) created_by!: PollCreator;
  @ApiProperty({ type: PollConfirmedResponseDto }) confirmed!: PollConfirmedResponseDto;
  @OptionalResponseField({
    ...field.UPDATED_AT,
    schema: {
      ...field.UPDATED_AT.schema,
      description: 'When it was cancelled.',
    } as typeof field.UPDATED_AT.schema,
  })
  cancelled?: Instant;
  @ApiProperty({ type: PollThirdPartyResponseDto }) third_party!: PollThirdParty;
  @ApiProperty({ type: 'integer', description: 'SEQUENCE of the last calendar file.', example: 0 })
  ics_sequence!: number;
  @ApiProperty({ type: 'integer', description: 'How often its lists changed.', example: 0 }) version!: number;
  @ApiProperty({ type: [PollDateResponseDto] }) dates!: readonly PollDate[];
  @ApiProperty({ type: [PollPlaceResponseDto] }) places!: readonly PollPlace[];
  @ApiProperty({ type: [PollInviteeResponseDto] }) invitees!: readonly PollInvitee[];
  @ApiProperty({
    type: [PollMessageResponseDto],
    description: `In the order in which they were said; on lists and for hooks the newest ${LISTED_MESSAGES}.`,
  })
  messages!: readonly PollMessage[];
  @ApiProperty({
    type: 'integer',
    description: `How many messages there are; at most ${MAX_EVENT_MESSAGES}.`,
    example: 1,
  })
  messages_length!: number;
  @ApiProperty({ type: [PollDeclineResponseDto] }) declines!: readonly PollDecline[];
  @ResponseField(field.LANG) lang!: PollLanguage;
  @ResponseField(field.LOCALE) locale!: PollLanguage;
  @OptionalResponseField(field.TIMEZONE) timezone?: string;
  @OptionalResponseField(field.VYTEME) vyteme?: boolean;
  @ApiProperty({ type: PollSettingsResponseDto, required: false }) settings?: PollSettingsResponseDto;
  @ResponseField(field.UPDATED_AT) updatedAt!: Instant;
  @ResponseField(field.CREATED_AT) createdAt!: Instant;
  @ApiProperty({ type: 'integer', description: 'Everybody, the organiser included.', example: 3 })
  invitees_length!: number;
  @ResponseField(field.EMAIL) email!: string;
  @ApiProperty({
    description: 'The keys of all people; on lists only the id of that object.',
    oneOf: [{ $ref: getSchemaPath(PollKeyStoreResponseDto) }, { type: 'string' }],
    example: '5f0d7eb02003d0f6e32a9622',
  })
  key_store!: PollKeyStoreResponseDto | string;
  @ApiProperty({ type: 'integer', description: 'The same as `version`.', example: 0 }) __v!: number;
  @ResponseField(field.booleanField('Always false.')) group_pro!: boolean;
  @ApiProperty({ type: 'array', items: { type: 'string' }, example: [] })
  identification_alternatives!: readonly string[];
  @ApiProperty({ type: 'boolean', description: 'Made through the API.', example: true }) api!: boolean;
  @ApiProperty(EMPTY) alias!: null;
  @ApiProperty(EMPTY) app_url!: null;
  @ApiProperty(EMPTY) links!: null;
}
