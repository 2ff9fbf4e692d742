import type { PollEventTexts } from './poll-event.texts.js';

/** As much of an event as lists show: the keys stay where they are. */
export type ShownPollEvent = Omit<
  PollEventTexts,
  'organization_id' | 'creator_user' | 'creator_member_id' | 'ahead_until' | 'keys' | 'calendar_files'
>;

/** Nothing that an event could hold: the product has these keys, this service has nothing to put there. */
const NOTHING =
  '"group_pro":false,"identification_alternatives":[],"api":true,"alias":null,"app_url":null,"links":null';

/**
 * An event as one who may open it for everybody sees it, with the key of each person: the JSON text of a
 * `PollEventAnswer`.
 */
export function writePollEvent(event: ShownPollEvent & Pick<PollEventTexts, 'keys'>): string {
  const keyStore =
    `{"_id":"${event.key_store_id}","hash":${event.keys},"updatedAt":"${event.updated_at}",` +
    `"createdAt":"${event.created_at}","__v":0}`;
  return piecesOf(event, keyStore).join('');
}

/** An event as lists, hooks and single persons see it. */
export function writeListedPollEvent(event: ShownPollEvent): string {
  return piecesOf(event, `"${event.key_store_id}"`).join('');
}

/**
 * A list of events as the bytes that go out. Put together as one text first, a single letter beyond Latin-1 would double
 * the size of all of it, and copying and encoding that took a third of a request.
 */
export function writePollEvents(events: readonly ShownPollEvent[]): Buffer {
  const pieces = events.flatMap((event, index) => [
    index === 0 ? '[' : ',',
    ...piecesOf(event, `"${event.key_store_id}"`),
  ]);
  pieces.push(events.length === 0 ? '[]' : ']');
  const bytes = Buffer.allocUnsafe(pieces.reduce((sum, piece) => sum + Buffer.byteLength(piece), 0));
  pieces.reduce((at, piece) => at + bytes.write(piece, at), 0);
  return bytes;
}

/** The JSON text of an event. Ids, dates, languages and flags hold nothing that JSON would escape. */
function piecesOf(event: ShownPollEvent, keyStore: string): string[] {
  return [
    `{${NOTHING},"_id":"${event.id}","title":${JSON.stringify(event.title)},"created_by":`,
    event.created_by,
    `,"confirmed":${writeConfirmed(event)},` +
      (event.cancelled_at === null ? '' : `"cancelled":"${event.cancelled_at}",`) +
      '"third_party":',
    event.third_party,
    `,"ics_sequence":${event.ics_sequence ?? 0},"version":${event.version},"dates":`,
    event.dates,
    ',"places":',
    event.places,
    ',"invitees":',
    event.invitees,
    ',"messages":',
    event.messages,
    `,"messages_length":${event.messages_length},"declines":`,
    event.declines,
    `,"lang":"${event.lang}","locale":"${event.locale}",` +
      (event.time_zone === null ? '' : `"timezone":${JSON.stringify(event.time_zone)},`) +
      (event.vyteme === null ? '' : `"vyteme":${event.vyteme},`) +
      (event.no_emails === null ? '' : `"settings":{"no_emails":${event.no_emails}},`) +
      `"updatedAt":"${event.updated_at}","createdAt":"${event.created_at}",` +
      `"invitees_length":${event.invitees_length},"email":${JSON.stringify(event.reply_address)},` +
      `"__v":${event.version},"key_store":${keyStore}}`,
  ];
}

/** `multi` stands there until the first decision, as in the product's own answers. */
function writeConfirmed(event: ShownPollEvent): string {
  const { confirmed_flag, confirmed_at, confirmed_date_id, confirmed_place_id } = event;
  return (
    `{"flag":${confirmed_flag},"updated_at":${confirmed_at === null ? 'null,"multi":false' : `"${confirmed_at}"`}` +
    (confirmed_date_id === null ? '' : `,"date_id":"${confirmed_date_id}"`) +
    (confirmed_place_id === null ? '' : `,"place_id":"${confirmed_place_id}"`) +
    '}'
  );
}
