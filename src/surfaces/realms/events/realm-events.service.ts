import { Injectable } from '@nestjs/common';
import type { Caller } from '../../../core/caller.js';
import { Clock } from '../../../core/clock.js';
import { COLLECTIONS, isCollection } from '../catalogue/realm-collection.js';
import {
  RealmEventListsRepository,
  type DayRange,
  type RealmEventPage,
} from './realm-event-lists.repository.js';
import { RealmEventsRepository, type Found, type RealmEventRow } from './realm-events.repository.js';
import type { ChangeRealmEvent, CreateRealmEvent, ListRealmEvents } from './realm-events.dto.js';
import { sliceOf } from '../representation/realm-pagination.js';
import type { RealmScope, RealmRights } from '../catalogue/realm-rights.js';
import { notAllowed, notFound } from '../realms.failures.js';

/** Path parameters of a calendar and of an event in it. */
export interface CalendarPath {
  readonly collection: string;
  readonly realm_id: string;
}
export interface EventPath extends CalendarPath {
  readonly event_id: string;
}

/** Stands for the caller's own id in `users`. */
const ME = 'me';
/** Maximum of PostgreSQL's `integer`. */
const MAX_ID = 2_147_483_647;

@Injectable()
export class RealmEventsService {
  constructor(
    private readonly events: RealmEventsRepository,
    private readonly lists: RealmEventListsRepository,
    private readonly clock: Clock,
  ) {}

  async list(caller: Caller, path: CalendarPath, query: ListRealmEvents): Promise<RealmEventPage> {
    const withLinks = query.with_attachments === true;
    const page = await this.lists.list(scopeOf(caller, path), sliceOf(query), withLinks, dayRangeOf(query));
    if (page === undefined) throw notFound();
    if (!page.may_see) throw notAllowed();
    return page;
  }

  /** Everybody in the organization may read an event whose RSVP is open to it. */
  async find(caller: Caller, path: EventPath): Promise<RealmEventRow & RealmRights> {
    const found = await this.events.find(scopeOf(caller, path), parseId(path.event_id));
    if (found === undefined) throw notFound();
    if (found.id !== null && (found.may_see || found.rsvp === OPEN_TO_ALL)) return found;
    throw found.may_see ? notFound() : notAllowed();
  }

  async create(caller: Caller, path: CalendarPath, dto: CreateRealmEvent): Promise<RealmEventRow> {
    const draft = {
      title: dto.title,
      description: dto.description ?? '',
      start: dto.start,
      end: dto.has_end === false ? null : (dto.end ?? null),
      all_day: dto.all_day ?? false,
      rsvp: dto.rsvp ?? 0,
      comments_enabled: dto.comments_enabled ?? true,
      attached_links: dto.attachments ?? [],
    };
    const created = await this.events.create(scopeOf(caller, path), draft, this.clock.now(caller));
    if (created === undefined) throw notFound();
    if (created.id === null) throw notAllowed();
    return created;
  }

  async change(caller: Caller, path: EventPath, dto: ChangeRealmEvent): Promise<void> {
    const change = {
      title: dto.title,
      description: dto.description === null ? '' : dto.description,
      start: dto.start,
      end: dto.has_end === false || dto.has_end === null ? null : dto.end,
      requires_end: dto.has_end === true,
      all_day: orDefault(dto.all_day, false),
      rsvp: orDefault(dto.rsvp, 0),
      comments_enabled: orDefault(dto.comments_enabled, true),
      attached_links: orDefault(dto.attachments, []),
    };
    const now = this.clock.now(caller);
    const id = parseId(path.event_id);
    assertDone(await this.events.change(scopeOf(caller, path), id, change, now));
  }

  async delete(caller: Caller, path: EventPath): Promise<void> {
    assertDone(await this.events.delete(scopeOf(caller, path), parseId(path.event_id)));
  }

  /** Throws if the caller may not write, so that this error takes precedence over an invalid body. */
  async assertMayCreate(caller: Caller, path: CalendarPath): Promise<void> {
    const rights = await this.events.rights(scopeOf(caller, path));
    if (rights === undefined) throw notFound();
    if (!rights.may_write) throw notAllowed();
  }

  /** The same for an existing event. */
  async assertMayChange(caller: Caller, path: EventPath): Promise<void> {
    const found: Found<RealmEventRow> | undefined = await this.events.find(
      scopeOf(caller, path),
      parseId(path.event_id),
    );
    const exists = found !== undefined && found.id !== null;
    assertDone(found && { ...found, found: exists, done: exists && found.may_see && found.editable });
  }
}

/** `rsvp` value: anybody in the organization may answer. */
export const OPEN_TO_ALL = 2;

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

/** An unknown collection gets 403, an impossible realm id 404. */
export function scopeOf(caller: Caller, { collection, realm_id }: CalendarPath): RealmScope {
  if (!isCollection(collection)) throw notAllowed();
  const { organizationId, memberId, isAdmin } = caller;
  const realmId = collection === 'users' && realm_id === ME ? memberId : parseId(realm_id);
  if (realmId === null) throw notFound();
  return { organizationId, realm: COLLECTIONS[collection].realm, realmId, memberId, isAdmin };
}

export function parseId(text: string): number {
  const id = /^\d{1,10}$/.test(text) ? Number(text) : MAX_ID + 1;
  if (id > MAX_ID) throw notFound();
  return id;
}

/** `undefined` unless both days are given. */
export function dayRangeOf({ start_date: first, end_date: last }: ListRealmEvents): DayRange | undefined {
  return first === undefined || last === undefined ? undefined : { first, last };
}
