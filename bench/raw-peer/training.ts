import { once } from 'node:events';
import type { ServerResponse } from 'node:http';
import { customAlphabet } from 'nanoid';
import type { Pool } from 'pg';
import Cursor from 'pg-cursor';
import { answer, type PeerRequest, type PeerServer } from './http-server.js';
import { LIST, type EventRow } from './statements.js';
import type { NewRow, TrainingStore } from './training-store.js';
import { eventWriter } from './write-event.js';

const newId = customAlphabet('23456789ABCDEFGHJKLMNPQRSTWXYZabcdefghijkmnopqrstuvwxyz', 17);
const newToken = customAlphabet('23456789ABCDEFGHJKLMNPQRSTUVWXYZ', 4);

const MAX_ROWS_AT_ONCE = 1_000;
const BATCH_ROWS = 500;

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

/** Training events. Keys are not checked. */
export function serveTraining(
  server: PeerServer,
  store: TrainingStore,
  streams: Pool,
  publicUrl: string,
): void {
  const writeEvent = eventWriter(publicUrl);

  const writeEvents = (rows: readonly EventRow[], now: string): string => {
    let text = '';
    for (const row of rows) text += text === '' ? writeEvent(row, now) : `,${writeEvent(row, now)}`;
    return text;
  };

  server.get<'id'>('/api/v1/events/:id', async (request, response) => {
    const row = await store.find(organizationOf(request), request.params.id);
    if (row === undefined) return answer(response, '', 404);
    answer(response, writeEvent(row, new Date().toISOString()));
  });

  server.get('/api/v1/events', async (request, response) => {
    const organization = organizationOf(request);
    const { limit } = request.query;
    const rows = await store.page(organization, limit === undefined ? MAX_ROWS_AT_ONCE + 1 : Number(limit));
    if (rows.length > MAX_ROWS_AT_ONCE) return stream(organization, response);
    answer(response, `[${writeEvents(rows, new Date().toISOString())}]`);
  });

  server.post<never, NewEvent>('/api/v1/events', async (request, response) => {
    const row = await insert(newRow(organizationOf(request), request.body));
    if (row === undefined) return answer(response, '', 400);
    answer(response, writeEvent(row, new Date().toISOString()));
  });

  /** The whole list through a cursor, with back-pressure. */
  async function stream(organization: number, response: ServerResponse): Promise<void> {
    const now = new Date().toISOString();
    const client = await streams.connect();
    const cursor = client.query(new Cursor<EventRow>(LIST, [organization]));
    response.writeHead(200, { 'content-type': 'application/json; charset=utf-8' });
    let before = '[';
    for (;;) {
      const rows = await cursor.read(BATCH_ROWS);
      if (rows.length > 0 && !response.write(before + writeEvents(rows, now))) await once(response, 'drain');
      before = ',';
      if (rows.length < BATCH_ROWS) break;
    }
    response.end(']');
    await cursor.close();
    client.release();
  }

  /** Retries once with a longer token if the first was taken. */
  async function insert(row: NewRow): Promise<EventRow | undefined> {
    try {
      return await store.create(row);
    } catch (error) {
      if ((error as { constraint?: string }).constraint !== 'uq_events_token') throw error;
      row.token = newToken(8);
      return store.create(row);
    }
  }
}

/** `Authorization: Bearer {organization}:{key}`; the key is not checked. */
function organizationOf({ headers: { authorization = '' } }: PeerRequest<string>): number {
  return Number(authorization.slice(7, authorization.indexOf(':')));
}

function newRow(organization: number, event: NewEvent): NewRow {
  const trainees = event.trainees ?? [];
  return {
    organization_id: organization,
    id: newId(),
    token: newToken(),
    name: event.name,
    owner: event.owner,
    class_id: event.class_id,
    availability: trainees.length > 0 ? 'private' : (event.availability ?? 'public'),
    description: event.description ?? null,
    date_start: event.date_start,
    date_end: event.date_end,
    include_chat: event.include_chat ?? false,
    include_video: event.include_video ?? false,
    tas: event.tas ?? [],
    trainees,
    partner_id: event.partner_id ?? null,
    use_new_terminal: event.use_new_terminal ?? false,
  };
}
