import { Injectable } from '@nestjs/common';
import { AttemptLimiter, type Ceiling } from '../../../auth/limits/attempt-limiter.js';
import { digestOf, sameDigest } from '../../../auth/credentials/bearer-key.js';
import { WrongLinks } from '../../../auth/limits/wrong-links.js';
import type { Caller } from '../../../core/caller.js';
import { invalidField } from '../../../core/failure.js';
import type { PollEventRow, PollInvitee } from '../events/poll-event.js';
import type { Voter } from '../events/poll-event.changes.js';
import { PollEventsRepository } from '../events/poll-events.repository.js';
import { isPollId } from '../poll-id.js';
import type { ActAsInvitee } from './poll-votes.dto.js';
import { eventNotFound } from '../polls.failures.js';

/** The one of the invited whom a key belongs to. Compares without telling by its duration how far a guess agrees. */
export function ownerOfKey({ invitees, keys }: PollEventRow, key: string): PollInvitee | undefined {
  const digest = digestOf(key);
  return invitees.find(({ user }) => {
    const known = keys[user];
    return known !== undefined && sameDigest(digestOf(known), digest);
  });
}

/** Every change is kept in the event and told to web hooks: a link that gets around must not do that without end. */
const CHANGES_OF_A_LINK: Ceiling = {
  name: 'changes of a poll link',
  attempts: 60,
  seconds: 60,
  refusal: 'Too many changes were made with this link.',
};

/** Who acts, and in which organization. */
export interface Ballotee {
  readonly organizationId: number;
  readonly who: Voter;
}

/** An event, and whose link opened it. */
interface OpenedPoll {
  readonly event: PollEventRow;
  readonly invitee: PollInvitee;
}

/** Finds out who acts on an event. */
@Injectable()
export class PollVoters {
  constructor(
    private readonly events: PollEventsRepository,
    private readonly links: WrongLinks,
    private readonly attempts: AttemptLimiter,
  ) {}

  /** A key names its owner; the organization names anybody by `invitee`. A wrong key sees no event at all. */
  async find(
    caller: Caller | null,
    eventId: string,
    { key, invitee }: ActAsInvitee,
    address: string,
  ): Promise<Ballotee> {
    if (key != null) {
      const organizationId =
        caller?.organizationId ?? (await this.openToChange(eventId, key, address)).event.organization_id;
      return { organizationId, who: byKey(key) };
    }
    if (caller === null) throw eventNotFound();
    return { organizationId: caller.organizationId, who: byId(invitee) };
  }

  /** The event that a personal link opens, and whose link it is. Who brings no key guesses none. */
  async open(eventId: string, key: string, address: string): Promise<OpenedPoll> {
    const opened = key === '' ? undefined : await this.links.open(address, () => this.openedBy(eventId, key));
    if (opened === undefined) throw eventNotFound();
    return opened;
  }

  /** The same for who is about to change something with it. */
  async openToChange(eventId: string, key: string, address: string): Promise<OpenedPoll> {
    const opened = await this.open(eventId, key, address);
    await this.attempts.count(CHANGES_OF_A_LINK, `${eventId} ${opened.invitee.user}`);
    return opened;
  }

  private async openedBy(eventId: string, key: string): Promise<OpenedPoll | undefined> {
    const event = isPollId(eventId) ? await this.events.findPublic(eventId) : undefined;
    const invitee = event && ownerOfKey(event, key);
    return event && invitee && { event, invitee };
  }
}

/** Whoever this key belongs to when the change is made. */
export function byKey(key: string): Voter {
  return (event) => {
    const invitee = ownerOfKey(event, key);
    if (invitee === undefined) throw eventNotFound();
    return invitee;
  };
}

function byId(id: string | null | undefined): Voter {
  return (event) => {
    if (id == null) throw invalidField('invitee', 'invitee is required, unless a key says who acts');
    const invitee = event.invitees.find(({ _id }) => _id === id);
    if (invitee === undefined) throw invalidField('invitee', 'invitee is not invited to this event');
    return invitee;
  };
}
