import { Controller, Get, Inject, Param, Query } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { CurrentCaller } from '../../../auth/caller.decorator.js';
import { RequiresCredential } from '../../../auth/requirement.js';
import type { Caller } from '../../../core/caller.js';
import { REALMS_ADDRESS } from '../realm-address.js';
import { ResponseWriter, type RealmResponse } from '../representation/realm-response.js';
import { REALM_EVENT_WRITERS } from '../events/realm-event.writer.js';
import type { RealmEventPage } from '../events/realm-event-lists.repository.js';
import { pageLinkParameters, ListRealmEvents, RealmEventList } from '../events/realm-events.dto.js';
import { RealmFeedService, userScope } from './realm-feed.service.js';
import { pageLinks, sliceOf } from '../representation/realm-pagination.js';
import { Answers, DescribesPath, Refuses, RefusesAlways } from '../realms.docs.js';

@ApiTags('Feed')
@RequiresCredential('realms', { onBehalf: true })
@DescribesPath()
@RefusesAlways()
@Controller('v1/users/:user_id')
export class RealmFeedController {
  constructor(
    private readonly feed: RealmFeedService,
    @Inject(REALMS_ADDRESS) private readonly address: string,
  ) {}

  @Get('calendar')
  @ApiOperation({ operationId: 'listRealmCalendar', summary: "List the events of all of a user's realms" })
  @Answers(RealmEventList, 'One page, sorted by start and id.')
  @Refuses('not-found', 'invalid')
  async calendar(
    @CurrentCaller() caller: Caller,
    @Param('user_id') userId: string,
    @Query() query: ListRealmEvents,
    @ResponseWriter() response: RealmResponse,
  ): Promise<string> {
    const page = await this.feed.calendar(caller, userId, query);
    return this.write(response, this.addressOf(caller, userId, 'calendar'), query, page);
  }

  @Get('upcoming')
  @ApiOperation({ operationId: 'listUpcomingRealmEvents', summary: 'List those of them that are not over' })
  @Answers(RealmEventList, 'One page, sorted by start and id.')
  @Refuses('not-found', 'invalid')
  async upcoming(
    @CurrentCaller() caller: Caller,
    @Param('user_id') userId: string,
    @Query() query: ListRealmEvents,
    @ResponseWriter() response: RealmResponse,
  ): Promise<string> {
    const page = await this.feed.upcoming(caller, userId, query);
    return this.write(response, this.addressOf(caller, userId, 'upcoming'), query, page);
  }

  private addressOf(caller: Caller, userId: string, feed: 'calendar' | 'upcoming'): string {
    return `${this.address}/users/${userScope(caller, userId).realm_id}/${feed}`;
  }

  private write(
    response: RealmResponse,
    address: string,
    query: ListRealmEvents,
    { events, total }: RealmEventPage,
  ): string {
    const links = pageLinks(address, sliceOf(query), total, pageLinkParameters(query));
    const withAttachments = query.with_attachments === true;
    return response.choose(REALM_EVENT_WRITERS).list(events, this.address, withAttachments, { total, links });
  }
}
