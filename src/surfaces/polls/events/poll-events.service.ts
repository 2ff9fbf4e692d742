import { Inject, Injectable } from '@nestjs/common';
import { CONFIG, type Config } from '../../../config/config.js';
import type { Caller } from '../../../core/caller.js';
import { Clock } from '../../../core/clock.js';
import { invalid, invalidField } from '../../../core/failure.js';
import type { Instant } from '../../../core/instant.js';
import { OutboxWorker } from '../../../outbox/outbox-worker.js';
import type { ConfirmationRequest } from './poll-confirmation.js';
import { afterUpdate, confirmedAt, mailsAfterUpdate } from './poll-event.lifecycle.js';
import {
  aheadUntil,
  DEFAULT_LANGUAGE,
  organiserOf,
  type PollEventRow,
  type PollInvitee,
} from './poll-event.js';
import { PollEventChangesService } from './poll-event-changes.service.js';
import type { SerializedPollEvent } from './poll-event.serialization.js';
import {
  createdBy,
  messageFromInvitee,
  messageFromPerson,
  thirdPartyOf,
  withSettings,
  appendMessages,
} from './poll-event.factory.js';
import type { PollEventView } from './poll-event.writer.js';
import { PollEventsRepository } from './poll-events.repository.js';
import type { UpdatePollEventDto, CreatePollEventDto } from './poll-events.dto.js';
import { isPollId, pollId } from '../poll-id.js';
import { inviteeOf, newInvitees, withKeys } from './poll-invitees.js';
import {
  cancellationMails,
  confirmationMails,
  invitationMails,
} from '../notifications/poll-mail-recipients.js';
import { PollNotifications } from '../notifications/poll-notifications.js';
import { parseDates, mergeDates, mergePlaces } from './poll-options.js';
import { PollPeopleRepository, type PollPersonRow } from '../people/poll-people.repository.js';
import { withStats } from '../votes/poll-votes.js';
import { eventNotFound } from '../polls.failures.js';

