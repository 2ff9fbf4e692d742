import type { Instant } from '../../../core/instant.js';
import type { PollEventRow, PollInvitee, PollLanguage } from './poll-event.js';
import type { PollInviteeInputDto } from './poll-events.dto.js';
import { personalKey, pollId } from '../poll-id.js';
import type { PeopleIndex, PollPersonRow } from '../people/poll-people.repository.js';
import { withoutVotesOf } from '../votes/poll-votes.js';

interface InviteContext {
  readonly creator: string;
  readonly eventZone: string | null;
  readonly locale: PollLanguage;
  readonly now: Instant;
}

/** A new invitee entry, with the person's data at the time of the invitation. */
export function inviteeOf(
  person: PollPersonRow,
  input: Partial<PollInviteeInputDto>,
  { creator, eventZone, locale, now }: InviteContext,
): PollInvitee {
  const isCreator = person.user_id === creator;
  return {
    created_by: { user: creator },
    stats: { voted: { dates: isCreator, places: isCreator } },
    star: false,
    _id: pollId(now),
    email: person.email,
    user: person.user_id,
    su: isCreator,
    full_name: input.full_name ?? person.full_name ?? '',
    picture_url: '',
    phone: input.phone ?? null,
    timezone: person.time_zone ?? eventZone ?? person.organization_zone,
    locale: person.locale?.split('-')[0] ?? locale,
  };
}

/** The requested invitees that are not invited yet, without duplicates. */
export function newInvitees(
  inputs: readonly PollInviteeInputDto[],
  people: PeopleIndex,
  invited: readonly PollInvitee[],
  context: InviteContext,
): PollInvitee[] {
  const users = new Set(invited.map(({ user }) => user));
  return inputs.flatMap((input) => {
    const person = people.byEmail(input.email);
    if (person === undefined) throw new Error('A person who was asked for is missing.');
    if (users.size === users.add(person.user_id).size) return [];
    return [inviteeOf(person, input, context)];
  });
}

/** Adds a personal key for each invitee without one and drops the keys of others. */
export function withKeys(
  keys: Readonly<Record<string, string>>,
  invitees: readonly PollInvitee[],
): Record<string, string> {
  return Object.fromEntries(invitees.map(({ user }) => [user, keys[user] ?? personalKey()]));
}

/** Removes an invitee with their votes and decline; their messages stay. */
export function withoutInvitee(event: PollEventRow, { user }: PollInvitee, now: Instant): PollEventRow {
  const rest = withoutVotesOf(
    { ...event, declines: event.declines.filter(({ created_by }) => created_by.user !== user) },
    user,
    now,
  );
  const invitees = rest.invitees.filter((invitee) => invitee.user !== user);
  return { ...rest, invitees, keys: withKeys(event.keys, invitees) };
}
