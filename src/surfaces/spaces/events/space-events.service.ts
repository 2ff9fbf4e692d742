import { Injectable } from '@nestjs/common';
import { requireId } from '../../../core/integer.js';
import type { Caller } from '../../../core/caller.js';
import { Clock } from '../../../core/clock.js';
import type { Failure } from '../../../core/failure.js';
import type { Page } from '../../../core/page.js';
import type { SkippedRow, SpaceEventRow } from './space-event.columns.js';
import { readEventId } from './space-event.id.js';
import { mayChange } from './space-event.rights.js';
import type { EventInclude, EventView } from './space-event.includes.js';
import {
  SpaceEventsRepository,
  type EventFilters,
  type EventScope,
  type IncludingEventRow,
} from './space-events.repository.js';
import {
  eventNotFound,
  locationNotFound,
  tokenWithoutUser,
  spaceNotFound,
  userNotFound,
} from '../spaces.failures.js';

const NOT_FOUND: Readonly<Record<EventScope, () => Failure>> = {
  space: spaceNotFound,
  location: locationNotFound,
  user: userNotFound,
};

/** Reads events. */
@Injectable()
export class SpaceEventsService {
  constructor(
    private readonly events: SpaceEventsRepository,
    private readonly clock: Clock,
  ) {}

  async find(caller: Caller, id: string, view?: EventView): Promise<IncludingEventRow> {
    const ref = readEventId(id);
    if (ref === undefined) throw eventNotFound();
    const event = await this.events.findEvent(caller.organizationId, ref, view);
    if (event === undefined) throw eventNotFound();
    // Skipped occurrences are visible only to those who may change the series.
    if (event.status === 'skipped' && !mayChange(caller, event)) throw eventNotFound();
    return event;
  }

  /** An event that was just written, with what was asked for beside it. */
  async withIncludes(
    caller: Caller,
    event: SpaceEventRow,
    include: readonly EventInclude[] = [],
  ): Promise<IncludingEventRow> {
    if (include.length === 0) return event;
    const originalStart = event.is_occurrence ? event.original_start : undefined;
    const ref = { eventId: event.event_id, originalStart };
    return (await this.events.findEvent(caller.organizationId, ref, this.viewFor(caller, include))) ?? event;
  }

  /** What to read with events at this moment. */
  viewFor(caller: Caller, include: readonly EventInclude[] = []): EventView {
    return { include, now: this.clock.now(caller) };
  }

  /** Skipped occurrences of a series, for callers who may change it. */
  async listSkipped(caller: Caller, event: SpaceEventRow): Promise<SkippedRow[]> {
    if (event.recurrence === null || !mayChange(caller, event)) return [];
    return this.events.listSkipped(caller.organizationId, event.event_id);
  }

  async list(
    caller: Caller,
    scope: EventScope,
    id: string,
    filters: EventFilters,
    page: Page,
    view: EventView,
  ): Promise<IncludingEventRow[]> {
    const number = this.parseId(scope, id);
    const rows = await this.events.list(caller.organizationId, scope, number, filters, page, view);
    return this.rowsOrNotFound(caller, scope, number, rows);
  }

  /** Current and future events. */
  listUpcoming(
    caller: Caller,
    scope: EventScope,
    id: string,
    page: Page,
    view: EventView,
  ): Promise<IncludingEventRow[]> {
    return this.list(caller, scope, id, { after: view.now }, page, view);
  }

  /** Past events, the most recent first. */
  async listRecent(
    caller: Caller,
    scope: 'space' | 'user',
    id: string,
    page: Page,
    view: EventView,
  ): Promise<IncludingEventRow[]> {
    const number = this.parseId(scope, id);
    const rows = await this.events.listRecent(caller.organizationId, scope, number, page, view);
    return this.rowsOrNotFound(caller, scope, number, rows);
  }

  /** The caller's user id, in the form of a path parameter. */
  ownUserId({ memberId }: Caller): string {
    if (memberId === null) throw tokenWithoutUser();
    return String(memberId);
  }

  private parseId(scope: EventScope, id: string): number {
    return requireId(id, NOT_FOUND[scope]);
  }

  /** Distinguishes an empty page from a scope that does not exist. */
  private async rowsOrNotFound(
    { organizationId }: Caller,
    scope: EventScope,
    id: number,
    rows: IncludingEventRow[],
  ): Promise<IncludingEventRow[]> {
    if (rows.length === 0 && !(await this.events.scopeExists(organizationId, scope, id)))
      throw NOT_FOUND[scope]();
    return rows;
  }
}
