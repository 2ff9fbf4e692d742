import { html, joined, raw, type Html } from '../../../http/html.js';
import type { Locale } from '../events/company-event.conditions.js';
import { plainText } from '../event-pages/company-event.html.js';
import { countryOf } from '../country.js';
import { pageUrlOf } from './public-event.place.js';
import type { PublicEventRow } from './public-events.repository.js';
import { formatWithOffset } from '../events/zoned-time.js';

/** Longest summary, in characters: link previews show no more of it. */
const MAX_SUMMARY = 300;

/** Open Graph names a language with a territory. */
const OG_LOCALES: Readonly<Record<Locale, string>> = {
  en: 'en_US',
  nl: 'nl_NL',
  es: 'es_ES',
  fr: 'fr_FR',
  de: 'de_DE',
  pt: 'pt_PT',
  it: 'it_IT',
};

/** A short text about an event: its tagline, else the start of its description, else its company's name. */
export function summaryOf({ page, company_name }: PublicEventRow): string {
  const text = page.tagline || plainText(page.description ?? '') || company_name;
  const characters = [...text];
  return characters.length <= MAX_SUMMARY ? text : `${characters.slice(0, MAX_SUMMARY - 1).join('')}…`;
}

/** The tags in the head of the page for link previews (Open Graph) and search engines (schema.org). */
export function metadataOf(event: PublicEventRow, image: string | undefined, publicUrl: string): Html {
  const address = pageUrlOf(event, publicUrl);
  const summary = summaryOf(event);
  const properties: Record<string, string | undefined> = {
    'og:type': 'website',
    'og:title': event.name,
    'og:description': summary,
    'og:url': address,
    'og:site_name': event.company_name,
    'og:locale': OG_LOCALES[event.locale],
    'og:image': image,
  };
  return joined(
    [
      html`<link rel="canonical" href="${address}">`,
      meta('name', 'description', summary),
      ...Object.entries(properties).map(
        ([name, content]) => content !== undefined && meta('property', name, content),
      ),
      meta('name', 'twitter:card', image === undefined ? 'summary' : 'summary_large_image'),
      jsonLd(schemaOf(event, image, address, summary)),
    ],
    '\n',
  );
}

function meta(kind: 'name' | 'property', name: string, content: string): Html {
  return html`<meta ${kind}="${name}" content="${content}">`;
}

/**
 * Structured data. Browsers do not run it, so no Content Security Policy has to allow it; without any `<`, its values
 * cannot close the element.
 */
function jsonLd(data: object): Html {
  const json = JSON.stringify(data).replaceAll('<', '\\u003c');
  return html`<script type="application/ld+json">${raw(json)}</script>`;
}

function schemaOf(
  event: PublicEventRow,
  image: string | undefined,
  address: string,
  description: string,
): object {
  const online = event.attendance_mode === 'online';
  const organizers = [
    ...(event.company_role === 'organizing' ? [event.company_name] : []),
    ...event.cohosts.map(({ name }) => name),
  ];
  return {
    '@context': 'https://schema.org',
    '@type': 'Event',
    name: event.name,
    description,
    url: address,
    startDate: formatWithOffset({ time: event.date_start, zone: event.timezone }),
    endDate: formatWithOffset({ time: event.date_end, zone: event.timezone }),
    eventStatus: 'https://schema.org/EventScheduled',
    eventAttendanceMode: `https://schema.org/${online ? 'Online' : 'Offline'}EventAttendanceMode`,
    inLanguage: event.locale,
    ...(image !== undefined && { image: [image] }),
    location: online ? { '@type': 'VirtualLocation', url: address } : schemaPlaceOf(event),
    ...(organizers.length > 0 && {
      organizer: organizers.map((name) => ({ '@type': 'Organization', name })),
    }),
  };
}

function schemaPlaceOf(event: PublicEventRow): object {
  return {
    '@type': 'Place',
    name: event.venue ?? event.city,
    address: {
      '@type': 'PostalAddress',
      ...(event.venue_address !== null && { streetAddress: event.venue_address }),
      addressLocality: event.city,
      addressRegion: event.province,
      ...(event.country !== null && { addressCountry: countryOf(event.country).alpha2Code }),
    },
  };
}
