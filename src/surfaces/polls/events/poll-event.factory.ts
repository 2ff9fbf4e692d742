import type { Instant } from '../../../core/instant.js';
import {
  MAX_EVENT_MESSAGES,
  type PollCreator,
  type PollEventRow,
  type PollInvitee,
  type PollMessage,
} from './poll-event.js';
import type { PollSettingsInputDto, PollThirdPartyInputDto } from './poll-events.dto.js';
import { pollId } from '../poll-id.js';
import type { PollPersonRow } from '../people/poll-people.repository.js';
import { tooManyMessages } from '../polls.failures.js';

export function createdBy(
  person: PollPersonRow,
): Pick<PollEventRow, 'creator_user' | 'creator_member_id' | 'created_by'> {
  const created_by: PollCreator = {
    email: person.email,
    user: person.user_id,
    picture_url: '',
    full_name: person.full_name ?? '',
  };
  return { creator_user: person.user_id, creator_member_id: person.member_id, created_by };
}

export function thirdPartyOf(dto: PollThirdPartyInputDto | null | undefined): PollEventRow['third_party'] {
  const { ct, app, name, group_ids } = dto ?? {};
  return {
    ...(ct != null && { ct }),
    ...(app != null && { app }),
    group_ids: group_ids ?? [],
    ...(name != null && { name }),
  };
}

/** The settings of an event after new ones were given; `null` leaves a setting as it is. */
export function withSettings(
  { no_emails, notify }: Pick<PollEventRow, 'no_emails' | 'notify'>,
  given: PollSettingsInputDto | null | undefined,
): Pick<PollEventRow, 'no_emails' | 'notify'> {
  const { notify_votes, notify_dates, notify_messages } = given ?? {};
  return {
    no_emails: given?.no_emails ?? no_emails,
    notify: {
      ...notify,
      ...(notify_votes != null && { notify_votes }),
      ...(notify_dates != null && { notify_dates }),
      ...(notify_messages != null && { notify_messages }),
    },
  };
}

export function messageFromPerson(
  { user_id: user, email: from }: PollPersonRow,
  body: string,
  now: Instant,
): PollMessage {
  return messageFromInvitee({ user, email: from }, body, now);
}

export function messageFromInvitee(
  { user, email }: Pick<PollInvitee, 'user' | 'email'>,
  body: string,
  now: Instant,
): PollMessage {
  return {
    created_by: { _id: user, user },
    from: email,
    body,
    _id: pollId(now),
    createdAt: now,
    updatedAt: now,
  };
}

/** The event's messages with new ones appended; throws above the maximum. */
export function appendMessages(
  { messages }: PollEventRow,
  newMessages: readonly PollMessage[],
): readonly PollMessage[] {
  if (newMessages.length > 0 && messages.length + newMessages.length > MAX_EVENT_MESSAGES)
    throw tooManyMessages();
  return [...messages, ...newMessages];
}
