import type ICAL from 'ical.js';

/** What a calendar shows of an event. */
export interface CalendarEntry {
  readonly start: string;
  readonly end: string;
  readonly title: string;
  readonly location: string | null;
  readonly organizer: string;
}

interface Known {
  readonly sequence: number;
  readonly method: string;
  readonly entry: CalendarEntry | undefined;
}

/** A person's calendar that follows RFC 5546: UID names an event, the highest SEQUENCE is what holds. */
export class SimulatedCalendar {
  private readonly events = new Map<string, Known>();

  constructor(private readonly owner: string) {}

  entry(uid: string): CalendarEntry | undefined {
    return this.events.get(uid)?.entry;
  }

  /** Applies the calendar file of a mail; throws where the RFC or usual calendars refuse it. */
  apply(
    calendar: ICAL.Component,
    { inOrder, replyTo }: { readonly inOrder: boolean; readonly replyTo: string | undefined },
  ): void {
    const method = String(calendar.getFirstPropertyValue('method'));
    const event = calendar.getFirstSubcomponent('vevent');
    if (event === null) throw new Error('A file without an event.');
    const uid = String(event.getFirstPropertyValue('uid'));
    const sequence = Number(event.getFirstPropertyValue('sequence'));
    const organizer = addressIn(event.getFirstPropertyValue('organizer'));
    const attendees = event.getAllProperties('attendee');
    const addresses = attendees.map((attendee) => addressIn(attendee.getFirstValue()));
    if (event.getFirstPropertyValue('dtstamp') === null) throw new Error('A file without DTSTAMP.');
    if ((replyTo ?? this.owner) !== organizer) throw new Error('Answers go to somebody else.');
    const known = this.events.get(uid);
    if (known !== undefined && sequence < known.sequence) {
      if (inOrder) throw new Error('The SEQUENCE went down.');
      return;
    }
    const entry: CalendarEntry = {
      start: String(event.getFirstPropertyValue('dtstart')),
      end: String(event.getFirstPropertyValue('dtend')),
      title: String(event.getFirstPropertyValue('summary')),
      location: event.getFirstPropertyValue('location') as string | null,
      organizer,
    };
    if (method === 'PUBLISH') {
      if (attendees.length > 0) throw new Error('A PUBLISH has no attendees.');
      if (organizer !== this.owner) throw new Error('A PUBLISH for somebody else.');
    } else if (method === 'REQUEST') {
      if (organizer === this.owner) throw new Error('The organizer is invited by herself.');
      if (!addresses.includes(this.owner)) throw new Error('A REQUEST for somebody else.');
      const chairs = attendees.filter((attendee) => attendee.getFirstParameter('role') === 'CHAIR');
      if (chairs.map((chair) => addressIn(chair.getFirstValue())).join() !== organizer) {
        throw new Error('The organizer has the chair.');
      }
    } else if (method === 'CANCEL') {
      const expected = organizer === this.owner ? [] : [this.owner];
      if (addresses.join() !== expected.join()) throw new Error('A CANCEL for somebody else.');
      if (inOrder && known?.entry === undefined) throw new Error('A CANCEL of what is not there.');
      if (inOrder && known?.entry?.organizer !== organizer) throw new Error('A CANCEL by somebody else.');
    } else {
      throw new Error(`Method ${method}.`);
    }
    const replaces = known?.entry !== undefined && method !== 'CANCEL' && known.method !== method;
    if (inOrder && replaces) throw new Error('An invitation and an own event are not exchanged.');
    this.events.set(uid, { sequence, method, entry: method === 'CANCEL' ? undefined : entry });
  }
}

function addressIn(value: unknown): string {
  return String(value).replace(/^mailto:/, '');
}
