import { instantOf } from '../../src/core/instant.js';
import { objectId } from '../../src/core/random-code.js';
import type {
  ByUser,
  PollDate,
  PollEventRow,
  PollInvitee,
  PollPlace,
  PollVotes,
} from '../../src/surfaces/polls/events/poll-event.js';
import { personalKey } from '../../src/surfaces/polls/poll-id.js';

/** A person invited to a poll. */
export interface Person {
  readonly user: string;
  readonly email: string;
  readonly name: string;
}

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;

/**
 * Event number `k`, as the service would store it: two to four dates, one or two places, the organiser and two to five
 * guests, every second of whom has voted, one or two messages; in every fourth event somebody declined, every fifth is
 * confirmed. A higher number means an older event.
 */
export function pollEvent(
  organization_id: number,
  member: number,
  organiser: Person,
  guests: readonly Person[],
  k: number,
): PollEventRow {
  const milliseconds = Date.now() - k * 37 * MINUTE;
  const now = instantOf(milliseconds);
  const id = (): string => objectId(milliseconds);
  const by: ByUser = { user: organiser.user };
  const people = [organiser, ...Array.from({ length: 2 + (k % 4) }, (_, index) => at(guests, k * 7 + index))];
  const written = { createdAt: now, updatedAt: now };

  const votes = (): PollVotes => {
    const vote = ({ user }: Person): PollVotes['yes'][number] => ({
      created_by: { user },
      _id: id(),
      ...written,
    });
    const against = people.filter((_, place) => place % 2 === 1 && (k + place) % 3 === 0);
    const inFavour = people.filter(
      (person, place) => (place === 0 || place % 2 === 1) && !against.includes(person),
    );
    return { yes: inFavour.map(vote), no: against.map(vote) };
  };
  const option = (): Pick<PollDate, 'created_by' | 'votes' | '_id' | 'updatedAt' | 'createdAt'> => ({
    created_by: by,
    votes: votes(),
    _id: id(),
    updatedAt: now,
    createdAt: now,
  });
  const dates = Array.from({ length: 2 + (k % 3) }, (_, day): PollDate => {
    const start = Math.floor(milliseconds / DAY + 9 + day) * DAY + 540 * MINUTE;
    return {
      ...option(),
      all_day: false,
      confirmed: false,
      confirmed_invitees: [],
      date: instantOf(start),
      end_date: instantOf(start + 60 * MINUTE),
    };
  });
  const places = Array.from({ length: 1 + (k % 2) }, (_, index): PollPlace => ({
    ...option(),
    source: 'app',
    name: `Room ${index + 1}`,
    address: `${index + 1}, rue de l’Église`,
    icon: null,
  }));
  const confirmed = k % 5 === 0;
  return {
    organization_id,
    id: id(),
    title: `Meeting for project "${k}"`,
    creator_user: organiser.user,
    creator_member_id: member,
    team_id: null,
    created_by: { email: organiser.email, user: organiser.user, picture_url: '', full_name: organiser.name },
    key_store_id: id(),
    reply_address: `reply-to-participants-to-meeting-for-project-${k}-vqdhhcxqd@localhost`,
    lang: 'en',
    locale: 'fr',
    time_zone: k % 2 === 0 ? 'Europe/Paris' : null,
    third_party: k % 3 === 0 ? { app: `app-${k % 5}`, group_ids: [`group-${k % 9}`] } : { group_ids: [] },
    vyteme: null,
    no_emails: null,
    notify: {},
    without_notices: [],
    version: k % 7,
    ics_sequence: confirmed ? 0 : null,
    confirmed_flag: confirmed,
    confirmed_at: confirmed ? now : null,
    confirmed_date_id: confirmed ? at(dates, 0)._id : null,
    confirmed_place_id: confirmed ? at(places, 0)._id : null,
    cancelled_at: null,
    ahead_until: at(dates, confirmed ? 0 : dates.length - 1).date,
    dates,
    places,
    invitees: people.map((person, place) => invitee(person, place, organiser, id())),
    messages: people.slice(0, 1 + (k % 2)).map(({ user, email }) => ({
      created_by: { _id: user, user },
      from: email,
      body: 'Shall we meet at the "lobby"? I bring the agenda, you bring the coffee.',
      _id: id(),
      ...written,
    })),
    declines: k % 4 === 0 ? [{ created_by: { user: at(people, 2).user }, _id: id(), ...written }] : [],
    calendar_files: {},
    keys: Object.fromEntries(people.map(({ user }) => [user, personalKey()])),
    created_at: now,
    updated_at: now,
  };
}

function invitee({ user, email, name }: Person, place: number, organiser: Person, _id: string): PollInvitee {
  const voted = place === 0 || place % 2 === 1;
  return {
    created_by: { user: organiser.user },
    stats: { voted: { dates: voted, places: voted } },
    star: false,
    _id,
    email,
    user,
    su: place === 0,
    full_name: name,
    picture_url: '',
    phone: null,
    timezone: 'Europe/Paris',
    locale: 'fr',
  };
}

function at<T>(list: readonly T[], index: number): T {
  const found = list[index % list.length];
  if (found === undefined) throw new Error('There is nothing to take from.');
  return found;
}
