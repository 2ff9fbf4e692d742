import { Controller, Get, Inject, Param, Query, UseInterceptors } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { Who } from '../../auth/caller.decorator.js';
import { RequiresCredential } from '../../auth/requirement.js';
import type { Caller } from '../../core/caller.js';
import { REALMS_ADDRESS } from './realm-address.js';
import { placeOf } from './realm-events.service.js';
import type { RealmEventPage } from './realm-events.table.js';
import { keptOf, ListRealmEvents, RealmEventList, viewRealmEventList } from './realm-events.wire.js';
import { RealmFeedService } from './realm-feed.service.js';
import { pageLinks, sliceOf } from './realm-page.js';
import { RealmRepresentationInterceptor } from './realm-representation.interceptor.js';
import { Answers, DescribesPath, Refuses, RefusesAlways } from './realms.docs.js';

@ApiTags('Feed')
@RequiresCredential('realms')
@DescribesPath()
@RefusesAlways()
@UseInterceptors(RealmRepresentationInterceptor)
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
    @Who() caller: Caller,
    @Param('user_id') userId: string,
    @Query() query: ListRealmEvents,
  ): Promise<RealmEventList> {
    return this.view(caller, userId, 'calendar', query, await this.feed.calendar(caller, userId, query));
  }

  @Get('upcoming')
  @ApiOperation({ operationId: 'listUpcomingRealmEvents', summary: 'List those of them that are not over' })
  @Answers(RealmEventList, 'One page, sorted by start and id.')
  @Refuses('not-found', 'invalid')
  async upcoming(
    @Who() caller: Caller,
    @Param('user_id') userId: string,
    @Query() query: ListRealmEvents,
  ): Promise<RealmEventList> {
    return this.view(caller, userId, 'upcoming', query, await this.feed.upcoming(caller, userId, query));
  }

  private view(
    caller: Caller,
    userId: string,
    feed: 'calendar' | 'upcoming',
    query: ListRealmEvents,
    { events, total }: RealmEventPage,
  ): RealmEventList {
    const { realmId } = placeOf(caller, { collection: 'users', realm_id: userId });
    const links = pageLinks(`${this.address}/users/${realmId}/${feed}`, sliceOf(query), total, keptOf(query));
    return viewRealmEventList(events, this.address, query.with_attachments === true, { total, links });
  }
}
