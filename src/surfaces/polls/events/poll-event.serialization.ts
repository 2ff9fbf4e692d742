import { LISTED_MESSAGES, type PollEventRow } from './poll-event.js';

/** JSON columns. They are stored in the form that responses contain. */
type JsonColumn =
  | 'created_by'
  | 'third_party'
  | 'dates'
  | 'places'
  | 'invitees'
  | 'declines'
  | 'keys'
  | 'calendar_files'
  | 'notify'
  | 'without_notices';

/**
 * An event whose JSON columns are text. JSON that is only stored or sent is never parsed: for a list of 20 events
 * that would cost more than the rest of the request.
 */
export type SerializedPollEvent = Omit<PollEventRow, JsonColumn | 'messages'> &
  Readonly<Record<JsonColumn | 'messages', string>> & {
    readonly invitees_length: number;
    readonly messages_length: number;
  };

export function serializePollEvent(event: PollEventRow): SerializedPollEvent {
  return {
    ...event,
    created_by: JSON.stringify(event.created_by),
    third_party: JSON.stringify(event.third_party),
    dates: JSON.stringify(event.dates),
    places: JSON.stringify(event.places),
    invitees: JSON.stringify(event.invitees),
    invitees_length: event.invitees.length,
    messages: JSON.stringify(event.messages),
    messages_length: event.messages.length,
    declines: JSON.stringify(event.declines),
    keys: JSON.stringify(event.keys),
    calendar_files: JSON.stringify(event.calendar_files),
    notify: JSON.stringify(event.notify),
    without_notices: JSON.stringify(event.without_notices),
  };
}

/** Keeps the newest messages only, as in lists and hooks. */
export function limitMessages(
  serialized: SerializedPollEvent,
  { messages }: PollEventRow,
): SerializedPollEvent {
  return messages.length > LISTED_MESSAGES
    ? { ...serialized, messages: JSON.stringify(messages.slice(-LISTED_MESSAGES)) }
    : serialized;
}
