import { selectList } from '../../../database/columns.js';
import { SpaceEvent } from './space-event.entity.js';
import type { SpaceHold } from './space-hold.entity.js';

/** Times of an occurrence that was skipped because its space was taken. */
export type SkippedRow = Readonly<Pick<SpaceHold, 'original_start' | 'starts_at' | 'ends_at'>>;

/** Columns of an event that are not returned. */
const INTERNAL = ['organization_id', 'id', 'series_id', 'held_until', 'created_at', 'updated_at'] as const;
/** Columns that an occurrence has of its own, or not at all. */
const OF_OCCURRENCE = ['space_id', 'starts_at', 'ends_at', 'recurrence'] as const;

/** A single event, a master or an occurrence, as every query here returns it. */
export type SpaceEventRow = Readonly<Omit<SpaceEvent, (typeof INTERNAL)[number]>> &
  // The id of the single event or the master, and the id of the event with the details.
  Readonly<Pick<SpaceHold, 'event_id' | 'detail_id' | 'original_start' | 'status'>> & {
    readonly is_occurrence: boolean;
    /** See `inviteesOf`. */
    readonly invitees: string;
  };

/**
 * A UTC timestamp in the response's format. Sessions run with TimeZone UTC, and slicing the text is far cheaper than
 * `to_char`.
 */
export function utcColumn(column: string): string {
  return `replace(left(${column}::text, 19), ' ', 'T') || '+0000' AS ${column.split('.').at(-1) ?? ''}`;
}

/**
 * Invitees of the event `e`, from the rows of `source`, as comma-separated JSON objects that are copied into the
 * response. `event_id` is left empty and filled in by the writer with the id of the occurrence.
 */
export function inviteesOf(source: string): string {
  return `coalesce((SELECT string_agg(row_to_json(shown)::text, ',') FROM (
      SELECT i.id, '' AS event_id, i.user_id, i.email, i.display_name, i.response_status, i.is_organizer, i.is_resource,
             ${utcColumn('i.updated_at')}, ${utcColumn('i.created_at')}
        FROM ${source} i WHERE i.organization_id = e.organization_id AND i.event_id = e.id
       ORDER BY i.position, i.id) shown), '') AS invitees`;
}

const DETAILS = `e.id AS detail_id, ${selectList(SpaceEvent, 'e', { without: [...INTERNAL, ...OF_OCCURRENCE] })}`;

/** Columns of a single event or a master `e`. */
export const EVENT_COLUMNS = `e.id AS event_id, e.starts_at AS original_start, false AS is_occurrence,
  'confirmed' AS status, e.space_id, e.starts_at, e.ends_at, e.recurrence, ${DETAILS}`;

/** Columns of an occurrence: its hold `h` and the event `e` that describes it. */
export const HOLD_COLUMNS = `h.event_id, h.original_start,
  (e.recurrence IS NOT NULL OR e.series_id IS NOT NULL) AS is_occurrence,
  h.status, h.space_id, h.starts_at, h.ends_at, NULL::text[] AS recurrence, ${DETAILS}`;

export const HOLD_DETAIL = `spaces.events e ON e.organization_id = h.organization_id AND e.id = h.detail_id`;
