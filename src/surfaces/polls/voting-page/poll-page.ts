import { html, joined, type Html, type HtmlValue } from '../../../http/html.js';
import { page } from '../../../http/page.js';
import { formatEventDate } from '../notifications/poll-date.format.js';
import {
  confirmedDateOf,
  confirmedPlaceOf,
  type PollDate,
  type PollEventRow,
  type PollInvitee,
  type PollPlace,
} from '../events/poll-event.js';
import { proposalFields } from './poll-proposals.js';
import { PROPOSAL_TRANSLATIONS } from './poll-proposals.translations.js';
import { NOTICE_TRANSLATIONS } from '../notifications/poll-notice.translations.js';
import { POLL_TRANSLATIONS, fillIn, type PollTranslation } from '../notifications/poll.translations.js';

/** An event as one invitee sees it, with times in the visitor's zone. */
export interface PageView {
  readonly event: PollEventRow;
  readonly invitee: PollInvitee;
  /** Opens the page for this invitee. */
  readonly key: string;
  readonly zone: string;
  /** All zones on offer. */
  readonly zones: readonly string[];
}

/** The page on which an invitee votes. It works without scripts: they only detect the visitor's time zone. */
export function pollPage(view: PageView): string {
  const { event, invitee } = view;
  const words = POLL_TRANSLATIONS[event.lang];
  return page(
    event.title,
    html`<p>${fillIn(words.hello, nameOf(invitee))}</p>
<h1>${event.title}</h1>
<p class="lead">${fillIn(words.invited, event.created_by.full_name || event.created_by.email)}</p>
${state(view, words)}
${zoneForm(view, words)}
${event.cancelled_at === null && event.dates.length === 0 && proposals(view, words)}
${event.cancelled_at === null && hasOptions(event) && ballot(view, words)}
${declines(view, words)}
${messages(view, words)}
${event.cancelled_at === null && notices(view)}
<script src="/poll/visitor-zone.js" defer></script>`,
    { lang: event.lang },
  );
}

/** The decision, once the event is confirmed or cancelled. */
function state(view: PageView, words: PollTranslation): Html | undefined {
  const { event } = view;
  if (event.cancelled_at !== null) return html`<p class="note" role="status">${words.cancelled}</p>`;
  const date = event.confirmed_flag ? confirmedDateOf(event) : undefined;
  if (date === undefined) return undefined;
  const place = confirmedPlaceOf(event);
  return html`<section aria-labelledby="decided">
<h2 id="decided">${words.confirmed}</h2>
<dl><dt>${words.when}</dt><dd>${when(date, view)}</dd>
${place && html`<dt>${words.where}</dt><dd>${where(place)}</dd>`}</dl>
<p><a href="/poll/${event.id}/event.ics?key=${encodeURIComponent(view.key)}">${words.calendar}</a></p>
</section>`;
}

function zoneForm({ event, key, zone, zones }: PageView, words: PollTranslation): Html {
  const options = zones.map((name) => html`<option${name === zone && ' selected'}>${name}</option>`);
  return html`<form method="get" action="/poll/${event.id}">
<input type="hidden" name="key" value="${key}">
<p>${fillIn(words.inZone, zone)}</p>
<details><summary>${words.showInZone}</summary>
<label for="zone">${words.showInZone}</label>
<select id="zone" name="zone">${options}</select>
<button class="quiet">${words.show}</button></details>
</form>`;
}

/** An event without dates: the first visitor proposes some. */
function proposals(view: PageView, words: PollTranslation): Html {
  const ours = PROPOSAL_TRANSLATIONS[view.event.lang];
  return html`<form method="post" action="/poll/${view.event.id}/dates">
${hiddenFields(view)}
<h2>${words.dates}</h2>
<p>${ours.proposeDates}</p>
${proposalFields(ours)}
<button>${ours.propose}</button>
</form>`;
}

const hasOptions = ({ dates, places }: PollEventRow): boolean => dates.length + places.length > 0;

