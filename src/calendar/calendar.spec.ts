import { describe, expect, it } from '@jest/globals';
import ICAL from 'ical.js';
import type { Instant } from '../core/instant.js';
import { writeCalendar, type CalendarEvent } from './calendar.js';

const EVENT: CalendarEvent = {
  uid: 'abc@quintet.test',
  changedAt: '2026-03-02T12:00:00.000Z' as Instant,
  start: '2026-04-25',
  end: '2026-04-26',
  summary: 'Kick-off',
  url: 'https://quintet.test/poll/abc',
};

function read(event: CalendarEvent): ICAL.Component {
  const calendar = new ICAL.Component(ICAL.parse(writeCalendar('Test', event, 'REQUEST')) as unknown[]);
  const [entry] = calendar.getAllSubcomponents('vevent');
  if (entry === undefined) throw new Error('no event');
  return entry;
}

describe('writeCalendar', () => {
  it('writes an all-day event with days', () => {
    const text = writeCalendar('Test', EVENT);
    expect(text).toContain('\r\nDTSTART;VALUE=DATE:20260425\r\n');
    expect(text).toContain('\r\nDTEND;VALUE=DATE:20260426\r\n');
  });

  it.each(['Ada "the first" ^ Lovelace', 'Lovelace, Ada; x:y', 'Ada\r\nATTENDEE:mailto:x@example.org', ''])(
    'keeps the name %j in one parameter',
    (name) => {
      const attendees = [{ name, email: 'ada@example.org' }];
      const [attendee, ...others] = read({ ...EVENT, attendees }).getAllProperties('attendee');
      expect(others).toEqual([]);
      expect(attendee?.getFirstValue()).toBe('mailto:ada@example.org');
      expect(attendee?.getParameter('cn') ?? '').toBe(name.replace('\r\n', ' '));
    },
  );
});
