import { Injectable } from '@nestjs/common';
import type { Caller } from '../../../core/caller.js';
import { Clock } from '../../../core/clock.js';
import { invalid, type Failure } from '../../../core/failure.js';
import { pageOf } from '../../../core/page.js';
import { UnreadableExpression } from '../../../database/searches.js';
import { PollEventListsRepository, type SearchKeyFilter } from './poll-event-lists.repository.js';
import type { SearchKeyKind } from './poll-event.search-keys.js';
import type { PollEventView } from './poll-event.writer.js';
import type { ListPollEventsQueryDto } from './poll-events.dto.js';
import { expressionFault } from './poll-expression.js';

const PAGES = { defaultLimit: 50, maxLimit: 100 };

/** Validates list queries and runs them. */
@Injectable()
export class PollEventListsService {
  constructor(
    private readonly lists: PollEventListsRepository,
    private readonly clock: Clock,
  ) {}

  /** All events, or those that were made through a team. */
  async list(caller: Caller, query: ListPollEventsQueryDto, teamId?: string): Promise<PollEventView[]> {
    const { q } = query;
    const fault = q === undefined ? undefined : expressionFault(q);
    if (fault !== undefined) throw invalidQuery(`q ${fault}`);
    const filter = {
      filter: query.filter,
      q: q === '' ? undefined : q,
      teamId,
      searchKeys: searchKeyFilters(query),
    };
    const page = pageOf(query.page, query.limit, PAGES);
    try {
      return await this.lists.list(caller.organizationId, filter, this.clock.now(caller), page);
    } catch (error) {
      if (error instanceof UnreadableExpression) throw invalidQuery('q is not a regular expression');
      throw error;
    }
  }
}

function searchKeyFilters(query: ListPollEventsQueryDto): SearchKeyFilter[] {
  const searchKeys: SearchKeyFilter[] = [];
  const add = (
    kind: SearchKeyKind,
    match: SearchKeyFilter['match'],
    values: readonly string[] = [],
  ): boolean => values.length > 0 && searchKeys.push({ kind, match, values: [...new Set(values)] }) > 0;
  const lower = (addresses: readonly string[] | undefined): string[] | undefined =>
    addresses?.map((address) => address.toLowerCase());
  if (!add('creator', 'any', query.creator_users)) add('creator email', 'any', lower(query.creator_emails));
  add('invitee', 'all', query.invitee_users);
  add('invitee email', 'all', lower(query.invitee_emails));
  add('app', 'any', query.app_id === undefined || query.app_id === '' ? [] : [query.app_id]);
  add('group', 'any', query.group_ids);
  return searchKeys;
}

function invalidQuery(message: string): Failure {
  return invalid([{ location: 'query', field: 'q', message }]);
}
