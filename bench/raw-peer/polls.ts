import { customAlphabet } from 'nanoid';
import type { Pool } from 'pg';
import { answer, type PeerRequest, type PeerServer } from './http-server.js';

/** A stored event as the peer's statements return it; what is nested is JSON text. */
interface Row {
  readonly id: string;
  readonly title: string;
  readonly created_by: string;
  readonly key_store_id: string;
  readonly reply_address: string;
  readonly lang: string;
  readonly locale: string;
  readonly time_zone: string | null;
  readonly third_party: string;
  readonly vyteme: boolean | null;
  readonly no_emails: boolean | null;
  readonly version: number;
  readonly ics_sequence: number | null;
  readonly confirmed_flag: boolean;
  readonly confirmed_at: string | null;
  readonly confirmed_date_id: string | null;
  readonly confirmed_place_id: string | null;
  readonly cancelled_at: string | null;
  readonly dates: string;
  readonly places: string;
  readonly invitees: string;
  readonly invitees_length: number;
  readonly messages: string;
  readonly messages_length: number;
  readonly declines: string;
  readonly created_at: string;
  readonly updated_at: string;
}

interface Person {
  readonly user_id: string;
  readonly email: string;
  readonly member_id: number | null;
  readonly full_name: string | null;
  readonly time_zone: string | null;
  readonly locale: string | null;
  readonly organization_zone: string;
}

interface NewEvent {
  readonly title: string;
  readonly created_by: { readonly email: string };
  readonly dates: readonly { readonly date: string; readonly end_date: string }[];
  readonly places: readonly { readonly name: string; readonly address: string }[];
  readonly invitees: readonly { readonly email: string; readonly full_name: string }[];
  readonly messages: readonly { readonly body: string }[];
  readonly settings?: { readonly no_emails: boolean };
}

const LIST = `SELECT e.id, e.title, e.created_by::text, e.key_store_id, e.reply_address, e.lang, e.locale, e.time_zone,
    e.third_party::text, e.vyteme, e.no_emails, e.version, e.ics_sequence, e.confirmed_flag, e.confirmed_at,
    e.confirmed_date_id, e.confirmed_place_id, e.cancelled_at, e.dates::text, e.places::text, e.invitees::text,
    json_array_length(e.invitees) AS invitees_length, e.messages_length, e.declines::text, e.created_at, e.updated_at,
    CASE e.messages_length WHEN 0 THEN '[]' ELSE (
      SELECT '[' || string_agg(m.message::text, ',' ORDER BY m.position) || ']' FROM polls.event_messages m
       WHERE m.organization_id = e.organization_id AND m.event_id = e.id AND m.position > e.messages_length - 50) END AS messages
  FROM polls.events e WHERE e.organization_id = $1 ORDER BY e.created_at DESC, e.id DESC LIMIT $2 OFFSET $3`;

const PEOPLE = `SELECT p.*, o.time_zone AS organization_zone
  FROM (SELECT m.polls_id AS user_id, m.email::text AS email, m.id AS member_id, m.name AS full_name, m.time_zone, m.locale
          FROM tenancy.members m WHERE m.organization_id = $1 AND m.email = ANY($2::citext[])
        UNION ALL
        SELECT u.id, u.email::text, NULL, NULL, NULL, NULL
          FROM polls.users u WHERE u.organization_id = $1 AND u.email = ANY($2::citext[])) p
  JOIN tenancy.organizations o ON o.id = $1`;

const COLUMNS = `organization_id, id, title, creator_user, creator_member_id, created_by, key_store_id, reply_address, lang,
  locale, third_party, no_emails, version, confirmed_flag, ahead_until, dates, places, invitees, messages_length, declines, keys,
  created_at, updated_at, calendar_files`;

