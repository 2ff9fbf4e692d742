import {
  writeCalendar,
  type CalendarAttendee,
  type CalendarEvent,
  type CalendarMethod,
} from '../../../calendar/calendar.js';
import { dayAfter, dayIn } from '../events/poll-date.js';
import {
  confirmedDateOf,
  confirmedPlaceOf,
  allDayZone,
  type PollDate,
  type PollEventRow,
  type PollInvitee,
} from '../events/poll-event.js';

/** The recipient of a `CANCEL` for an event that still takes place. */
export type RemovedAttendee = Pick<PollInvitee, 'full_name' | 'email'> & { readonly sequence: number };

/** The confirmed date as an iCalendar file. `undefined` if the event was never confirmed. */
export function calendarOf(
  event: PollEventRow,
  method: CalendarMethod,
  link: string,
  removed?: RemovedAttendee,
): string | undefined {
  const date = confirmedDateOf(event);
  if (date === undefined || event.ics_sequence === null) return undefined;
  // Calendars are shared, so the link goes without the invitee's key: with it, others could vote as the invitee.
  const url = link.replace(/\?.*$/, '');
  const place = confirmedPlaceOf(event);
  const { full_name, email } = event.created_by;
  const entry: CalendarEvent = {
    uid: `${event.id}@${new URL(url).hostname}`,
    sequence: removed?.sequence ?? event.ics_sequence,
    changedAt: event.updated_at,
    ...timesOf(event, date),
    summary: event.title,
    location: place && [place.name, place.address].filter(Boolean).join(', '),
    url,
    // No status when an attendee is removed, since the event still takes place (RFC 5546, 3.2.5).
    ...(removed === undefined && { status: event.cancelled_at === null ? 'CONFIRMED' : 'CANCELLED' }),
    organizer: { name: full_name, email },
    attendees:
      removed === undefined ? attendeesOf(event, date) : [{ name: removed.full_name, email: removed.email }],
  };
  return writeCalendar('Polls', entry, method);
}

/** All-day dates are days in the event's time zone. */
function timesOf(
  event: PollEventRow,
  { date, end_date, all_day }: PollDate,
): Pick<CalendarEvent, 'start' | 'end'> {
  if (!all_day) return { start: date, end: end_date };
  const zone = allDayZone(event);
  return { start: dayIn(zone, date), end: dayAfter(dayIn(zone, end_date)) };
}

function attendeesOf(
  { invitees, declines, creator_user }: PollEventRow,
  { votes }: PollDate,
): CalendarAttendee[] {
  const declined = new Set(declines.map(({ created_by }) => created_by.user));
  const accepted = new Set(votes.yes.map(({ created_by }) => created_by.user));
  return invitees.map(({ user, email, full_name: name }) => ({
    name,
    email,
    participation: {
      role: user === creator_user ? 'CHAIR' : 'REQ-PARTICIPANT',
      status: declined.has(user) ? 'DECLINED' : accepted.has(user) ? 'ACCEPTED' : 'NEEDS-ACTION',
    },
  }));
}