function ballot(view: PageView, words: PollTranslation): Html {
  const { event, invitee } = view;
  const dates = event.dates.map((date) => question(view, words, 'date', date, when(date, view)));
  const places = event.places.map((place) => question(view, words, 'place', place, where(place)));
  const declined = event.declines.some(({ created_by }) => created_by.user === invitee.user);
  return html`${declined && html`<p class="note" role="status">${words.youDeclined}</p>`}
<form method="post" action="/poll/${event.id}/votes">
${hiddenFields(view)}
${dates.length > 0 && html`<h2>${words.dates}</h2>`}
${joined(dates, '\n')}
${places.length > 0 && html`<h2>${words.places}</h2>`}
${joined(places, '\n')}
<button>${words.save}</button>
</form>
${!declined && html`<form method="post" action="/poll/${event.id}/decline">${hiddenFields(view)}<p><button class="quiet">${words.decline}</button></p></form>`}`;
}

/** A date or place to vote on, with the visitor's own answer and everybody's. */
function question(
  { event, invitee }: PageView,
  words: PollTranslation,
  kind: 'date' | 'place',
  { _id, votes }: PollDate | PollPlace,
  legend: HtmlValue,
): Html {
  const answers = (['yes', 'no'] as const).map((answer) => {
    const mine = votes[answer].some(({ created_by }) => created_by.user === invitee.user);
    return html`<label><input type="radio" name="${kind}-${_id}" value="${answer}"${mine && ' checked'}> ${words[answer]}</label>`;
  });
  const names = (['yes', 'no'] as const).map((answer) => {
    const voters = votes[answer].map(({ created_by }) => nameIn(event, created_by.user)).join(', ');
    return html`<p class="said">${words[answer]} (${votes[answer].length}): ${voters || words.nobodyYet}</p>`;
  });
  return html`<fieldset><legend>${legend}</legend>${answers}${names}</fieldset>`;
}

function declines({ event }: PageView, words: PollTranslation): Html | undefined {
  if (event.declines.length === 0) return undefined;
  const names = event.declines.map(({ created_by }) => html`<li>${nameIn(event, created_by.user)}</li>`);
  return html`<h2>${words.declined}</h2><ul>${names}</ul>`;
}

function messages(view: PageView, words: PollTranslation): Html {
  const { event } = view;
  const spoken = event.messages.map(
    ({ created_by, from, body }) =>
      html`<li><strong>${nameIn(event, created_by.user, from)}</strong><br>${joined(body.split('\n'), html`<br>`)}</li>`,
  );
  const form = html`<form method="post" action="/poll/${event.id}/messages">${hiddenFields(view)}
<label for="body">${words.yourMessage}</label>
<textarea id="body" name="body" rows="3" maxlength="10000" required></textarea>
<button>${words.send}</button></form>`;
  return html`<h2>${words.messages}</h2>
${spoken.length > 0 && html`<ul>${joined(spoken, '\n')}</ul>`}
${event.cancelled_at === null && form}`;
}

/** Switches the visitor's notices; mails lead here. */
function notices(view: PageView): Html {
  const { event, invitee } = view;
  const words = NOTICE_TRANSLATIONS[event.lang];
  const isOff = event.without_notices.includes(invitee.user);
  return html`<form method="post" action="/poll/${event.id}/notices" id="notices">${hiddenFields(view)}
<h2>${words.heading}</h2>
<input type="hidden" name="notices" value="${isOff ? 'on' : 'off'}">
<button class="quiet">${isOff ? words.turnOn : words.turnOff}</button></form>`;
}

/** What every form sends along. */
function hiddenFields({ key, zone }: PageView): Html {
  return html`<input type="hidden" name="key" value="${key}"><input type="hidden" name="zone" value="${zone}">`;
}

/** A date in the visitor's time zone, and in the event's where that is another one. */
function when(date: PollDate, { event, zone }: PageView): HtmlValue {
  const here = formatEventDate(event, date, zone);
  if (date.all_day || event.time_zone === null || event.time_zone === zone) return here;
  return html`${here} <span class="said">(${event.time_zone}: ${formatEventDate(event, date, event.time_zone)})</span>`;
}

/** A place's name and address; a web address becomes a link. */
function where({ name, address }: PollPlace): HtmlValue {
  if (address === null || address === '') return name;
  if (!/^https?:\/\//i.test(address)) return `${name}, ${address}`;
  return html`${name}, <a href="${address}" rel="noreferrer">${address}</a>`;
}

function nameOf({ full_name, email }: PollInvitee): string {
  return full_name || email;
}

/** The name of a user. One who was removed from the event goes by `otherwise`. */
function nameIn({ invitees }: PollEventRow, user: string, otherwise = '–'): string {
  const invitee = invitees.find((one) => one.user === user);
  return invitee === undefined ? otherwise : nameOf(invitee);
}
