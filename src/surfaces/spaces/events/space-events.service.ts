import { Injectable } from '@nestjs/common';
import type { Caller } from '../../../core/caller.js';
import { Clock } from '../../../core/clock.js';
import type { Failure } from '../../../core/failure.js';
import type { Page } from '../../../core/page.js';
import type { SkippedRow, SpaceEventRow } from './space-event.columns.js';
import { readEventId, readId } from './space-event.id.js';
import { mayChange } from './space-event.rights.js';
import { SpaceEventsRepository, type EventFilters, type EventScope } from './space-events.repository.js';
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

  async find(caller: Caller, id: string): Promise<SpaceEventRow> {
    const ref = readEventId(id);
    if (ref === undefined) throw eventNotFound();
    const event = await this.events.findEvent(caller.organizationId, ref);
    if (event === undefined) throw eventNotFound();
    // Skipped occurrences are visible only to those who may change the series.
    if (event.status === 'skipped' && !mayChange(caller, event)) throw eventNotFound();
    return event;
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
  ): Promise<SpaceEventRow[]> {
    const number = this.parseId(scope, id);
    const rows = await this.events.list(caller.organizationId, scope, number, filters, page);
    return this.rowsOrNotFound(caller, scope, number, rows);
  }

  /** Current and future events. */
  listUpcoming(caller: Caller, scope: EventScope, id: string, page: Page): Promise<SpaceEventRow[]> {
    return this.list(caller, scope, id, { after: this.clock.now(caller) }, page);
  }

  /** Past events, the most recent first. */
  async listRecent(
    caller: Caller,
    scope: 'space' | 'user',
    id: string,
    page: Page,
  ): Promise<SpaceEventRow[]> {
    const number = this.parseId(scope, id);
    const now = this.clock.now(caller);
    const rows = await this.events.listRecent(caller.organizationId, scope, number, now, page);
    return this.rowsOrNotFound(caller, scope, number, rows);
  }

  /** The caller's user id, in the form of a path parameter. */
  ownUserId({ memberId }: Caller): string {
    if (memberId === null) throw tokenWithoutUser();
    return String(memberId);
  }

  private parseId(scope: EventScope, id: string): number {
    const number = readId(id);
    if (number === undefined) throw NOT_FOUND[scope]();
    return number;
  }

  /** Distinguishes an empty page from a scope that does not exist. */
  private async rowsOrNotFound(
    { organizationId }: Caller,
    scope: EventScope,
    id: number,
    rows: SpaceEventRow[],
  ): Promise<SpaceEventRow[]> {
    if (rows.length === 0 && !(await this.events.scopeExists(organizationId, scope, id)))
      throw NOT_FOUND[scope]();
    return rows;
  }
}
