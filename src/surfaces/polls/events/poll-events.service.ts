import { Injectable } from '@nestjs/common';
import type { Caller } from '../../../core/caller.js';
import { Clock } from '../../../core/clock.js';
import { invalid, invalidField } from '../../../core/failure.js';
import type { Instant } from '../../../core/instant.js';
import { OutboxWorker } from '../../../outbox/outbox-worker.js';
import { decide, type Wish } from './poll-confirmation.js';
import {
  aheadUntil,
  confirmedDateOf,
  confirmedPlaceOf,
  DEFAULT_LANGUAGE,
  organiserOf,
  type PollEventRow,
  type PollInvitee,
} from './poll-event.js';
import { PollEventChanges } from './poll-event.changes.js';
import type { PollEventTexts } from './poll-event.texts.js';
import { createdBy, messageBy, messageOf, thirdPartyOf, withSaid } from './poll-event.drafts.js';
import type { ShownPollEvent } from './poll-event.writer.js';
import { PollEventsRepository } from './poll-events.repository.js';
import type { ChangePollEvent, CreatePollEvent } from './poll-events.dto.js';
import { isPollId, pollId } from '../poll-id.js';
import { inviteeOf, newInvitees, withKeys } from './poll-invitees.js';
import { PollNotifications } from '../notifications/poll-notifications.js';
import { readDates, replacedDates, replacedPlaces } from './poll-options.js';
import { PollPeopleRepository, type PollPersonRow } from '../poll-people.repository.js';
import { withStats } from '../votes/poll-votes.js';
import { confirmedOptionRemoved, eventNotFound } from '../polls.failures.js';

/** The rules of poll-scheduled events. */
@Injectable()
export class PollEventsService {
  constructor(
    private readonly events: PollEventsRepository,
    private readonly changes: PollEventChanges,
    private readonly people: PollPeopleRepository,
    private readonly news: PollNotifications,
    private readonly outbox: OutboxWorker,
    private readonly clock: Clock,
  ) {}

  async find({ organizationId }: Caller, id: string): Promise<ShownPollEvent & Pick<PollEventTexts, 'keys'>> {
    const event = isPollId(id) ? await this.events.find(organizationId, id) : undefined;
    if (event === undefined) throw eventNotFound();
    return event;
  }

  /** Two statements: whoever the creator is says in which zone dates are read, before they can be written. */
  async create(caller: Caller, dto: CreatePollEvent): Promise<PollEventTexts> {
    const now = this.clock.now(caller);
    const { creator, invitees, keys } = await this.invite(caller, dto, now);
    const zone = dto.timezone ?? creator.time_zone ?? creator.organization_zone;
    const { dates, faults } = readDates(dto.dates ?? [], zone);
    if (faults.length > 0) throw invalid(faults);
    const id = pollId(now);
    const created: PollEventRow = {
      organization_id: caller.organizationId,
      id,
      title: dto.title,
      ...createdBy(creator),
      key_store_id: pollId(now),
      reply_address: this.news.replyAddress(dto.title),
      lang: dto.lang ?? DEFAULT_LANGUAGE,
      locale: dto.locale ?? DEFAULT_LANGUAGE,
      time_zone: dto.timezone ?? null,
      third_party: thirdPartyOf(dto.third_party),
      vyteme: dto.vyteme ?? null,
      no_emails: dto.settings?.no_emails ?? null,
      version: 0,
      ics_sequence: null,
      confirmed_flag: false,
      confirmed_at: null,
      confirmed_date_id: null,
      confirmed_place_id: null,
      cancelled_at: null,
      ahead_until: null,
      dates: replacedDates(dates, [], creator.user_id, now),
      places: replacedPlaces(dto.places ?? [], [], creator.user_id, now),
      invitees,
      messages: (dto.messages ?? []).map(({ body }) => messageOf(creator, body, now)),
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
    const write = this.news.of(event, [
      {
        type: 'event.created',
        mail: confirmed ? 'confirmation' : 'invitation',
        to: confirmed ? invitees : guests(event),
      },
      ...(confirmed ? [{ type: 'event.confirmed' } as const] : []),
    ]);
    if (await this.events.create(write)) this.outbox.wake();
    return write.texts;
  }

  update(caller: Caller, id: string, dto: ChangePollEvent): Promise<PollEventRow> {
    const now = this.clock.now(caller);
    return this.changes.change(caller, id, now, (event) => {
      const organiser = organiserOf(event);
      const timeZone = dto.timezone === undefined ? event.time_zone : dto.timezone;
      const read =
        dto.dates === undefined ? undefined : readDates(dto.dates ?? [], timeZone ?? organiser.timezone);
      if (read !== undefined && read.faults.length > 0) throw invalid(read.faults);
      const said = (dto.messages ?? []).map(({ body }) => messageBy(organiser, body, now));
      const changed: PollEventRow = withStats({
        ...event,
        title: dto.title ?? event.title,
        time_zone: timeZone,
        lang: dto.lang === undefined ? event.lang : (dto.lang ?? DEFAULT_LANGUAGE),
        locale: dto.locale === undefined ? event.locale : (dto.locale ?? DEFAULT_LANGUAGE),
        dates: read === undefined ? event.dates : replacedDates(read.dates, event.dates, organiser.user, now),
        places:
          dto.places === undefined
            ? event.places
            : replacedPlaces(dto.places ?? [], event.places, organiser.user, now),
        messages: withSaid(event, said),
        version: event.version + (read !== undefined || dto.places !== undefined || said.length > 0 ? 1 : 0),
      });
      if (event.confirmed_flag && confirmedDateOf(changed) === undefined)
        throw confirmedOptionRemoved('date');
      if (
        event.confirmed_place_id !== null &&
        event.confirmed_flag &&
        confirmedPlaceOf(changed) === undefined
      ) {
        throw confirmedOptionRemoved('place');
      }
      const moved = event.confirmed_flag && isMoved(event, changed);
      return {
        event: moved ? { ...changed, ics_sequence: nextSequence(changed) } : changed,
        news: [{ type: 'event.updated', ...(moved && { mail: 'confirmation', to: event.invitees }) }],
      };
    });
  }

  confirm(caller: Caller, id: string, dto: Wish): Promise<PollEventRow> {
    const now = this.clock.now(caller);
    return this.changes.change(caller, id, now, (event) => ({
      event: confirmedAt(event, dto, now),
      news: [{ type: 'event.confirmed', mail: 'confirmation', to: event.invitees }],
    }));
  }

  /** Twice is as good as once. */
  async cancel(caller: Caller, id: string): Promise<void> {
    const now = this.clock.now(caller);
    await this.changes.changeEven(caller.organizationId, id, now, (event) => {
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
        news: [{ type: 'event.cancelled', mail: 'cancellation', to: event.invitees }],
      };
    });
  }

