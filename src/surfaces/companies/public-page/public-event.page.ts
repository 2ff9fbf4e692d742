import { escapeHtml, page } from '../../../http/page.js';
import { metadataOf } from './public-event.metadata.js';
import { calendarAddressOf, placeOf } from './public-event.place.js';
import { PAGE_WORDS } from './public-event.translations.js';
import type { PublicEventRow } from './public-events.repository.js';
import { inWords, withOffset } from '../events/zoned-time.js';

// A host may hold characters that mean something to a policy (`;`): one that does is not let into it.
const PLAIN_ORIGIN = /^https?:\/\/[a-z0-9.-]+(?::\d+)?$/;

/** The page's picture, where its address can be named in a policy. */
function pictureOf({ page: { header_image } }: PublicEventRow): URL | undefined {
  if (header_image == null || !URL.canParse(header_image)) return undefined;
  const picture = new URL(header_image);
  return PLAIN_ORIGIN.test(picture.origin) ? picture : undefined;
}

/** What the page may load: our styles and its one picture. Nothing runs, nothing is sent, nobody frames it. */
export function publicEventPolicy(event: PublicEventRow): string {
  const picture = pictureOf(event);
  return [
    "default-src 'none'",
    "style-src 'self'",
    `img-src 'self'${picture === undefined ? '' : ` ${picture.origin}`}`,
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
  ].join(';');
}

/** The public page of an event, in the event's language. The description was sanitised when it was written. */
export function publicEventPage(event: PublicEventRow, publicUrl: string): string {
  const words = PAGE_WORDS[event.locale];
  const picture = pictureOf(event)?.href;
  const { tagline, description, support_email } = event.page;
  const place =
    event.attendance_mode === 'online' ? words.online : placeOf(event).map(escapeHtml).join('<br>');
  const content = [
    picture === undefined ? '' : `<img src="${escapeHtml(picture)}" alt="">`,
    `<h1>${escapeHtml(event.name)}</h1>`,
    tagline ? `<p class="lead">${escapeHtml(tagline)}</p>` : '',
    '<dl>',
    term(words.starts, time(event, event.date_start)),
    term(words.ends, time(event, event.date_end)),
    term(words.where, place),
    term(
      event.company_role === 'organizing' ? words.organizedBy : words.attendedBy,
      nameWithPolicy(event.company_name, event.privacy_policy, words.privacyPolicy),
    ),
    support_email ? term(words.contact, link(`mailto:${encodeURI(support_email)}`, support_email)) : '',
    '</dl>',
    `<p>${link(calendarAddressOf(event, publicUrl), words.addToCalendar)}</p>`,
    description ? `<div class="text">${description}</div>` : '',
    cohostsOf(event),
  ];
  return page(event.name, content.filter((part) => part !== '').join('\n'), {
    lang: event.locale,
    metadata: metadataOf(event, picture, publicUrl),
  });
}

function term(name: string, html: string): string {
  return `<dt>${escapeHtml(name)}</dt><dd>${html}</dd>`;
}

function time({ timezone, locale }: PublicEventRow, clock: PublicEventRow['date_start']): string {
  const words = `${inWords({ time: clock }, locale)} (${timezone})`;
  return `<time datetime="${withOffset({ time: clock, zone: timezone })}">${escapeHtml(words)}</time>`;
}

function link(address: string, text: string): string {
  return `<a href="${escapeHtml(address)}" rel="nofollow noopener">${escapeHtml(text)}</a>`;
}

function nameWithPolicy(name: string, policy: string | null, word: string): string {
  return policy === null ? escapeHtml(name) : `${escapeHtml(name)} (${link(policy, word)})`;
}

function cohostsOf({ cohosts, locale }: PublicEventRow): string {
  if (cohosts.length === 0) return '';
  const words = PAGE_WORDS[locale];
  const items = cohosts.map(
    ({ name, privacy_policy }) => `<li>${nameWithPolicy(name, privacy_policy, words.privacyPolicy)}</li>`,
  );
  return `<h2>${escapeHtml(words.with)}</h2>\n<ol>${items.join('')}</ol>`;
}
