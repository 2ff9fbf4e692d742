import type { PollEventRow } from './poll-event.js';

/** Kinds of search keys, stored in `polls.event_marks`. */
export type SearchKeyKind = 'creator' | 'creator email' | 'invitee' | 'invitee email' | 'app' | 'group';

export interface SearchKey {
  readonly kind: SearchKeyKind;
  readonly value: string;
}

/** All search keys of an event; addresses in lower case. */
export function searchKeysOf(
  event: Pick<PollEventRow, 'creator_user' | 'created_by' | 'invitees' | 'third_party'>,
): SearchKey[] {
  const { app, group_ids } = event.third_party;
  return [
    { kind: 'creator', value: event.creator_user },
    { kind: 'creator email', value: event.created_by.email.toLowerCase() },
    ...event.invitees.flatMap<SearchKey>(({ user, email }) => [
      { kind: 'invitee', value: user },
      { kind: 'invitee email', value: email.toLowerCase() },
    ]),
    ...(app === undefined ? [] : [{ kind: 'app', value: app } as const]),
    ...[...new Set(group_ids)].map((value) => ({ kind: 'group', value }) as const),
  ];
}
