import { LISTED_MESSAGES, type PollEventRow } from './poll-event.js';

/** The parts of an event that are lists or objects. PostgreSQL keeps them as the JSON that answers hold. */
export const NESTED = [
  'created_by',
  'third_party',
  'dates',
  'places',
  'invitees',
  'declines',
  'keys',
  'calendar_files',
] as const satisfies readonly (keyof PollEventRow)[];

type Nested = (typeof NESTED)[number];

/**
 * An event whose nested parts are JSON text. What is only stored or answered stays text from end to end: reading and
 * writing the JSON of a list of 20 costs more than all the rest of a request.
 */
export type PollEventTexts = Omit<PollEventRow, Nested | 'messages'> &
  Readonly<Record<Nested | 'messages', string>> & {
    readonly invitees_length: number;
    readonly messages_length: number;
  };

/** An event with its nested parts written out. */
export function textsOf(event: PollEventRow): PollEventTexts {
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
  };
}

/** The same as lists and hooks show it: with the newest of its messages. */
export function listedTexts(texts: PollEventTexts, { messages }: PollEventRow): PollEventTexts {
  return messages.length > LISTED_MESSAGES
    ? { ...texts, messages: JSON.stringify(messages.slice(-LISTED_MESSAGES)) }
    : texts;
}
