import type { Instant } from '../../../core/instant.js';
import type { Mail } from '../../../mail/mail.js';
import type { NoticeKind, PollEventRow, PollInvitee, PollVotes } from '../events/poll-event.js';
import { formatEventDate } from './poll-date.format.js';
import { letterTo, placeInWords, type Paragraph } from './poll-mail.js';
import { hasDeclined } from './poll-mail-recipients.js';
import { NOTICE_TRANSLATIONS } from './poll-notice.translations.js';
import { POLL_TRANSLATIONS, fillIn } from './poll.translations.js';

/** What a person is told of: everything of a kind from an instant on that others did and that still holds. */
export interface PollNoticeContent {
  readonly event: PollEventRow;
  readonly kind: NoticeKind;
  readonly invitee: PollInvitee;
  readonly since: Instant;
}

/** `undefined` if nothing of it holds any more. */
export function composeNotice(content: PollNoticeContent, link: string): Mail | undefined {
  const { event, kind, invitee } = content;
  const lines = LINES[kind](content);
  if (lines.length === 0) return undefined;
  const { voteHere, pageHere } = POLL_TRANSLATIONS[event.lang];
  const words = NOTICE_TRANSLATIONS[event.lang];
  const unsubscribe = `${link}#notices`;
  const paragraphs: Paragraph[] = [
    { text: event.title },
    ...lines.map((text) => ({ text })),
    { text: kind === 'dates' ? voteHere : pageHere, link },
    { text: words.noMore, link: unsubscribe },
  ];
  return { ...letterTo(invitee, event, words[kind], paragraphs), unsubscribe };
}

const LINES: Readonly<Record<NoticeKind, (content: PollNoticeContent) => string[]>> = {
  votes: (content) => {
    const { event } = content;
    const answers = event.invitees.flatMap((one) => answerOf(one, content));
    const missing = event.invitees.filter(
      (one) => one.user !== event.creator_user && !hasAnswered(event, one),
    ).length;
    return answers.length === 0 || missing === 0 || event.confirmed_flag
      ? answers
      : [...answers, fillIn(NOTICE_TRANSLATIONS[event.lang].missing, String(missing))];
  },
  dates: ({ event, invitee: { user, timezone }, since }) => {
    const isNews = (option: { createdAt: Instant; created_by: { user: string } }): boolean =>
      option.createdAt >= since && option.created_by.user !== user;
    return [
      ...event.dates.filter(isNews).map((date) => `– ${formatEventDate(event, date, timezone)}`),
      ...event.places.filter(isNews).map((place) => `– ${placeInWords(place)}`),
    ];
  },
  messages: ({ event, invitee, since }) =>
    event.messages
      .filter(({ created_by, createdAt }) => createdAt >= since && created_by.user !== invitee.user)
      .map(({ created_by, from, body }) => `${nameOf(event, created_by.user) ?? from}: ${body}`),
};

/** What a person answered since then. Once the date is settled, only that they do not take part counts. */
function answerOf(person: PollInvitee, { event, invitee, since }: PollNoticeContent): string[] {
  if (person.user === invitee.user) return [];
  const words = POLL_TRANSLATIONS[event.lang];
  const name = person.full_name || person.email;
  if (hasDeclined(event, person)) {
    const decline = event.declines.find(({ created_by }) => created_by.user === person.user);
    return decline !== undefined && decline.createdAt >= since ? [`${name}: ${words.declined}`] : [];
  }
  if (event.confirmed_flag) return [];
  const answers = (['yes', 'no'] as const).flatMap((answer) => {
    const names = [
      ...event.dates
        .filter(({ votes }) => isAnswered(votes, answer, person.user, since))
        .map((date) => formatEventDate(event, date, invitee.timezone)),
      ...event.places.filter(({ votes }) => isAnswered(votes, answer, person.user, since)).map(placeInWords),
    ];
    return names.length === 0 ? [] : [`${words[answer]}: ${names.join('; ')}`];
  });
  return answers.length === 0 ? [] : [`${name}\n${answers.join('\n')}`];
}

function isAnswered(votes: PollVotes, answer: 'yes' | 'no', user: string, since: Instant): boolean {
  return votes[answer].some((vote) => vote.created_by.user === user && vote.updatedAt >= since);
}

function hasAnswered(event: PollEventRow, invitee: PollInvitee): boolean {
  const { dates, places } = invitee.stats.voted;
  return dates || places || hasDeclined(event, invitee);
}

function nameOf({ invitees }: PollEventRow, user: string): string | undefined {
  const invitee = invitees.find((one) => one.user === user);
  return invitee && (invitee.full_name || invitee.email);
}
