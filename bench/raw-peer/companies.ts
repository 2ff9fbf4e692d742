import type { Pool } from 'pg';
import Sqids from 'sqids';
import { answer, type PeerServer } from './http-server.js';
import { cohostId } from '../../src/surfaces/companies/cohosts/cohost-id.js';

/** A company event as the peer's statements return it; `cohosts` and `page` are JSON text. */
interface Row {
  readonly slug: string;
  readonly name: string;
  readonly date_start: string;
  readonly date_end: string;
  readonly attendance_mode: string;
  readonly company_role: string;
  readonly timezone: string;
  readonly locale: string;
  readonly privacy_policy: string | null;
  readonly requires_ticket_assignment: boolean | null;
  readonly city: string | null;
  readonly country: string | null;
  readonly google_place_id: string | null;
  readonly venue: string | null;
  readonly venue_address: string | null;
  readonly venue_google_place_id: string | null;
  readonly page: string;
  readonly created_at: string;
  readonly cohosts: string;
}

interface NewEvent {
  readonly name: string;
  readonly date_start: string;
  readonly date_end: string;
  readonly attendance_mode: string;
  readonly company_role: string;
  readonly timezone: string;
  readonly locale: string;
  readonly privacy_policy?: string;
  readonly tax_country?: string;
  readonly requires_ticket_assignment: boolean;
  readonly city: string;
  readonly province: string;
  readonly venue?: string;
  readonly venue_address?: string;
}

const COLUMNS = `e.slug, e.name, e.date_start::text AS date_start, e.date_end::text AS date_end, e.attendance_mode,
  e.company_role, e.timezone, e.locale, e.privacy_policy, e.requires_ticket_assignment, e.city, e.country,
  e.google_place_id, e.venue, e.venue_address, e.venue_google_place_id, e.page::text AS page, e.created_at`;

const COHOSTS = `(SELECT coalesce(json_agg(json_build_object('id', c.id, 'name', c.name,
    'privacy_policy', c.privacy_policy, 'position', c.position) ORDER BY c.position), '[]')::text
  FROM companies.cohosts c WHERE c.organization_id = e.organization_id AND c.event_id = e.id) AS cohosts`;

const OF_COMPANY = 'organization_id = $1 AND company_id = $2';

const FIND = `SELECT ${COLUMNS}, ${COHOSTS} FROM companies.events e WHERE ${OF_COMPANY} AND slug = $3`;

const LIST = `SELECT whole.total, ${COLUMNS}, ${COHOSTS}
  FROM (SELECT count(*)::integer AS total FROM companies.events WHERE ${OF_COMPANY}) whole
  LEFT JOIN LATERAL (SELECT * FROM companies.events WHERE ${OF_COMPANY}
    ORDER BY date_start DESC, slug COLLATE "C" LIMIT 15 OFFSET $3) e ON true
 ORDER BY e.date_start DESC, e.slug COLLATE "C"`;

const CREATE = `WITH e AS (INSERT INTO companies.events
   (organization_id, company_id, slug, name, name_key, date_start, date_end, attendance_mode, company_role, timezone,
    locale, privacy_policy, tax_country, requires_ticket_assignment, city, province, country, venue, venue_address,
    created_at, updated_at)
  VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, 'UY', $17, $18, now(), now())
  ON CONFLICT DO NOTHING RETURNING *)
  SELECT ${COLUMNS}, '[]' AS cohosts FROM e`;

const PER_PAGE = 15;

