import type { PollDate, PollLanguage } from './poll-event.js';
import { dayAfter, dayIn } from './poll-date.js';
import { POLL_WORDS } from './poll-words.js';

/** A date for people: in their language, as clocks in `zone` show it, with the zone's name. */
export function spelt(
  { date, end_date, all_day }: Pick<PollDate, 'date' | 'end_date' | 'all_day'>,
  locale: PollLanguage,
  zone: string,
): string {
  const start = new Date(date);
  const end = new Date(end_date);
  if (all_day) {
    const days = new Intl.DateTimeFormat(locale, { dateStyle: 'full', timeZone: zone });
    const first = dayIn(zone, date);
    const last = dayIn(zone, end_date);
    // The end is the start of the day after the last one, so one day is spelt as one.
    const several = last > first && last !== dayAfter(first);
    const span = several ? days.formatRange(start, new Date(end.getTime() - 1)) : days.format(start);
    return `${span}, ${POLL_WORDS[locale].allDay}`;
  }
  const form = new Intl.DateTimeFormat(locale, {
    weekday: 'long',
    year: 'numeric',
    month: 'long',
    day: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
    timeZone: zone,
    timeZoneName: 'short',
  });
  return end > start ? form.formatRange(start, end) : form.format(start);
}
