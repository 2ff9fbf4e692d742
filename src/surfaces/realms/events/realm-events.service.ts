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
import { sliceOf } from '../representation/realm-page.js';
import type { Place, PlaceRights } from '../catalogue/realm-place.repository.js';
import { notAllowed, notFound } from '../realms.failures.js';

/** The segments of a path that say which calendar, and which event in it. */
export interface CalendarPath {
  readonly collection: string;
  readonly realm_id: string;
}
export interface EventPath extends CalendarPath {
  readonly event_id: string;
}

/** Only a person's own calendar has a name beside its number. */
const MYSELF = 'me';
/** PostgreSQL's integers; nothing beyond them has an id here. */
const LAST_ID = 2_147_483_647;

/** The rules of calendars. */
@Injectable()
export class RealmEventsService {
  constructor(
    private readonly events: RealmEventsRepository,
    private readonly lists: RealmEventListsRepository,
    private readonly clock: Clock,
  ) {}

  async list(caller: Caller, path: CalendarPath, query: ListRealmEvents): Promise<RealmEventPage> {
    const withLinks = query.with_attachments === true;
    const page = await this.lists.list(placeOf(caller, path), sliceOf(query), withLinks, daysOf(query));
    if (page === undefined) throw notFound();
    if (!page.may_see) throw notAllowed();
    return page;
  }

  /** An event whose answers are open to the organization may be read by all of it. */
  async find(caller: Caller, path: EventPath): Promise<RealmEventRow & PlaceRights> {
    const found = await this.events.find(placeOf(caller, path), idOf(path.event_id));
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
    const created = await this.events.create(placeOf(caller, path), draft, this.clock.now(caller));
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
      needs_its_end: dto.has_end === true,
      all_day: cleared(dto.all_day, false),
      rsvp: cleared(dto.rsvp, 0),
      comments_enabled: cleared(dto.comments_enabled, true),
      attached_links: cleared(dto.attachments, []),
    };
    const now = this.clock.now(caller);
    const id = idOf(path.event_id);
    assertDone(await this.events.change(placeOf(caller, path), id, change, now));
  }

  async delete(caller: Caller, path: EventPath): Promise<void> {
    assertDone(await this.events.delete(placeOf(caller, path), idOf(path.event_id)));
  }

  /** Throws what a caller without the right to write there is told, whatever the body says. */
  async assertCreation(caller: Caller, path: CalendarPath): Promise<void> {
    const rights = await this.events.rights(placeOf(caller, path));
    if (rights === undefined) throw notFound();
    if (!rights.may_write) throw notAllowed();
  }

  /** The same for an event that is there. */
  async assertChange(caller: Caller, path: EventPath): Promise<void> {
    const found: Found<RealmEventRow> | undefined = await this.events.find(
      placeOf(caller, path),
      idOf(path.event_id),
    );
    const isThere = found !== undefined && found.id !== null;
    assertDone(found && { ...found, found: isThere, done: isThere && found.may_see && found.editable });
  }
}

/** `rsvp` 2. */
export const OPEN_TO_ALL = 2;

/** `null` in a change means: back to what an event starts with. */
function cleared<T>(value: T | null | undefined, initial: T): T | undefined {
  return value === null ? initial : value;
}

function assertDone(
  row: (PlaceRights & { readonly found: boolean; readonly done: boolean }) | undefined,
): void {
  if (row === undefined) throw notFound();
  if (row.done) return;
  throw row.may_see && !row.found ? notFound() : notAllowed();
}

/** A collection that does not exist is a right that nobody has; a realm that cannot exist is not there. */
export function placeOf(caller: Caller, { collection, realm_id }: CalendarPath): Place {
  if (!isCollection(collection)) throw notAllowed();
  const { organizationId, memberId, isAdmin } = caller;
  const realmId = collection === 'users' && realm_id === MYSELF ? memberId : idOf(realm_id);
  if (realmId === null) throw notFound();
  return { organizationId, realm: COLLECTIONS[collection].realm, realmId, memberId, isAdmin };
}

export function idOf(text: string): number {
  const id = /^\d{1,10}$/.test(text) ? Number(text) : LAST_ID + 1;
  if (id > LAST_ID) throw notFound();
  return id;
}

/** Both days or nothing. */
export function daysOf({ start_date: first, end_date: last }: ListRealmEvents): DayRange | undefined {
  return first === undefined || last === undefined ? undefined : { first, last };
}