/** The same routes of company events. Owners of companies are in memory; keys and scopes are not checked. */
export async function serveCompanies(server: PeerServer, pool: Pool, publicUrl: string): Promise<void> {
  const sqids = new Sqids({ minLength: 8 });
  const known = await pool.query<{ id: number; organization_id: number }>(
    'SELECT id, organization_id FROM companies.companies',
  );
  const keys = new Map(
    known.rows.map((row) => [sqids.encode([row.id]), [row.organization_id, row.id] as const]),
  );
  const keyOf = (company: string): readonly [number, number] => keys.get(company) ?? [0, 0];

  server.get<'company' | 'event'>('/api/v1/:company/events/:event', async ({ params }, response) => {
    const values = [...keyOf(params.company), params.event];
    const { rows } = await pool.query<Row>({ name: 'company-find', text: FIND, values });
    const [row] = rows;
    if (row === undefined) return answer(response, '', 404);
    return answer(response, `{"data":${write(row).slice(0, -1)},"page":${writePage(row.page)}}}`);
  });

  server.get<'company'>('/api/v1/:company/events', async ({ params, query }, response) => {
    const page = Number(query.page ?? 1);
    const offset = (page - 1) * PER_PAGE;
    const values = [...keyOf(params.company), offset];
    const { rows } = await pool.query<Row & { total: number }>({
      name: 'company-list',
      text: LIST,
      values,
    });
    const total = rows[0]?.total ?? 0;
    const last = Math.max(1, Math.ceil(total / PER_PAGE));
    const address = `${publicUrl}/api/v1/${params.company}/events?page=`;
    let data = '';
    for (const row of rows) data += data === '' ? write(row) : `,${write(row)}`;
    return answer(
      response,
      `{"data":[${data}],"links":{"first":"${address}1","last":"${address}${last}",` +
        `"prev":${page > 1 ? `"${address}${page - 1}"` : 'null'},` +
        `"next":${page < last ? `"${address}${page + 1}"` : 'null'}},` +
        `"meta":{"current_page":${page},"from":${offset + 1},"last_page":${last},"per_page":${PER_PAGE},` +
        `"to":${offset + rows.length},"total":${total}}}`,
    );
  });

  server.post<'company', NewEvent>('/api/v1/:company/events/create', async ({ params, body }, response) => {
    const slug = body.name.toLowerCase().replace(/[^a-z0-9]+/g, '-');
    const row =
      (await insert(params.company, slug, body)) ?? (await insert(params.company, `${slug}-2`, body));
    if (row === undefined) return answer(response, '', 409);
    return answer(response, `{"data":${write(row)}}`, 201);
  });

  async function insert(company: string, slug: string, event: NewEvent): Promise<Row | undefined> {
    const values = [
      ...keyOf(company),
      slug,
      event.name,
      event.name.toLowerCase(),
      event.date_start,
      event.date_end,
      event.attendance_mode,
      event.company_role,
      event.timezone,
      event.locale,
      event.privacy_policy ?? null,
      event.tax_country ?? null,
      event.requires_ticket_assignment,
      event.city,
      event.province,
      event.venue ?? null,
      event.venue_address ?? null,
    ];
    return (await pool.query<Row>({ name: 'company-create', text: CREATE, values })).rows[0];
  }
}

const text = (value: string | null): string => (value === null ? 'null' : JSON.stringify(value));
const time = (value: string): string => `"${value.slice(0, 10)}T${value.slice(11, 19)}.000+00:00"`;

function write(row: Row): string {
  const city =
    row.city === null
      ? 'null'
      : `{"name":${text(row.city)},"latitude":null,"longitude":null,"google_place_id":${text(row.google_place_id)}}`;
  // All events of the bench are in one country.
  const country = row.country === null ? 'null' : '{"name":"Uruguay","alpha2Code":"UY","alpha3Code":"URY"}';
  const venue =
    row.venue === null
      ? 'null'
      : `{"name":${text(row.venue)},"google_place_id":${text(row.venue_google_place_id)},"url":null,"maps_url":null,` +
        `"address":${text(row.venue_address)},"latitude":null,"longitude":null}`;
  return (
    `{"id":"${row.slug}","name":${text(row.name)},"date_start":${time(row.date_start)},` +
    `"date_end":${time(row.date_end)},"created_at":${time(row.created_at)},` +
    `"attendance_mode":"${row.attendance_mode}","company_role":"${row.company_role}","timezone":"${row.timezone}",` +
    `"privacy_policy":${text(row.privacy_policy)},"locale":"${row.locale}",` +
    `"requires_ticket_assignment":${row.requires_ticket_assignment ?? false},"city":${city},"country":${country},` +
    `"venue":${venue},"cohosts":${writeCohosts(row.cohosts)}}`
  );
}

function writeCohosts(json: string): string {
  if (json === '[]') return json;
  const cohosts = JSON.parse(json) as {
    id: number;
    name: string;
    privacy_policy: string | null;
    position: number;
  }[];
  return JSON.stringify(cohosts.map(({ id, ...cohost }) => ({ id: cohostId.show(id), ...cohost })));
}

const NO_PAGE =
  '{"tagline":null,"description":null,"support_email":null,"header_image":null,"show_attendees":null,"unsplash_data":null}';

/** The bench writes no pages. */
function writePage(json: string): string {
  return json === '{}' ? NO_PAGE : json;
}
