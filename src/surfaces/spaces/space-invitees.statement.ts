/** Invitees as they are given, `$21` the list and `$22` the time. */
export const INVITE = (event: string): string => `
  INSERT INTO spaces.invitees AS i (organization_id, event_id, position, user_id, email, display_name, response_status,
                                    is_organizer, is_resource, created_at, updated_at)
  SELECT DISTINCT ON (coalesce(m.email, g.email)) $1::integer, ${event}.id, g.position, m.id, coalesce(m.email, g.email), coalesce(g.display_name, m.name),
         g.response_status, coalesce(g.is_organizer, coalesce(m.email, g.email) = ${event}.organizer_email, false),
         g.is_resource, $22::timestamptz, $22::timestamptz
    FROM ${event},
         ROWS FROM (jsonb_to_recordset($21::jsonb) AS (email citext, user_id integer, display_name text,
           response_status text, is_organizer boolean, is_resource boolean))
         WITH ORDINALITY AS g (email, user_id, display_name, response_status, is_organizer, is_resource, position)
         LEFT JOIN LATERAL (
           SELECT m.id, m.email, m.name FROM tenancy.members m WHERE m.organization_id = $1 AND m.id = g.user_id
           UNION ALL
           SELECT m.id, m.email, m.name FROM tenancy.members m
            WHERE m.organization_id = $1 AND m.email = g.email AND g.user_id IS NULL) m ON true
   ORDER BY coalesce(m.email, g.email), g.position`;
