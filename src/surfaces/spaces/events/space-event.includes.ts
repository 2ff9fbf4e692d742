import { utcColumn } from './space-event.columns.js';
import { LONE_SPACE_JSON } from '../catalogue/space.columns.js';
import type { Instant } from '../../../core/instant.js';

/** What can be asked for with an event. */
export const EVENT_INCLUDES = ['space', 'confirmation'] as const;
export type EventInclude = (typeof EVENT_INCLUDES)[number];

/** What to read with events; `now` tells whether somebody is in the space. */
export interface EventView {
  readonly include: readonly EventInclude[];
  readonly now: Instant;
}

/** JSON texts of what was asked for, null if there is none. */
export interface EventIncludes {
  readonly included_space?: string | null;
  /** As in an invitee, `event_id` is left empty. */
  readonly included_confirmation?: string | null;
}

const includes = (space: string, checkIn: string): string => `,
  CASE WHEN 'space' = ANY (:include::text[]) THEN (
    SELECT ${LONE_SPACE_JSON} FROM spaces.spaces s
     WHERE s.organization_id = e.organization_id AND s.id = ${space}) END AS included_space,
  CASE WHEN 'confirmation' = ANY (:include) THEN (
    SELECT row_to_json(shown)::text FROM (
      SELECT '' AS event_id, c.user_id, c.device_id, ${utcColumn('c.confirmed_at')}
        FROM spaces.confirmations c
       WHERE c.organization_id = e.organization_id AND ${checkIn}) shown) END AS included_confirmation`;

/** The includes of a single event or a master `e`; a master has no check-in. */
export const EVENT_INCLUDED = includes('e.space_id', 'c.event_id = e.id AND e.recurrence IS NULL');

/** The includes of an occurrence: its hold `h` and the event `e` that describes it. */
export const HOLD_INCLUDED = includes(
  'h.space_id',
  'c.event_id = h.event_id AND c.original_start = h.original_start',
);
