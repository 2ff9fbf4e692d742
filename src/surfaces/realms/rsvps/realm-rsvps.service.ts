import { Injectable } from '@nestjs/common';
import type { Caller } from '../../../core/caller.js';
import { Clock } from '../../../core/clock.js';
import { parseRealmId, scopeOf, type EventPath } from '../catalogue/realm-scope.js';
import { RSVP } from '../events/realm-event.entity.js';
import { RealmRsvpsRepository, type RsvpResponse, type RsvpRow } from './realm-rsvps.repository.js';
import { notAllowed, notFound } from '../realms.failures.js';

/** Everybody who is invited may answer; everybody who may read the event may see the counts. */
@Injectable()
export class RealmRsvpsService {
  constructor(
    private readonly rsvps: RealmRsvpsRepository,
    private readonly clock: Clock,
  ) {}

  async find(caller: Caller, path: EventPath): Promise<RsvpRow> {
    return assertReadable(await this.rsvps.findRsvps(scopeOf(caller, path), parseRealmId(path.event_id)));
  }

  async answer(caller: Caller, path: EventPath, response: RsvpResponse): Promise<RsvpRow> {
    const now = this.clock.now(caller);
    const row = await this.rsvps.saveRsvp(scopeOf(caller, path), parseRealmId(path.event_id), response, now);
    assertReadable(row);
    if (row?.done !== true) throw notAllowed();
    return row;
  }

  /** Throws if the caller may not answer, so that this error takes precedence over an invalid body. */
  async assertMayAnswer(caller: Caller, path: EventPath): Promise<void> {
    const { rsvp, is_member } = await this.find(caller, path);
    if (caller.memberId === null || (rsvp !== RSVP.anybody && !is_member)) throw notAllowed();
  }
}

function assertReadable(row: RsvpRow | undefined): RsvpRow {
  if (row === undefined) throw notFound();
  if (row.id === null) throw row.may_see ? notFound() : notAllowed();
  if (row.rsvp === RSVP.nobody || !(row.belongs || row.rsvp === RSVP.anybody)) throw notAllowed();
  return row;
}
