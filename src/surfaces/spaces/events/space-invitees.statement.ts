/** SQL expressions: alias of the event (organization, id, organizer), the invitees as JSON, and the timestamp. */
interface InviteesSource {
  readonly event: string;
  /** Body of the FROM clause. */
  readonly from: string;
  readonly list: string;
  readonly now: string;
}

/** Inserts invitees; the first entry wins if an address occurs twice. */
export const insertInvitees = ({ event, from, list, now }: InviteesSource): string => `
  INSERT INTO spaces.invitees AS i (organization_id, event_id, position, user_id, email, display_name, response_status,
                                    is_organizer, is_resource, created_at, updated_at)
  SELECT DISTINCT ON (${event}.id, coalesce(m.email, g.email))
         ${event}.organization_id, ${event}.id, g.position, m.id, coalesce(m.email, g.email),
         coalesce(g.display_name, m.name), coalesce(g.response_status, 'not_responded'),
         coalesce(g.is_organizer, coalesce(m.email, g.email) = ${event}.organizer_email, false),
         coalesce(g.is_resource, false), coalesce(g.created_at, ${now}::timestamptz),
         coalesce(g.updated_at, ${now}::timestamptz)
    FROM ${from},
         ROWS FROM (jsonb_to_recordset(${list}::jsonb) AS (email citext, user_id integer, display_name text,
           response_status text, is_organizer boolean, is_resource boolean, created_at timestamptz,
           updated_at timestamptz))
         WITH ORDINALITY AS g (email, user_id, display_name, response_status, is_organizer, is_resource, created_at,
                               updated_at, position)
         LEFT JOIN LATERAL (
           SELECT m.id, m.email, m.name FROM tenancy.members m
            WHERE m.organization_id = ${event}.organization_id AND m.id = g.user_id
           UNION ALL
           SELECT m.id, m.email, m.name FROM tenancy.members m
            WHERE m.organization_id = ${event}.organization_id AND m.email = g.email AND g.user_id IS NULL) m ON true
   ORDER BY ${event}.id, coalesce(m.email, g.email), g.position`;
