import type { Instant } from '../../../core/instant.js';
import { html, joined, type Html } from '../../../http/html.js';
import type { Mail } from '../../../mail/mail.js';
import { calendarOf } from './poll-calendar.js';
import { formatEventDate } from './poll-date.format.js';
import {
  confirmedDateOf,
  confirmedPlaceOf,
  organiserOf,
  type PollEventRow,
  type PollInvitee,
  type PollPlace,
} from '../events/poll-event.js';
import type { MailKind, PollMail } from './poll-mail-recipients.js';
import { CHANGE_TRANSLATIONS, type ChangeTranslation } from './poll-change.translations.js';
import { POLL_TRANSLATIONS, fillIn, type PollTranslation } from './poll.translations.js';

/** A paragraph of a mail. In the text version its link gets a line of its own. */
export interface Paragraph {
  readonly text: string;
  readonly link?: string;
}

/** A mail to one invitee, in the event's language, with the invitee's personal link. `now` is when it is written. */
export function composeMail(mail: PollMail, link: string, now: Instant): Mail {
  const { kind, invitee, event } = mail;
  const subject = SUBJECTS[kind]({ ...POLL_TRANSLATIONS[event.lang], ...CHANGE_TRANSLATIONS[event.lang] });
  const calendar = calendarFor(mail, link, now);
  return {
    ...letterTo(invitee, event, subject, PARAGRAPHS[kind](event, invitee, link)),
    ...(calendar !== undefined && { calendar }),
  };
}

/** A mail with a greeting and paragraphs, as text and as HTML. `subject` has a place for the title. */
export function letterTo(
  invitee: PollInvitee,
  event: PollEventRow,
  subject: string,
  body: readonly Paragraph[],
): Mail {
  const { hello } = POLL_TRANSLATIONS[event.lang];
  const greeting = invitee.full_name === '' ? [] : [{ text: `${fillIn(hello, invitee.full_name)},` }];
  const paragraphs: Paragraph[] = [...greeting, ...body];
  const { user, email, full_name } = event.created_by;
  return {
    to: invitee.email,
    to_name: invitee.full_name,
    from_name: organiserName(event),
    // The address that calendars send answers to as well.
    ...(invitee.user !== user && { reply_to: { name: full_name, address: email } }),
    subject: oneLine(fillIn(subject, event.title)),
    text: `${paragraphs.map(({ text, link: to }) => (to === undefined ? text : `${text}:\n${to}`)).join('\n\n')}\n`,
    html: html`<!doctype html><html lang="${event.lang}"><body>${joined(paragraphs.map(asHtml), '\n')}</body></html>`.toString(),
  };
}

const SUBJECTS: Readonly<Record<MailKind, (words: PollTranslation & ChangeTranslation) => string>> = {
  invitation: ({ invitationSubject }) => invitationSubject,
  confirmation: ({ confirmationSubject }) => confirmationSubject,
  cancellation: ({ cancellationSubject }) => cancellationSubject,
  unconfirmation: ({ unconfirmationSubject }) => unconfirmationSubject,
  removal: ({ removalSubject }) => removalSubject,
  handover: ({ handoverSubject }) => handoverSubject,
  replacement: ({ replacementSubject }) => replacementSubject,
};

const PARAGRAPHS: Readonly<
  Record<MailKind, (event: PollEventRow, invitee: PollInvitee, link: string) => Paragraph[]>
> = {
  invitation: (event, { timezone }, link) => {
    const { invited, voteHere } = POLL_TRANSLATIONS[event.lang];
    return [
      { text: fillIn(invited, organiserName(event)) },
      { text: event.title },
      ...firstMessage(event),
      ...event.dates.map((date) => ({ text: `– ${formatEventDate(event, date, timezone)}` })),
      ...event.places.map((place) => ({ text: `– ${placeInWords(place)}` })),
      { text: voteHere, link },
    ];
  },
  confirmation: (event, invitee, link) => {
    const { confirmed, pageHere } = POLL_TRANSLATIONS[event.lang];
    return [
      { text: confirmed },
      { text: event.title },
      // Created as confirmed: nobody got an invitation, so nobody has read the message yet.
      ...(event.confirmed_at === event.created_at ? firstMessage(event) : []),
      ...whenAndWhere(event, invitee),
      { text: pageHere, link },
    ];
  },
  cancellation: (event, invitee, link) => {
    const { cancelled, pageHere } = POLL_TRANSLATIONS[event.lang];
    return [
      { text: cancelled },
      { text: event.title },
      ...whenAndWhere(event, invitee),
      { text: pageHere, link },
    ];
  },
  unconfirmation: (event, invitee, link) => {
    const { pageHere } = POLL_TRANSLATIONS[event.lang];
    const { unconfirmed } = CHANGE_TRANSLATIONS[event.lang];
    return [
      { text: unconfirmed },
      { text: event.title },
      ...whenAndWhere(event, invitee),
      { text: pageHere, link },
    ];
  },
  handover: (event, _, link) => {
    const { pageHere } = POLL_TRANSLATIONS[event.lang];
    const { handedOver } = CHANGE_TRANSLATIONS[event.lang];
    return [{ text: handedOver }, { text: event.title }, { text: pageHere, link }];
  },
  replacement: (event) => [{ text: CHANGE_TRANSLATIONS[event.lang].replaced }, { text: event.title }],
  // No link: the invitee's key does not open the page any more.
  removal: (event, invitee) => [
    { text: POLL_TRANSLATIONS[event.lang].removed },
    { text: event.title },
    ...whenAndWhere(event, invitee),
  ],
};

function firstMessage({ messages: [first] }: PollEventRow): Paragraph[] {
  return first === undefined ? [] : [{ text: first.body }];
}

function whenAndWhere(event: PollEventRow, { timezone }: PollInvitee): Paragraph[] {
  const { when, where } = POLL_TRANSLATIONS[event.lang];
  const date = confirmedDateOf(event);
  const place = confirmedPlaceOf(event);
  return [
    ...(date === undefined ? [] : [{ text: `${when}: ${formatEventDate(event, date, timezone)}` }]),
    ...(place === undefined ? [] : [{ text: `${where}: ${placeInWords(place)}` }]),
  ];
}

export function placeInWords({ name, address }: PollPlace): string {
  return address === null || address === '' ? name : `${name}, ${address}`;
}

function calendarFor({ kind, invitee, event, file }: PollMail, link: string, now: Instant): Mail['calendar'] {
  if (file === undefined) return undefined;
  const text = calendarOf(event, file, link, {
    now,
    recipient: invitee,
    leavesEvent: (kind === 'removal' || kind === 'replacement') && invitee.user !== event.creator_user,
  });
  return text === undefined ? undefined : { method: file.method, text };
}

function organiserName(event: PollEventRow): string {
  return event.created_by.full_name || organiserOf(event).email;
}

function asHtml({ text, link }: Paragraph): Html {
  const words = joined(text.split('\n'), html`<br>`);
  return link === undefined ? html`<p>${words}</p>` : html`<p><a href="${link}">${words}</a></p>`;
}

function oneLine(text: string): string {
  return text.replace(/\s+/g, ' ');
}
