import { Optional, Required } from '../../../http/validation/field.js';
import type { Answer } from './poll-votes.js';
import * as field from '../polls.fields.js';

/** Who acts: the owner of a key, or an invitee that the organization names. */
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
