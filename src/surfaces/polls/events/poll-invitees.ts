import type { Instant } from '../../../core/instant.js';
import type { PollEventRow, PollInvitee, PollLanguage } from './poll-event.js';
import type { PollInviteeWish } from './poll-events.dto.js';
import { personalKey, pollId } from '../poll-id.js';
import type { KnownPeople, PollPersonRow } from '../poll-people.repository.js';
import { withoutVotesOf } from '../votes/poll-votes.js';

interface Circumstances {
  readonly creator: string;
  readonly eventZone: string | null;
  readonly locale: PollLanguage;
  readonly now: Instant;
}

/** A person's entry in an event. What the event keeps of them is what was known when they were invited. */
export function inviteeOf(
  person: PollPersonRow,
  dto: Partial<PollInviteeWish>,
  { creator, eventZone, locale, now }: Circumstances,
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
    full_name: dto.full_name ?? person.full_name ?? '',
    picture_url: '',
    phone: dto.phone ?? null,
    timezone: person.time_zone ?? eventZone ?? person.organization_zone,
    locale: person.locale?.split('-')[0] ?? locale,
  };
}

/** Those of the wishes that are not invited yet, each once. */
export function newInvitees(
  wishes: readonly PollInviteeWish[],
  people: KnownPeople,
  invited: readonly PollInvitee[],
  circumstances: Circumstances,
): PollInvitee[] {
  const users = new Set(invited.map(({ user }) => user));
  return wishes.flatMap((dto) => {
    const person = people.byEmail(dto.email);
    if (person === undefined) throw new Error('A person who was asked for is missing.');
    if (users.size === users.add(person.user_id).size) return [];
    return [inviteeOf(person, dto, circumstances)];
  });
}

/** A key each for those who have none yet. */
export function withKeys(
  keys: Readonly<Record<string, string>>,
  invitees: readonly PollInvitee[],
): Record<string, string> {
  return Object.fromEntries(invitees.map(({ user }) => [user, keys[user] ?? personalKey()]));
}

/** Without one person: their votes and decline go, what they said stays. */
export function withoutInvitee(event: PollEventRow, { user }: PollInvitee, now: Instant): PollEventRow {
  const rest = withoutVotesOf(
    { ...event, declines: event.declines.filter(({ created_by }) => created_by.user !== user) },
    user,
    now,
  );
  const invitees = rest.invitees.filter((invitee) => invitee.user !== user);
  return { ...rest, invitees, keys: withKeys(event.keys, invitees) };
}
