import { escapeHtml } from '../../../http/page.js';
import type { Locale } from '../events/company-event.conditions.js';
import { plainText } from '../event-pages/company-event.html.js';
import { countryOf } from '../country.js';
import { pageUrlOf } from './public-event.place.js';
import type { PublicEventRow } from './public-events.repository.js';
import { formatWithOffset } from '../events/zoned-time.js';

/** Maximum length of a description in link previews. */
const MAX_SUMMARY = 300;

/** Open Graph locales include a territory. */
const OG_LOCALES: Readonly<Record<Locale, string>> = {
  en: 'en_US',
  nl: 'nl_NL',
  es: 'es_ES',
  fr: 'fr_FR',
  de: 'de_DE',
  pt: 'pt_PT',
  it: 'it_IT',
};

/** A summary: the tagline, else the beginning of the description, else the company's name. */
export function summaryOf({ page, company_name }: PublicEventRow): string {
  const text = page.tagline || plainText(page.description ?? '') || company_name;
  const characters = [...text];
  return characters.length <= MAX_SUMMARY ? text : `${characters.slice(0, MAX_SUMMARY - 1).join('')}…`;
}

/** HTML for the page's head: Open Graph for link previews and schema.org for search engines. */
export function metadataOf(event: PublicEventRow, image: string | undefined, publicUrl: string): string {
  const url = pageUrlOf(event, publicUrl);
  const summary = summaryOf(event);
  const properties: Record<string, string | undefined> = {
    'og:type': 'website',
    'og:title': event.name,
    'og:description': summary,
    'og:url': url,
    'og:site_name': event.company_name,
    'og:locale': OG_LOCALES[event.locale],
    'og:image': image,
  };
  return [
    `<link rel="canonical" href="${escapeHtml(url)}">`,
    meta('name', 'description', summary),
    ...Object.entries(properties).flatMap(([name, content]) =>
      content === undefined ? [] : [meta('property', name, content)],
    ),
    meta('name', 'twitter:card', image === undefined ? 'summary' : 'summary_large_image'),
    jsonLd(schemaOf(event, image, url, summary)),
  ].join('\n');
}

function meta(kind: 'name' | 'property', name: string, content: string): string {
  return `<meta ${kind}="${name}" content="${escapeHtml(content)}">`;
}

/** A JSON-LD data block: not executed, so the CSP need not allow it; `<` is escaped so that content cannot close it. */
function jsonLd(data: object): string {
  return `<script type="application/ld+json">${JSON.stringify(data).replaceAll('<', '\\u003c')}</script>`;
}

function schemaOf(
  event: PublicEventRow,
  image: string | undefined,
  url: string,
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
    url,
    startDate: formatWithOffset({ time: event.date_start, zone: event.timezone }),
    endDate: formatWithOffset({ time: event.date_end, zone: event.timezone }),
    eventStatus: 'https://schema.org/EventScheduled',
    eventAttendanceMode: `https://schema.org/${online ? 'Online' : 'Offline'}EventAttendanceMode`,
    inLanguage: event.locale,
    ...(image !== undefined && { image: [image] }),
    location: online ? { '@type': 'VirtualLocation', url } : schemaPlaceOf(event),
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
