const utcColumn = (column: string): string => `replace(left(${column}::text, 19), ' ', 'T') || '+0000'`;

const EVENT = `e.title, e.description, e.location, e.start_zone, e.end_zone, e.is_all_day, e.visibility, e.uid,
  e.remote_event_id, e.remote_type, e.creation_type, e.organizer_id, e.organizer_email, e.creator_id, e.creator_email`;

const invitees = (
  source: string,
): string => `coalesce((SELECT string_agg(row_to_json(shown)::text, ',') FROM (
    SELECT i.id, i.event_id::text, i.user_id, i.email, i.display_name, i.response_status, i.is_organizer, i.is_resource,
           ${utcColumn('i.updated_at')} AS updated_at, ${utcColumn('i.created_at')} AS created_at
      FROM ${source} i WHERE i.organization_id = e.organization_id AND i.event_id = e.id
     ORDER BY i.position, i.id) shown), '') AS invitees`;

const DETAIL = 'spaces.events e ON e.organization_id = h.organization_id AND e.id = h.detail_id';

/** From the first that ends after the window begins to the first that ends after it ends. */
const inWindow = (space: string): string => `h.organization_id = $1 AND h.space_id = ${space}
    AND h.status = 'confirmed' AND h.ends_at > $5 AND h.starts_at < $6 AND h.ends_at <= coalesce((
      SELECT l.ends_at FROM spaces.holds l WHERE l.organization_id = $1 AND l.space_id = ${space}
         AND l.status = 'confirmed' AND l.ends_at > $6 ORDER BY l.ends_at LIMIT 1), 'infinity')`;

export const EVENTS_OF_SPACE = `
  SELECT h.event_id AS id, h.space_id, h.starts_at, h.ends_at, ${EVENT}, ${invitees('spaces.invitees')}
    FROM spaces.holds h JOIN ${DETAIL}
   WHERE ${inWindow('$2')} ORDER BY h.ends_at LIMIT $3 OFFSET $4`;

export const FREE_BUSY = `
  WITH asked AS MATERIALIZED (
    SELECT s.id, l.time_zone AS zone,
           (SELECT row_to_json(shown)::text FROM (
              SELECT s.id, s.location_id, s.name, s.description, s.type, s.capacity, s.is_disabled,
                     ${utcColumn('s.created_at')} AS created_at, ${utcColumn('s.updated_at')} AS updated_at) shown) AS space,
           EXISTS (SELECT FROM (
               SELECT h.* FROM spaces.holds h
                WHERE h.organization_id = $1 AND h.space_id = s.id AND h.status = 'confirmed' AND h.ends_at > $7
                ORDER BY h.ends_at LIMIT 1) next
              JOIN spaces.confirmations c ON c.organization_id = next.organization_id AND c.event_id = next.event_id
                                         AND c.original_start = next.original_start
             WHERE next.starts_at <= $7) AS has_presence
      FROM spaces.spaces s
      JOIN spaces.locations l ON l.organization_id = s.organization_id AND l.id = s.location_id
     WHERE s.organization_id = $1 AND s.id = ANY ($2::integer[])
     ORDER BY s.id LIMIT $3 OFFSET $4)
  SELECT CASE WHEN b.place > 1 THEN NULL ELSE a.space END AS space, a.zone, a.has_presence, b.*
    FROM asked a
    LEFT JOIN LATERAL (
      SELECT row_number() OVER (ORDER BY h.ends_at) AS place, h.event_id AS id, h.space_id, h.starts_at, h.ends_at,
             ${EVENT}, ${invitees('spaces.invitees')}
        FROM spaces.holds h JOIN ${DETAIL}
       WHERE ${inWindow('a.id')}) b ON true
   ORDER BY a.id, b.place`;

/** Checks for clashes, locks the space, and stores, in this order. */
export const BOOK = `
  WITH e AS (
    INSERT INTO spaces.events
      (organization_id, space_id, title, description, location, starts_at, start_zone, ends_at, end_zone, is_all_day,
       visibility, uid, creation_type, organizer_id, organizer_email, creator_id, creator_email, created_at, updated_at)
    SELECT $1, $2, $3, $4, $5, $6, $7, $8, $9, false, $10, $11, 'manual', $12, $13, $12, $13, now(), now()
      FROM spaces.spaces s
     WHERE s.organization_id = $1 AND s.id = $2 AND NOT EXISTS (
       SELECT FROM spaces.holds h
        WHERE h.organization_id = $1 AND h.space_id = $2 AND h.status = 'confirmed'
          AND tstzrange(h.starts_at, h.ends_at) && tstzrange($6, $8))
       FOR NO KEY UPDATE OF s
    RETURNING *),
  i AS (
    INSERT INTO spaces.invitees AS i (organization_id, event_id, position, user_id, email, display_name,
                                      response_status, is_organizer, is_resource, created_at, updated_at)
    SELECT $1, e.id, g.position, m.id, coalesce(m.email, g.email), m.name, g.response_status,
           coalesce(g.is_organizer, false), false, now(), now()
      FROM e,
           ROWS FROM (jsonb_to_recordset($14::jsonb)
             AS (email citext, user_id integer, response_status text, is_organizer boolean))
           WITH ORDINALITY AS g (email, user_id, response_status, is_organizer, position)
           LEFT JOIN tenancy.members m ON m.organization_id = $1 AND m.id = g.user_id
    RETURNING *),
  h AS (
    INSERT INTO spaces.holds
      (organization_id, event_id, original_start, detail_id, space_id, starts_at, ends_at, status)
    SELECT $1, id, starts_at, id, space_id, starts_at, ends_at, 'confirmed' FROM e)
  SELECT e.id, e.space_id, e.starts_at, e.ends_at, ${EVENT}, ${invitees('i')} FROM e`;

/** The caller is the member that the organization's credential belongs to. */
export const PEOPLE_OF_SPACES = `
  SELECT s.id, s.organization_id, m.id AS member_id, m.email::text
    FROM spaces.spaces s
    JOIN tenancy.credentials c ON c.organization_id = s.organization_id AND c.surface = 'spaces'
    JOIN tenancy.members m ON m.organization_id = s.organization_id AND m.id = c.member_id`;
