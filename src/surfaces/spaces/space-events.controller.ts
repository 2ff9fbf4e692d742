import { Body, Controller, Delete, Get, Param, Patch, Post, Query, UseInterceptors } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { Who } from '../../auth/caller.decorator.js';
import { RequiresCredential } from '../../auth/requirement.js';
import type { Caller } from '../../core/caller.js';
import { invalidField } from '../../core/failure.js';
import { pageOf } from '../../core/page.js';
import { RowFirst } from '../../http/row-first.interceptor.js';
import { SpaceBookingsService } from './space-bookings.service.js';
import { SpaceChangesService } from './space-changes.service.js';
import { SpaceEventsService } from './space-events.service.js';
import {
  AskedPage,
  AskedWindow,
  ChangeSpaceEvent,
  CreateEvent,
  CreateSpaceEvent,
  SpaceEventAnswer,
  viewBooked,
  viewSeries,
  viewSpaceEvent,
} from './space-events.wire.js';
import { SpacesService } from './spaces.service.js';
import {
  AnswersCreated,
  AnswersDeleted,
  AnswersOne,
  AnswersPage,
  DescribesPath,
  Refuses,
  RefusesAlways,
  RefusesBodies,
} from './spaces.docs.js';
import { answer, answerCreated, answerPage, DELETED, PAGES, type Envelope } from './spaces.envelope.js';

