import { LRUCache } from 'lru-cache';
import { allDayZone, type PollDate, type PollEventRow, type PollLanguage } from '../events/poll-event.js';
import { dayIn } from '../events/poll-date.js';
import { POLL_TRANSLATIONS } from './poll.translations.js';

/** Formats of all-day dates, and of times with the zone's name. */
const FORMATS = {
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

/** Cached, because creating a formatter takes as long as writing a whole mail. */
const formatters = new LRUCache<string, Intl.DateTimeFormat>({ max: 100 });

function formatterFor(
  locale: PollLanguage,
  timeZone: string,
  kind: keyof typeof FORMATS,
): Intl.DateTimeFormat {
  const name = `${locale} ${timeZone} ${kind}`;
  const formatter = formatters.get(name) ?? new Intl.DateTimeFormat(locale, { ...FORMATS[kind], timeZone });
  formatters.set(name, formatter);
  return formatter;
}

/** Formats a date in `zone`; all-day dates in the event's own zone. */
export function formatEventDate(event: PollEventRow, date: PollDate, zone: string): string {
  return formatDate(date, event.locale, date.all_day ? allDayZone(event) : zone);
}

function formatDate(
  { date, end_date, all_day }: Pick<PollDate, 'date' | 'end_date' | 'all_day'>,
  locale: PollLanguage,
  zone: string,
): string {
  const start = new Date(date);
  const end = new Date(end_date);
  if (all_day) {
    const days = formatterFor(locale, zone, 'days');
    // `end_date` is inclusive.
    const multipleDays = dayIn(zone, end_date) > dayIn(zone, date);
    const span = multipleDays ? days.formatRange(start, end) : days.format(start);
    return `${span}, ${POLL_TRANSLATIONS[locale].allDay}`;
  }
  const formatter = formatterFor(locale, zone, 'times');
  return end > start ? formatter.formatRange(start, end) : formatter.format(start);
}
