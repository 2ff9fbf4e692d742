import type { Pool } from 'pg';
import { answer, type PeerRequest, type PeerServer } from './http-server.js';
import { realmJson, realmXml, type RealmRow, type RealmWriter } from './write-realms.js';

/** Both formats send strings; a flag is a digit in either. */
interface NewEvent {
  readonly title?: string;
  readonly description?: string;
  readonly start?: string;
  readonly end?: string;
  readonly all_day?: string;
  readonly rsvp?: string;
  readonly comments_enabled?: string;
}

const COLUMNS = `id, title, description, starts_at::text AS start, ends_at::text AS "end",
  all_day::integer AS all_day, rsvp, comments_enabled::integer AS comments_enabled, type`;

const IN_SECTION = 'organization_id = $1 AND realm_id = $2';

const LIST = `SELECT whole.total, e.*
  FROM (SELECT count(*)::integer AS total FROM realms.events WHERE ${IN_SECTION}) whole
  LEFT JOIN LATERAL (SELECT ${COLUMNS} FROM realms.events WHERE ${IN_SECTION}
    ORDER BY starts_at, events.id LIMIT $3 OFFSET $4) e ON true`;

const CREATE = `INSERT INTO realms.events
    (organization_id, realm_id, creator_id, type, title, description, starts_at, ends_at, has_end, all_day, rsvp,
     comments_enabled, created_at, updated_at)
  VALUES ($1, $2, $3, 'event', $4, $5, $6, $7, $7::timestamp IS NOT NULL, $8::integer::boolean, $9,
          $10::integer::boolean, now(), now())
  RETURNING ${COLUMNS}`;

/**
 * The same routes of sections. The owner and teacher of a section are in memory; signatures are not checked, and the
 * teacher may do everything.
 */
export async function serveRealms(server: PeerServer, pool: Pool, publicUrl: string): Promise<void> {
  const known = await pool.query<{ realm_id: number; organization_id: number; member_id: number }>(
    'SELECT realm_id, organization_id, member_id FROM realms.memberships',
  );
  const places = new Map(known.rows.map((row) => [String(row.realm_id), row]));
  const addressOf = (section: string): string => `${publicUrl}/v1/sections/${section}/events`;

  server.get<'section'>('/v1/sections/:section/events', async (request, response) => {
    const { section } = request.params;
    const { start = '0', limit = '20' } = request.query;
    const values = [places.get(section)?.organization_id, section, limit, start];
    const { rows } = await pool.query<RealmRow & { total: number }>({
      name: 'realm-list',
      text: LIST,
      values,
    });
    const total = rows[0]?.total ?? 0;
    const page = {
      section,
      address: addressOf(section),
      start: Number(start),
      limit: Number(limit),
      total,
    };
    const writer = writerFor(request);
    return answer(response, writer.list(rows, page), 200, writer.contentType);
  });

  server.post<'section', NewEvent | string>('/v1/sections/:section/events', async (request, response) => {
    const { section } = request.params;
    const {
      title,
      description = '',
      start,
      end,
      all_day,
      rsvp,
      comments_enabled,
    } = typeof request.body === 'string' ? readXml(request.body) : request.body;
    const place = places.get(section);
    const values = [
      place?.organization_id,
      section,
      place?.member_id,
      title,
      description,
      start,
      end ?? null,
      all_day ?? 0,
      rsvp ?? 0,
      comments_enabled ?? 1,
    ];
    const { rows } = await pool.query<RealmRow>({ name: 'realm-create', text: CREATE, values });
    const [row] = rows;
    if (row === undefined) return answer(response, '', 404);
    const writer = writerFor(request);
    return answer(
      response,
      writer.event(row, { section, address: addressOf(section) }),
      201,
      writer.contentType,
    );
  });
}

function writerFor({ headers }: PeerRequest<string>): RealmWriter {
  return headers.accept === 'text/xml' ? realmXml : realmJson;
}

const ELEMENT = /<(\w+)>([^<]*)<\/\1>/g;

/** Parses only what the bench sends: text elements below the root, three entities. */
function readXml(text: string): NewEvent {
  const event: Record<string, string> = {};
  for (const [, name = '', value = ''] of text.matchAll(ELEMENT)) {
    event[name] = value.includes('&')
      ? value.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&')
      : value;
  }
  return event;
}
