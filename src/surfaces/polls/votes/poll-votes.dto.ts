import { Optional, Required } from '../../../http/validation/field.js';
import type { Answer } from './poll-votes.js';
import * as field from '../polls.fields.js';

/** The acting invitee: the owner of a personal key, or one named by the organization. */
export class ActAsInviteeDto {
  @Optional(field.PERSONAL_KEY) key?: string | null;
  @Optional(field.INVITEE_ID) invitee?: string | null;
}

export class VoteOnPollEventDto extends ActAsInviteeDto {
  @Optional(field.ANSWERS) dates?: Record<string, Answer> | null;
  @Optional(field.ANSWERS) places?: Record<string, Answer> | null;
}

export class AddPollMessageDto extends ActAsInviteeDto {
  @Required(field.MESSAGE_BODY) body!: string;
}
