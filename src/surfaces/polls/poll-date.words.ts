import { LRUCache } from 'lru-cache';
import type { PollDate, PollLanguage } from './poll-event.js';
import { dayAfter, dayIn } from './poll-date.js';
import { POLL_WORDS } from './poll-words.js';

/** What is spelt of a date: whole days, or times with the zone's name. */
const FORMS = {
  days: { dateStyle: 'full' },
  times: {
    weekday: 'long',
    year: 'numeric',
    month: 'long',
    day: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
    timeZoneName: 'short',
  },
} as const satisfies Record<string, Intl.DateTimeFormatOptions>;

/** Making a form takes as long as writing a whole mail; few are in use at a time. */
const forms = new LRUCache<string, Intl.DateTimeFormat>({ max: 100 });

function formFor(locale: PollLanguage, timeZone: string, kind: keyof typeof FORMS): Intl.DateTimeFormat {
  const name = `${locale} ${timeZone} ${kind}`;
  const known = forms.get(name) ?? new Intl.DateTimeFormat(locale, { ...FORMS[kind], timeZone });
  forms.set(name, known);
  return known;
}

/** A date for people: in their language, as clocks in `zone` show it, with the zone's name. */
export function spelt(
  { date, end_date, all_day }: Pick<PollDate, 'date' | 'end_date' | 'all_day'>,
  locale: PollLanguage,
  zone: string,
): string {
  const start = new Date(date);
  const end = new Date(end_date);
  if (all_day) {
    const days = formFor(locale, zone, 'days');
    const first = dayIn(zone, date);
    const last = dayIn(zone, end_date);
    // The end is the start of the day after the last one, so one day is spelt as one.
    const several = last > first && last !== dayAfter(first);
    const span = several ? days.formatRange(start, new Date(end.getTime() - 1)) : days.format(start);
    return `${span}, ${POLL_WORDS[locale].allDay}`;
  }
  const form = formFor(locale, zone, 'times');
  return end > start ? form.formatRange(start, end) : form.format(start);
}
