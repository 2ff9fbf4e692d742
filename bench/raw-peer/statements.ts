/** An event as the peer's statements return it; times and lists are already JSON text, see `types.ts`. */
export interface EventRow {
  readonly id: string;
  readonly token: string;
  readonly name: string;
  readonly class_id: string;
  readonly availability: string;
  readonly description: string | null;
  readonly date_start: string;
  readonly date_end: string;
  readonly include_chat: boolean;
  readonly include_video: boolean;
  readonly tas: string;
  readonly trainees: string;
  readonly partner_id: string | null;
  readonly use_new_terminal: boolean;
  readonly owner_email: string;
  readonly owner_id: string;
}

const COLUMNS = `e.id, e.token, e.name, e.class_id, e.availability, e.description, e.date_start, e.date_end,
  e.include_chat, e.include_video, e.tas, e.trainees, e.partner_id, e.use_new_terminal,
  o.email::text AS owner_email, o.training_id AS owner_id`;

const OWNER = 'JOIN tenancy.members o ON o.organization_id = e.organization_id AND o.id = e.owner_id';

export const FIND = `SELECT ${COLUMNS} FROM training.events e ${OWNER} WHERE e.organization_id = $1 AND e.id = $2`;

export const LIST = `SELECT ${COLUMNS} FROM training.events e ${OWNER} WHERE e.organization_id = $1
  ORDER BY e.date_start, e.id`;

export const PAGE = `${LIST} LIMIT $2`;

export const CREATE = `WITH e AS (
    INSERT INTO training.events
      (organization_id, id, token, name, owner_id, class_id, availability, description, date_start, date_end,
       include_chat, include_video, tas, trainees, partner_id, use_new_terminal)
    VALUES ($1, $2, $3, $4, (SELECT id FROM tenancy.members WHERE organization_id = $1 AND email = $5::citext),
            $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16)
    RETURNING *)
  SELECT ${COLUMNS} FROM e ${OWNER}`;

/** The same for many; `number` says which of the inputs a row belongs to, from 1. */
export const FIND_MANY = `SELECT i.number::integer, ${COLUMNS}
  FROM unnest($1::integer[], $2::text[]) WITH ORDINALITY i(organization_id, id, number)
  JOIN training.events e ON e.organization_id = i.organization_id AND e.id = i.id ${OWNER}`;

export const PAGE_MANY = `SELECT i.number::integer, ${COLUMNS}
  FROM unnest($1::integer[], $2::integer[]) WITH ORDINALITY i(organization_id, most, number),
       LATERAL (SELECT * FROM training.events WHERE organization_id = i.organization_id
                 ORDER BY date_start, id LIMIT i.most) e ${OWNER}
 ORDER BY i.number, e.date_start, e.id`;

export const CREATE_MANY = `WITH i AS (
    SELECT row_number() OVER () AS number, n.*, m.id AS owner_id
      FROM json_to_recordset($1) AS n(organization_id integer, id text, token text, name text, owner citext, class_id text,
        availability text, description text, date_start timestamptz, date_end timestamptz, include_chat boolean,
        include_video boolean, tas text[], trainees text[], partner_id text, use_new_terminal boolean)
      LEFT JOIN tenancy.members m ON m.organization_id = n.organization_id AND m.email = n.owner),
  e AS (
    INSERT INTO training.events
      (organization_id, id, token, name, owner_id, class_id, availability, description, date_start, date_end,
       include_chat, include_video, tas, trainees, partner_id, use_new_terminal)
    SELECT organization_id, id, token, name, owner_id, class_id, availability, description, date_start, date_end,
           include_chat, include_video, tas, trainees, partner_id, use_new_terminal FROM i
    RETURNING *)
  SELECT i.number::integer, ${COLUMNS} FROM e JOIN i ON i.organization_id = e.organization_id AND i.id = e.id ${OWNER}`;
