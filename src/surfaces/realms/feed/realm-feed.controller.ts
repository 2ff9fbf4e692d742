import { Controller, Get, Inject, Param, Query } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { CurrentCaller } from '../../../auth/caller.decorator.js';
import { RequiresCredential } from '../../../auth/requirement.js';
import type { Caller } from '../../../core/caller.js';
import { REALMS_URL } from '../realms-url.js';
import { ResponseWriter, type RealmResponse } from '../representation/realm-response.js';
import { REALM_EVENT_WRITERS } from '../events/realm-event.writer.js';
import {
  pageLinkParameters,
  ListRealmEventsQueryDto,
  RealmEventListResponseDto,
} from '../events/realm-events.dto.js';
import { userScope } from '../catalogue/realm-scope.js';
import { RealmFeedService } from './realm-feed.service.js';
import { pageLinks, sliceOf } from '../representation/realm-pagination.js';
import { ApiItemResponse, ApiPathParameters, ApiFailures, ApiCommonFailures } from '../realms.docs.js';

@ApiTags('Feed')
@RequiresCredential('realms', { onBehalf: true })
@ApiPathParameters()
@ApiCommonFailures()
@Controller('v1/users/:user_id')
export class RealmFeedController {
  constructor(
    private readonly feed: RealmFeedService,
    @Inject(REALMS_URL) private readonly baseUrl: string,
  ) {}

  @Get('calendar')
  @ApiOperation({ operationId: 'listRealmCalendar', summary: "List the events of all of a user's realms" })
  @ApiItemResponse(RealmEventListResponseDto, 'One page, sorted by start and id.')
  @ApiFailures('not-found', 'invalid')
  calendar(
    @CurrentCaller() caller: Caller,
    @Param('user_id') userId: string,
    @Query() query: ListRealmEventsQueryDto,
    @ResponseWriter() response: RealmResponse,
  ): Promise<string> {
    return this.list('calendar', caller, userId, query, response);
  }

  @Get('upcoming')
  @ApiOperation({ operationId: 'listUpcomingRealmEvents', summary: 'List those of them that are not over' })
  @ApiItemResponse(RealmEventListResponseDto, 'One page, sorted by start and id.')
  @ApiFailures('not-found', 'invalid')
  upcoming(
    @CurrentCaller() caller: Caller,
    @Param('user_id') userId: string,
    @Query() query: ListRealmEventsQueryDto,
    @ResponseWriter() response: RealmResponse,
  ): Promise<string> {
    return this.list('upcoming', caller, userId, query, response);
  }

  private async list(
    feed: 'calendar' | 'upcoming',
    caller: Caller,
    userId: string,
    query: ListRealmEventsQueryDto,
    response: RealmResponse,
  ): Promise<string> {
    const { events, total } = await this.feed[feed](caller, userId, query);
    const url = `${this.baseUrl}/users/${userScope(caller, userId).realm_id}/${feed}`;
    const links = pageLinks(url, sliceOf(query), total, pageLinkParameters(query));
    const withAttachments = query.with_attachments === true;
    return response.choose(REALM_EVENT_WRITERS).list(events, this.baseUrl, withAttachments, { total, links });
  }
}
