import { randomUUID } from 'node:crypto';
import type { Pool } from 'pg';
import { answer, type PeerServer } from './http-server.js';
import { BOOK, EVENTS_OF_SPACE, FREE_BUSY, PEOPLE_OF_SPACES } from './spaces.statements.js';

/** An event as the peer's statements return it; `invitees` are JSON objects with commas between them. */
interface EventRow {
  readonly id: number;
  readonly space_id: number;
  readonly starts_at: string;
  readonly ends_at: string;
  readonly title: string;
  readonly description: string | null;
  readonly location: string | null;
  readonly start_zone: string;
  readonly end_zone: string;
  readonly is_all_day: boolean;
  readonly visibility: string;
  readonly uid: string;
  readonly remote_event_id: string | null;
  readonly remote_type: string | null;
  readonly creation_type: string;
  readonly organizer_id: number | null;
  readonly organizer_email: string | null;
  readonly creator_id: number | null;
  readonly creator_email: string | null;
  readonly invitees: string;
}

/** `space` is JSON text, in the first row of each space; a free one has a row without an event. */
type FreeBusyRow = (EventRow | { readonly starts_at: null }) & {
  readonly space: string | null;
  readonly zone: string;
  readonly has_presence: boolean;
};

/** The space's organization, and the caller. */
interface People {
  readonly organization_id: number;
  readonly member_id: number;
  readonly email: string;
}

interface Time {
  readonly date_time: string;
  readonly time_zone: string;
}

interface NewBooking {
  readonly title: string;
  readonly description?: string;
  readonly location?: string;
  readonly start: Time;
  readonly end: Time;
  readonly visibility?: string;
  readonly invitees?: readonly object[];
}

const OK = '{"meta":{"status_code":200,"status":"OK","message":"","more_info":{}},"data":';
const CREATED = '{"meta":{"status_code":201,"status":"CREATED","message":"","more_info":{}},"data":';

/** The same routes of spaces. Owners and callers are in memory; keys are not checked. */
export async function serveSpaces(server: PeerServer, pool: Pool): Promise<void> {
  const { rows: known } = await pool.query<People & { id: number }>(PEOPLE_OF_SPACES);
  const people = new Map<string, People>(known.map((row) => [String(row.id), row]));
  const nobody: People = { organization_id: 0, member_id: 0, email: '' };

  const paging = (limit: number): string => `,"paging":{"page":1,"per_page":${limit}}}`;

  server.get<'space'>(
    '/v1.0/spaces/:space/events',
    async ({ params: { space }, query: { after, before, per_page } }, response) => {
      const { organization_id, member_id } = people.get(space) ?? nobody;
      const limit = Number(per_page);
      const values = [organization_id, space, limit, 0, after, before];
      const { rows } = await pool.query<EventRow>({ name: 'space-events', text: EVENTS_OF_SPACE, values });
      if (rows.length === 0) return answer(response, `${OK}[]}`);
      let data = '';
      for (const row of rows) data += data === '' ? write(row, member_id) : `,${write(row, member_id)}`;
      return answer(response, `${OK}[${data}]${paging(limit)}`);
    },
  );

  server.get(
    '/v1.0/free-busy/spaces',
    async ({ query: { space_ids, after, before, per_page } }, response) => {
      const ids = (space_ids ?? '').split(',');
      const { organization_id, member_id } = people.get(ids[0] ?? '') ?? nobody;
      const limit = Number(per_page);
      const values = [organization_id, ids, limit, 0, after, before, new Date().toISOString()];
      const { rows } = await pool.query<FreeBusyRow>({ name: 'free-busy', text: FREE_BUSY, values });
      return answer(response, `${OK}[${writeFreeBusy(rows, member_id)}]${paging(limit)}`);
    },
  );

  server.post<'space', NewBooking>(
    '/v1.0/spaces/:space/events',
    async ({ params: { space }, body }, response) => {
      const { organization_id, member_id, email } = people.get(space) ?? nobody;
      const values = [
        organization_id,
        space,
        body.title,
        body.description ?? null,
        body.location ?? null,
        body.start.date_time,
        body.start.time_zone,
        body.end.date_time,
        body.end.time_zone,
        body.visibility ?? 'default',
        randomUUID(),
        member_id,
        email,
        JSON.stringify(
          body.invitees ?? [{ email, user_id: member_id, response_status: 'accepted', is_organizer: true }],
        ),
      ];
      const { rows } = await pool.query<EventRow>({ name: 'space-book', text: BOOK, values });
      const [row] = rows;
      if (row === undefined) return answer(response, '', 409);
      return answer(response, `${CREATED}${write(row, member_id)}}`, 201);
    },
  );
}

