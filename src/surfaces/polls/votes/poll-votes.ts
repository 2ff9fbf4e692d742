import type { Instant } from '../../../core/instant.js';
import type {
  PollDate,
  PollDecline,
  PollEventRow,
  PollPlace,
  PollVote,
  PollVotes,
} from '../events/poll-event.js';
import { organiserOf } from '../events/poll-event.js';
import { pollId } from '../poll-id.js';

export type Answer = 'yes' | 'no';

/** A person's answers to dates and places, by id. */
export interface Ballot {
  readonly dates: Readonly<Record<string, Answer>>;
  readonly places: Readonly<Record<string, Answer>>;
}

export function newVote(user: string, now: Instant): PollVote {
  return { created_by: { user }, _id: pollId(now), createdAt: now, updatedAt: now };
}

/** Replaces one person's vote; `undefined` removes it. */
function withAnswer(
  { yes, no }: PollVotes,
  user: string,
  answer: Answer | undefined,
  now: Instant,
): PollVotes {
  const previous = [...yes, ...no].find((vote) => vote.created_by.user === user);
  const others = (votes: readonly PollVote[]): PollVote[] =>
    votes.filter((vote) => vote.created_by.user !== user);
  const vote = previous === undefined ? newVote(user, now) : { ...previous, updatedAt: now };
  return {
    yes: answer === 'yes' ? [...others(yes), vote] : others(yes),
    no: answer === 'no' ? [...others(no), vote] : others(no),
  };
}

/** Replaces a person's votes on the dates and places in the ballot, and removes their decline. */
export function withBallot(event: PollEventRow, user: string, ballot: Ballot, now: Instant): PollEventRow {
  const withAnswers = <T extends PollDate | PollPlace>(
    options: readonly T[],
    answers: Readonly<Record<string, Answer>>,
  ): T[] =>
    options.map((option) => {
      const answer = Object.hasOwn(answers, option._id) ? answers[option._id] : undefined;
      return answer === undefined
        ? option
        : { ...option, votes: withAnswer(option.votes, user, answer, now), updatedAt: now };
    });
  return withStats({
    ...event,
    dates: withAnswers(event.dates, ballot.dates),
    places: withAnswers(event.places, ballot.places),
    declines: event.declines.filter(({ created_by }) => created_by.user !== user),
  });
}

/** Removes all votes of a person. */
export function withoutVotesOf(event: PollEventRow, user: string, now: Instant): PollEventRow {
  const without = <T extends PollDate | PollPlace>(options: readonly T[]): T[] =>
    options.map((option) => ({ ...option, votes: withAnswer(option.votes, user, undefined, now) }));
  return withStats({ ...event, dates: without(event.dates), places: without(event.places) });
}

/** Adds a decline and removes the person's votes, so that they no longer count. */
export function withDecline(event: PollEventRow, user: string, now: Instant): PollEventRow {
  if (event.declines.some(({ created_by }) => created_by.user === user)) return event;
  const decline: PollDecline = { created_by: { user }, _id: pollId(now), createdAt: now, updatedAt: now };
  return { ...withoutVotesOf(event, user, now), declines: [...event.declines, decline] };
}

/** Updates each invitee's `stats`. The organiser always counts as having voted. */
export function withStats(event: PollEventRow): PollEventRow {
  const organiser = organiserOf(event).user;
  return {
    ...event,
    invitees: event.invitees.map((invitee) => {
      const voted = {
        dates: invitee.user === organiser || hasVoted(event.dates, invitee.user),
        places: invitee.user === organiser || hasVoted(event.places, invitee.user),
      };
      return { ...invitee, stats: { voted } };
    }),
  };
}

function hasVoted(options: readonly (PollDate | PollPlace)[], user: string): boolean {
  return options.some(({ votes }) =>
    [...votes.yes, ...votes.no].some((vote) => vote.created_by.user === user),
  );
}
