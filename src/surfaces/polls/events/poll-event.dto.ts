import { ApiExtraModels, ApiProperty, getSchemaPath } from '@nestjs/swagger';
import type { Instant } from '../../../core/instant.js';
import { Shown, ShownOrNull, ShownWhenSet } from '../../../http/validation/field.js';
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
import * as field from '../polls.fields.js';

class PollUserShown {
  @Shown(field.USER_ID) user!: string;
}

class PollAuthorShown {
  @Shown(field.USER_ID) _id!: string;
  @Shown(field.USER_ID) user!: string;
}

class PollCreatorShown extends PollUserShown {
  @Shown(field.EMAIL) email!: string;
  @Shown(field.PICTURE_URL) picture_url!: string;
  @Shown(field.FULL_NAME) full_name!: string;
}

class PollVoteShown {
  @ApiProperty({ type: PollUserShown, description: 'Who voted.' }) created_by!: PollUserShown;
  @Shown(field.OWN_ID) _id!: string;
  @Shown(field.CREATED_AT) createdAt!: Instant;
  @Shown(field.UPDATED_AT) updatedAt!: Instant;
}

class PollVotesShown {
  @ApiProperty({ type: [PollVoteShown] }) yes!: PollVoteShown[];
  @ApiProperty({ type: [PollVoteShown] }) no!: PollVoteShown[];
}

class PollOptionShown {
  @ApiProperty({ type: PollUserShown, description: 'Who proposed it.' }) created_by!: PollUserShown;
  @ApiProperty({ type: PollVotesShown }) votes!: PollVotesShown;
  @Shown(field.UPDATED_AT) updatedAt!: Instant;
  @Shown(field.CREATED_AT) createdAt!: Instant;
}

class PollDateShown extends PollOptionShown {
  @Shown(field.DATE_ID) _id!: string;
  @Shown(field.ALL_DAY) all_day!: boolean;
  @Shown(field.booleanField('Always false; see `confirmed.date_id`.')) confirmed!: boolean;
  @ApiProperty({ type: 'array', items: { type: 'string' }, example: [] }) confirmed_invitees!: string[];
  @Shown(field.DATE) date!: Instant;
  @Shown(field.END_DATE) end_date!: Instant;
}

class PollPlaceShown extends PollOptionShown {
  @Shown(field.PLACE_ID) _id!: string;
  @Shown(field.SOURCE) source!: string;
  @Shown(field.PLACE_NAME) name!: string;
  @ShownOrNull(field.ADDRESS) address!: string | null;
  @ShownOrNull(field.ICON) icon!: string | null;
}

class PollVotedShown {
  @Shown(field.booleanField('Whether they voted on dates.')) dates!: boolean;
  @Shown(field.booleanField('Whether they voted on places.')) places!: boolean;
}

class PollStatsShown {
  @ApiProperty({ type: PollVotedShown }) voted!: PollVotedShown;
}

export class PollInviteeShown {
  @ApiProperty({ type: PollUserShown, description: 'Who invited them.' }) created_by!: PollUserShown;
  @ApiProperty({ type: PollStatsShown }) stats!: PollStatsShown;
  @Shown(field.booleanField('Always false.')) star!: boolean;
  @Shown(field.INVITEE_ID) _id!: string;
  @Shown(field.EMAIL) email!: string;
  @Shown(field.USER_ID) user!: string;
  @Shown(field.booleanField('Whether this is the organiser.')) su!: boolean;
  @Shown(field.FULL_NAME) full_name!: string;
  @Shown(field.PICTURE_URL) picture_url!: string;
  @ShownOrNull(field.PHONE) phone!: string | null;
  @Shown(field.TIMEZONE) timezone!: string;
  @Shown(field.LOCALE) locale!: string;
}

class PollMessageShown {
  @ApiProperty({ type: PollAuthorShown }) created_by!: PollAuthorShown;
  @Shown(field.EMAIL) from!: string;
  @Shown(field.MESSAGE_BODY) body!: string;
  @Shown(field.OWN_ID) _id!: string;
  @Shown(field.CREATED_AT) createdAt!: Instant;
  @Shown(field.UPDATED_AT) updatedAt!: Instant;
}

class PollDeclineShown {
  @ApiProperty({ type: PollUserShown, description: 'Who declined.' }) created_by!: PollUserShown;
  @Shown(field.OWN_ID) _id!: string;
  @Shown(field.CREATED_AT) createdAt!: Instant;
  @Shown(field.UPDATED_AT) updatedAt!: Instant;
}

class PollThirdPartyShown {
  @ShownWhenSet(field.THIRD_PARTY_TOKEN) ct?: string;
  @ShownWhenSet(field.APP_ID) app?: string;
  @ShownWhenSet(field.APP_NAME) name?: string;
  @Shown(field.GROUP_IDS) group_ids!: string[];
}

