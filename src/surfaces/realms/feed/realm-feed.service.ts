import { Injectable } from '@nestjs/common';
import type { Caller } from '../../../core/caller.js';
import { Clock } from '../../../core/clock.js';
import { dayRangeOf, scopeOf } from '../events/realm-events.service.js';
import type { RealmEventPage } from '../events/realm-event-lists.repository.js';
import type { ListRealmEvents } from '../events/realm-events.dto.js';
import { RealmFeedRepository } from './realm-feed.repository.js';
import { sliceOf } from '../representation/realm-pagination.js';
import { notAllowed, notFound } from '../realms.failures.js';

/** A user's feed, for that user and the organization's administrators. */
@Injectable()
export class RealmFeedService {
  constructor(
    private readonly feeds: RealmFeedRepository,
    private readonly clock: Clock,
  ) {}

  calendar(caller: Caller, userId: string, query: ListRealmEvents): Promise<RealmEventPage> {
    return this.list(caller, userId, query, false);
  }

  upcoming(caller: Caller, userId: string, query: ListRealmEvents): Promise<RealmEventPage> {
    return this.list(caller, userId, query, true);
  }

  private async list(
    caller: Caller,
    userId: string,
    query: ListRealmEvents,
    isAhead: boolean,
  ): Promise<RealmEventPage> {
    const scope = scopeOf(caller, { collection: 'users', realm_id: userId });
    const since = isAhead ? this.clock.now(caller) : undefined;
    const page = await this.feeds.list(scope, sliceOf(query), dayRangeOf(query), since);
    if (page === undefined) throw notFound();
    if (!page.may_see) throw notAllowed();
    return page;
  }
}
