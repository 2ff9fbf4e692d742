import { Body, Controller, Delete, Get, Header, Param, Patch, Post, Query, UseFilters } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { CurrentCaller } from '../../../auth/caller.decorator.js';
import { RequiresCredential } from '../../../auth/requirement.js';
import type { Caller } from '../../../core/caller.js';
import { invalidField } from '../../../core/failure.js';
import { drain } from '../../../core/drain.js';
import { pageOf, type Page } from '../../../core/page.js';
import { JSON_TYPE } from '../../../core/json-text.js';
import { RowFirst } from '../../../http/ask-first.filter.js';
import { SpaceBookingsService } from '../bookings/space-bookings.service.js';
import { SpaceChangesService } from '../bookings/space-changes.service.js';
import { writeBooked, writeSeries, writeSpaceEvent } from './space-event.writer.js';
import type { SpaceEventRow } from './space-event.columns.js';
import { SpaceEventsService } from './space-events.service.js';
import {
  PageQuery,
  WindowQuery,
  ChangeSpaceEvent,
  CreateEvent,
  CreateSpaceEvent,
  SpaceEventAnswer,
} from './space-events.dto.js';
import { SpacesService } from '../catalogue/spaces.service.js';
import {
  AnswersCreated,
  AnswersDeleted,
  AnswersOne,
  AnswersPage,
  DescribesPath,
  Refuses,
  RefusesAlways,
  RefusesBodies,
} from '../spaces.docs.js';
import { BooksHere, BooksNamed, Rebooks } from './spaces.examples.js';
import { DELETED, PAGES, writtenAnswer, writtenCreated, writtenPage } from '../spaces.envelope.js';

