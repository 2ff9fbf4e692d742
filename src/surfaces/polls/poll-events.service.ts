import { Injectable } from '@nestjs/common';
import type { Caller } from '../../core/caller.js';
import { Clock } from '../../core/clock.js';
import { Failure, invalid, invalidField, type Fault } from '../../core/failure.js';
import type { Instant } from '../../core/instant.js';
import { pageOf } from '../../core/page.js';

import { UnreadableExpression } from '../../database/searches.js';
import { OutboxWorker } from '../../outbox/outbox.worker.js';
import { decide, type Wish } from './poll-confirmation.js';
import {
  aheadUntil,
  confirmedDateOf,
  confirmedPlaceOf,
  DEFAULT_LANGUAGE,
  organiserOf,
  type PollCreator,
  type PollEventRow,
  type PollInvitee,
  type PollMessage,
} from './poll-event.js';
import { PollEventLists, type MarkFilter } from './poll-event-lists.table.js';
import type { MarkKind } from './poll-event.marks.js';
import { PollEvents } from './poll-events.table.js';
import type {
  ChangePollEvent,
  ChangePollOrganiser,
  CreatePollEvent,
  ListPollEvents,
  PollInviteeWish,
  PollThirdPartyWish,
} from './poll-events.wire.js';
import { expressionFault } from './poll-expression.js';
import { isPollId, pollId } from './poll-id.js';
import { inviteeOf, newInvitees, withKeys, withoutInvitee } from './poll-invitees.js';
import { PollNews, type News } from './poll-news.js';
import { readDates, replacedDates, replacedPlaces } from './poll-options.js';
import { PollPeople, type PollPersonRow } from './poll-people.table.js';
import { withBallot, withDecline, withStats, type Ballot } from './poll-votes.js';
import { confirmedOptionRemoved, eventCancelled, eventNotFound, inviteeNotFound } from './polls.failures.js';

const PAGES = { defaultLimit: 50, maxLimit: 100 };

/** A change of an event, and who is told what of it. */
interface Change {
  readonly event: PollEventRow;
  readonly news: readonly News[];
}

/** The rules of poll-scheduled events. */
@Injectable()
export class PollEventsService {
  constructor(
    private readonly events: PollEvents,
    private readonly lists: PollEventLists,
    private readonly people: PollPeople,
    private readonly news: PollNews,
    private readonly outbox: OutboxWorker,
    private readonly clock: Clock,
  ) {}

  async find({ organizationId }: Caller, id: string): Promise<PollEventRow> {
    const event = isPollId(id) ? await this.events.find(organizationId, id) : undefined;
    if (event === undefined) throw eventNotFound();
    return event;
  }

  async list(caller: Caller, query: ListPollEvents): Promise<PollEventRow[]> {
    const { q } = query;
    const fault = q === undefined ? undefined : expressionFault(q);
    if (fault !== undefined) throw invalidQuery(`q ${fault}`);
    const filter = { filter: query.filter, q: q === '' ? undefined : q, marks: marksAsked(query) };
    const page = pageOf(query.page, query.limit, PAGES);
    try {
      return await this.lists.list(caller.organizationId, filter, this.clock.now(caller), page);
    } catch (error) {
      if (error instanceof UnreadableExpression) throw invalidQuery('q is not a regular expression');
      throw error;
    }
  }