function writeFreeBusy(rows: readonly FreeBusyRow[], member: number): string {
  let text = '';
  let busy = '';
  let events = '';
  let from = '';
  let to = '';
  let zone = '';
  // Adjacent events are one busy time.
  const endBusy = (): void => {
    if (events === '') return;
    const times = `"from":"${format(from, zone)}","to":"${format(to, zone)}"`;
    busy += `${busy === '' ? '' : ','}{${times},"events":[${events}]}`;
    events = '';
  };
  const endSpace = (): void => {
    endBusy();
    if (text !== '') text += `${busy}]}`;
    busy = '';
  };
  for (const row of rows) {
    if (row.space !== null) {
      endSpace();
      zone = row.zone;
      text += `${text === '' ? '' : ','}{"has_presence":${row.has_presence},"space":${row.space},"busy":[`;
    }
    if (row.starts_at === null) continue;
    if (to === row.starts_at && events !== '') events += `,${write(row, member)}`;
    else {
      endBusy();
      from = row.starts_at;
      events = write(row, member);
    }
    to = row.ends_at;
  }
  endSpace();
  return text;
}

const text = (value: string | null): string => (value === null ? 'null' : JSON.stringify(value));

function write(row: EventRow, member: number): string {
  const start = format(row.starts_at, row.start_zone);
  const end = format(row.ends_at, row.end_zone);
  // Only the organizer may see a private event here; external invitees never call.
  const seen = row.visibility !== 'private' || row.organizer_id === member;
  return (
    `{"id":"${row.id}","organizer_id":${row.organizer_id},"organizer_email":${text(row.organizer_email)},` +
    `"creator_id":${row.creator_id},"creator_email":${text(row.creator_email)},"space_id":${row.space_id},` +
    `"title":${seen ? text(row.title) : '"Private event"'},"description":${seen ? text(row.description) : 'null'},` +
    `"location":${seen ? text(row.location) : 'null'},"remote_event_id":${text(row.remote_event_id)},` +
    `"remote_type":${text(row.remote_type)},"creation_type":"${row.creation_type}","uid":${text(row.uid)},` +
    `"started_at":"${start}","ended_at":"${end}","start":{"date_time":"${start}","time_zone":"${row.start_zone}"},` +
    `"end":{"date_time":"${end}","time_zone":"${row.end_zone}"},"series_id":null,"recurrence_id":null,` +
    `"status":"confirmed","recurrence":null,"is_all_day":${row.is_all_day},"visibility":"${row.visibility}",` +
    `"invitees":[${seen ? row.invitees : ''}]}`
  );
}

const offsets = new Map<string, Map<string, readonly [hours: number, offset: string]>>();

/** `2031-01-06T14:00:00.000Z` as local time of a zone; here all zones are whole hours west of Greenwich. */
function format(at: string, zone: string): string {
  const [hours, offset] = offsetAt(at, zone);
  const hour = Number(at.slice(11, 13)) + hours;
  if (hour >= 0) return `${at.slice(0, 11)}${hour < 10 ? '0' : ''}${hour}${at.slice(13, 19)}${offset}`;
  return `${new Date(Date.parse(at) + hours * 3_600_000).toISOString().slice(0, 19)}${offset}`;
}

function offsetAt(at: string, zone: string): readonly [hours: number, offset: string] {
  const hour = at.slice(0, 13);
  const known = offsets.get(zone)?.get(hour);
  if (known !== undefined) return known;
  const format = new Intl.DateTimeFormat('en-US', { timeZone: zone, timeZoneName: 'longOffset' });
  const name = format.formatToParts(new Date(at)).find(({ type }) => type === 'timeZoneName')?.value ?? '';
  const found = [Number(name.slice(3, 6)), name.slice(3).replace(':', '')] as const;
  const ofZone = offsets.get(zone) ?? new Map<string, typeof found>();
  offsets.set(zone, ofZone.set(hour, found));
  return found;
}