@ApiTags('Events')
@RequiresCredential('spaces')
@DescribesPath()
@RefusesAlways()
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
  @AnswersPage(SpaceEventAnswer)
  @Refuses('not-found', 'invalid')
  listOfSpace(
    @CurrentCaller() caller: Caller,
    @Param('space_id') id: string,
    @Query() asked: WindowQuery,
  ): Promise<string> {
    return this.list(caller, 'space', id, asked);
  }

  @Get('locations/:location_id/events')
  @ApiOperation({ operationId: 'listLocationEvents', summary: 'List the events of all spaces of a location' })
  @Header('content-type', JSON_TYPE)
  @AnswersPage(SpaceEventAnswer)
  @Refuses('not-found', 'invalid')
  listOfLocation(
    @CurrentCaller() caller: Caller,
    @Param('location_id') id: string,
    @Query() asked: WindowQuery,
  ): Promise<string> {
    return this.list(caller, 'location', id, asked);
  }

  @Get('users/:user_id/events')
  @ApiOperation({
    operationId: 'listUserEvents',
    summary: 'List the events that a user organizes or is invited to',
  })
  @Header('content-type', JSON_TYPE)
  @AnswersPage(SpaceEventAnswer)
  @Refuses('not-found', 'invalid')
  listOfUser(
    @CurrentCaller() caller: Caller,
    @Param('user_id') id: string,
    @Query() asked: WindowQuery,
  ): Promise<string> {
    return this.list(caller, 'user', id, asked);
  }

  @Get('me/events')
  @ApiOperation({ operationId: 'listMyEvents', summary: 'List your own events' })
  @Header('content-type', JSON_TYPE)
  @AnswersPage(SpaceEventAnswer)
  @Refuses('not-found', 'invalid')
  listOfMe(@CurrentCaller() caller: Caller, @Query() asked: WindowQuery): Promise<string> {
    return this.list(caller, 'user', this.events.me(caller), asked);
  }

  @Get('spaces/:space_id/events/upcoming')
  @ApiOperation({
    operationId: 'listUpcomingSpaceEvents',
    summary: 'List what goes on in a space now and later',
  })
  @Header('content-type', JSON_TYPE)
  @AnswersPage(SpaceEventAnswer)
  @Refuses('not-found', 'invalid')
  async upcoming(
    @CurrentCaller() caller: Caller,
    @Param('space_id') id: string,
    @Query() asked: PageQuery,
  ): Promise<string> {
    const page = pageOf(asked.page, asked.per_page, PAGES);
    const rows = await this.events.upcoming(caller, 'space', id, page);
    return writePage(caller, rows, page);
  }

  @Get('me/events/upcoming')
  @ApiOperation({ operationId: 'listMyUpcomingEvents', summary: 'List your own events from now on' })
  @Header('content-type', JSON_TYPE)
  @AnswersPage(SpaceEventAnswer)
  @Refuses('not-found', 'invalid')
  async myUpcoming(@CurrentCaller() caller: Caller, @Query() asked: PageQuery): Promise<string> {
    const page = pageOf(asked.page, asked.per_page, PAGES);
    const rows = await this.events.upcoming(caller, 'user', this.events.me(caller), page);
    return writePage(caller, rows, page);
  }

  @Get('spaces/:space_id/events/recent')
  @ApiOperation({
    operationId: 'listRecentSpaceEvents',
    summary: 'List what is over in a space, the last first',
  })
  @Header('content-type', JSON_TYPE)
  @AnswersPage(SpaceEventAnswer)
  @Refuses('not-found', 'invalid')
  async recent(
    @CurrentCaller() caller: Caller,
    @Param('space_id') id: string,
    @Query() asked: PageQuery,
  ): Promise<string> {
    const page = pageOf(asked.page, asked.per_page, PAGES);
    const rows = await this.events.recent(caller, id, page);
    return writePage(caller, rows, page);
  }

  @Post('spaces/:space_id/events')
  @UseFilters(RowFirst(SpacesService, 'space_id'))
  @ApiOperation({ operationId: 'createSpaceEvent', summary: 'Book a space' })
  @Header('content-type', JSON_TYPE)
  @BooksHere()
  @AnswersCreated(SpaceEventAnswer)
  @RefusesBodies()
  @Refuses('not-found', 'conflict')
  async createInSpace(
    @CurrentCaller() caller: Caller,
    @Param('space_id') id: string,
    @Body() dto: CreateSpaceEvent,
  ): Promise<string> {
    return writtenCreated(writeBooked(caller, await this.bookings.createIn(caller, id, dto)));
  }

  @Post('events')
  @ApiOperation({ operationId: 'createEvent', summary: 'Book the space that the body names' })
  @Header('content-type', JSON_TYPE)
  @BooksNamed()
  @AnswersCreated(SpaceEventAnswer)
  @RefusesBodies()
  @Refuses('conflict')
  async create(@CurrentCaller() caller: Caller, @Body() dto: CreateEvent): Promise<string> {
    const booked = await this.bookings.create(caller, dto.space_id, dto);
    if (booked === undefined) throw invalidField('space_id', 'space_id names no space of your organization');
    return writtenCreated(writeBooked(caller, booked));
  }

  @Get('events/:event_id')
  @ApiOperation({ operationId: 'getEvent', summary: 'Show an event, a series, or one occurrence' })
  @Header('content-type', JSON_TYPE)
  @AnswersOne(SpaceEventAnswer)
  @Refuses('not-found')
  async find(@CurrentCaller() caller: Caller, @Param('event_id') id: string): Promise<string> {
    const event = await this.events.find(caller, id);
    return writtenAnswer(writeSeries(caller, event, await this.events.skippedOf(caller, event)));
  }

  @Patch('events/:event_id')
  @UseFilters(RowFirst(SpaceChangesService, 'event_id'))
  @ApiOperation({ operationId: 'changeEvent', summary: 'Change an event, a whole series, or one occurrence' })
  @Header('content-type', JSON_TYPE)
  @Rebooks()
  @AnswersOne(SpaceEventAnswer)
  @RefusesBodies()
  @Refuses('forbidden', 'not-found', 'conflict')
  async change(
    @CurrentCaller() caller: Caller,
    @Param('event_id') id: string,
    @Body() dto: ChangeSpaceEvent,
  ): Promise<string> {
    return writtenAnswer(writeBooked(caller, await this.changes.change(caller, id, dto)));
  }

  @Delete('events/:event_id')
  @ApiOperation({ operationId: 'deleteEvent', summary: 'Cancel an event, a whole series, or one occurrence' })
  @AnswersDeleted()
  @Refuses('forbidden', 'not-found')
  async delete(@CurrentCaller() caller: Caller, @Param('event_id') id: string): Promise<typeof DELETED> {
    await this.bookings.delete(caller, id);
    return DELETED;
  }

  private async list(
    caller: Caller,
    scope: 'space' | 'location' | 'user',
    id: string,
    asked: WindowQuery,
  ): Promise<string> {
    const page = pageOf(asked.page, asked.per_page, PAGES);
    const rows = await this.events.list(
      caller,
      scope,
      id,
      { after: asked.after, before: asked.before },
      page,
    );
    return writePage(caller, rows, page);
  }
}

function writePage(caller: Caller, rows: SpaceEventRow[], page: Page): string {
  return writtenPage(
    drain(rows).map((row) => writeSpaceEvent(caller, row)),
    page,
  );
}
