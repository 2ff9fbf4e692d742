import { Injectable } from '@nestjs/common';
import { AttemptLimiter, type AttemptLimit } from '../../../auth/limits/attempt-limiter.js';
import { digestOf, sameDigest } from '../../../auth/credentials/bearer-key.js';
import { WrongLinks } from '../../../auth/limits/wrong-links.js';
import type { Caller } from '../../../core/caller.js';
import { invalidField } from '../../../core/failure.js';
import type { PollEventRow, PollInvitee } from '../events/poll-event.js';
import type { InviteeResolver } from '../events/poll-event-changes.service.js';
import { PollEventsRepository } from '../events/poll-events.repository.js';
import { isPollId } from '../poll-id.js';
import type { ActAsInviteeDto } from './poll-votes.dto.js';
import { eventNotFound } from '../polls.failures.js';

/** The invitee with this personal key. The comparison takes constant time. */
export function ownerOfKey({ invitees, keys }: PollEventRow, key: string): PollInvitee | undefined {
  const digest = digestOf(key);
  return invitees.find(({ user }) => {
    const known = keys[user];
    return known !== undefined && sameDigest(digestOf(known), digest);
  });
}

/** Limits the changes made with a leaked link, since each one is stored and sent to hooks. */
const LINK_CHANGE_LIMIT: AttemptLimit = {
  name: 'changes of a poll link',
  attempts: 60,
  seconds: 60,
  refusal: 'Too many changes were made with this link.',
};

/** The acting invitee and their organization. */
export interface ActingInvitee {
  readonly organizationId: number;
  readonly resolveInvitee: InviteeResolver;
}

/** An event and the owner of the personal link. */
interface OpenedPoll {
  readonly event: PollEventRow;
  readonly invitee: PollInvitee;
}

/** Determines which invitee acts on an event. */
@Injectable()
export class PollInviteeAccess {
  constructor(
    private readonly events: PollEventsRepository,
    private readonly links: WrongLinks,
    private readonly attempts: AttemptLimiter,
  ) {}

  /** By personal key, or by `invitee` for the organization. A wrong key gets the same error as an unknown event. */
  async find(
    caller: Caller | null,
    eventId: string,
    { key, invitee }: ActAsInviteeDto,
    address: string,
  ): Promise<ActingInvitee> {
    if (key != null) {
      const organizationId =
        caller?.organizationId ?? (await this.openToChange(eventId, key, address)).event.organization_id;
      return { organizationId, resolveInvitee: inviteeByKey(key) };
    }
    if (caller === null) throw eventNotFound();
    return { organizationId: caller.organizationId, resolveInvitee: inviteeById(invitee, caller) };
  }

  /** Opens a personal link. A missing key does not count as a wrong guess. */
  async open(eventId: string, key: string, address: string): Promise<OpenedPoll> {
    const opened =
      key === '' ? undefined : await this.links.open(address, () => this.findByKey(eventId, key));
    if (opened === undefined) throw eventNotFound();
    return opened;
  }

  /** The same for a change; counts against the link's limit. */
  async openToChange(eventId: string, key: string, address: string): Promise<OpenedPoll> {
    const opened = await this.open(eventId, key, address);
    await this.attempts.count(LINK_CHANGE_LIMIT, `${eventId} ${opened.invitee.user}`);
    return opened;
  }

  private async findByKey(eventId: string, key: string): Promise<OpenedPoll | undefined> {
    const event = isPollId(eventId) ? await this.events.findPublicEvent(eventId) : undefined;
    const invitee = event && ownerOfKey(event, key);
    return event && invitee && { event, invitee };
  }
}

/** Resolves the key's owner at the time of the change. */
export function inviteeByKey(key: string): InviteeResolver {
  const find = (event: PollEventRow): PollInvitee => {
    const invitee = ownerOfKey(event, key);
    if (invitee === undefined) throw eventNotFound();
    return invitee;
  };
  return { find, actor: (event) => ({ user: find(event).user }) };
}

function inviteeById(id: string | null | undefined, { memberId }: Caller): InviteeResolver {
  return {
    find: (event) => {
      if (id == null) throw invalidField('invitee', 'invitee is required, unless a key says who acts');
      const invitee = event.invitees.find(({ _id }) => _id === id);
      if (invitee === undefined) throw invalidField('invitee', 'invitee is not invited to this event');
      return invitee;
    },
    actor: () => ({ memberId }),
  };
}
