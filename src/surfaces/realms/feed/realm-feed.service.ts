import { Injectable } from '@nestjs/common';
import type { Caller } from '../../../core/caller.js';
import { Clock } from '../../../core/clock.js';
import { userScope } from '../catalogue/realm-scope.js';
import { assertVisible, dayRangeOf } from '../events/realm-events.service.js';
import type { RealmEventPage } from '../events/realm-event-lists.repository.js';
import type { ListRealmEventsQueryDto } from '../events/realm-events.dto.js';
import { RealmFeedRepository } from './realm-feed.repository.js';
import { sliceOf } from '../representation/realm-pagination.js';

/** A user's feed, for that user and the organization's administrators. */
@Injectable()
export class RealmFeedService {
  constructor(
    private readonly feeds: RealmFeedRepository,
    private readonly clock: Clock,
  ) {}

  async calendar(caller: Caller, userId: string, query: ListRealmEventsQueryDto): Promise<RealmEventPage> {
    const scope = userScope(caller, userId);
    return assertVisible(await this.feeds.calendar(scope, sliceOf(query), dayRangeOf(query)));
  }

  async upcoming(caller: Caller, userId: string, query: ListRealmEventsQueryDto): Promise<RealmEventPage> {
    const scope = userScope(caller, userId);
    const now = this.clock.now(caller);
    return assertVisible(await this.feeds.upcoming(scope, sliceOf(query), dayRangeOf(query), now));
  }
}
