import { Body, Controller, Delete, Get, Header, Param, Patch, Post, Query, UseFilters } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { CurrentCaller } from '../../../auth/caller.decorator.js';
import { RequiresCredential } from '../../../auth/requirement.js';
import type { Caller } from '../../../core/caller.js';
import { drain } from '../../../core/drain.js';
import { pageOf, type Page } from '../../../core/page.js';
import { JSON_TYPE } from '../../../core/json-text.js';
import { CheckRowFirst } from '../../../http/check-first.filter.js';
import { SpaceBookingsService, type BookingResult } from '../bookings/space-bookings.service.js';
import { SpaceChangesService } from '../bookings/space-changes.service.js';
import { writeBookingResult, writeSeries, writeSpaceEvent } from './space-event.writer.js';
import type { EventView } from './space-event.includes.js';
import type { IncludingEventRow } from './space-events.repository.js';
import { SpaceEventsService } from './space-events.service.js';
import {
  UpdateSpaceEventDto,
  CreateEventDto,
  CreateSpaceEventDto,
  SpaceEventResponseDto,
} from './space-events.dto.js';
import { EventListQueryDto, EventPageQueryDto, EventQueryDto } from './space-event-queries.dto.js';
import { SpacesService } from '../catalogue/spaces.service.js';
import {
  ApiCreatedItemResponse,
  ApiDeletedResponse,
  ApiItemResponse,
  ApiPageResponse,
  ApiPathParameters,
  ApiFailures,
  ApiCommonFailures,
  ApiBodyFailures,
} from '../spaces.docs.js';
import { CreateSpaceEventBody, CreateEventBody, ChangeSpaceEventBody } from './space-events.examples.js';
import { DELETED, PAGES, envelopeJson, createdEnvelopeJson, pageEnvelopeJson } from '../spaces.envelope.js';

@ApiTags('Events')
@RequiresCredential('spaces')
@ApiPathParameters()
@ApiCommonFailures()
@Controller('v1.0')
export class SpaceEventsController {
  constructor(
    private readonly events: SpaceEventsService,
    private readonly bookings: SpaceBookingsService,
    private readonly changes: SpaceChangesService,
  ) {}

  @Get('spaces/:space_id/events')
  @ApiOperation({ operationId: 'listSpaceEvents', summary: 'List the events of a space, by start' })
  @Header('content-type', JSON_TYPE)
  @ApiPageResponse(SpaceEventResponseDto)
  @ApiFailures('not-found', 'invalid')
  listBySpace(
    @CurrentCaller() caller: Caller,
    @Param('space_id') id: string,
    @Query() query: EventListQueryDto,
  ): Promise<string> {
    return this.list(caller, 'space', id, query);
  }

  @Get('locations/:location_id/events')
  @ApiOperation({ operationId: 'listLocationEvents', summary: 'List the events of all spaces of a location' })
  @Header('content-type', JSON_TYPE)
  @ApiPageResponse(SpaceEventResponseDto)
  @ApiFailures('not-found', 'invalid')
  listByLocation(
    @CurrentCaller() caller: Caller,
    @Param('location_id') id: string,
    @Query() query: EventListQueryDto,
  ): Promise<string> {
    return this.list(caller, 'location', id, query);
  }

  @Get('users/:user_id/events')
  @ApiOperation({
    operationId: 'listUserEvents',
    summary: 'List the events that a user organizes or is invited to',
  })
  @Header('content-type', JSON_TYPE)
  @ApiPageResponse(SpaceEventResponseDto)
  @ApiFailures('not-found', 'invalid')
  listByUser(
    @CurrentCaller() caller: Caller,
    @Param('user_id') id: string,
    @Query() query: EventListQueryDto,
  ): Promise<string> {
    return this.list(caller, 'user', id, query);
  }

  @Get('me/events')
  @ApiOperation({ operationId: 'listMyEvents', summary: 'List your own events' })
  @Header('content-type', JSON_TYPE)
  @ApiPageResponse(SpaceEventResponseDto)
  @ApiFailures('not-found', 'invalid')
  listMine(@CurrentCaller() caller: Caller, @Query() query: EventListQueryDto): Promise<string> {
    return this.list(caller, 'user', this.events.ownUserId(caller), query);
  }

