import type { PollEventRow } from './poll-event.js';
import type { PollEventAnswer } from './poll-event.answer.js';

/** Nothing that an event could hold: the product has these keys, this service has nothing to put there. */
const NOTHING = {
  group_pro: false,
  identification_alternatives: [],
  api: true,
  alias: null,
  app_url: null,
  links: null,
} as const;

/** An event as one who may open it for everybody sees it, with the key of each person. */
export function viewPollEvent(event: PollEventRow): PollEventAnswer {
  return {
    ...body(event),
    key_store: {
      _id: event.key_store_id,
      hash: event.keys,
      updatedAt: event.updated_at,
      createdAt: event.created_at,
      __v: 0,
    },
  };
}

/** An event as lists, hooks and single persons see it: the keys stay where they are. */
export function viewListedPollEvent(event: PollEventRow): PollEventAnswer {
  return { ...body(event), key_store: event.key_store_id };
}

function body(event: PollEventRow): Omit<PollEventAnswer, 'key_store'> {
  return {
    ...NOTHING,
    _id: event.id,
    title: event.title,
    created_by: event.created_by,
    confirmed: confirmedOf(event),
    ...(event.cancelled_at !== null && { cancelled: event.cancelled_at }),
    third_party: event.third_party,
    ics_sequence: event.ics_sequence ?? 0,
    version: event.version,
    dates: event.dates,
    places: event.places,
    invitees: event.invitees,
    messages: event.messages,
    declines: event.declines,
    lang: event.lang,
    locale: event.locale,
    ...(event.time_zone !== null && { timezone: event.time_zone }),
    ...(event.vyteme !== null && { vyteme: event.vyteme }),
    ...(event.no_emails !== null && { settings: { no_emails: event.no_emails } }),
    updatedAt: event.updated_at,
    createdAt: event.created_at,
    invitees_length: event.invitees.length,
    email: event.reply_address,
    __v: event.version,
  };
}

/** `multi` stands there until the first decision, as in the product's own answers. */
function confirmedOf(event: PollEventRow): PollEventAnswer['confirmed'] {
  const { confirmed_flag: flag, confirmed_at: updated_at, confirmed_date_id, confirmed_place_id } = event;
  return {
    flag,
    updated_at,
    ...(updated_at === null && { multi: false }),
    ...(confirmed_date_id !== null && { date_id: confirmed_date_id }),
    ...(confirmed_place_id !== null && { place_id: confirmed_place_id }),
  };
}
