import type { Instant } from '../../../core/instant.js';
import type { CreationType, Visibility } from '../spaces.fields.js';

/** Times of an occurrence that was skipped because its space was taken. */
export interface SkippedRow {
  readonly original_start: Instant;
  readonly starts_at: Instant;
  readonly ends_at: Instant;
}

/** A single event, a master or an occurrence, as every query here returns it. */
export interface SpaceEventRow {
  /** Id of the single event or the master. */
  readonly event_id: number;
  /** Event that holds the title and other details; differs from `event_id` for an exception. */
  readonly detail_id: number;
  readonly original_start: Instant;
  readonly is_occurrence: boolean;
  readonly status: 'confirmed' | 'cancelled' | 'skipped';
  readonly space_id: number;
  readonly starts_at: Instant;
  readonly ends_at: Instant;
  readonly title: string;
  readonly description: string | null;
  readonly location: string | null;
  readonly start_zone: string;
  readonly end_zone: string;
  readonly is_all_day: boolean;
  readonly visibility: Visibility;
  readonly uid: string;
  readonly remote_event_id: string | null;
  readonly remote_type: string | null;
  readonly creation_type: CreationType;
  readonly organizer_id: number | null;
  readonly organizer_email: string | null;
  readonly creator_id: number | null;
  readonly creator_email: string | null;
  /** Set for a master only. */
  readonly recurrence: string[] | null;
  /** See `inviteesOf`. */
  readonly invitees: string;
}

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

const DETAILS = `e.id AS detail_id, e.title, e.description, e.location, e.start_zone, e.end_zone, e.is_all_day,
  e.visibility, e.uid, e.remote_event_id, e.remote_type, e.creation_type, e.organizer_id, e.organizer_email,
  e.creator_id, e.creator_email`;

/** Columns of a single event or a master `e`. */
export const EVENT_COLUMNS = `e.id AS event_id, e.starts_at AS original_start, false AS is_occurrence,
  'confirmed' AS status, e.space_id, e.starts_at, e.ends_at, e.recurrence, ${DETAILS}`;

/** Columns of an occurrence: its hold `h` and the event `e` that describes it. */
export const HOLD_COLUMNS = `h.event_id, h.original_start,
  (e.recurrence IS NOT NULL OR e.series_id IS NOT NULL) AS is_occurrence,
  h.status, h.space_id, h.starts_at, h.ends_at, NULL::text[] AS recurrence, ${DETAILS}`;

export const HOLD_DETAIL = `spaces.events e ON e.organization_id = h.organization_id AND e.id = h.detail_id`;
