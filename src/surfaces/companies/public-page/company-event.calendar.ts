import { writeCalendar, type CalendarEvent } from '../../../calendar/calendar.js';

/** An event as an iCalendar file. */
export function calendarOf(event: CalendarEvent): string {
  return writeCalendar('Company events', event);
}
