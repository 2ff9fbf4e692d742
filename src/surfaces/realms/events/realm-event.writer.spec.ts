import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { parseWallClock, type WallClock } from '../../../core/wall-clock.js';
import { MAX_INTEGER } from '../../../core/integer.js';
import { REALM_NAMES } from '../catalogue/realm-collection.js';
import { REALM_EVENT_WRITERS } from './realm-event.writer.js';
import type { RealmEventRow } from './realm-events.repository.js';
import { eventUrl, viewRealmEventItem } from './realm-events.dto.js';
import { writeXml } from '../representation/realm-xml.writer.js';

const BASE = 'https://quintet.test/v1';
const PAGE = {
  total: 450,
  links: { self: `${BASE}/x?start=0&limit=20`, next: `${BASE}/x?start=20&limit=20` },
};

const clock = (text: string): WallClock => {
  const read = parseWallClock(text);
  if (read === undefined) throw new Error(`${text} is no time.`);
  return read;
};
const id = fc.integer({ min: 1, max: MAX_INTEGER });
const text = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 40 }),
  fc.constantFrom('', '<&>"\\', 'ü\r\n\ud800'),
);
const rows: fc.Arbitrary<RealmEventRow> = fc.record({
  id,
  title: text,
  description: text,
  starts_at: fc.constant(clock('2030-05-04 16:30:00')),
  ends_at: fc.constantFrom(null, clock('2030-05-04 18:30:00')),
  all_day: fc.boolean(),
  rsvp: fc.constantFrom(0, 1, 2),
  comments_enabled: fc.boolean(),
  type: fc.constantFrom('event', 'assignment', 'discussion'),
  attached_links: fc.constantFrom(
    null,
    [],
    [{ url: 'https://example.org/?a=1&b=<2>', title: 'A "plan" & more' }],
  ),
  editable: fc.boolean(),
  realm: fc.constantFrom(...REALM_NAMES),
  realm_id: id,
});

/** The event as an object, for the generic writers. */
function view(row: RealmEventRow, withAttachments: boolean): object {
  return { ...viewRealmEventItem(row, withAttachments), links: { self: eventUrl(BASE, row) } };
}

describe('REALM_EVENT_WRITERS', () => {
  it('write an event as JSON and XML write the object', () => {
    fc.assert(
      fc.property(rows, fc.boolean(), (row, withAttachments) => {
        const { json, xml } = REALM_EVENT_WRITERS;
        expect(json.event(row, BASE, withAttachments)).toBe(JSON.stringify(view(row, withAttachments)));
        expect(xml.event(row, BASE, withAttachments)).toBe(writeXml(view(row, withAttachments)));
      }),
    );
  });

  it('write a page as JSON and XML write the object', () => {
    fc.assert(
      fc.property(fc.array(rows, { maxLength: 4 }), fc.boolean(), (page, withAttachments) => {
        const { json, xml } = REALM_EVENT_WRITERS;
        const whole = { event: page.map((row) => view(row, withAttachments)), ...PAGE };
        expect(json.list(page, BASE, withAttachments, PAGE)).toBe(JSON.stringify(whole));
        expect(xml.list(page, BASE, withAttachments, PAGE)).toBe(writeXml(whole));
      }),
    );
  });
});