const CREATE = `WITH out_mail AS (
    INSERT INTO outbox.deliveries (organization_id, kind, target, payload, due_at, created_at)
    SELECT $1, 'mail', d.target, d.payload, $23::timestamptz, $23::timestamptz
      FROM json_to_recordset($24::json) AS d(target text, payload json) RETURNING id),
  out_hook AS (
    INSERT INTO outbox.deliveries (organization_id, kind, target, payload, due_at, created_at)
    SELECT $1, 'polls.hook', h.id, ('{"type":"' || type || '",' || $26::text || '}')::json, $23::timestamptz, $23::timestamptz
      FROM unnest($25::text[]) AS type
      JOIN polls.hooks h ON h.organization_id = $1 AND h.active AND type = ANY(h.events)
    RETURNING id),
  e AS (INSERT INTO polls.events (${COLUMNS})
    VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22, $23, '{}')
    RETURNING id),
  marked AS (
    INSERT INTO polls.event_marks (organization_id, kind, value, created_at, event_id)
    SELECT $1, m.kind, m.value, $22, e.id FROM unnest($27::text[], $28::text[]) AS m(kind, value), e),
  said AS (
    INSERT INTO polls.event_messages (organization_id, event_id, position, message)
    SELECT $1, $2, s.position, s.message
      FROM json_array_elements($29::json) WITH ORDINALITY AS s(message, position))
  SELECT EXISTS (SELECT FROM out_mail) OR EXISTS (SELECT FROM out_hook) AS outgoing`;

const random = customAlphabet('0123456789abcdef', 16);
const personalKey = customAlphabet('0123456789abcdefghijklmnopqrstuvwxyz', 16);
const replyCode = customAlphabet('abcdefghijklmnopqrstuvwxyz', 9);

/** The same routes of poll-scheduled events. The owners of keys are in memory; keys are not checked. */
export async function servePolls(server: PeerServer, pool: Pool, publicUrl: string): Promise<void> {
  const known = await pool.query<{ lookup: string; organization_id: number }>(
    `SELECT lookup, organization_id FROM tenancy.credentials WHERE surface = 'polls'`,
  );
  const keys = new Map(known.rows.map((row) => [row.lookup, row.organization_id]));
  const organizationOf = ({ headers: { authorization = '' } }: PeerRequest<string>): number =>
    keys.get(authorization.slice(0, 10)) ?? 0;

  server.get('/v2/events', async (request, response) => {
    const limit = Number(request.query.limit ?? 50);
    const offset = (Number(request.query.page ?? 1) - 1) * limit;
    const values = [organizationOf(request), limit, offset];
    const { rows } = await pool.query<Row>({ name: 'polls-list', text: LIST, values });
    const pieces = ['['];
    for (const row of rows) {
      if (pieces.length > 1) pieces.push(',');
      pieces.push(...piecesOf(row, `"${row.key_store_id}"`));
    }
    pieces.push(']');
    return answer(response, bytesOf(pieces));
  });

  server.post<never, NewEvent>('/v2/events', async (request, response) => {
    const organization = organizationOf(request);
    const dto = request.body;
    const emails = [dto.created_by.email, ...dto.invitees.map(({ email }) => email)];
    const { rows } = await pool.query<Person>({
      name: 'polls-people',
      text: PEOPLE,
      values: [organization, emails],
    });
    const people = new Map(rows.map((person) => [person.email, person]));
    const creator = people.get(dto.created_by.email);
    if (creator === undefined) return answer(response, '', 400);
    const now = new Date().toISOString();
    const { row, personal } = compose(dto, creator, people, now);
    const event = write(row, `"${row.key_store_id}"`);
    const guests = rows.filter((person) => person !== creator);
    const mails =
      dto.settings?.no_emails === true
        ? []
        : guests.map((guest) =>
            mail(dto, creator, guest, `${publicUrl}/poll/${row.id}?key=${personal[guest.user_id]}`),
          );
    const told = `"timestamp":"${now}","data":${event}`;
    const marks = [
      ['creator', creator.user_id],
      ['creator email', creator.email],
      ...rows.flatMap(({ user_id, email }) => [
        ['invitee', user_id],
        ['invitee email', email],
      ]),
    ];
    await pool.query({
      name: 'polls-create',
      text: CREATE,
      values: [
        organization,
        row.id,
        row.title,
        creator.user_id,
        creator.member_id,
        row.created_by,
        row.key_store_id,
        row.reply_address,
        row.lang,
        row.locale,
        row.third_party,
        row.no_emails,
        0,
        false,
        dto.dates.at(-1)?.date,
        row.dates,
        row.places,
        row.invitees,
        row.messages_length,
        row.declines,
        JSON.stringify(personal),
        now,
        now,
        `[${mails.join(',')}]`,
        ['event.created'],
        told,
        marks.map(([kind]) => kind),
        marks.map(([, value]) => value),
        row.messages,
      ],
    });
    const keyStore = `{"_id":"${row.key_store_id}","hash":${JSON.stringify(personal)},"updatedAt":"${now}","createdAt":"${now}","__v":0}`;
    return answer(response, write(row, keyStore), 201);
  });
}

