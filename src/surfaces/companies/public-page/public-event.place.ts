import { countryOf } from '../country.js';
import type { PublicEventRow } from './public-events.repository.js';

/** Where an event is, in parts that a person would read in this order; nothing for one that is nowhere. */
export function placeOf(event: PublicEventRow): string[] {
  if (event.attendance_mode === 'online') return [];
  const country = event.country === null ? null : countryOf(event.country).name;
  const parts = [event.venue, event.venue_address, event.city, event.province, country];
  return parts
    .filter((part): part is string => part !== null)
    .filter((part, index, all) => all.indexOf(part) === index);
}

/** Where the page of an event is, below the public address of the service. */
export function pageUrlOf({ company_slug, slug }: PublicEventRow, publicUrl: string): string {
  return `${publicUrl}/${company_slug}/event/${slug}`;
}

export function calendarUrlOf(event: PublicEventRow, publicUrl: string): string {
  return `${pageUrlOf(event, publicUrl)}/calendar.ics`;
}