  @Get('spaces/:space_id/events/upcoming')
  @ApiOperation({
    operationId: 'listUpcomingSpaceEvents',
    summary: 'List what goes on in a space now and later',
  })
  @Header('content-type', JSON_TYPE)
  @ApiPageResponse(SpaceEventResponseDto)
  @ApiFailures('not-found', 'invalid')
  async listUpcoming(
    @CurrentCaller() caller: Caller,
    @Param('space_id') id: string,
    @Query() query: EventPageQueryDto,
  ): Promise<string> {
    const page = pageOf(query.page, query.per_page, PAGES);
    const view = this.events.viewFor(caller, query.include);
    const rows = await this.events.listUpcoming(caller, 'space', id, page, view);
    return writePage(caller, rows, page, view);
  }

  @Get('me/events/upcoming')
  @ApiOperation({ operationId: 'listMyUpcomingEvents', summary: 'List your own events from now on' })
  @Header('content-type', JSON_TYPE)
  @ApiPageResponse(SpaceEventResponseDto)
  @ApiFailures('not-found', 'invalid')
  async listMyUpcoming(@CurrentCaller() caller: Caller, @Query() query: EventPageQueryDto): Promise<string> {
    const page = pageOf(query.page, query.per_page, PAGES);
    const view = this.events.viewFor(caller, query.include);
    const rows = await this.events.listUpcoming(caller, 'user', this.events.ownUserId(caller), page, view);
    return writePage(caller, rows, page, view);
  }

  @Get('spaces/:space_id/events/recent')
  @ApiOperation({
    operationId: 'listRecentSpaceEvents',
    summary: 'List what is over in a space, the last first',
  })
  @Header('content-type', JSON_TYPE)
  @ApiPageResponse(SpaceEventResponseDto)
  @ApiFailures('not-found', 'invalid')
  async listRecent(
    @CurrentCaller() caller: Caller,
    @Param('space_id') id: string,
    @Query() query: EventPageQueryDto,
  ): Promise<string> {
    const page = pageOf(query.page, query.per_page, PAGES);
    const view = this.events.viewFor(caller, query.include);
    const rows = await this.events.listRecent(caller, 'space', id, page, view);
    return writePage(caller, rows, page, view);
  }

  @Get('me/events/recent')
  @ApiOperation({
    operationId: 'listMyRecentEvents',
    summary: 'List your own events that are over, the last first',
  })
  @Header('content-type', JSON_TYPE)
  @ApiPageResponse(SpaceEventResponseDto)
  @ApiFailures('not-found', 'invalid')
  async listMyRecent(@CurrentCaller() caller: Caller, @Query() query: EventPageQueryDto): Promise<string> {
    const page = pageOf(query.page, query.per_page, PAGES);
    const view = this.events.viewFor(caller, query.include);
    const rows = await this.events.listRecent(caller, 'user', this.events.ownUserId(caller), page, view);
    return writePage(caller, rows, page, view);
  }

  @Post('spaces/:space_id/events')
  @UseFilters(CheckRowFirst(SpacesService, 'space_id'))
  @ApiOperation({ operationId: 'createSpaceEvent', summary: 'Book a space' })
  @Header('content-type', JSON_TYPE)
  @CreateSpaceEventBody()
  @ApiCreatedItemResponse(SpaceEventResponseDto)
  @ApiBodyFailures()
  @ApiFailures('not-found', 'conflict')
  async createInSpace(
    @CurrentCaller() caller: Caller,
    @Param('space_id') id: string,
    @Body() dto: CreateSpaceEventDto,
    @Query() query: EventQueryDto,
  ): Promise<string> {
    const booked = await this.bookings.createIn(caller, id, dto);
    return createdEnvelopeJson(await this.write(caller, booked, query));
  }

