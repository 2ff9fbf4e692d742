import type { PollEventTexts } from './poll-event.texts.js';

/** What an answer has to say of itself that is text already. */
export const JSON_TYPE = 'application/json; charset=utf-8';

/** As much of an event as lists show: the keys stay where they are. */
export type ShownPollEvent = Omit<
  PollEventTexts,
  'organization_id' | 'creator_user' | 'creator_member_id' | 'ahead_until' | 'keys'
>;

/** Nothing that an event could hold: the product has these keys, this service has nothing to put there. */
const NOTHING =
  '"group_pro":false,"identification_alternatives":[],"api":true,"alias":null,"app_url":null,"links":null';

/**
 * An event as one who may open it for everybody sees it, with the key of each person: the JSON text of a
 * `PollEventAnswer`.
 */
export function writePollEvent(event: ShownPollEvent & Pick<PollEventTexts, 'keys'>): string {
  return write(
    event,
    `{"_id":"${event.key_store_id}","hash":${event.keys},"updatedAt":"${event.updated_at}",` +
      `"createdAt":"${event.created_at}","__v":0}`,
  );
}

/** An event as lists, hooks and single persons see it. */
export function writeListedPollEvent(event: ShownPollEvent): string {
  return write(event, `"${event.key_store_id}"`);
}

/** Ids, dates, languages and flags hold nothing that JSON would escape. */
function write(event: ShownPollEvent, keyStore: string): string {
  return (
    `{${NOTHING},"_id":"${event.id}","title":${JSON.stringify(event.title)},"created_by":${event.created_by},` +
    `"confirmed":${writeConfirmed(event)},` +
    (event.cancelled_at === null ? '' : `"cancelled":"${event.cancelled_at}",`) +
    `"third_party":${event.third_party},"ics_sequence":${event.ics_sequence ?? 0},"version":${event.version},` +
    `"dates":${event.dates},"places":${event.places},"invitees":${event.invitees},"messages":${event.messages},` +
    `"declines":${event.declines},"lang":"${event.lang}","locale":"${event.locale}",` +
    (event.time_zone === null ? '' : `"timezone":${JSON.stringify(event.time_zone)},`) +
    (event.vyteme === null ? '' : `"vyteme":${event.vyteme},`) +
    (event.no_emails === null ? '' : `"settings":{"no_emails":${event.no_emails}},`) +
    `"updatedAt":"${event.updated_at}","createdAt":"${event.created_at}",` +
    `"invitees_length":${event.invitees_length},"email":${JSON.stringify(event.reply_address)},` +
    `"__v":${event.version},"key_store":${keyStore}}`
  );
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
