import {
  Body,
  Controller,
  Delete,
  Get,
  HttpCode,
  Inject,
  Param,
  Patch,
  Post,
  Query,
  UseInterceptors,
  type StreamableFile,
} from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { Who } from '../../auth/caller.decorator.js';
import { RequiresCredential } from '../../auth/requirement.js';
import type { Caller } from '../../core/caller.js';
import { RowFirst } from '../../http/row-first.interceptor.js';
import {
  AnswersDeleted,
  AnswersList,
  AnswersOne,
  Refuses,
  RefusesAlways,
  RefusesBodies,
} from './training.docs.js';
import { answer, DELETED, streamedAnswer, type Answer } from './training.envelope.js';
import { TrainingEventsService } from './training-events.service.js';
import type { TrainingEventRow } from './training-events.table.js';
import {
  ChangeTrainingEvent,
  CreateTrainingEvent,
  EVENT_LINK,
  ListTrainingEvents,
  TrainingEventAnswer,
  viewTrainingEvent,
  type EventLink,
} from './training-events.wire.js';

@ApiTags('Events')
@RequiresCredential('training')
@RefusesAlways()
@Controller('api/v1/events')
export class TrainingEventsController {
  constructor(
    private readonly events: TrainingEventsService,
    @Inject(EVENT_LINK) private readonly linkTo: EventLink,
  ) {}

  @Get()
  @ApiOperation({
    operationId: 'listTrainingEvents',
    summary: 'List events: all of them, or a filtered page',
  })
  @AnswersList(TrainingEventAnswer)
  @Refuses('invalid')
  async list(
    @Who() caller: Caller,
    @Query() query: ListTrainingEvents,
  ): Promise<Answer<TrainingEventAnswer[]> | StreamableFile> {
    const list = await this.events.list(caller, query);
    const view = this.viewFor(caller);
    return 'length' in list ? answer(caller, list.map(view)) : streamedAnswer(caller, list, view);
  }

  @Get(':event_id')
  @ApiOperation({ operationId: 'getTrainingEvent', summary: 'Show one event' })
  @AnswersOne(TrainingEventAnswer)
  @Refuses('not-found')
  async find(@Who() caller: Caller, @Param('event_id') id: string): Promise<Answer<TrainingEventAnswer>> {
    return answer(caller, this.viewFor(caller)(await this.events.find(caller, id)));
  }

  @Post()
  @HttpCode(200)
  @ApiOperation({ operationId: 'createTrainingEvent', summary: 'Plan an event' })
  @AnswersOne(TrainingEventAnswer)
  @RefusesBodies()
  @Refuses('not-found')
  async create(
    @Who() caller: Caller,
    @Body() event: CreateTrainingEvent,
  ): Promise<Answer<TrainingEventAnswer>> {
    return answer(caller, this.viewFor(caller)(await this.events.create(caller, event)));
  }

  @Patch(':event_id')
  @UseInterceptors(RowFirst(TrainingEventsService, 'event_id'))
  @ApiOperation({ operationId: 'changeTrainingEvent', summary: 'Change an event that is not live' })
  @AnswersOne(TrainingEventAnswer)
  @RefusesBodies()
  @Refuses('not-found', 'conflict')
  async change(
    @Who() caller: Caller,
    @Param('event_id') id: string,
    @Body() change: ChangeTrainingEvent,
  ): Promise<Answer<TrainingEventAnswer>> {
    return answer(caller, this.viewFor(caller)(await this.events.change(caller, id, change)));
  }

  @Delete(':event_id')
  @ApiOperation({ operationId: 'deleteTrainingEvent', summary: 'Delete an event that has not started' })
  @AnswersDeleted()
  @Refuses('not-found', 'conflict')
  async delete(@Who() caller: Caller, @Param('event_id') id: string): Promise<typeof DELETED> {
    await this.events.delete(caller, id);
    return DELETED;
  }

  private viewFor(caller: Caller): (row: TrainingEventRow) => TrainingEventAnswer {
    const now = this.events.now(caller);
    return (row) => viewTrainingEvent(row, now, this.linkTo);
  }
}
