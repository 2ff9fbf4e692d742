import {
  Body,
  Controller,
  Delete,
  Get,
  Header,
  HttpCode,
  Inject,
  Param,
  Patch,
  Post,
  Query,
  UseFilters,
  type StreamableFile,
} from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { CurrentCaller } from '../../../auth/caller.decorator.js';
import { RequiresCredential } from '../../../auth/requirement.js';
import type { Caller } from '../../../core/caller.js';
import { JSON_TYPE } from '../../../core/json-text.js';
import { CheckRowFirst } from '../../../http/check-first.filter.js';
import {
  ApiDeletedResponse,
  ApiListResponse,
  ApiItemResponse,
  ApiPathParameters,
  ApiFailures,
  ApiCommonFailures,
  ApiBodyFailures,
} from '../training.docs.js';
import { DELETED, envelopeStream, envelopeJson } from '../training.envelope.js';
import { TrainingEventsService } from './training-events.service.js';
import type { TrainingEventRow } from './training-events.repository.js';
import {
  UpdateTrainingEventDto,
  CreateTrainingEventDto,
  EVENT_LINK,
  ListTrainingEventsQueryDto,
  TrainingEventResponseDto,
  writeTrainingEvent,
  type EventLink,
} from './training-events.dto.js';

@ApiTags('Events')
@RequiresCredential('training')
@ApiPathParameters()
@ApiCommonFailures()
@Controller('api/v1/events')
export class TrainingEventsController {
  constructor(
    private readonly events: TrainingEventsService,
    @Inject(EVENT_LINK) private readonly linkTo: EventLink,
  ) {}

  @Get()
  @Header('content-type', JSON_TYPE)
  @ApiOperation({
    operationId: 'listTrainingEvents',
    summary: 'List events: all of them, or a filtered page',
  })
  @ApiListResponse(TrainingEventResponseDto)
  @ApiFailures('invalid')
  async list(
    @CurrentCaller() caller: Caller,
    @Query() query: ListTrainingEventsQueryDto,
  ): Promise<string | StreamableFile> {
    const list = await this.events.list(caller, query);
    const write = this.writerFor(caller);
    return 'length' in list
      ? envelopeJson(caller, `[${list.map(write).join(',')}]`)
      : envelopeStream(caller, list, write);
  }

  @Get(':event_id')
  @Header('content-type', JSON_TYPE)
  @ApiOperation({ operationId: 'getTrainingEvent', summary: 'Show one event' })
  @ApiItemResponse(TrainingEventResponseDto)
  @ApiFailures('not-found')
  async find(@CurrentCaller() caller: Caller, @Param('event_id') id: string): Promise<string> {
    return this.write(caller, await this.events.find(caller, id));
  }

  @Post()
  @HttpCode(200)
  @Header('content-type', JSON_TYPE)
  @ApiOperation({ operationId: 'createTrainingEvent', summary: 'Plan an event' })
  @ApiItemResponse(TrainingEventResponseDto)
  @ApiBodyFailures()
  @ApiFailures('not-found')
  async create(@CurrentCaller() caller: Caller, @Body() event: CreateTrainingEventDto): Promise<string> {
    return this.write(caller, await this.events.create(caller, event));
  }

  @Patch(':event_id')
  @UseFilters(CheckRowFirst(TrainingEventsService, 'event_id'))
  @Header('content-type', JSON_TYPE)
  @ApiOperation({ operationId: 'changeTrainingEvent', summary: 'Change an event that is not live' })
  @ApiItemResponse(TrainingEventResponseDto)
  @ApiBodyFailures()
  @ApiFailures('not-found', 'conflict')
  async change(
    @CurrentCaller() caller: Caller,
    @Param('event_id') id: string,
    @Body() change: UpdateTrainingEventDto,
  ): Promise<string> {
    return this.write(caller, await this.events.change(caller, id, change));
  }

  @Delete(':event_id')
  @ApiOperation({ operationId: 'deleteTrainingEvent', summary: 'Delete an event that has not started' })
  @ApiDeletedResponse()
  @ApiFailures('not-found', 'conflict')
  async delete(@CurrentCaller() caller: Caller, @Param('event_id') id: string): Promise<typeof DELETED> {
    await this.events.delete(caller, id);
    return DELETED;
  }

  private write(caller: Caller, event: TrainingEventRow): string {
    return envelopeJson(caller, this.writerFor(caller)(event));
  }

  /** A serializer for events with their status at the current time. */
  private writerFor(caller: Caller): (event: TrainingEventRow) => string {
    const now = this.events.now(caller);
    return (event) => writeTrainingEvent(event, now, this.linkTo);
  }
}
