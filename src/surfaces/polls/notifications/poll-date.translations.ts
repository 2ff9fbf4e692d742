import { LRUCache } from 'lru-cache';
import { zoneOfDays, type PollDate, type PollEventRow, type PollLanguage } from '../events/poll-event.js';
import { dayIn } from '../events/poll-date.js';
import { POLL_WORDS } from './poll.translations.js';

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

/** A date of an event for who looks at clocks in `zone`; whole days are the event's own, wherever they are read. */
export function speltOf(event: PollEventRow, date: PollDate, zone: string): string {
  return formatPollDate(date, event.locale, date.all_day ? zoneOfDays(event) : zone);
}

/** A date for people: in their language, as clocks in `zone` show it, with the zone's name. */
function formatPollDate(
  { date, end_date, all_day }: Pick<PollDate, 'date' | 'end_date' | 'all_day'>,
  locale: PollLanguage,
  zone: string,
): string {
  const start = new Date(date);
  const end = new Date(end_date);
  if (all_day) {
    const days = formFor(locale, zone, 'days');
    // The last day counts as well.
    const several = dayIn(zone, end_date) > dayIn(zone, date);
    const span = several ? days.formatRange(start, end) : days.format(start);
    return `${span}, ${POLL_WORDS[locale].allDay}`;
  }
  const form = formFor(locale, zone, 'times');
  return end > start ? form.formatRange(start, end) : form.format(start);
}
