import { Injectable } from '@nestjs/common';
import type { Caller } from '../../../core/caller.js';
import { Clock } from '../../../core/clock.js';
import { invalid, invalidField, type Failure, type Fault } from '../../../core/failure.js';
import { organiserOf, type PollEventRow, type PollInvitee } from '../events/poll-event.js';
import { PollEventChangesService, type InviteeResolver } from '../events/poll-event-changes.service.js';
import { createdBy, messageFromInvitee, appendMessages } from '../events/poll-event.factory.js';
import type {
  UpdatePollOrganiserDto,
  PollDateInputDto,
  PollInviteeInputDto,
} from '../events/poll-events.dto.js';
import { isPollId } from '../poll-id.js';
import { inviteeOf, newInvitees, withKeys, withoutInvitee } from '../events/poll-invitees.js';
import {
  calendarHasEvent,
  confirmationMails,
  handoverMails,
  hasDeclined,
  invitationMails,
  removalMails,
  sequenceForReinvited,
} from '../notifications/poll-mail-recipients.js';
import { parseDates, mergeDates } from '../events/poll-options.js';
import { PollPeopleRepository } from '../people/poll-people.repository.js';
import { withBallot, withDecline, withStats, type Ballot } from './poll-votes.js';
import { eventNotFound, inviteeNotFound } from '../polls.failures.js';

/** A `CANCEL` of what the organisers have, then the new file. */
const SEQUENCES_OF_HANDOVER = 2;

/** Invitees of an event, their votes and messages. */
@Injectable()
export class PollParticipantsService {
  constructor(
    private readonly changes: PollEventChangesService,
    private readonly people: PollPeopleRepository,
    private readonly clock: Clock,
  ) {}

  async addInvitees(
    caller: Caller,
    id: string,
    inputs: readonly PollInviteeInputDto[],
  ): Promise<readonly PollInvitee[]> {
    const now = this.clock.now(caller);
    if (!isPollId(id)) throw eventNotFound();
    const addresses = inputs.map(({ email }) => email);
    const event = await this.changes.change(caller, id, now, async (before) => {
      const people = await this.people.findOrCreate(caller.organizationId, addresses, undefined, now);
      const added = newInvitees(inputs, people, before.invitees, {
        creator: before.creator_user,
        eventZone: before.time_zone,
        locale: before.locale,
        now,
      });
      if (added.length === 0) return undefined;
      const invitees = [...before.invitees, ...added];
      return {
        event: {
          ...before,
          invitees,
          keys: withKeys(before.keys, invitees),
          version: before.version + 1,
          ics_sequence: sequenceForReinvited(before, added),
        },
        notifications: [
          {
            type: 'event.new_invitee',
            mails: (saved) =>
              saved.confirmed_flag ? confirmationMails(saved, added) : invitationMails(saved, added),
          },
        ],
      };
    });
    return event.invitees;
  }

  async removeInvitee(caller: Caller, id: string, inviteeId: string): Promise<void> {
    const now = this.clock.now(caller);
    await this.changes.change(caller, id, now, (event) => {
      const invitee = event.invitees.find(({ _id }) => _id === inviteeId);
      if (invitee === undefined) throw inviteeNotFound();
      if (invitee.user === event.creator_user) {
        throw invalidPath('invitee_id', 'invitee_id is the organiser, who cannot be removed');
      }
      return {
        event: { ...withoutInvitee(event, invitee, now), version: event.version + 1 },
        notifications: [{ mails: () => removalMails(event, invitee) }],
      };
    });
  }

  /** Changes nothing if `user` is the organiser already. */
  async changeOrganiser(
    caller: Caller,
    id: string,
    { user, keep_as_invitee }: UpdatePollOrganiserDto,
  ): Promise<void> {
    const now = this.clock.now(caller);
    await this.changes.change(caller, id, now, async (event) => {
      const person = await this.people.findByIdOrEmail(caller.organizationId, user);
      if (person === undefined) throw invalidField('user', 'user is no user of your organization');
      if (person.user_id === event.creator_user) return undefined;
      const former = organiserOf(event);
      const context = { creator: person.user_id, eventZone: event.time_zone, locale: event.locale, now };
      const invited = event.invitees.some((invitee) => invitee.user === person.user_id)
        ? event.invitees
        : [...event.invitees, inviteeOf(person, {}, context)];
      const invitees = invited.map((invitee) => ({ ...invitee, su: invitee.user === person.user_id }));
      const reassigned = withStats({
        ...event,
        ...createdBy(person),
        invitees,
        // Whoever takes an event over takes part in it.
        declines: event.declines.filter(({ created_by }) => created_by.user !== person.user_id),
        keys: withKeys(event.keys, invitees),
        ics_sequence: event.confirmed_flag
          ? (event.ics_sequence ?? 0) + SEQUENCES_OF_HANDOVER
          : event.ics_sequence,
      });
      const changed = keep_as_invitee === true ? reassigned : withoutInvitee(reassigned, former, now);
      return {
        event: { ...changed, version: event.version + 1 },
        notifications: [{ type: 'event.updated', mails: (saved) => handoverMails(event, saved) }],
      };
    });
  }