@Injectable()
export class PollEventsService {
  constructor(
    private readonly events: PollEventsRepository,
    private readonly changes: PollEventChangesService,
    private readonly people: PollPeopleRepository,
    private readonly notifications: PollNotifications,
    private readonly outbox: OutboxWorker,
    private readonly clock: Clock,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  async find(
    { organizationId }: Caller,
    id: string,
  ): Promise<PollEventView & Pick<SerializedPollEvent, 'keys'>> {
    const event = isPollId(id) ? await this.events.findEvent(organizationId, id) : undefined;
    if (event === undefined) throw eventNotFound();
    return event;
  }

  async create(caller: Caller, dto: CreatePollEventDto): Promise<SerializedPollEvent> {
    const { created, outgoing } = await this.insert(caller, dto, { events: this.events, team_id: null });
    if (outgoing) this.outbox.wake();
    return created;
  }

  /**
   * Two statements: the creator must be read first, since dates without an offset are in the creator's time zone.
   * `events` may belong to a transaction. `outgoing` tells whether there is something to deliver.
   */
  async insert(
    caller: Caller,
    dto: CreatePollEventDto,
    { events, team_id }: { readonly events: PollEventsRepository; readonly team_id: string | null },
  ): Promise<{ readonly created: SerializedPollEvent; readonly outgoing: boolean }> {
    const now = this.clock.now(caller);
    const { creator, invitees, keys } = await this.invite(caller, dto, now);
    const zone = dto.timezone ?? creator.time_zone ?? creator.organization_zone;
    const { dates, faults } = parseDates(dto.dates ?? [], zone);
    if (faults.length > 0) throw invalid(faults);
    const id = pollId(now);
    const created: PollEventRow = {
      organization_id: caller.organizationId,
      id,
      title: dto.title,
      ...createdBy(creator),
      team_id,
      key_store_id: pollId(now),
      reply_address: this.notifications.replyAddress(dto.title),
      lang: dto.lang ?? DEFAULT_LANGUAGE,
      locale: dto.locale ?? DEFAULT_LANGUAGE,
      time_zone: dto.timezone ?? null,
      third_party: thirdPartyOf(dto.third_party),
      vyteme: dto.vyteme ?? null,
      ...withSettings({ no_emails: null, notify: {} }, dto.settings),
      without_notices: [],
      version: 0,
      ics_sequence: null,
      confirmed_flag: false,
      confirmed_at: null,
      confirmed_date_id: null,
      confirmed_place_id: null,
      cancelled_at: null,
      ahead_until: null,
      dates: mergeDates(dates, [], creator.user_id, now),
      places: mergePlaces(dto.places ?? [], [], creator.user_id, now, this.config.pollsVideoUrl),
      invitees,
      messages: (dto.messages ?? []).map(({ body }) => messageFromPerson(creator, body, now)),
      declines: [],
      keys,
      calendar_files: {},
      created_at: now,
      updated_at: now,
    };
    const confirmed = dto.confirmed?.flag === true;
    const event = confirmed
      ? confirmedAt(created, {}, now)
      : { ...created, ahead_until: aheadUntil(created) };
    const write = this.notifications.prepare(
      event,
      [
        {
          type: 'event.created',
          mails: confirmed ? confirmationMails : (saved) => invitationMails(saved, guests(saved)),
        },
        ...(confirmed ? [{ type: 'event.confirmed' } as const] : []),
      ],
      caller,
    );
    return { outgoing: await events.insertEvent(write), created: write.serialized };
  }

  update(caller: Caller, id: string, dto: UpdatePollEventDto): Promise<PollEventRow> {
    const now = this.clock.now(caller);
    return this.changes.change(caller, id, now, (event) => {
      const organiser = organiserOf(event);
      const timeZone = dto.timezone === undefined ? event.time_zone : dto.timezone;
      const parsed =
        dto.dates === undefined ? undefined : parseDates(dto.dates ?? [], timeZone ?? organiser.timezone);
      if (parsed !== undefined && parsed.faults.length > 0) throw invalid(parsed.faults);
      const newMessages = (dto.messages ?? []).map(({ body }) => messageFromInvitee(organiser, body, now));
      const changed: PollEventRow = withStats({
        ...event,
        ...withSettings(event, dto.settings),
        title: dto.title ?? event.title,
        time_zone: timeZone,
        lang: dto.lang === undefined ? event.lang : (dto.lang ?? DEFAULT_LANGUAGE),
        locale: dto.locale === undefined ? event.locale : (dto.locale ?? DEFAULT_LANGUAGE),
        dates:
          parsed === undefined ? event.dates : mergeDates(parsed.dates, event.dates, organiser.user, now),
        places:
          dto.places === undefined
            ? event.places
            : mergePlaces(dto.places ?? [], event.places, organiser.user, now, this.config.pollsVideoUrl),
        messages: appendMessages(event, newMessages),
        version:
          event.version +
          (parsed !== undefined || dto.places !== undefined || newMessages.length > 0 ? 1 : 0),
      });
      return {
        event: afterUpdate(event, changed),
        notifications: [
          {
            type: 'event.updated',
            mails: (saved) => mailsAfterUpdate(event, saved),
            notices: [
              ...(hasNewOptions(event, changed) ? [{ kind: 'dates', by: organiser.user } as const] : []),
              ...(newMessages.length > 0 ? [{ kind: 'messages', by: organiser.user } as const] : []),
            ],
          },
        ],
      };
    });
  }

  confirm(caller: Caller, id: string, dto: ConfirmationRequest): Promise<PollEventRow> {
    const now = this.clock.now(caller);
    return this.changes.change(caller, id, now, (event) => ({
      event: confirmedAt(event, dto, now),
      notifications: [{ type: 'event.confirmed', mails: confirmationMails }],
    }));
  }

  /** Idempotent. */
  async cancel(caller: Caller, id: string): Promise<void> {
    const now = this.clock.now(caller);
    await this.changes.changeEvenIfCancelled(caller.organizationId, id, caller, now, (event) => {
      if (event.cancelled_at !== null) return undefined;
      const cancelled: PollEventRow = {
        ...event,
        confirmed_flag: false,
        confirmed_at: now,
        cancelled_at: now,
        ics_sequence: event.ics_sequence === null ? null : event.ics_sequence + 1,
      };
      return {
        event: cancelled,
        notifications: [{ type: 'event.cancelled', mails: cancellationMails }],
      };
    });
  }

  private async invite(
    { organizationId }: Caller,
    { created_by: { email, user }, ...dto }: CreatePollEventDto,
    now: Instant,
  ): Promise<{ creator: PollPersonRow; invitees: PollInvitee[]; keys: Record<string, string> }> {
    const inputs = dto.invitees ?? [];
    const creatorEmails = user == null && email != null ? [email] : [];
    const people = await this.people.findOrCreate(
      organizationId,
      [...creatorEmails, ...inputs.map((invitee) => invitee.email)],
      user ?? undefined,
      now,
    );
    const creator = user == null ? people.byEmail(email ?? '') : people.byId(user);
    if (creator === undefined)
      throw invalidField('created_by.user', 'created_by.user is no user of your organization');
    const context = {
      creator: creator.user_id,
      eventZone: dto.timezone ?? null,
      locale: dto.locale ?? DEFAULT_LANGUAGE,
      now,
    };
    const organiser = inviteeOf(creator, {}, context);
    const invitees = [organiser, ...newInvitees(inputs, people, [organiser], context)];
    return { creator, invitees, keys: withKeys({}, invitees) };
  }
}

function hasNewOptions(before: PollEventRow, after: PollEventRow): boolean {
  const known = new Set([...before.dates, ...before.places].map(({ _id }) => _id));
  return [...after.dates, ...after.places].some(({ _id }) => !known.has(_id));
}

/** Invitees without the organiser. */
function guests({ invitees, creator_user }: PollEventRow): PollInvitee[] {
  return invitees.filter(({ user }) => user !== creator_user);
}
