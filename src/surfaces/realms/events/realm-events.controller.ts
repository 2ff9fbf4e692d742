import {
  Body,
  Controller,
  Delete,
  Get,
  HttpCode,
  Inject,
  Param,
  Post,
  Put,
  Query,
  UseFilters,
} from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { CurrentCaller } from '../../../auth/caller.decorator.js';
import { RequiresCredential } from '../../../auth/requirement.js';
import type { Caller } from '../../../core/caller.js';
import { REALM_EVENT_WRITERS } from './realm-event.writer.js';
import { scopeOf, type CalendarPath, type EventPath } from '../catalogue/realm-scope.js';
import { RealmEventsService } from './realm-events.service.js';
import {
  UpdateRealmEventDto,
  CreateRealmEventDto,
  pageLinkParameters,
  ListRealmEventsQueryDto,
  RealmEventResponseDto,
  RealmEventItemDto,
  RealmEventListResponseDto,
  FindRealmEventQueryDto,
  viewRealmEventItem,
} from './realm-events.dto.js';
import { REALMS_URL } from '../realms-url.js';
import { ResponseWriter, type RealmResponse } from '../representation/realm-response.js';
import { pageLinks, sliceOf } from '../representation/realm-pagination.js';
import { PermissionFirst } from '../realm-permission.filter.js';
import {
  ApiItemResponse,
  ApiCreatedItemResponse,
  ApiEmptyResponse,
  ApiPathParameters,
  ApiJsonOrXmlBody,
  ApiFailures,
  ApiCommonFailures,
  ApiBodyFailures,
} from '../realms.docs.js';

const MayCreate = PermissionFirst(RealmEventsService, (events, caller, path: CalendarPath) =>
  events.assertMayCreate(caller, path),
);
const MayChange = PermissionFirst(RealmEventsService, (events, caller, path: EventPath) =>
  events.assertMayChange(caller, path),
);

@ApiTags('Events')
@RequiresCredential('realms', { onBehalf: true })
@ApiPathParameters()
@ApiCommonFailures()
@Controller('v1/:collection/:realm_id/events')
export class RealmEventsController {
  constructor(
    private readonly events: RealmEventsService,
    @Inject(REALMS_URL) private readonly baseUrl: string,
  ) {}

  @Get()
  @ApiOperation({ operationId: 'listRealmEvents', summary: 'List the events of a calendar, page by page' })
  @ApiItemResponse(RealmEventListResponseDto, 'One page, sorted by start and id.')
  @ApiFailures('not-found', 'invalid')
  async list(
    @CurrentCaller() caller: Caller,
    @Param() path: CalendarPath,
    @Query() query: ListRealmEventsQueryDto,
    @ResponseWriter() response: RealmResponse,
  ): Promise<string> {
    const { events, total } = await this.events.list(caller, path, query);
    const { realm_id } = scopeOf(caller, path);
    const url = `${this.baseUrl}/${path.collection}/${realm_id}/events`;
    const links = pageLinks(url, sliceOf(query), total, pageLinkParameters(query));
    const withAttachments = query.with_attachments === true;
    return response.choose(REALM_EVENT_WRITERS).list(events, this.baseUrl, withAttachments, { total, links });
  }

  @Get(':event_id')
  @ApiOperation({ operationId: 'getRealmEvent', summary: 'Show one event' })
  @ApiItemResponse(RealmEventItemDto)
  @ApiFailures('not-found', 'invalid')
  async find(
    @CurrentCaller() caller: Caller,
    @Param() path: EventPath,
    @Query() { with_attachments = false }: FindRealmEventQueryDto,
    @ResponseWriter() response: RealmResponse,
  ): Promise<string> {
    return response.write(viewRealmEventItem(await this.events.find(caller, path), with_attachments));
  }

  @Post()
  @UseFilters(MayCreate)
  @ApiOperation({ operationId: 'createRealmEvent', summary: 'Create an event' })
  @ApiJsonOrXmlBody(CreateRealmEventDto)
  @ApiCreatedItemResponse(RealmEventResponseDto)
  @ApiBodyFailures()
  @ApiFailures('not-found')
  async create(
    @CurrentCaller() caller: Caller,
    @Param() path: CalendarPath,
    @Body() dto: CreateRealmEventDto,
    @ResponseWriter() response: RealmResponse,
  ): Promise<string> {
    const created = await this.events.create(caller, path, dto);
    return response.choose(REALM_EVENT_WRITERS).event(created, this.baseUrl, dto.attachments != null);
  }

  @Put(':event_id')
  @HttpCode(204)
  @UseFilters(MayChange)
  @ApiOperation({ operationId: 'changeRealmEvent', summary: 'Change what is given of an event' })
  @ApiJsonOrXmlBody(UpdateRealmEventDto)
  @ApiEmptyResponse()
  @ApiBodyFailures()
  @ApiFailures('not-found')
  change(
    @CurrentCaller() caller: Caller,
    @Param() path: EventPath,
    @Body() dto: UpdateRealmEventDto,
  ): Promise<void> {
    return this.events.change(caller, path, dto);
  }

  @Delete(':event_id')
  @HttpCode(204)
  @ApiOperation({ operationId: 'deleteRealmEvent', summary: 'Delete an event for good' })
  @ApiEmptyResponse()
  @ApiFailures('not-found')
  delete(@CurrentCaller() caller: Caller, @Param() path: EventPath): Promise<void> {
    return this.events.delete(caller, path);
  }
}
