import { countryOf } from '../country.js';
import type { PublicEventRow } from './public-events.repository.js';

/** Parts of an event's address, in reading order; empty for an online event. */
export function placeOf(event: PublicEventRow): string[] {
  if (event.attendance_mode === 'online') return [];
  const country = event.country === null ? null : countryOf(event.country).name;
  const parts = [event.venue, event.venue_address, event.city, event.province, country];
  return parts
    .filter((part): part is string => part !== null)
    .filter((part, index, all) => all.indexOf(part) === index);
}

/** Public URL of an event's page. */
export function pageUrlOf(
  { company_slug, slug }: Pick<PublicEventRow, 'company_slug' | 'slug'>,
  publicUrl: string,
): string {
  return `${publicUrl}/${company_slug}/event/${slug}`;
}

export function calendarUrlOf(event: PublicEventRow, publicUrl: string): string {
  return `${pageUrlOf(event, publicUrl)}/calendar.ics`;
}