  private async invite(
    { organizationId }: Caller,
    { created_by: { email, user }, ...dto }: CreatePollEvent,
    now: Instant,
  ): Promise<{ creator: PollPersonRow; invitees: PollInvitee[]; keys: Record<string, string> }> {
    const wishes = dto.invitees ?? [];
    const named = user == null && email != null ? [email] : [];
    const people = await this.people.findOrMake(
      organizationId,
      [...named, ...wishes.map((invitee) => invitee.email)],
      user ?? undefined,
      now,
    );
    const creator = user == null ? people.byEmail(email ?? '') : people.byId(user);
    if (creator === undefined)
      throw invalidField('created_by.user', 'created_by.user is no user of your organization');
    const circumstances = {
      creator: creator.user_id,
      eventZone: dto.timezone ?? null,
      locale: dto.locale ?? DEFAULT_LANGUAGE,
      now,
    };
    const first = inviteeOf(creator, {}, circumstances);
    const invitees = [first, ...newInvitees(wishes, people, [first], circumstances)];
    return { creator, invitees, keys: withKeys({}, invitees) };
  }
}

/** Everybody but the organiser. */
function guests({ invitees, creator_user }: PollEventRow): PollInvitee[] {
  return invitees.filter(({ user }) => user !== creator_user);
}

function nextSequence({ ics_sequence }: PollEventRow): number {
  return ics_sequence === null ? 0 : ics_sequence + 1;
}

/** The event decided for what is wished or voted for. */
function confirmedAt(event: PollEventRow, dto: Wish, now: Instant): PollEventRow {
  const decision = decide(event.dates, event.places, now, dto);
  if ('refused' in decision)
    throw invalid(decision.refused.map((fault) => ({ ...fault, location: 'body' as const })));
  const confirmed = {
    ...event,
    confirmed_flag: true,
    confirmed_at: now,
    confirmed_date_id: decision.dateId,
    confirmed_place_id: decision.placeId ?? null,
    ics_sequence: nextSequence(event),
  };
  return { ...confirmed, ahead_until: aheadUntil(confirmed) };
}

/** Whether what calendars hold of the event is not true any more. */
function isMoved(before: PollEventRow, after: PollEventRow): boolean {
  const [was, is] = [confirmedDateOf(before), confirmedDateOf(after)];
  const [stood, stands] = [confirmedPlaceOf(before), confirmedPlaceOf(after)];
  return (
    was?.date !== is?.date ||
    was?.end_date !== is?.end_date ||
    was?.all_day !== is?.all_day ||
    stood?.name !== stands?.name ||
    stood?.address !== stands?.address
  );
}