  /** Two statements: whoever the creator is says in which zone dates are read, before they can be written. */
  async create(caller: Caller, wish: CreatePollEvent): Promise<PollEventRow> {
    const now = this.clock.now(caller);
    const { creator, invitees, keys } = await this.invite(caller, wish, now);
    const zone = wish.timezone ?? creator.time_zone ?? creator.organization_zone;
    const { dates, faults } = readDates(wish.dates ?? [], zone);
    if (faults.length > 0) throw invalid(faults);
    const id = pollId(now);
    const created: PollEventRow = {
      organization_id: caller.organizationId,
      id,
      title: wish.title,
      ...createdBy(creator),
      key_store_id: pollId(now),
      reply_address: this.news.replyAddress(wish.title),
      lang: wish.lang ?? DEFAULT_LANGUAGE,
      locale: wish.locale ?? DEFAULT_LANGUAGE,
      time_zone: wish.timezone ?? null,
      third_party: thirdPartyOf(wish.third_party),
      vyteme: wish.vyteme ?? null,
      no_emails: wish.settings?.no_emails ?? null,
      version: 0,
      ics_sequence: null,
      confirmed_flag: false,
      confirmed_at: null,
      confirmed_date_id: null,
      confirmed_place_id: null,
      cancelled_at: null,
      ahead_until: null,
      dates: replacedDates(dates, [], creator.user_id, now),
      places: replacedPlaces(wish.places ?? [], [], creator.user_id, now),
      invitees,
      messages: (wish.messages ?? []).map(({ body }) => messageOf(creator, body, now)),
      declines: [],
      keys,
      created_at: now,
      updated_at: now,
    };
    const confirmed = wish.confirmed?.flag === true;
    const event = confirmed
      ? confirmedAt(created, {}, now)
      : { ...created, ahead_until: aheadUntil(created) };
    await this.events.create(
      event,
      this.news.of(event, [
        {
          type: 'event.created',
          mail: confirmed ? 'confirmation' : 'invitation',
          to: confirmed ? invitees : guests(event),
        },
        ...(confirmed ? [{ type: 'event.confirmed' } as const] : []),
      ]),
    );
    this.outbox.nudge();
    return event;
  }