  @Post('events')
  @ApiOperation({ operationId: 'createEvent', summary: 'Book the space that the body names' })
  @Header('content-type', JSON_TYPE)
  @CreateEventBody()
  @ApiCreatedItemResponse(SpaceEventResponseDto)
  @ApiBodyFailures()
  @ApiFailures('conflict')
  async create(
    @CurrentCaller() caller: Caller,
    @Body() dto: CreateEventDto,
    @Query() query: EventQueryDto,
  ): Promise<string> {
    const booked = await this.bookings.createNamed(caller, dto);
    return createdEnvelopeJson(await this.write(caller, booked, query));
  }

  @Get('events/:event_id')
  @ApiOperation({ operationId: 'getEvent', summary: 'Show an event, a series, or one occurrence' })
  @Header('content-type', JSON_TYPE)
  @ApiItemResponse(SpaceEventResponseDto)
  @ApiFailures('not-found', 'invalid')
  async find(
    @CurrentCaller() caller: Caller,
    @Param('event_id') id: string,
    @Query() { include }: EventQueryDto,
  ): Promise<string> {
    const event = await this.events.find(caller, id, this.events.viewFor(caller, include));
    const skipped = await this.events.listSkipped(caller, event);
    return envelopeJson(writeSeries(caller, event, skipped, include));
  }

  @Patch('events/:event_id')
  @UseFilters(CheckRowFirst(SpaceChangesService, 'event_id'))
  @ApiOperation({ operationId: 'changeEvent', summary: 'Change an event, a whole series, or one occurrence' })
  @Header('content-type', JSON_TYPE)
  @ChangeSpaceEventBody()
  @ApiItemResponse(SpaceEventResponseDto)
  @ApiBodyFailures()
  @ApiFailures('forbidden', 'not-found', 'conflict')
  async change(
    @CurrentCaller() caller: Caller,
    @Param('event_id') id: string,
    @Body() dto: UpdateSpaceEventDto,
    @Query() query: EventQueryDto,
  ): Promise<string> {
    return envelopeJson(await this.write(caller, await this.changes.change(caller, id, dto), query));
  }

  @Post('events/:event_id')
  @UseFilters(CheckRowFirst(SpaceChangesService, 'event_id'))
  @ApiOperation({
    operationId: 'changeEventByPost',
    summary: 'Change an event, a whole series, or one occurrence, as clients without PATCH do',
  })
  @Header('content-type', JSON_TYPE)
  @ChangeSpaceEventBody()
  @ApiItemResponse(SpaceEventResponseDto)
  @ApiBodyFailures()
  @ApiFailures('forbidden', 'not-found', 'conflict')
  changeByPost(
    @CurrentCaller() caller: Caller,
    @Param('event_id') id: string,
    @Body() dto: UpdateSpaceEventDto,
    @Query() query: EventQueryDto,
  ): Promise<string> {
    return this.change(caller, id, dto, query);
  }

  @Delete('events/:event_id')
  @ApiOperation({ operationId: 'deleteEvent', summary: 'Cancel an event, a whole series, or one occurrence' })
  @ApiDeletedResponse()
  @ApiFailures('forbidden', 'not-found')
  async delete(@CurrentCaller() caller: Caller, @Param('event_id') id: string): Promise<typeof DELETED> {
    await this.bookings.delete(caller, id);
    return DELETED;
  }

  private async write(
    caller: Caller,
    { event, ...rest }: BookingResult,
    { include }: EventQueryDto,
  ): Promise<string> {
    const including = await this.events.withIncludes(caller, event, include);
    return writeBookingResult(caller, { event: including, ...rest }, include);
  }

  private async list(
    caller: Caller,
    scope: 'space' | 'location' | 'user',
    id: string,
    query: EventListQueryDto,
  ): Promise<string> {
    const page = pageOf(query.page, query.per_page, PAGES);
    const view = this.events.viewFor(caller, query.include);
    const { after, before, creation_type } = query;
    const filters = { after, before, creation_types: creation_type };
    const rows = await this.events.list(caller, scope, id, filters, page, view);
    return writePage(caller, rows, page, view);
  }
}

function writePage(caller: Caller, rows: IncludingEventRow[], page: Page, { include }: EventView): string {
  return pageEnvelopeJson(
    drain(rows).map((row) => writeSpaceEvent(caller, row, include)),
    page,
  );
}