function compose(
  dto: NewEvent,
  creator: Person,
  people: ReadonlyMap<string, Person>,
  now: string,
): { row: Row; personal: Record<string, string> } {
  const seconds = Math.floor(Date.parse(now) / 1000).toString(16);
  const id = (): string => seconds + random();
  const by = `"created_by":{"user":"${creator.user_id}"}`;
  const written = `"createdAt":"${now}","updatedAt":"${now}"`;
  const votes = (): string => `"votes":{"yes":[{${by},"_id":"${id()}",${written}}],"no":[]}`;
  const option = (): string => `${by},${votes()},"_id":"${id()}","updatedAt":"${now}","createdAt":"${now}"`;
  const dates = dto.dates.map(
    ({ date, end_date }) =>
      `{${option()},"all_day":false,"confirmed":false,"confirmed_invitees":[],` +
      `"date":"${new Date(date).toISOString()}","end_date":"${new Date(end_date).toISOString()}"}`,
  );
  const places = dto.places.map(
    ({ name, address }) =>
      `{${option()},"source":"app","name":${JSON.stringify(name)},"address":${JSON.stringify(address)},"icon":null}`,
  );
  const personal: Record<string, string> = {};
  const invitees = [{ email: creator.email, full_name: creator.full_name ?? '' }, ...dto.invitees].map(
    ({ email, full_name }, place) => {
      const person = people.get(email);
      if (person === undefined) throw new Error('The bench invites nobody new.');
      const voted = place === 0;
      personal[person.user_id] = personalKey();
      return (
        `{${by},"stats":{"voted":{"dates":${voted},"places":${voted}}},"star":false,"_id":"${id()}",` +
        `"email":${JSON.stringify(email)},"user":"${person.user_id}","su":${voted},` +
        `"full_name":${JSON.stringify(full_name)},"picture_url":"","phone":null,` +
        `"timezone":"${person.time_zone ?? person.organization_zone}","locale":"${person.locale ?? 'en'}"}`
      );
    },
  );
  const messages = dto.messages.map(
    ({ body }) =>
      `{"created_by":{"_id":"${creator.user_id}","user":"${creator.user_id}"},` +
      `"from":${JSON.stringify(creator.email)},"body":${JSON.stringify(body)},"_id":"${id()}",${written}}`,
  );
  const row: Row = {
    id: id(),
    title: dto.title,
    created_by:
      `{"email":${JSON.stringify(creator.email)},"user":"${creator.user_id}","picture_url":"",` +
      `"full_name":${JSON.stringify(creator.full_name ?? '')}}`,
    key_store_id: id(),
    reply_address: `reply-to-participants-to-${dto.title.toLowerCase().replace(/[^a-z0-9]+/g, '-')}-${replyCode()}@localhost`,
    lang: 'en',
    locale: 'en',
    time_zone: null,
    third_party: '{"group_ids":[]}',
    vyteme: null,
    no_emails: dto.settings?.no_emails ?? null,
    version: 0,
    ics_sequence: null,
    confirmed_flag: false,
    confirmed_at: null,
    confirmed_date_id: null,
    confirmed_place_id: null,
    cancelled_at: null,
    dates: `[${dates.join(',')}]`,
    places: `[${places.join(',')}]`,
    invitees: `[${invitees.join(',')}]`,
    invitees_length: invitees.length,
    messages: `[${messages.join(',')}]`,
    messages_length: messages.length,
    declines: '[]',
    created_at: now,
    updated_at: now,
  };
  return { row, personal };
}

