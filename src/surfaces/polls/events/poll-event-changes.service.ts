import { Injectable } from '@nestjs/common';
import type { Caller } from '../../../core/caller.js';
import type { Instant } from '../../../core/instant.js';
import { UnitOfWork } from '../../../database/unit-of-work.js';
import { OutboxWorker } from '../../../outbox/outbox-worker.js';
import { aheadUntil, type PollEventRow, type PollInvitee } from './poll-event.js';
import { PollEventsRepository, type PollActor } from './poll-events.repository.js';
import { isPollId } from '../poll-id.js';
import { PollNotifications, type PollNotification } from '../notifications/poll-notifications.js';
import { eventCancelled, eventNotFound } from '../polls.failures.js';

/** A changed event and the resulting notifications. */
export interface Change {
  readonly event: PollEventRow;
  readonly notifications: readonly PollNotification[];
}

export interface InviteeResolver {
  /** The invitee for whom something is done; throws if there is none. */
  find(event: PollEventRow): PollInvitee;
  /** Who does it. */
  actor(event: PollEventRow): PollActor;
}

/** Changes an event under its row lock and writes the notifications in the same transaction. */
@Injectable()
export class PollEventChangesService {
  constructor(
    private readonly events: PollEventsRepository,
    private readonly unitOfWork: UnitOfWork,
    private readonly notifications: PollNotifications,
    private readonly outbox: OutboxWorker,
  ) {}

  /** Rejects the change if the event is cancelled. */
  change(
    caller: Caller,
    id: string,
    now: Instant,
    rule: (event: PollEventRow) => Change | undefined | Promise<Change | undefined>,
  ): Promise<PollEventRow> {
    return this.changeEvenIfCancelled(caller.organizationId, id, caller, now, (event) => {
      if (event.cancelled_at !== null) throw eventCancelled();
      return rule(event);
    });
  }

  /** A change made by an invitee; rejected if the event is cancelled. */
  changeAsInvitee(
    organizationId: number,
    id: string,
    resolveInvitee: InviteeResolver,
    now: Instant,
    rule: (event: PollEventRow, invitee: PollInvitee) => Change | undefined,
  ): Promise<PollEventRow> {
    return this.changeEvenIfCancelled(
      organizationId,
      id,
      (event) => resolveInvitee.actor(event),
      now,
      (event) => {
        const invitee = resolveInvitee.find(event);
        if (event.cancelled_at !== null) throw eventCancelled();
        return rule(event, invitee);
      },
    );
  }

  /** Returns the event after the change. Nothing is written if `rule` returns `undefined`. */
  async changeEvenIfCancelled(
    organizationId: number,
    id: string,
    actor: PollActor | ((event: PollEventRow) => PollActor),
    now: Instant,
    rule: (event: PollEventRow) => Change | undefined | Promise<Change | undefined>,
  ): Promise<PollEventRow> {
    if (!isPollId(id)) throw eventNotFound();
    const { event, outgoing } = await this.unitOfWork.run(async (manager) => {
      const events = manager.withRepository(this.events);
      const before = await events.lockEvent(organizationId, id);
      if (before === undefined) throw eventNotFound();
      const change = await rule(before);
      if (change === undefined) return { event: before, outgoing: false };
      const changed = { ...change.event, ahead_until: aheadUntil(change.event), updated_at: now };
      const changedBy = typeof actor === 'function' ? actor(before) : actor;
      const write = this.notifications.prepare(changed, change.notifications, changedBy);
      return { event: write.event, outgoing: await events.saveEvent(write, before) };
    });
    if (outgoing) this.outbox.wake();
    return event;
  }
}
