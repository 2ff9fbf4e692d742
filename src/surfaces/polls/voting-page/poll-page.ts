import { escapeHtml, page } from '../../../http/page.js';
import { speltOf } from '../notifications/poll-date.translations.js';
import {
  confirmedDateOf,
  confirmedPlaceOf,
  type PollDate,
  type PollEventRow,
  type PollInvitee,
  type PollPlace,
} from '../events/poll-event.js';
import { proposalFields } from './poll-proposals.js';
import { PROPOSAL_WORDS } from './poll-proposals.translations.js';
import { POLL_WORDS, said, type PollWords } from '../notifications/poll.translations.js';

/** Whose page it is, and in which zone they read times. */
export interface PageView {
  readonly event: PollEventRow;
  readonly invitee: PollInvitee;
  readonly key: string;
  readonly zone: string;
  readonly zones: readonly string[];
}

/** The page of an event as one of the invited sees it; forms do everything, scripts only find the visitor's zone. */
export function pollPage(view: PageView): string {
  const { event, invitee } = view;
  const words = POLL_WORDS[event.lang];
  return page(
    event.title,
    [
      `<p>${escapeHtml(said(words.hello, nameOf(invitee)))}</p>`,
      `<h1>${escapeHtml(event.title)}</h1>`,
      `<p class="lead">${escapeHtml(said(words.invited, event.created_by.full_name || event.created_by.email))}</p>`,
      state(view, words),
      zoneForm(view, words),
      event.cancelled_at === null && event.dates.length === 0 ? proposals(view, words) : '',
      event.cancelled_at === null && hasOptions(event) ? ballot(view, words) : '',
      declines(view, words),
      messages(view, words),
      '<script src="/poll/visitor-zone.js" defer></script>',
    ].join('\n'),
    { lang: event.lang },
  );
}

/** What has been decided, while anything has. */
function state(view: PageView, words: PollWords): string {
  const { event } = view;
  if (event.cancelled_at !== null) return `<p class="note" role="status">${escapeHtml(words.cancelled)}</p>`;
  const date = event.confirmed_flag ? confirmedDateOf(event) : undefined;
  if (date === undefined) return '';
  const place = confirmedPlaceOf(event);
  return `<section aria-labelledby="decided">
<h2 id="decided">${escapeHtml(words.confirmed)}</h2>
<dl><dt>${escapeHtml(words.when)}</dt><dd>${when(date, view)}</dd>
${place === undefined ? '' : `<dt>${escapeHtml(words.where)}</dt><dd>${where(place)}</dd>`}</dl>
<p><a href="/poll/${event.id}/event.ics?key=${encodeURIComponent(view.key)}">${escapeHtml(words.calendar)}</a></p>
</section>`;
}

function zoneForm({ event, key, zone, zones }: PageView, words: PollWords): string {
  const options = zones.map(
    (name) => `<option${name === zone ? ' selected' : ''}>${escapeHtml(name)}</option>`,
  );
  return `<form method="get" action="/poll/${event.id}">
<input type="hidden" name="key" value="${escapeHtml(key)}">
<p>${escapeHtml(said(words.inZone, zone))}</p>
<details><summary>${escapeHtml(words.showInZone)}</summary>
<label for="zone">${escapeHtml(words.showInZone)}</label>
<select id="zone" name="zone">${options.join('')}</select>
<button class="quiet">${escapeHtml(words.show)}</button></details>
</form>`;
}

/** Where nobody has proposed a date, the first who comes does. */
function proposals(view: PageView, words: PollWords): string {
  const ours = PROPOSAL_WORDS[view.event.lang];
  return `<form method="post" action="/poll/${view.event.id}/dates">
${carried(view)}
<h2>${escapeHtml(words.dates)}</h2>
<p>${escapeHtml(ours.proposeDates)}</p>
${proposalFields(ours)}
<button>${escapeHtml(ours.propose)}</button>
</form>`;
}

const hasOptions = ({ dates, places }: PollEventRow): boolean => dates.length + places.length > 0;

