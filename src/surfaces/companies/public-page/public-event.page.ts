import { escapeHtml, page } from '../../../http/page.js';
import { metadataOf } from './public-event.metadata.js';
import { calendarUrlOf, placeOf } from './public-event.place.js';
import { PAGE_TEXTS } from './public-event.translations.js';
import type { PublicEventRow } from './public-events.repository.js';
import { formatLong, formatWithOffset } from '../events/zoned-time.js';

// Only hosts without characters that are special in a CSP (such as `;`) may be named in it.
const PLAIN_ORIGIN = /^https?:\/\/[a-z0-9.-]+(?::\d+)?$/;

/** The header image, if its origin can be named in the CSP. */
function headerImageOf({ page: { header_image } }: PublicEventRow): URL | undefined {
  if (header_image == null || !URL.canParse(header_image)) return undefined;
  const image = new URL(header_image);
  return PLAIN_ORIGIN.test(image.origin) ? image : undefined;
}

/** Content Security Policy: our styles and the header image; no scripts, forms or framing. */
export function publicEventPolicy(event: PublicEventRow): string {
  const image = headerImageOf(event);
  return [
    "default-src 'none'",
    "style-src 'self'",
    `img-src 'self'${image === undefined ? '' : ` ${image.origin}`}`,
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
  ].join(';');
}

/** The public page of an event, in the event's language. The description was sanitised when it was stored. */
export function publicEventPage(event: PublicEventRow, publicUrl: string): string {
  const texts = PAGE_TEXTS[event.locale];
  const image = headerImageOf(event)?.href;
  const { tagline, description, support_email } = event.page;
  const location =
    event.attendance_mode === 'online' ? texts.online : placeOf(event).map(escapeHtml).join('<br>');
  const content = [
    image === undefined ? '' : `<img src="${escapeHtml(image)}" alt="">`,
    `<h1>${escapeHtml(event.name)}</h1>`,
    tagline ? `<p class="lead">${escapeHtml(tagline)}</p>` : '',
    '<dl>',
    term(texts.starts, time(event, event.date_start)),
    term(texts.ends, time(event, event.date_end)),
    term(texts.where, location),
    term(
      event.company_role === 'organizing' ? texts.organizedBy : texts.attendedBy,
      nameWithPolicy(event.company_name, event.privacy_policy, texts.privacyPolicy),
    ),
    support_email ? term(texts.contact, link(`mailto:${encodeURI(support_email)}`, support_email)) : '',
    '</dl>',
    `<p>${link(calendarUrlOf(event, publicUrl), texts.addToCalendar)}</p>`,
    description ? `<div class="text">${description}</div>` : '',
    cohostsOf(event),
  ];
  return page(event.name, content.filter((part) => part !== '').join('\n'), {
    lang: event.locale,
    metadata: metadataOf(event, image, publicUrl),
  });
}

function term(name: string, html: string): string {
  return `<dt>${escapeHtml(name)}</dt><dd>${html}</dd>`;
}

function time({ timezone, locale }: PublicEventRow, wallClock: PublicEventRow['date_start']): string {
  const text = `${formatLong({ time: wallClock }, locale)} (${timezone})`;
  return `<time datetime="${formatWithOffset({ time: wallClock, zone: timezone })}">${escapeHtml(text)}</time>`;
}

function link(address: string, text: string): string {
  return `<a href="${escapeHtml(address)}" rel="nofollow noopener">${escapeHtml(text)}</a>`;
}

function nameWithPolicy(name: string, policy: string | null, linkText: string): string {
  return policy === null ? escapeHtml(name) : `${escapeHtml(name)} (${link(policy, linkText)})`;
}

function cohostsOf({ cohosts, locale }: PublicEventRow): string {
  if (cohosts.length === 0) return '';
  const texts = PAGE_TEXTS[locale];
  const items = cohosts.map(
    ({ name, privacy_policy }) => `<li>${nameWithPolicy(name, privacy_policy, texts.privacyPolicy)}</li>`,
  );
  return `<h2>${escapeHtml(texts.with)}</h2>\n<ol>${items.join('')}</ol>`;
}
