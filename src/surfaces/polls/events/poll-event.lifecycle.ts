import { invalid } from '../../../core/failure.js';
import type { Instant } from '../../../core/instant.js';
import { timesOf } from '../notifications/poll-calendar.js';
import {
  confirmationMails,
  unconfirmationMails,
  type PollMail,
} from '../notifications/poll-mail-recipients.js';
import { decide, type ConfirmationRequest } from './poll-confirmation.js';
import {
  aheadUntil,
  allDayZone,
  confirmedDateOf,
  confirmedPlaceOf,
  type PollEventRow,
} from './poll-event.js';

/** The event confirmed for the requested date and place, else by the votes. */
export function confirmedAt(event: PollEventRow, dto: ConfirmationRequest, now: Instant): PollEventRow {
  const decision = decide(event.dates, event.places, now, dto);
  if ('refused' in decision)
    throw invalid(decision.refused.map((fault) => ({ ...fault, location: 'body' as const })));
  const confirmed = {
    ...event,
    confirmed_flag: true,
    confirmed_at: now,
    confirmed_date_id: decision.dateId,
    confirmed_place_id: decision.placeId ?? null,
    ics_sequence: nextSequence(event),
  };
  return { ...confirmed, ahead_until: aheadUntil(confirmed) };
}

/**
 * A confirmed event after a change of its title, dates or places. Without its date it is open again, as if it had never
 * been confirmed; without its place it stays confirmed.
 */
export function afterUpdate(before: PollEventRow, after: PollEventRow): PollEventRow {
  if (!before.confirmed_flag) return after;
  if (confirmedDateOf(after) === undefined) {
    return {
      ...after,
      confirmed_flag: false,
      confirmed_at: null,
      confirmed_date_id: null,
      confirmed_place_id: null,
      ics_sequence: nextSequence(after),
    };
  }
  const kept = {
    ...after,
    confirmed_place_id: confirmedPlaceOf(after) === undefined ? null : after.confirmed_place_id,
  };
  return needsCalendarUpdate(before, kept) ? { ...kept, ics_sequence: nextSequence(kept) } : kept;
}

/** The calendar mails of that change; `after` is what `afterUpdate` returned. */
export function mailsAfterUpdate(before: PollEventRow, after: PollEventRow): PollMail[] {
  if (!before.confirmed_flag) return [];
  if (!after.confirmed_flag) return unconfirmationMails(before, after.ics_sequence);
  return after.ics_sequence === before.ics_sequence ? [] : confirmationMails(after);
}

function nextSequence({ ics_sequence }: PollEventRow): number {
  return ics_sequence === null ? 0 : ics_sequence + 1;
}

/** Whether the event's calendar entries are out of date. */
function needsCalendarUpdate(before: PollEventRow, after: PollEventRow): boolean {
  const entryOf = (event: PollEventRow): string => {
    const date = confirmedDateOf(event);
    const place = confirmedPlaceOf(event);
    return JSON.stringify([
      event.title,
      date && timesOf(allDayZone(event), date),
      place && [place.name, place.address],
    ]);
  };
  return entryOf(before) !== entryOf(after);
}