function ballot(view: PageView, words: PollWords): string {
  const { event, invitee } = view;
  const declined = event.declines.some(({ created_by }) => created_by.user === invitee.user);
  return `${declined ? `<p class="note" role="status">${escapeHtml(words.youDeclined)}</p>` : ''}
<form method="post" action="/poll/${event.id}/votes">
${carried(view)}
${event.dates.length === 0 ? '' : `<h2>${escapeHtml(words.dates)}</h2>`}
${event.dates.map((date) => question(view, words, 'date', date, when(date, view))).join('\n')}
${event.places.length === 0 ? '' : `<h2>${escapeHtml(words.places)}</h2>`}
${event.places.map((place) => question(view, words, 'place', place, where(place))).join('\n')}
<button>${escapeHtml(words.save)}</button>
</form>
${declined ? '' : `<form method="post" action="/poll/${event.id}/decline">${carried(view)}<p><button class="quiet">${escapeHtml(words.decline)}</button></p></form>`}`;
}

/** One date or place with the visitor's own answer and everybody's. */
function question(
  { event, invitee }: PageView,
  words: PollWords,
  kind: 'date' | 'place',
  { _id, votes }: PollDate | PollPlace,
  legend: string,
): string {
  const answers = (['yes', 'no'] as const).map((answer) => {
    const mine = votes[answer].some(({ created_by }) => created_by.user === invitee.user);
    return `<label><input type="radio" name="${kind}-${_id}" value="${answer}"${mine ? ' checked' : ''}> ${escapeHtml(words[answer])}</label>`;
  });
  const names = (['yes', 'no'] as const).map(
    (answer) =>
      `<p class="said">${escapeHtml(words[answer])} (${votes[answer].length}): ${escapeHtml(
        votes[answer].map(({ created_by }) => nameIn(event, created_by.user)).join(', ') || words.nobodyYet,
      )}</p>`,
  );
  return `<fieldset><legend>${legend}</legend>${answers.join('')}${names.join('')}</fieldset>`;
}

function declines({ event }: PageView, words: PollWords): string {
  if (event.declines.length === 0) return '';
  const names = event.declines.map(
    ({ created_by }) => `<li>${escapeHtml(nameIn(event, created_by.user))}</li>`,
  );
  return `<h2>${escapeHtml(words.declined)}</h2><ul>${names.join('')}</ul>`;
}

function messages(view: PageView, words: PollWords): string {
  const { event } = view;
  const spoken = event.messages.map(
    ({ created_by, from, body }) =>
      `<li><strong>${escapeHtml(nameIn(event, created_by.user, from))}</strong><br>${escapeHtml(body).replace(/\n/g, '<br>')}</li>`,
  );
  const form = `<form method="post" action="/poll/${event.id}/messages">${carried(view)}
<label for="body">${escapeHtml(words.yourMessage)}</label>
<textarea id="body" name="body" rows="3" maxlength="10000" required></textarea>
<button>${escapeHtml(words.send)}</button></form>`;
  return `<h2>${escapeHtml(words.messages)}</h2>
${spoken.length === 0 ? '' : `<ul>${spoken.join('\n')}</ul>`}
${event.cancelled_at === null ? form : ''}`;
}

/** What every form brings back. */
function carried({ key, zone }: PageView): string {
  return `<input type="hidden" name="key" value="${escapeHtml(key)}"><input type="hidden" name="zone" value="${escapeHtml(zone)}">`;
}

/** In the visitor's zone, and in the event's where clocks there show something else. */
function when(date: PollDate, { event, zone }: PageView): string {
  const here = speltOf(event, date, zone);
  if (date.all_day || event.time_zone === null || event.time_zone === zone) return escapeHtml(here);
  return `${escapeHtml(here)} <span class="said">(${escapeHtml(`${event.time_zone}: ${speltOf(event, date, event.time_zone)}`)})</span>`;
}

function where({ name, address }: PollPlace): string {
  if (address === null || address === '') return escapeHtml(name);
  if (!/^https?:\/\//i.test(address)) return escapeHtml(`${name}, ${address}`);
  return `${escapeHtml(name)}, <a href="${escapeHtml(address)}" rel="noreferrer">${escapeHtml(address)}</a>`;
}

function nameOf({ full_name, email }: PollInvitee): string {
  return full_name || email;
}

/** Who was removed is known by what they left behind. */
function nameIn({ invitees }: PollEventRow, user: string, otherwise = '–'): string {
  const invitee = invitees.find((one) => one.user === user);
  return invitee === undefined ? otherwise : nameOf(invitee);
}
