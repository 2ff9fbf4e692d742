import { Optional, Required } from '../../../http/validation/field.js';
import type { Answer } from './poll-votes.js';
import * as field from '../polls.fields.js';

/** The acting invitee: the owner of a personal key, or one named by the organization. */
export class ActAsInvitee {
  @Optional(field.PERSONAL_KEY) key?: string | null;
  @Optional(field.INVITEE_ID) invitee?: string | null;
}

export class VoteOnPollEvent extends ActAsInvitee {
  @Optional(field.ANSWERS) dates?: Record<string, Answer> | null;
  @Optional(field.ANSWERS) places?: Record<string, Answer> | null;
}

export class SayOnPollEvent extends ActAsInvitee {
  @Required(field.MESSAGE_BODY) body!: string;
}
