import { Injectable } from '@nestjs/common';
import { requireId } from '../../../core/integer.js';
import type { Caller } from '../../../core/caller.js';
import { Clock } from '../../../core/clock.js';
import { invalidField } from '../../../core/failure.js';
import { instantOf, millisecondsOf, type Instant } from '../../../core/instant.js';
import type { Page } from '../../../core/page.js';
import { SpacesService } from '../catalogue/spaces.service.js';
import { SpacePeopleService } from '../people/space-people.service.js';
import {
  locationNotFound,
  presenceForbidden,
  spaceNotFound,
  tokenWithoutUser,
  unknownUser,
} from '../spaces.failures.js';
import type { PresenceRow } from './space-presence.columns.js';
import { PRESENCE_MINUTES, type PresenceDto, type SomeoneDto } from './space-presences.dto.js';
import { SpacePresencesRepository, type Someone } from './space-presences.repository.js';

/** Presences as they are at a time. */
export interface PresenceList {
  readonly rows: PresenceRow[];
  readonly now: Instant;
}

/** Who is in which space. It never changes a booking. */
@Injectable()
export class SpacePresencesService {
  constructor(
    private readonly presences: SpacePresencesRepository,
    private readonly people: SpacePeopleService,
    private readonly spaces: SpacesService,
    private readonly clock: Clock,
  ) {}

  async listInSpace(caller: Caller, spaceId: string, page: Page): Promise<PresenceList> {
    const id = requireId(spaceId, spaceNotFound);
    const list = await this.list(caller, 'space', id, page);
    if (list.rows.length === 0) await this.spaces.find(caller, spaceId);
    return list;
  }

  async listInLocation(caller: Caller, locationId: string, page: Page): Promise<PresenceList> {
    const id = requireId(locationId, locationNotFound);
    const list = await this.list(caller, 'location', id, page);
    if (list.rows.length === 0) await this.spaces.findLocation(caller, locationId);
    return list;
  }

  listOwn(caller: Caller, page: Page): Promise<PresenceList> {
    if (caller.memberId === null) throw tokenWithoutUser();
    return this.list(caller, 'user', caller.memberId, page);
  }

  async listOfUser(caller: Caller, idOrSlug: string, page: Page): Promise<PresenceList> {
    const { id } = await this.people.findUser(caller, idOrSlug);
    return this.list(caller, 'user', id, page);
  }

  /** Somebody arrives in a space, or is still there. */
  async renew(
    caller: Caller,
    spaceId: string,
    dto: PresenceDto,
  ): Promise<{ readonly row: PresenceRow; readonly now: Instant }> {
    const someone = await this.findSomeone(caller, dto);
    const id = requireId(spaceId, spaceNotFound);
    const now = this.clock.now(caller);
    const session_ttl = dto.session_ttl ?? PRESENCE_MINUTES;
    const expires_at = instantOf(millisecondsOf(now) + session_ttl * 60_000);
    const session = { session_ttl, now, expires_at };
    const row = await this.presences.renew(caller.organizationId, id, someone, session);
    if (row === undefined) throw spaceNotFound();
    return { row, now };
  }

  /** Somebody leaves a space; it is no fault if they are not there. */
  async end(caller: Caller, spaceId: string, dto: SomeoneDto): Promise<void> {
    const someone = await this.findSomeone(caller, dto);
    const id = requireId(spaceId, spaceNotFound);
    const ended = await this.presences.end(caller.organizationId, id, someone, this.clock.now(caller));
    if (!ended) await this.spaces.find(caller, spaceId);
  }

  private async list(
    caller: Caller,
    scope: 'space' | 'location' | 'user',
    id: number,
    page: Page,
  ): Promise<PresenceList> {
    const now = this.clock.now(caller);
    return { rows: await this.presences.listActive(caller.organizationId, scope, id, now, page), now };
  }

  /** An administrator may name anybody, also a device alone; others speak for themselves. */
  private async findSomeone(caller: Caller, dto: SomeoneDto): Promise<Someone> {
    const device_id = dto.device_ref ?? dto.device_id ?? null;
    const field = dto.user_ref == null && dto.user_id != null ? 'user_id' : 'user_ref';
    const user = dto.user_ref ?? (dto.user_id == null ? undefined : String(dto.user_id));
    if (user === undefined && device_id !== null && caller.isAdmin) return { user_id: null, device_id };
    return { user_id: await this.findUserId(caller, user ?? 'self', field), device_id };
  }

  private async findUserId(caller: Caller, ref: string, field: string): Promise<number> {
    const { memberId, isAdmin } = caller;
    if (ref === 'self' || ref === String(memberId)) {
      if (memberId !== null) return memberId;
      throw invalidField(field, `${field} must name a user, since this access token belongs to none`);
    }
    const found = await this.people.findUserByRef(caller, ref);
    if (!isAdmin && (found === undefined || found.id !== memberId)) throw presenceForbidden();
    if (found === undefined) throw unknownUser(field);
    return found.id;
  }
}