  update(caller: Caller, id: string, wish: ChangePollEvent): Promise<PollEventRow> {
    const now = this.clock.now(caller);
    return this.change(caller, id, now, (event) => {
      const organiser = organiserOf(event);
      const timeZone = wish.timezone === undefined ? event.time_zone : wish.timezone;
      const read =
        wish.dates === undefined ? undefined : readDates(wish.dates ?? [], timeZone ?? organiser.timezone);
      if (read !== undefined && read.faults.length > 0) throw invalid(read.faults);
      const said = (wish.messages ?? []).map(({ body }) => messageBy(organiser, body, now));
      const changed: PollEventRow = withStats({
        ...event,
        title: wish.title ?? event.title,
        time_zone: timeZone,
        lang: wish.lang === undefined ? event.lang : (wish.lang ?? DEFAULT_LANGUAGE),
        locale: wish.locale === undefined ? event.locale : (wish.locale ?? DEFAULT_LANGUAGE),
        dates: read === undefined ? event.dates : replacedDates(read.dates, event.dates, organiser.user, now),
        places:
          wish.places === undefined
            ? event.places
            : replacedPlaces(wish.places ?? [], event.places, organiser.user, now),
        messages: [...event.messages, ...said],
        version: event.version + (read !== undefined || wish.places !== undefined || said.length > 0 ? 1 : 0),
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

  confirm(caller: Caller, id: string, wish: Wish): Promise<PollEventRow> {
    const now = this.clock.now(caller);
    return this.change(caller, id, now, (event) => ({
      event: confirmedAt(event, wish, now),
      news: [{ type: 'event.confirmed', mail: 'confirmation', to: event.invitees }],
    }));
  }

  /** Twice is as good as once. */
  async cancel(caller: Caller, id: string): Promise<void> {
    const now = this.clock.now(caller);
    await this.changeEven(caller.organizationId, id, now, (event) => {
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

  async addInvitees(
    caller: Caller,
    id: string,
    wishes: readonly PollInviteeWish[],
  ): Promise<readonly PollInvitee[]> {
    const now = this.clock.now(caller);
    if (!isPollId(id)) throw eventNotFound();
    const addresses = wishes.map(({ email }) => email);
    const event = await this.change(caller, id, now, async (before) => {
      const people = await this.people.findOrMake(caller.organizationId, addresses, undefined, now);
      const added = newInvitees(wishes, people, before.invitees, {
        creator: before.creator_user,
        eventZone: before.time_zone,
        locale: before.locale,
        now,
      });
      if (added.length === 0) return undefined;
      const invitees = [...before.invitees, ...added];
      return {
        event: { ...before, invitees, keys: withKeys(before.keys, invitees), version: before.version + 1 },
        news: [
          {
            type: 'event.new_invitee',
            mail: before.confirmed_flag ? 'confirmation' : 'invitation',
            to: added,
          },
        ],
      };
    });
    return event.invitees;
  }

  async removeInvitee(caller: Caller, id: string, inviteeId: string): Promise<void> {
    const now = this.clock.now(caller);
    await this.change(caller, id, now, (event) => {
      const invitee = event.invitees.find(({ _id }) => _id === inviteeId);
      if (invitee === undefined) throw inviteeNotFound();
      if (invitee.user === event.creator_user) {
        throw invalidPath('invitee_id', 'invitee_id is the organiser, who cannot be removed');
      }
      return { event: { ...withoutInvitee(event, invitee, now), version: event.version + 1 }, news: [] };
    });
  }

  async changeOrganiser(
    caller: Caller,
    id: string,
    { user, keep_as_invitee }: ChangePollOrganiser,
  ): Promise<void> {
    const now = this.clock.now(caller);
    await this.change(caller, id, now, async (event) => {
      if (user === event.creator_user) return undefined;
      const person = (await this.people.findOrMake(caller.organizationId, [], user, now)).byId(user);
      if (person === undefined) throw invalidField('user', 'user is no user of your organization');
      const former = organiserOf(event);
      const circumstances = { creator: user, eventZone: event.time_zone, locale: event.locale, now };
      const invited = event.invitees.some((invitee) => invitee.user === user)
        ? event.invitees
        : [...event.invitees, inviteeOf(person, {}, circumstances)];
      const invitees = invited.map((invitee) => ({ ...invitee, su: invitee.user === user }));
      const moved = withStats({
        ...event,
        ...createdBy(person),
        invitees,
        keys: withKeys(event.keys, invitees),
      });
      const changed = keep_as_invitee === false ? withoutInvitee(moved, former, now) : moved;
      return { event: { ...changed, version: event.version + 1 }, news: [{ type: 'event.updated' }] };
    });
  }

  async vote(organizationId: number, id: string, who: Voter, ballot: Ballot): Promise<PollEventRow> {
    const now = this.clock.now();
    return this.changeAs(organizationId, id, who, now, (event, { user }) => {
      const faults = [
        ...unknownOptions('dates', ballot.dates, event.dates),
        ...unknownOptions('places', ballot.places, event.places),
      ];
      if (faults.length > 0) throw invalid(faults);
      const voted = withBallot(event, user, ballot, now);
      return { event: { ...voted, version: event.version + 1 }, news: [{ type: 'event.voted' }] };
    });
  }

  decline(organizationId: number, id: string, who: Voter): Promise<PollEventRow> {
    const now = this.clock.now();
    return this.changeAs(organizationId, id, who, now, (event, { user }) => {
      const declined = withDecline(event, user, now);
      return declined === event
        ? undefined
        : { event: { ...declined, version: event.version + 1 }, news: [{ type: 'event.voted' }] };
    });
  }

  say(organizationId: number, id: string, who: Voter, body: string): Promise<PollEventRow> {
    const now = this.clock.now();
    return this.changeAs(organizationId, id, who, now, (event, invitee) => ({
      event: {
        ...event,
        messages: [...event.messages, messageBy(invitee, body, now)],
        version: event.version + 1,
      },
      news: [{ type: 'event.updated' }],
    }));
  }

  /** A change that a cancelled event does not take. */
  private change(
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
  private changeAs(
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
  private async changeEven(
    organizationId: number,
    id: string,
    now: Instant,
    rule: (event: PollEventRow) => Change | undefined | Promise<Change | undefined>,
  ): Promise<PollEventRow> {
    if (!isPollId(id)) throw eventNotFound();
    const result = await this.events.change(
      organizationId,
      id,
      async (before) => {
        const change = await rule(before);
        if (change === undefined) return { event: before, written: undefined };
        const event = { ...change.event, ahead_until: aheadUntil(change.event), updated_at: now };
        return { event, written: { event, outgoing: this.news.of(event, change.news) } };
      },
      ({ written }) => written,
    );
    if (result === undefined) throw eventNotFound();
    if (result.written !== undefined) this.outbox.nudge();
    return result.event;
  }

  private async invite(
    { organizationId }: Caller,
    { created_by: { email, user }, ...wish }: CreatePollEvent,
    now: Instant,
  ): Promise<{ creator: PollPersonRow; invitees: PollInvitee[]; keys: Record<string, string> }> {
    const wishes = wish.invitees ?? [];
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
      eventZone: wish.timezone ?? null,
      locale: wish.locale ?? DEFAULT_LANGUAGE,
      now,
    };
    const first = inviteeOf(creator, {}, circumstances);
    const invitees = [first, ...newInvitees(wishes, people, [first], circumstances)];
    return { creator, invitees, keys: withKeys({}, invitees) };
  }
}

/** Says which of the invited acts; fails where nobody is named. */
export type Voter = (event: PollEventRow) => PollInvitee;

function createdBy(
  person: PollPersonRow,
): Pick<PollEventRow, 'creator_user' | 'creator_member_id' | 'created_by'> {
  const created_by: PollCreator = {
    email: person.email,
    user: person.user_id,
    picture_url: '',
    full_name: person.full_name ?? '',
  };
  return { creator_user: person.user_id, creator_member_id: person.member_id, created_by };
}

function thirdPartyOf(wish: PollThirdPartyWish | null | undefined): PollEventRow['third_party'] {
  const { ct, app, name, group_ids } = wish ?? {};
  return {
    ...(ct != null && { ct }),
    ...(app != null && { app }),
    group_ids: group_ids ?? [],
    ...(name != null && { name }),
  };
}

function messageOf({ user_id: user, email: from }: PollPersonRow, body: string, now: Instant): PollMessage {
  return messageBy({ user, email: from }, body, now);
}

function messageBy(
  { user, email }: Pick<PollInvitee, 'user' | 'email'>,
  body: string,
  now: Instant,
): PollMessage {
  return {
    created_by: { _id: user, user },
    from: email,
    body,
    _id: pollId(now),
    createdAt: now,
    updatedAt: now,
  };
}

/** Everybody but the organiser. */
function guests({ invitees, creator_user }: PollEventRow): PollInvitee[] {
  return invitees.filter(({ user }) => user !== creator_user);
}

function nextSequence({ ics_sequence }: PollEventRow): number {
  return ics_sequence === null ? 0 : ics_sequence + 1;
}

/** The event decided for what is wished or voted for. */
function confirmedAt(event: PollEventRow, wish: Wish, now: Instant): PollEventRow {
  const decision = decide(event.dates, event.places, now, wish);
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

function marksAsked(query: ListPollEvents): MarkFilter[] {
  const marks: MarkFilter[] = [];
  const ask = (kind: MarkKind, need: MarkFilter['need'], values: readonly string[] = []): boolean =>
    values.length > 0 && marks.push({ kind, need, values: [...new Set(values)] }) > 0;
  const lower = (addresses: readonly string[] | undefined): string[] | undefined =>
    addresses?.map((address) => address.toLowerCase());
  if (!ask('creator', 'any', query.creator_users)) ask('creator email', 'any', lower(query.creator_emails));
  ask('invitee', 'all', query.invitee_users);
  ask('invitee email', 'all', lower(query.invitee_emails));
  ask('app', 'any', query.app_id === undefined || query.app_id === '' ? [] : [query.app_id]);
  ask('group', 'any', query.group_ids);
  return marks;
}

function invalidQuery(message: string): Failure {
  return invalid([{ location: 'query', field: 'q', message }]);
}

function invalidPath(field: string, message: string): Failure {
  return invalid([{ location: 'path', field, message }]);
}
