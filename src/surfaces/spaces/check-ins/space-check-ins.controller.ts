import { Body, Controller, Delete, Get, Param, Post, Put, UseFilters } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { CurrentCaller } from '../../../auth/caller.decorator.js';
import { RequiresCredential } from '../../../auth/requirement.js';
import type { Caller } from '../../../core/caller.js';
import { CheckRowFirst } from '../../../http/check-first.filter.js';
import { SpaceCheckInsService } from './space-check-ins.service.js';
import { CheckInDto, CheckInResponseDto, viewCheckIn } from './space-check-ins.dto.js';
import { SpaceEventsService } from '../events/space-events.service.js';
import {
  ApiDeletedResponse,
  ApiItemResponse,
  ApiPathParameters,
  ApiFailures,
  ApiCommonFailures,
  ApiBodyFailures,
} from '../spaces.docs.js';
import { envelope, DELETED, type Envelope } from '../spaces.envelope.js';

type CheckInResponse = Promise<Envelope<CheckInResponseDto>>;

@ApiTags('Check-in')
@RequiresCredential('spaces')
@ApiPathParameters()
@ApiCommonFailures()
@Controller('v1.0/events/:event_id/confirmation')
export class SpaceCheckInsController {
  constructor(private readonly checkIns: SpaceCheckInsService) {}

  @Get()
  @ApiOperation({ operationId: 'getConfirmation', summary: 'Show who checked in to an event' })
  @ApiItemResponse(CheckInResponseDto)
  @ApiFailures('not-found')
  async find(@CurrentCaller() caller: Caller, @Param('event_id') id: string): CheckInResponse {
    return envelope(viewCheckIn(id, await this.checkIns.find(caller, id)));
  }

  @Put()
  @UseFilters(CheckRowFirst(SpaceEventsService, 'event_id'))
  @ApiOperation({ operationId: 'confirmEvent', summary: 'Check in to an event or an occurrence' })
  @ApiItemResponse(CheckInResponseDto)
  @ApiBodyFailures()
  @ApiFailures('forbidden', 'not-found', 'conflict')
  async put(
    @CurrentCaller() caller: Caller,
    @Param('event_id') id: string,
    @Body() dto: CheckInDto,
  ): CheckInResponse {
    return envelope(viewCheckIn(id, await this.checkIns.checkIn(caller, id, dto.device_id ?? null)));
  }

  @Post()
  @UseFilters(CheckRowFirst(SpaceEventsService, 'event_id'))
  @ApiOperation({ operationId: 'confirmEventByPost', summary: 'Check in, as clients without PUT do' })
  @ApiItemResponse(CheckInResponseDto)
  @ApiBodyFailures()
  @ApiFailures('forbidden', 'not-found', 'conflict')
  post(
    @CurrentCaller() caller: Caller,
    @Param('event_id') id: string,
    @Body() dto: CheckInDto,
  ): CheckInResponse {
    return this.put(caller, id, dto);
  }

  @Delete()
  @ApiOperation({ operationId: 'undoConfirmation', summary: 'Take a check-in back' })
  @ApiDeletedResponse()
  @ApiFailures('forbidden', 'not-found', 'invalid')
  async undo(@CurrentCaller() caller: Caller, @Param('event_id') id: string): Promise<typeof DELETED> {
    await this.checkIns.undo(caller, id);
    return DELETED;
  }
}
