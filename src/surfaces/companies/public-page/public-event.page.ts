import { html, joined, raw, type Html } from '../../../http/html.js';
import { page } from '../../../http/page.js';
import { metadataOf } from './public-event.metadata.js';
import { headerImageAddress } from '../event-pages/company-header-image.js';
import { calendarUrlOf, pageUrlOf, placeOf } from './public-event.place.js';
import { PAGE_TEXTS } from './public-event.translations.js';
import type { PublicEventRow } from './public-events.repository.js';
import { formatLong, formatWithOffset } from '../events/zoned-time.js';

// A host can contain `;`, which separates the directives of a policy. Such a host must not get into it.
const PLAIN_ORIGIN = /^https?:\/\/[a-z0-9.-]+(?::\d+)?$/;

/** The page's picture, if a Content Security Policy can name its origin. */
function pictureOf(event: PublicEventRow, publicUrl: string): URL | undefined {
  const header_image = headerImageAddress(event.page.header_image, pageUrlOf(event, publicUrl));
  if (header_image === null || !URL.canParse(header_image)) return undefined;
  const picture = new URL(header_image);
  return PLAIN_ORIGIN.test(picture.origin) ? picture : undefined;
}

/** Content Security Policy: loads our styles and the page's picture only; no scripts, no forms, no framing. */
export function publicEventPolicy(event: PublicEventRow, publicUrl: string): string {
  const picture = pictureOf(event, publicUrl);
  return [
    "default-src 'none'",
    "style-src 'self'",
    `img-src 'self'${picture === undefined ? '' : ` ${picture.origin}`}`,
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
  ].join(';');
}

/** The public page of an event, in the event's language. */
export function publicEventPage(event: PublicEventRow, publicUrl: string): string {
  const words = PAGE_TEXTS[event.locale];
  const picture = pictureOf(event, publicUrl)?.href;
  const { tagline, description, support_email } = event.page;
  const place = event.attendance_mode === 'online' ? words.online : joined(placeOf(event), html`<br>`);
  const content = [
    picture !== undefined && html`<img src="${picture}" alt="">`,
    html`<h1>${event.name}</h1>`,
    tagline ? html`<p class="lead">${tagline}</p>` : undefined,
    html`<dl>`,
    term(words.starts, time(event, event.date_start)),
    term(words.ends, time(event, event.date_end)),
    term(words.where, place),
    term(
      event.company_role === 'organizing' ? words.organizedBy : words.attendedBy,
      nameWithPolicy(event.company_name, event.privacy_policy, words.privacyPolicy),
    ),
    support_email
      ? term(words.contact, link(`mailto:${encodeURI(support_email)}`, support_email))
      : undefined,
    html`</dl>`,
    html`<p>${link(calendarUrlOf(event, publicUrl), words.addToCalendar)}</p>`,
    // It was sanitised when it was saved.
    description ? html`<div class="text">${raw(description)}</div>` : undefined,
    cohostsOf(event),
  ];
  return page(event.name, joined(content, '\n'), {
    lang: event.locale,
    metadata: metadataOf(event, picture, publicUrl),
  });
}

function term(name: string, description: Html | string): Html {
  return html`<dt>${name}</dt><dd>${description}</dd>`;
}

function time({ timezone, locale }: PublicEventRow, clock: PublicEventRow['date_start']): Html {
  const words = `${formatLong({ time: clock }, locale)} (${timezone})`;
  return html`<time datetime="${formatWithOffset({ time: clock, zone: timezone })}">${words}</time>`;
}

function link(address: string, text: string): Html {
  return html`<a href="${address}" rel="nofollow noopener">${text}</a>`;
}

function nameWithPolicy(name: string, policy: string | null, word: string): Html {
  return html`${name}${policy !== null && html` (${link(policy, word)})`}`;
}

function cohostsOf({ cohosts, locale }: PublicEventRow): Html | undefined {
  if (cohosts.length === 0) return undefined;
  const words = PAGE_TEXTS[locale];
  const items = cohosts.map(
    ({ name, privacy_policy }) => html`<li>${nameWithPolicy(name, privacy_policy, words.privacyPolicy)}</li>`,
  );
  return html`<h2>${words.with}</h2>
<ol>${items}</ol>`;
}
