/**
 * The raw peer: what the same routes cost with nothing between Fastify and `pg` but the statement and the JSON of
 * the response. No credential check, no validation, no limiter, no log, no metrics. It is written to be fast.
 * The statements are our own copies on purpose, so that a change in `src/` cannot slow both down at once.
 */
// As ours does: otherwise chance decisions of V8 during warm-up would be measured.
import '../src/boot/v8-flags.js';
import { customAlphabet } from 'nanoid';
import { fastify, type FastifyReply, type FastifyRequest } from 'fastify';
import pg from 'pg';
import Cursor from 'pg-cursor';
import { once } from 'node:events';
import { CREATE, FIND, LIST, PAGE, type EventRow } from './raw-peer/statements.js';
import { serveCompanies } from './raw-peer/companies.js';
import { serveSpaces } from './raw-peer/spaces.js';
import { servePolls } from './raw-peer/polls.js';
import { serveRealms } from './raw-peer/realms.js';
import { cheapTypes } from './raw-peer/types.js';
import { eventWriter } from './raw-peer/write-event.js';

const { DATABASE_URL, PORT, CONNECTIONS, STREAM_CONNECTIONS, PUBLIC_URL } = process.env;
const shared = {
  connectionString: DATABASE_URL ?? '',
  types: cheapTypes,
  options: '-c TimeZone=UTC -c DateStyle=ISO',
  keepAlive: true,
};
const pool = new pg.Pool({ ...shared, max: Number(CONNECTIONS), idleTimeoutMillis: 0 });
const streams = new pg.Pool({ ...shared, max: Number(STREAM_CONNECTIONS) });
const writeEvent = eventWriter(PUBLIC_URL ?? '');
const newId = customAlphabet('23456789ABCDEFGHJKLMNPQRSTWXYZabcdefghijkmnopqrstuvwxyz', 17);
const newToken = customAlphabet('23456789ABCDEFGHJKLMNPQRSTUVWXYZ', 4);

const JSON_TYPE = 'application/json; charset=utf-8';
const MAX_ROWS_AT_ONCE = 1_000;
const BATCH_ROWS = 500;

const server = fastify({ logger: false, keepAliveTimeout: 65_000 });

/** `Authorization: Bearer {organization}:{key}`; the key is not checked. */
function organizationOf(request: FastifyRequest): number {
  const { authorization = '' } = request.headers;
  return Number(authorization.slice(7, authorization.indexOf(':')));
}

function answer(reply: FastifyReply, text: string): FastifyReply {
  return reply.header('content-type', JSON_TYPE).send(text);
}

server.get<{ Params: { id: string } }>('/api/v1/events/:id', async (request, reply) => {
  const { rows } = await pool.query<EventRow>({
    name: 'find',
    text: FIND,
    values: [organizationOf(request), request.params.id],
  });
  const [row] = rows;
  if (row === undefined) return reply.code(404).send();
  return answer(reply, writeEvent(row, new Date().toISOString()));
});

server.get<{ Querystring: { limit?: string } }>('/api/v1/events', async (request, reply) => {
  const organization = organizationOf(request);
  const { limit } = request.query;
  const atMost = limit === undefined ? MAX_ROWS_AT_ONCE + 1 : Number(limit);
  const { rows } = await pool.query<EventRow>({ name: 'page', text: PAGE, values: [organization, atMost] });
  if (rows.length > MAX_ROWS_AT_ONCE) return stream(organization, reply);
  return answer(reply, `[${writeEvents(rows, new Date().toISOString())}]`);
});

function writeEvents(rows: readonly EventRow[], now: string): string {
  let text = '';
  for (const row of rows) text += text === '' ? writeEvent(row, now) : `,${writeEvent(row, now)}`;
  return text;
}

/** The whole list through a cursor, with back-pressure. */
async function stream(organization: number, reply: FastifyReply): Promise<FastifyReply> {
  const now = new Date().toISOString();
  const client = await streams.connect();
  const cursor = client.query(new Cursor<EventRow>(LIST, [organization]));
  const { raw } = reply.hijack();
  raw.writeHead(200, { 'content-type': JSON_TYPE });
  let before = '[';
  for (;;) {
    const rows = await cursor.read(BATCH_ROWS);
    if (rows.length > 0 && !raw.write(before + writeEvents(rows, now))) await once(raw, 'drain');
    before = ',';
    if (rows.length < BATCH_ROWS) break;
  }
  raw.end(']');
  await cursor.close();
  client.release();
  return reply;
}

interface NewEvent {
  readonly name: string;
  readonly owner: string;
  readonly class_id: string;
  readonly date_start: string;
  readonly date_end: string;
  readonly description?: string;
  readonly include_chat?: boolean;
  readonly include_video?: boolean;
  readonly availability?: string;
  readonly tas?: string[];
  readonly trainees?: string[];
  readonly partner_id?: string;
  readonly use_new_terminal?: boolean;
}

server.post<{ Body: NewEvent }>('/api/v1/events', async (request, reply) => {
  const event = request.body;
  const trainees = event.trainees ?? [];
  const values = [
    organizationOf(request),
    newId(),
    newToken(),
    event.name,
    event.owner,
    event.class_id,
    trainees.length > 0 ? 'private' : (event.availability ?? 'public'),
    event.description ?? null,
    event.date_start,
    event.date_end,
    event.include_chat ?? false,
    event.include_video ?? false,
    event.tas ?? [],
    trainees,
    event.partner_id ?? null,
    event.use_new_terminal ?? false,
  ];
  const { rows } = await insert(values);
  const [row] = rows;
  if (row === undefined) return reply.code(400).send();
  return answer(reply, writeEvent(row, new Date().toISOString()));
});

/** Retries once with a longer token if the first was taken. */
async function insert(values: unknown[]): Promise<pg.QueryResult<EventRow>> {
  try {
    return await pool.query<EventRow>({ name: 'create', text: CREATE, values });
  } catch (error) {
    if ((error as { constraint?: string }).constraint !== 'uq_events_token') throw error;
    values[2] = newToken(8);
    return pool.query<EventRow>({ name: 'create', text: CREATE, values });
  }
}

await serveCompanies(server, pool, PUBLIC_URL ?? '');
await serveSpaces(server, pool);
await servePolls(server, pool, PUBLIC_URL ?? '');
await serveRealms(server, pool, PUBLIC_URL ?? '');

server.get('/health/ready', async () => {
  await pool.query('SELECT 1');
  return { status: 'ok' };
});

await server.listen({ port: Number(PORT), host: '127.0.0.1' });
process.on('disconnect', () => process.exit(0));
process.on('SIGTERM', () => process.exit(0));
