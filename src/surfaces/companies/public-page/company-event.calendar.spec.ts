import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import ICAL from 'ical.js';
import type { Instant } from '../../../core/instant.js';
import type { CalendarEvent as CalendarEntry } from '../../../calendar/calendar.js';
import { calendarOf } from './company-event.calendar.js';

const ENTRY: CalendarEntry = {
  uid: 'abc@quintet.test',
  createdAt: '2026-03-01T12:00:00.000Z' as Instant,
  changedAt: '2026-03-02T12:00:00.000Z' as Instant,
  start: '2026-04-25T12:00:00.000Z' as Instant,
  end: '2026-04-26T21:00:00.000Z' as Instant,
  summary: 'Launch; with, everything\\',
  location: 'Main St 1, Montevideo',
  description: undefined,
  url: 'https://quintet.test/acme/event/launch',
};

/** Parses the result with ical.js as an independent RFC 5545 implementation. */
function read(entry: CalendarEntry): ICAL.Event {
  const calendar = new ICAL.Component(ICAL.parse(calendarOf(entry)) as string);
  const [event] = calendar.getAllSubcomponents('vevent');
  if (event === undefined) throw new Error('no event');
  return new ICAL.Event(event);
}

describe('calendarOf', () => {
  it('is read back as it was meant', () => {
    const event = read(ENTRY);
    expect(event.uid).toBe(ENTRY.uid);
    expect(event.summary).toBe(ENTRY.summary);
    expect(event.location).toBe(ENTRY.location);
    expect(event.startDate.toJSDate().toISOString()).toBe(ENTRY.start);
    expect(event.endDate.toJSDate().toISOString()).toBe(ENTRY.end);
    expect(event.component.getFirstPropertyValue('url')).toBe(ENTRY.url);
    expect(String(event.component.getFirstPropertyValue('dtstamp'))).toBe('2026-03-02T12:00:00Z');
  });

  it('has no end where it ends as it starts', () => {
    const text = calendarOf({ ...ENTRY, end: ENTRY.start });
    expect(text).not.toContain('DTEND');
    expect(read({ ...ENTRY, end: ENTRY.start }).duration.toSeconds()).toBe(0);
  });

  it('folds lines at 75 octets without cutting a character, and keeps every text', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 300 }), (summary) => {
        const text = calendarOf({ ...ENTRY, summary, description: `x\n${summary}` });
        for (const line of text.split('\r\n')) expect(Buffer.byteLength(line)).toBeLessThanOrEqual(75);
        expect(text).not.toMatch(/[^\r]\n|\r[^\n]/);
        const kept = summary.replace(/\r\n?/g, '\n').replace(/[^\P{Cc}\n\t]/gu, '');
        expect(read({ ...ENTRY, summary }).summary).toBe(kept);
      }),
    );
  });

  it('lets no text add a line of its own', () => {
    const text = calendarOf({ ...ENTRY, summary: 'a\r\nATTENDEE:mailto:x@example.org\rX:1\nY:2' });
    expect(text.split('\r\n').some((line) => /^(ATTENDEE|X|Y):/.test(line))).toBe(false);
  });
});
