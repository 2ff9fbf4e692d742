import type { Caller } from '../../../core/caller.js';
import type { Instant } from '../../../core/instant.js';
import { quote, quoteOrNull } from '../../../core/json-text.js';
import type { BookingResult } from '../bookings/space-bookings.service.js';
import type { SkippedRow, SpaceEventRow } from './space-event.columns.js';
import type { EventInclude, EventIncludes } from './space-event.includes.js';
import { formatEventId } from './space-event.id.js';
import { HIDDEN_TITLE, maySee } from './space-event.rights.js';
import { formatRecurrenceId, formatTime } from '../space-time.js';

// Responses are written directly as JSON text: a page holds hundreds of events, and building objects for JSON.stringify
// takes twice the time and causes most of the garbage. Numbers, times, zones and enum values need no escaping.

/** An event as the JSON text of a `SpaceEventResponseDto`, with the details that the caller may see. */
export function writeSpaceEvent(
  caller: Caller,
  row: SpaceEventRow & EventIncludes,
  include: readonly EventInclude[] = [],
): string {
  const isVisible = maySee(caller, row);
  return `{${fieldsOf(row, isVisible)}${writeIncludes(row, isVisible, include)}}`;
}

/** An event with its details, or only with its time. */
export function writeEvent(row: SpaceEventRow, isVisible: boolean): string {
  return `{${fieldsOf(row, isVisible)}}`;
}

/** A booking with its skipped occurrences, if any were allowed. */
export function writeBookingResult(
  caller: Caller,
  { event, skipped }: BookingResult & { readonly event: SpaceEventRow & EventIncludes },
  include: readonly EventInclude[] = [],
): string {
  const written = writeSpaceEvent(caller, event, include);
  if (skipped === undefined) return written;
  const list = skipped.map((row) => writeSkipped(event, row)).join(',');
  return `${written.slice(0, -1)},"skipped":[${list}]}`;
}

/** A master with its skipped occurrences. */
export function writeSeries(
  caller: Caller,
  event: SpaceEventRow & EventIncludes,
  skipped: readonly SkippedRow[],
  include: readonly EventInclude[] = [],
): string {
  return skipped.length === 0
    ? writeSpaceEvent(caller, event, include)
    : writeBookingResult(caller, { event, skipped }, include);
}

/** Who checked in is a detail; where the event takes place is not. */
function writeIncludes(
  row: SpaceEventRow & EventIncludes,
  isVisible: boolean,
  include: readonly EventInclude[],
): string {
  let written = '';
  for (const word of include) {
    const text = word === 'space' ? row.included_space : isVisible ? row.included_confirmation : null;
    const id = formatEventId(row.event_id, row.is_occurrence ? row.original_start : undefined);
    written += `,"${word}":${text == null ? 'null' : withEventId(text, id)}`;
  }
  return written;
}

function fieldsOf(row: SpaceEventRow, isVisible: boolean): string {
  const start = formatTime(row.starts_at, row.start_zone);
  const end = formatTime(row.ends_at, row.end_zone);
  const id = formatEventId(row.event_id, row.is_occurrence ? row.original_start : undefined);
  return (
    `"id":"${id}","organizer_id":${row.organizer_id},"organizer_email":${quoteOrNull(row.organizer_email)},` +
    `"creator_id":${row.creator_id},"creator_email":${quoteOrNull(row.creator_email)},"space_id":${row.space_id},` +
    `"title":${quote(isVisible ? row.title : HIDDEN_TITLE)},` +
    `"description":${quoteOrNull(isVisible ? row.description : null)},` +
    `"location":${quoteOrNull(isVisible ? row.location : null)},` +
    `"remote_event_id":${quoteOrNull(row.remote_event_id)},"remote_type":${quoteOrNull(row.remote_type)},` +
    `"creation_type":"${row.creation_type}","uid":${quote(row.uid)},` +
    `"started_at":"${start}","ended_at":"${end}",` +
    `"start":{"date_time":"${start}","time_zone":"${row.start_zone}"},` +
    `"end":{"date_time":"${end}","time_zone":"${row.end_zone}"},` +
    (row.is_occurrence
      ? `"series_id":"${row.event_id}","recurrence_id":"${formatRecurrenceId(row.original_start)}",`
      : '"series_id":null,"recurrence_id":null,') +
    `"status":"${row.status === 'confirmed' ? 'confirmed' : 'cancelled'}",` +
    `"recurrence":${row.recurrence === null ? 'null' : JSON.stringify(row.recurrence)},` +
    `"is_all_day":${row.is_all_day},"visibility":"${row.visibility}",` +
    `"invitees":[${isVisible ? withEventId(row.invitees, id) : ''}]`
  );
}

/** Quotation marks inside JSON strings are escaped, so this only matches keys written by PostgreSQL. */
const EMPTY_EVENT_ID = '"event_id":""';

function withEventId(text: string, eventId: string): string {
  return text.replaceAll(EMPTY_EVENT_ID, `"event_id":"${eventId}"`);
}

function writeSkipped(event: SpaceEventRow, { original_start, starts_at, ends_at }: SkippedRow): string {
  return (
    `{"recurrence_id":"${formatRecurrenceId(original_start)}","start":${writeZoned(starts_at, event.start_zone)},` +
    `"end":${writeZoned(ends_at, event.end_zone)}}`
  );
}

function writeZoned(at: Instant, zone: string): string {
  return `{"date_time":"${formatTime(at, zone)}","time_zone":"${zone}"}`;
}
