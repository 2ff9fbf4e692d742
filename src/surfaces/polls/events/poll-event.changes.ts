import { Injectable } from '@nestjs/common';
import type { Caller } from '../../../core/caller.js';
import type { Instant } from '../../../core/instant.js';
import { OutboxWorker } from '../../../outbox/outbox-worker.js';
import { aheadUntil, type PollEventRow, type PollInvitee } from './poll-event.js';
import { PollEventsRepository } from './poll-events.repository.js';
import { isPollId } from '../poll-id.js';
import { PollNotifications, type PollNotification } from '../notifications/poll-notifications.js';
import { eventCancelled, eventNotFound } from '../polls.failures.js';

/** A change of an event, and who is told what of it. */
export interface Change {
  readonly event: PollEventRow;
  readonly news: readonly PollNotification[];
}

/** Says which of the invited acts; fails where nobody is named. */
export type Voter = (event: PollEventRow) => PollInvitee;

/** Changes of events, one at a time under the event's lock, and the news of them in the same transaction. */
@Injectable()
export class PollEventChanges {
  constructor(
    private readonly events: PollEventsRepository,
    private readonly news: PollNotifications,
    private readonly outbox: OutboxWorker,
  ) {}

  /** A change that a cancelled event does not take. */
  change(
    caller: Caller,
    id: string,
    now: Instant,
    rule: (event: PollEventRow) => Change | undefined | Promise<Change | undefined>,
  ): Promise<PollEventRow> {
    return this.changeEven(caller.organizationId, id, now, (event) => {
      if (event.cancelled_at !== null) throw eventCancelled();
      return rule(event);
    });
  }

  /** A change that one of the invited makes. */
  changeAs(
    organizationId: number,
    id: string,
    who: Voter,
    now: Instant,
    rule: (event: PollEventRow, invitee: PollInvitee) => Change | undefined,
  ): Promise<PollEventRow> {
    return this.changeEven(organizationId, id, now, (event) => {
      const invitee = who(event);
      if (event.cancelled_at !== null) throw eventCancelled();
      return rule(event, invitee);
    });
  }

  /** The event as it is afterwards; a rule that answers nothing leaves it as it was. */
  async changeEven(
    organizationId: number,
    id: string,
    now: Instant,
    rule: (event: PollEventRow) => Change | undefined | Promise<Change | undefined>,
  ): Promise<PollEventRow> {
    if (!isPollId(id)) throw eventNotFound();
    const done = await this.events.change(
      organizationId,
      id,
      async (before) => {
        const change = await rule(before);
        if (change === undefined) return { event: before, written: undefined };
        const event = { ...change.event, ahead_until: aheadUntil(change.event), updated_at: now };
        const written = this.news.of(event, change.news);
        return { event: written.event, written };
      },
      ({ written }) => written,
    );
    if (done === undefined) throw eventNotFound();
    if (done.outgoing) this.outbox.wake();
    return done.result.event;
  }
}
