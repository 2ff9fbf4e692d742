import ICAL from 'ical.js';
import type { Instant } from '../core/instant.js';

export type CalendarMethod = 'REQUEST' | 'CANCEL' | 'PUBLISH';

export interface CalendarPerson {
  readonly name: string;
  readonly email: string;
}

export interface CalendarAttendee extends CalendarPerson {
  /** Unknown for an attendee who was removed. */
  readonly participation?: {
    readonly role: 'CHAIR' | 'REQ-PARTICIPANT';
    readonly status: 'ACCEPTED' | 'DECLINED' | 'NEEDS-ACTION';
  };
}

/** An event in a calendar file. */
export interface CalendarEvent {
  /** Never changes, so that calendars replace their entry. */
  readonly uid: string;
  /** Rises with each revision that is sent. */
  readonly sequence?: number;
  readonly createdAt?: Instant;
  /** When the file is written; `changedAt` unless given. */
  readonly writtenAt?: Instant;
  readonly changedAt: Instant;
  /** An instant, or the first day (`YYYY-MM-DD`) of an all-day event. */
  readonly start: string;
  /** An instant not before the start, or the day after the last one. */
  readonly end: string;
  readonly summary: string;
  readonly location?: string | undefined;
  readonly description?: string | undefined;
  readonly url: string;
  readonly status?: 'CONFIRMED' | 'CANCELLED';
  /** Whether it is written that the time counts as busy, which is so by default. */
  readonly opaque?: boolean;
  readonly organizer?: CalendarPerson;
  readonly attendees?: readonly CalendarAttendee[];
}

// Lines have at most 75 octets (RFC 5545, 3.1). ical.js does not count the space at the start of a continuation line.
ICAL.foldLength = 74;

/**
 * Writes an iCalendar file (RFC 5545; RFC 5546 with a method) with one event. Times are in UTC; calendars show them in
 * the reader's time zone.
 */
export function writeCalendar(product: string, event: CalendarEvent, method?: CalendarMethod): string {
  const calendar = new ICAL.Component('vcalendar');
  add(calendar, 'version', '2.0');
  add(calendar, 'prodid', `-//Quintet//${product}//EN`);
  add(calendar, 'calscale', 'GREGORIAN');
  add(calendar, 'method', method);
  const entry = new ICAL.Component('vevent');
  calendar.addSubcomponent(entry);
  add(entry, 'uid', event.uid);
  addTime(entry, 'dtstamp', event.writtenAt ?? event.changedAt);
  if (event.createdAt !== undefined) {
    addTime(entry, 'created', event.createdAt);
    addTime(entry, 'last-modified', event.changedAt);
  }
  add(entry, 'sequence', event.sequence);
  addTime(entry, 'dtstart', event.start);
  // DTEND must be later than DTSTART; without it the event has no duration.
  if (event.end > event.start) addTime(entry, 'dtend', event.end);
  add(entry, 'summary', cleanText(event.summary));
  add(entry, 'location', event.location && cleanText(event.location));
  add(entry, 'description', event.description && cleanText(event.description));
  add(entry, 'url', event.url);
  add(entry, 'status', event.status);
  add(entry, 'transp', event.opaque === true ? 'OPAQUE' : undefined);
  if (event.organizer !== undefined) addPerson(entry, 'organizer', event.organizer);
  for (const attendee of event.attendees ?? []) addAttendee(entry, attendee);
  return `${calendar.toString()}\r\n`;
}

function add(component: ICAL.Component, name: string, value: string | number | undefined): void {
  if (value !== undefined) component.addPropertyWithValue(name, value);
}

/** An instant, in seconds, or a day. */
function addTime(component: ICAL.Component, name: string, time: string): void {
  const value = time.includes('T') ? ['date-time', `${time.slice(0, 19)}Z`] : ['date', time];
  component.addProperty(new ICAL.Property([name, {}, ...value]));
}

function addAttendee(component: ICAL.Component, attendee: CalendarAttendee): void {
  const property = addPerson(component, 'attendee', attendee);
  if (attendee.participation === undefined) return;
  const { role, status } = attendee.participation;
  property.setParameter('role', role);
  property.setParameter('partstat', status);
  property.setParameter('rsvp', status === 'NEEDS-ACTION' ? 'TRUE' : 'FALSE');
}

function addPerson(component: ICAL.Component, name: string, person: CalendarPerson): ICAL.Property {
  const property = component.addPropertyWithValue(name, `mailto:${person.email}`);
  const commonName = cleanText(person.name.replace(/\s+/g, ' '));
  if (commonName !== '') property.setParameter('cn', commonName);
  return property;
}

/** Without control characters, which iCalendar does not allow, except line breaks and tabs. */
function cleanText(text: string): string {
  return text.replace(/\r\n?/g, '\n').replace(/[^\P{Cc}\n\t]/gu, '');
}
