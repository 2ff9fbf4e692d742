import type { Instant } from '../../../core/instant.js';
import { writeCalendar, type CalendarAttendee, type CalendarEvent } from '../../../calendar/calendar.js';
import { dayAfter, dayIn } from '../events/poll-date.js';
import {
  confirmedDateOf,
  confirmedPlaceOf,
  allDayZone,
  videoAddressOf,
  type CalendarFile,
  type PollDate,
  type PollEventRow,
  type PollInvitee,
} from '../events/poll-event.js';

interface CalendarContext {
  /** When the file is written. */
  readonly now: Instant;
  /** Whom it is for; needed for a `CANCEL`. */
  readonly recipient: PollInvitee;
  /** Whether the recipient alone loses the event, which still takes place. */
  readonly leavesEvent?: boolean;
}

/** The confirmed date as an iCalendar file. `undefined` if the event was never confirmed. */
export function calendarOf(
  event: PollEventRow,
  { method, sequence }: CalendarFile,
  link: string,
  { now, recipient, leavesEvent = false }: CalendarContext,
): string | undefined {
  const date = confirmedDateOf(event);
  if (date === undefined) return undefined;
  // Calendars are shared, so the link goes without the invitee's key: with it, others could vote as the invitee.
  const page = link.replace(/\?.*$/, '');
  const place = confirmedPlaceOf(event);
  const call = place && videoAddressOf(place);
  const { full_name, email } = event.created_by;
  const entry: CalendarEvent = {
    uid: `${event.id}@${new URL(page).hostname}`,
    sequence,
    writtenAt: now,
    createdAt: event.created_at,
    changedAt: event.updated_at,
    ...timesOf(allDayZone(event), date),
    summary: event.title,
    location: place && [place.name, place.address].filter(Boolean).join(', '),
    ...(call === undefined ? { url: page } : { url: call, description: page }),
    // No status when one attendee is removed, since the event still takes place (RFC 5546, 3.2.5).
    ...(!leavesEvent && { status: method === 'CANCEL' ? 'CANCELLED' : 'CONFIRMED' }),
    opaque: true,
    organizer: { name: full_name, email },
    attendees: attendeesFor(method, event, date, recipient),
  };
  return writeCalendar('Polls', entry, method);
}

/** A `PUBLISH` has no attendees (RFC 5546, 3.2.1), a `CANCEL` those whom it concerns. */
function attendeesFor(
  method: CalendarFile['method'],
  event: PollEventRow,
  date: PollDate,
  { user, full_name: name, email }: PollInvitee,
): CalendarAttendee[] {
  if (method === 'REQUEST') return attendeesOf(event, date);
  return method === 'CANCEL' && user !== event.creator_user ? [{ name, email }] : [];
}

/** All-day dates are days in `zone`, that of the event. */
export function timesOf(
  zone: string,
  { date, end_date, all_day }: Pick<PollDate, 'date' | 'end_date' | 'all_day'>,
): Pick<CalendarEvent, 'start' | 'end'> {
  if (!all_day) return { start: date, end: end_date };
  return { start: dayIn(zone, date), end: dayAfter(dayIn(zone, end_date)) };
}

function attendeesOf(
  { invitees, declines, creator_user }: PollEventRow,
  { votes }: PollDate,
): CalendarAttendee[] {
  const declined = new Set(declines.map(({ created_by }) => created_by.user));
  const accepted = new Set([creator_user, ...votes.yes.map(({ created_by }) => created_by.user)]);
  return invitees.map(({ user, email, full_name: name }) => ({
    name,
    email,
    participation: {
      role: user === creator_user ? 'CHAIR' : 'REQ-PARTICIPANT',
      status: declined.has(user) ? 'DECLINED' : accepted.has(user) ? 'ACCEPTED' : 'NEEDS-ACTION',
    },
  }));
}