  async vote(
    organizationId: number,
    id: string,
    resolveInvitee: InviteeResolver,
    ballot: Ballot,
  ): Promise<PollEventRow> {
    const now = this.clock.now();
    return this.changes.changeAsInvitee(organizationId, id, resolveInvitee, now, (event, { user }) => {
      const faults = [
        ...unknownOptions('dates', ballot.dates, event.dates),
        ...unknownOptions('places', ballot.places, event.places),
      ];
      if (faults.length > 0) throw invalid(faults);
      const voted = withBallot(event, user, ballot, now);
      const missing = event.confirmed_flag
        ? event.invitees.filter(
            (invitee) =>
              invitee.user === user && hasDeclined(event, invitee) && !calendarHasEvent(event, invitee),
          )
        : [];
      return {
        event: {
          ...voted,
          version: event.version + 1,
          ics_sequence: sequenceForReinvited(event, missing),
        },
        notifications: [
          {
            type: 'event.voted',
            mails: (saved) => confirmationMails(saved, missing),
            notices: [{ kind: 'votes', by: user }],
          },
        ],
      };
    });
  }

  /** Proposes dates for an event that has none; otherwise does nothing. */
  propose(
    organizationId: number,
    id: string,
    resolveInvitee: InviteeResolver,
    inputs: readonly PollDateInputDto[],
  ): Promise<PollEventRow> {
    const now = this.clock.now();
    return this.changes.changeAsInvitee(
      organizationId,
      id,
      resolveInvitee,
      now,
      (event, { user, timezone }) => {
        if (event.dates.length > 0) return undefined;
        const { dates, faults } = parseDates(inputs, timezone);
        if (faults.length > 0) throw invalid(faults);
        const proposed = { ...event, dates: mergeDates(dates, [], user, now) };
        // The proposer already votes for the dates; the empty ballot removes a decline and updates the stats.
        const voted = withBallot(proposed, user, { dates: {}, places: {} }, now);
        return {
          event: { ...voted, version: event.version + 1 },
          notifications: [{ type: 'event.updated', notices: [{ kind: 'dates', by: user }] }],
        };
      },
    );
  }

  decline(organizationId: number, id: string, resolveInvitee: InviteeResolver): Promise<PollEventRow> {
    const now = this.clock.now();
    return this.changes.changeAsInvitee(organizationId, id, resolveInvitee, now, (event, { user }) => {
      const declined = withDecline(event, user, now);
      return declined === event
        ? undefined
        : {
            event: { ...declined, version: event.version + 1 },
            notifications: [{ type: 'event.voted', notices: [{ kind: 'votes', by: user }] }],
          };
    });
  }

  postMessage(
    organizationId: number,
    id: string,
    resolveInvitee: InviteeResolver,
    body: string,
  ): Promise<PollEventRow> {
    const now = this.clock.now();
    return this.changes.changeAsInvitee(organizationId, id, resolveInvitee, now, (event, invitee) => ({
      event: {
        ...event,
        messages: appendMessages(event, [messageFromInvitee(invitee, body, now)]),
        version: event.version + 1,
      },
      notifications: [{ type: 'event.updated', notices: [{ kind: 'messages', by: invitee.user }] }],
    }));
  }

  /** Whether an invitee is told of votes, dates and messages of this event. */
  setNotices(
    organizationId: number,
    id: string,
    resolveInvitee: InviteeResolver,
    wanted: boolean,
  ): Promise<PollEventRow> {
    const now = this.clock.now();
    return this.changes.changeAsInvitee(organizationId, id, resolveInvitee, now, (event, { user }) => {
      const others = event.without_notices.filter((one) => one !== user);
      return {
        event: { ...event, without_notices: wanted ? others : [...others, user] },
        notifications: [],
      };
    });
  }
}

function unknownOptions(
  field: 'dates' | 'places',
  answers: Readonly<Record<string, unknown>>,
  options: readonly { readonly _id: string }[],
): Fault[] {
  return Object.keys(answers)
    .filter((id) => !options.some(({ _id }) => _id === id))
    .map((id) => ({
      location: 'body',
      field: `${field}.${id}`,
      message: `${field}.${id} is not of this event`,
    }));
}

function invalidPath(field: string, message: string): Failure {
  return invalid([{ location: 'path', field, message }]);
}