/** A mail for the outbox, of the same size as ours. */
function mail(dto: NewEvent, creator: Person, guest: Person, link: string): string {
  const lines = [
    `Hello,`,
    `${creator.full_name} invites you to find a date for:`,
    dto.title,
    ...dto.messages.map(({ body }) => body),
    ...dto.dates.map(({ date, end_date }) => `– ${date} – ${end_date}`),
    ...dto.places.map(({ name, address }) => `– ${name}, ${address}`),
    'Answer here',
  ];
  const payload = {
    to: guest.email,
    to_name: '',
    from_name: creator.full_name,
    subject: `When can you make it? ${dto.title}`,
    text: `${lines.join('\n\n')}:\n${link}\n`,
    html: `<!doctype html><html lang="en"><body>${lines.map((line) => `<p>${line}</p>`).join('\n')}<a href="${link}"></a></body></html>`,
  };
  return JSON.stringify({ target: guest.email, payload });
}

const text = (value: string | null): string => (value === null ? 'null' : JSON.stringify(value));

function write(row: Row, keyStore: string): string {
  return piecesOf(row, keyStore).join('');
}

function piecesOf(row: Row, keyStore: string): string[] {
  return [
    `{"group_pro":false,"identification_alternatives":[],"api":true,"alias":null,"app_url":null,"links":null,` +
      `"_id":"${row.id}","title":${text(row.title)},"created_by":${row.created_by},"confirmed":${confirmed(row)},` +
      (row.cancelled_at === null ? '' : `"cancelled":"${row.cancelled_at}",`) +
      `"third_party":${row.third_party},"ics_sequence":${row.ics_sequence ?? 0},"version":${row.version},"dates":`,
    row.dates,
    ',"places":',
    row.places,
    ',"invitees":',
    row.invitees,
    ',"messages":',
    row.messages,
    `,"messages_length":${row.messages_length},"declines":${row.declines},"lang":"${row.lang}","locale":"${row.locale}",` +
      (row.time_zone === null ? '' : `"timezone":"${row.time_zone}",`) +
      (row.vyteme === null ? '' : `"vyteme":${row.vyteme},`) +
      (row.no_emails === null ? '' : `"settings":{"no_emails":${row.no_emails}},`) +
      `"updatedAt":"${row.updated_at}","createdAt":"${row.created_at}","invitees_length":${row.invitees_length},` +
      `"email":${text(row.reply_address)},"__v":${row.version},"key_store":${keyStore}}`,
  ];
}

/** One long string with a character beyond Latin-1 would be copied and encoded at twice its size. */
function bytesOf(pieces: readonly string[]): Buffer {
  let size = 0;
  for (const piece of pieces) size += Buffer.byteLength(piece);
  const bytes = Buffer.allocUnsafe(size);
  let at = 0;
  for (const piece of pieces) at += bytes.write(piece, at);
  return bytes;
}

function confirmed(row: Row): string {
  return (
    `{"flag":${row.confirmed_flag},"updated_at":${text(row.confirmed_at)}` +
    (row.confirmed_at === null ? ',"multi":false' : '') +
    (row.confirmed_date_id === null ? '' : `,"date_id":"${row.confirmed_date_id}"`) +
    (row.confirmed_place_id === null ? '' : `,"place_id":"${row.confirmed_place_id}"`) +
    '}'
  );
}
