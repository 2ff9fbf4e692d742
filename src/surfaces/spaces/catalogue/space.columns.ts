import { selectList } from '../../../database/columns.js';
import { utcColumn } from '../events/space-event.columns.js';
import { activePresences, hasActivePresence, lastPresence } from '../presence/space-presence.columns.js';
import { SpaceLocation } from './space-location.entity.js';
import { Space } from './space.entity.js';

const CONFIRMED = (hold: string): string =>
  `${hold}.organization_id = s.organization_id AND ${hold}.space_id = s.id AND ${hold}.status = 'confirmed'
   AND ${hold}.ends_at > :now::timestamptz`;

/** The check-ins to what goes on in the space `s` at `:now`. */
const CHECK_INS = `FROM (SELECT x.* FROM spaces.holds x WHERE ${CONFIRMED('x')} ORDER BY x.ends_at LIMIT 1) going_on
  JOIN spaces.confirmations c ON c.organization_id = going_on.organization_id AND c.event_id = going_on.event_id
                             AND c.original_start = going_on.original_start
  WHERE going_on.starts_at <= :now`;

/** Columns of a state: the first confirmed booking that has not ended, and the run of touching ones it begins. */
export const STATE_COLUMNS = `s.is_disabled, l.time_zone, first.starts_at AS busy_from, run.ends_at AS busy_until,
  there.check_ins > 0 AS is_checked_in, there.present`;

/**
 * Who is in the space `s`: active presences, and who checked in to what goes on, unless they have a presence there.
 */
const THERE = `CROSS JOIN LATERAL (
    SELECT checked_in.check_ins, checked_in.only_checked_in + ${activePresences('s')} AS present
      FROM (SELECT count(*)::integer AS check_ins,
                   count(*) FILTER (WHERE NOT ${hasActivePresence('s', 'c.user_id')})::integer AS only_checked_in
              ${CHECK_INS}) checked_in) there`;

/** The joins of `STATE_COLUMNS` and `SPACE_JSON`; when it changes is found out only if `condition` holds. */
export const stateJoins = (condition = 'true'): string => `${THERE}
  LEFT JOIN LATERAL (
    SELECT h.starts_at FROM spaces.holds h WHERE ${CONFIRMED('h')} AND ${condition} ORDER BY h.ends_at LIMIT 1) first ON true
  LEFT JOIN LATERAL (
    SELECT x.ends_at FROM (
      SELECT h.ends_at, lead(h.starts_at) OVER (ORDER BY h.ends_at) AS next_start
        FROM spaces.holds h WHERE ${CONFIRMED('h')} AND ${condition}) x
     WHERE x.next_start IS DISTINCT FROM x.ends_at LIMIT 1) run ON true`;

const json = (select: string): string => `(SELECT row_to_json(shown)::text FROM (SELECT ${select}) shown)`;
const listOfJson = (select: string): string =>
  `(SELECT coalesce(json_agg(shown), '[]')::text FROM (SELECT ${select}) shown)`;

const UTC_TIMES = (alias: string): string =>
  `${utcColumn(`${alias}.created_at`)}, ${utcColumn(`${alias}.updated_at`)}`;

const spaceJson = (isCheckedIn: string): string =>
  json(`
  ${selectList(Space, 's', { without: ['organization_id', 'created_at', 'updated_at'] })},
  ${isCheckedIn} AS is_dibsed,
  CASE WHEN s.is_disabled THEN '[]'::json ELSE '["scheduling"]'::json END AS behaviors,
  ${lastPresence('s')} AS last_presence_at, ${UTC_TIMES('s')}`);

/** The space `s` as the JSON text of a response, without its events and includes; needs `stateJoins`. */
export const SPACE_JSON = spaceJson('there.check_ins > 0');
/** The same without these joins. */
export const LONE_SPACE_JSON = spaceJson(`EXISTS (SELECT ${CHECK_INS})`);

/** The calendar of the space `s`. */
export const CALENDAR_JSON = json(`
  s.id AS space_id, 'quintet' AS remote_type, 'space-' || s.id || '@' || :calendar_host::text AS calendar_id,
  NULL AS subscriber_id, s.id::text AS space_resource_id,
  'space-' || s.id || '@' || :calendar_host::text AS space_resource_email, NULL AS subscriber_expires_at,
  ${utcColumn('s.created_at')}`);

const LOCATION_JSON = json(`
  l.organization_id AS account_id, NULL AS campus_id,
  ${selectList(SpaceLocation, 'l', { without: ['organization_id', 'created_at', 'updated_at'] })}, ${UTC_TIMES('l')}`);

/** An amenity `a` as JSON. */
export const AMENITY_COLUMNS = `a.id, a.organization_id, a.name::text AS name, ${UTC_TIMES('a')}`;

const OF_SPACE = `FROM spaces.space_amenities sa
  JOIN spaces.amenities a ON a.organization_id = sa.organization_id AND a.id = sa.amenity_id
 WHERE sa.organization_id = s.organization_id AND sa.space_id = s.id ORDER BY a.name, a.id`;

/** An amenity `a` of a space, through its row `sa`. */
export const SPACE_AMENITY_COLUMNS = `sa.space_id, sa.amenity_id, sa.quantity, sa.note,
  (SELECT row_to_json(amenity) FROM (SELECT ${AMENITY_COLUMNS}) amenity) AS amenity`;

const INCLUDES = {
  calendar: CALENDAR_JSON,
  location: LOCATION_JSON,
  amenities: listOfJson(`${AMENITY_COLUMNS} ${OF_SPACE}`),
  space_amenities: listOfJson(`${SPACE_AMENITY_COLUMNS} ${OF_SPACE}`),
} as const;

/** What can be asked for with a space; `state` is written from its columns. */
export const SPACE_INCLUDES = ['state', 'calendar', 'location', 'amenities', 'space_amenities'] as const;
export type SpaceInclude = (typeof SPACE_INCLUDES)[number];

/** Those of `:include`, as text that continues a JSON object: `,"location":{…}`. */
export const INCLUDED_JSON = `concat(${Object.entries(INCLUDES)
  .map(
    ([word, expression]) =>
      `CASE WHEN '${word}' = ANY (:include::text[]) THEN ',"${word}":' || ${expression} END`,
  )
  .join(', ')})`;
