import { Injectable } from '@nestjs/common';
import type { Caller } from '../../../core/caller.js';
import { Clock } from '../../../core/clock.js';
import { Failure } from '../../../core/failure.js';
import { collectionOf } from '../catalogue/realm-collection.js';
import {
  RealmEventListsRepository,
  type DayRange,
  type RealmEventPage,
} from './realm-event-lists.repository.js';
import { RSVP } from './realm-event.entity.js';
import { RealmEventsRepository, type RealmEventRow } from './realm-events.repository.js';
import type {
  UpdateRealmEventDto,
  CreateRealmEventDto,
  ListRealmEventsQueryDto,
} from './realm-events.dto.js';
import { sliceOf } from '../representation/realm-pagination.js';
import type { RealmRights } from '../catalogue/realm-rights.js';
import { ME, parseRealmId, scopeOf, type CalendarPath, type EventPath } from '../catalogue/realm-scope.js';
import { notAllowed, notFound } from '../realms.failures.js';

@Injectable()
export class RealmEventsService {
  constructor(
    private readonly events: RealmEventsRepository,
    private readonly lists: RealmEventListsRepository,
    private readonly clock: Clock,
  ) {}

  async list(caller: Caller, path: CalendarPath, query: ListRealmEventsQueryDto): Promise<RealmEventPage> {
    const withLinks = query.with_attachments === true;
    return assertVisible(
      await this.lists.list(scopeOf(caller, path), sliceOf(query), withLinks, dayRangeOf(query)),
    );
  }

  /** Everybody in the organization may read an event whose RSVP is open to it. */
  async find(caller: Caller, path: EventPath): Promise<RealmEventRow & RealmRights> {
    const found = await this.events.findEvent(scopeOf(caller, path), parseRealmId(path.event_id));
    if (found === undefined) throw notFound();
    if (found.id !== null && (found.may_see || found.rsvp === RSVP.anybody)) return found;
    throw found.may_see ? notFound() : notAllowed();
  }

  async create(caller: Caller, path: CalendarPath, dto: CreateRealmEventDto): Promise<RealmEventRow> {
    const ends_at = dto.has_end === false ? null : (dto.end ?? null);
    const draft = {
      title: dto.title,
      description: dto.description ?? '',
      starts_at: dto.start,
      ends_at,
      has_end: ends_at !== null,
      all_day: dto.all_day ?? false,
      rsvp: dto.rsvp ?? RSVP.nobody,
      comments_enabled: dto.comments_enabled ?? true,
      attached_links: dto.attachments ?? [],
    };
    const created = await this.events.insertEvent(scopeOf(caller, path), draft, this.clock.now(caller));
    if (created === undefined) throw notFound();
    if (created.id === null) throw notAllowed();
    return created;
  }

  /** In the calendar of the user that the caller acts as. */
  createOwn(caller: Caller, dto: CreateRealmEventDto): Promise<RealmEventRow> {
    if (caller.memberId === null) {
      throw new Failure('invalid', 'The key acts as no user, so it has no calendar of its own.');
    }
    return this.create(caller, { collection: collectionOf('user'), realm_id: ME }, dto);
  }

  async change(caller: Caller, path: EventPath, dto: UpdateRealmEventDto): Promise<void> {
    const ends_at = dto.has_end === false || dto.has_end === null ? null : dto.end;
    const change = {
      title: dto.title,
      description: dto.description === null ? '' : dto.description,
      starts_at: dto.start,
      ends_at,
      // 1 without an end violates a constraint, unless an end is stored already.
      has_end: ends_at === undefined ? (dto.has_end ?? undefined) : ends_at !== null,
      all_day: orDefault(dto.all_day, false),
      rsvp: orDefault(dto.rsvp, RSVP.nobody),
      comments_enabled: orDefault(dto.comments_enabled, true),
      attached_links: orDefault(dto.attachments, []),
    };
    const now = this.clock.now(caller);
    const id = parseRealmId(path.event_id);
    assertDone(await this.events.changeEvent(scopeOf(caller, path), id, change, now));
  }

  async delete(caller: Caller, path: EventPath): Promise<void> {
    assertDone(await this.events.deleteEvent(scopeOf(caller, path), parseRealmId(path.event_id)));
  }

  /** Throws if the caller may not write, so that this error takes precedence over an invalid body. */
  async assertMayCreate(caller: Caller, path: CalendarPath): Promise<void> {
    const rights = await this.events.findRights(scopeOf(caller, path));
    if (rights === undefined) throw notFound();
    if (!rights.may_write) throw notAllowed();
  }

  /** The same for an existing event. */
  async assertMayChange(caller: Caller, path: EventPath): Promise<void> {
    const event = await this.events.findEvent(scopeOf(caller, path), parseRealmId(path.event_id));
    const found = event?.id != null;
    assertDone(event && { ...event, found, done: found && event.editable });
  }
}

/** `null` in a change resets a value to its default. */
function orDefault<T>(value: T | null | undefined, initial: T): T | undefined {
  return value === null ? initial : value;
}

function assertDone(
  row: (RealmRights & { readonly found: boolean; readonly done: boolean }) | undefined,
): void {
  if (row === undefined) throw notFound();
  if (row.done) return;
  throw row.may_see && !row.found ? notFound() : notAllowed();
}

export function assertVisible(page: RealmEventPage | undefined): RealmEventPage {
  if (page === undefined) throw notFound();
  if (!page.may_see) throw notAllowed();
  return page;
}

/** `undefined` unless both days are given. */
export function dayRangeOf({
  start_date: first,
  end_date: last,
}: ListRealmEventsQueryDto): DayRange | undefined {
  return first === undefined || last === undefined ? undefined : { first, last };
}