type One = Promise<Envelope<SpaceEventAnswer>>;
type Many = Promise<Envelope<readonly SpaceEventAnswer[]>>;

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
  @AnswersPage(SpaceEventAnswer)
  @Refuses('not-found', 'invalid')
  listOfSpace(@Who() caller: Caller, @Param('space_id') id: string, @Query() asked: AskedWindow): Many {
    return this.list(caller, 'space', id, asked);
  }

  @Get('locations/:location_id/events')
  @ApiOperation({ operationId: 'listLocationEvents', summary: 'List the events of all spaces of a location' })
  @AnswersPage(SpaceEventAnswer)
  @Refuses('not-found', 'invalid')
  listOfLocation(@Who() caller: Caller, @Param('location_id') id: string, @Query() asked: AskedWindow): Many {
    return this.list(caller, 'location', id, asked);
  }

  @Get('users/:user_id/events')
  @ApiOperation({
    operationId: 'listUserEvents',
    summary: 'List the events that a user organizes or is invited to',
  })
  @AnswersPage(SpaceEventAnswer)
  @Refuses('not-found', 'invalid')
  listOfUser(@Who() caller: Caller, @Param('user_id') id: string, @Query() asked: AskedWindow): Many {
    return this.list(caller, 'user', id, asked);
  }

  @Get('me/events')
  @ApiOperation({ operationId: 'listMyEvents', summary: 'List your own events' })
  @AnswersPage(SpaceEventAnswer)
  @Refuses('not-found', 'invalid')
  listOfMe(@Who() caller: Caller, @Query() asked: AskedWindow): Many {
    return this.list(caller, 'user', this.events.me(caller), asked);
  }

  @Get('spaces/:space_id/events/upcoming')
  @ApiOperation({
    operationId: 'listUpcomingSpaceEvents',
    summary: 'List what goes on in a space now and later',
  })
  @AnswersPage(SpaceEventAnswer)
  @Refuses('not-found', 'invalid')
  async upcoming(@Who() caller: Caller, @Param('space_id') id: string, @Query() asked: AskedPage): Many {
    const page = pageOf(asked.page, asked.per_page, PAGES);
    const rows = await this.events.upcoming(caller, 'space', id, page);
    return answerPage(
      rows.map((row) => viewSpaceEvent(caller, row)),
      page,
    );
  }

  @Get('me/events/upcoming')
  @ApiOperation({ operationId: 'listMyUpcomingEvents', summary: 'List your own events from now on' })
  @AnswersPage(SpaceEventAnswer)
  @Refuses('not-found', 'invalid')
  async myUpcoming(@Who() caller: Caller, @Query() asked: AskedPage): Many {
    const page = pageOf(asked.page, asked.per_page, PAGES);
    const rows = await this.events.upcoming(caller, 'user', this.events.me(caller), page);
    return answerPage(
      rows.map((row) => viewSpaceEvent(caller, row)),
      page,
    );
  }

  @Get('spaces/:space_id/events/recent')
  @ApiOperation({
    operationId: 'listRecentSpaceEvents',
    summary: 'List what is over in a space, the last first',
  })
  @AnswersPage(SpaceEventAnswer)
  @Refuses('not-found', 'invalid')
  async recent(@Who() caller: Caller, @Param('space_id') id: string, @Query() asked: AskedPage): Many {
    const page = pageOf(asked.page, asked.per_page, PAGES);
    const rows = await this.events.recent(caller, id, page);
    return answerPage(
      rows.map((row) => viewSpaceEvent(caller, row)),
      page,
    );
  }

  @Post('spaces/:space_id/events')
  @UseInterceptors(RowFirst(SpacesService, 'space_id'))
  @ApiOperation({ operationId: 'createSpaceEvent', summary: 'Book a space' })
  @AnswersCreated(SpaceEventAnswer)
  @RefusesBodies()
  @Refuses('not-found', 'conflict')
  async createInSpace(
    @Who() caller: Caller,
    @Param('space_id') id: string,
    @Body() wish: CreateSpaceEvent,
  ): One {
    return answerCreated(viewBooked(caller, await this.bookings.createIn(caller, id, wish)));
  }

  @Post('events')
  @ApiOperation({ operationId: 'createEvent', summary: 'Book the space that the body names' })
  @AnswersCreated(SpaceEventAnswer)
  @RefusesBodies()
  @Refuses('conflict')
  async create(@Who() caller: Caller, @Body() wish: CreateEvent): One {
    const booked = await this.bookings.create(caller, wish.space_id, wish);
    if (booked === undefined) throw invalidField('space_id', 'space_id names no space of your organization');
    return answerCreated(viewBooked(caller, booked));
  }

  @Get('events/:event_id')
  @ApiOperation({ operationId: 'getEvent', summary: 'Show an event, a series, or one occurrence' })
  @AnswersOne(SpaceEventAnswer)
  @Refuses('not-found')
  async find(@Who() caller: Caller, @Param('event_id') id: string): One {
    const event = await this.events.find(caller, id);
    return answer(viewSeries(caller, event, await this.events.skippedOf(caller, event)));
  }

  @Patch('events/:event_id')
  @UseInterceptors(RowFirst(SpaceChangesService, 'event_id'))
  @ApiOperation({ operationId: 'changeEvent', summary: 'Change an event, a whole series, or one occurrence' })
  @AnswersOne(SpaceEventAnswer)
  @RefusesBodies()
  @Refuses('forbidden', 'not-found', 'conflict')
  async change(@Who() caller: Caller, @Param('event_id') id: string, @Body() wish: ChangeSpaceEvent): One {
    return answer(viewBooked(caller, await this.changes.change(caller, id, wish)));
  }

  @Delete('events/:event_id')
  @ApiOperation({ operationId: 'deleteEvent', summary: 'Cancel an event, a whole series, or one occurrence' })
  @AnswersDeleted()
  @Refuses('forbidden', 'not-found')
  async delete(@Who() caller: Caller, @Param('event_id') id: string): Promise<typeof DELETED> {
    await this.bookings.delete(caller, id);
    return DELETED;
  }

  private async list(
    caller: Caller,
    scope: 'space' | 'location' | 'user',
    id: string,
    asked: AskedWindow,
  ): Many {
    const page = pageOf(asked.page, asked.per_page, PAGES);
    const rows = await this.events.list(
      caller,
      scope,
      id,
      { after: asked.after, before: asked.before },
      page,
    );
    return answerPage(
      rows.map((row) => viewSpaceEvent(caller, row)),
      page,
    );
  }
}
