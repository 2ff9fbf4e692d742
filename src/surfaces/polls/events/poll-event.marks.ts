import type { PollEventRow } from './poll-event.js';

/** By what events are found. */
export type MarkKind = 'creator' | 'creator email' | 'invitee' | 'invitee email' | 'app' | 'group';

export interface Mark {
  readonly kind: MarkKind;
  readonly value: string;
}

/** Everything that an event is found by; addresses whatever their case. */
export function marksOf(
  event: Pick<PollEventRow, 'creator_user' | 'created_by' | 'invitees' | 'third_party'>,
): Mark[] {
  const { app, group_ids } = event.third_party;
  return [
    { kind: 'creator', value: event.creator_user },
    { kind: 'creator email', value: event.created_by.email.toLowerCase() },
    ...event.invitees.flatMap<Mark>(({ user, email }) => [
      { kind: 'invitee', value: user },
      { kind: 'invitee email', value: email.toLowerCase() },
    ]),
    ...(app === undefined ? [] : [{ kind: 'app', value: app } as const]),
    ...[...new Set(group_ids)].map((value) => ({ kind: 'group', value }) as const),
  ];
}