class PollConfirmedShown {
  @Shown(field.CONFIRMED_FLAG) flag!: boolean;
  @ShownOrNull(field.UPDATED_AT) updated_at!: Instant | null;
  @ShownWhenSet(field.booleanField('Always false; gone once something was decided.')) multi?: boolean;
  @ShownWhenSet(field.DATE_ID) date_id?: string;
  @ShownWhenSet(field.PLACE_ID) place_id?: string;
}

class PollSettingsShown {
  @Shown(field.NO_EMAILS) no_emails!: boolean;
}

class PollKeyStore {
  @Shown(field.OWN_ID) _id!: string;
  @ApiProperty({
    type: 'object',
    additionalProperties: { type: 'string' },
    description: 'User id → the key that opens the event’s page for that person.',
    example: { '5eecc40bb2181073ac6ff375': 'a2nv79gx86d5i0o3' },
  })
  hash!: Readonly<Record<string, string>>;
  @Shown(field.UPDATED_AT) updatedAt!: Instant;
  @Shown(field.CREATED_AT) createdAt!: Instant;
  @ApiProperty({ type: 'integer', example: 0 }) __v!: number;
}

const EMPTY = { type: 'null', description: 'Nothing here in this service.', example: null } as const;

@ApiExtraModels(PollKeyStore)
export class PollEventAnswer {
  @Shown(field.EVENT_ID) _id!: string;
  @Shown(field.TITLE) title!: string;
  @ApiProperty({ type: PollCreatorShown }) created_by!: PollCreator;
  @ApiProperty({ type: PollConfirmedShown }) confirmed!: PollConfirmedShown;
  @ShownWhenSet({
    ...field.UPDATED_AT,
    schema: {
      ...field.UPDATED_AT.schema,
      description: 'When it was cancelled.',
    } as typeof field.UPDATED_AT.schema,
  })
  cancelled?: Instant;
  @ApiProperty({ type: PollThirdPartyShown }) third_party!: PollThirdParty;
  @ApiProperty({ type: 'integer', description: 'SEQUENCE of the last calendar file.', example: 0 })
  ics_sequence!: number;
  @ApiProperty({ type: 'integer', description: 'How often its lists changed.', example: 0 }) version!: number;
  @ApiProperty({ type: [PollDateShown] }) dates!: readonly PollDate[];
  @ApiProperty({ type: [PollPlaceShown] }) places!: readonly PollPlace[];
  @ApiProperty({ type: [PollInviteeShown] }) invitees!: readonly PollInvitee[];
  @ApiProperty({
    type: [PollMessageShown],
    description: `In the order in which they were said; on lists and for hooks the newest ${LISTED_MESSAGES}.`,
  })
  messages!: readonly PollMessage[];
  @ApiProperty({
    type: 'integer',
    description: `How many messages there are; at most ${MAX_EVENT_MESSAGES}.`,
    example: 1,
  })
  messages_length!: number;
  @ApiProperty({ type: [PollDeclineShown] }) declines!: readonly PollDecline[];
  @Shown(field.LANG) lang!: PollLanguage;
  @Shown(field.LOCALE) locale!: PollLanguage;
  @ShownWhenSet(field.TIMEZONE) timezone?: string;
  @ShownWhenSet(field.VYTEME) vyteme?: boolean;
  @ApiProperty({ type: PollSettingsShown, required: false }) settings?: { readonly no_emails: boolean };
  @Shown(field.UPDATED_AT) updatedAt!: Instant;
  @Shown(field.CREATED_AT) createdAt!: Instant;
  @ApiProperty({ type: 'integer', description: 'Everybody, the organiser included.', example: 3 })
  invitees_length!: number;
  @Shown(field.EMAIL) email!: string;
  @ApiProperty({
    description: 'The keys of all people; on lists only the id of that object.',
    oneOf: [{ $ref: getSchemaPath(PollKeyStore) }, { type: 'string' }],
    example: '5f0d7eb02003d0f6e32a9622',
  })
  key_store!: PollKeyStore | string;
  @ApiProperty({ type: 'integer', description: 'The same as `version`.', example: 0 }) __v!: number;
  @Shown(field.booleanField('Always false.')) group_pro!: boolean;
  @ApiProperty({ type: 'array', items: { type: 'string' }, example: [] })
  identification_alternatives!: readonly string[];
  @ApiProperty({ type: 'boolean', description: 'Made through the API.', example: true }) api!: boolean;
  @ApiProperty(EMPTY) alias!: null;
  @ApiProperty(EMPTY) app_url!: null;
  @ApiProperty(EMPTY) links!: null;
}
