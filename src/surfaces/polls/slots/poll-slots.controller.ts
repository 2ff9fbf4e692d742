import { Controller, Get, Query } from '@nestjs/common';
import { ApiExtraModels, ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import { CurrentCaller } from '../../../auth/caller.decorator.js';
import { RequiresCredential } from '../../../auth/requirement.js';
import type { Caller } from '../../../core/caller.js';
import { ApiCommonFailures, ApiFailures } from '../polls.docs.js';
import {
  NextPollSlotQueryDto,
  NextPollSlotResponseDto,
  PollDaySlotsDto,
  PollSlotDaysResponseDto,
  PollSlotsQueryDto,
  PollSlotsResponseDto,
  viewNextPollSlot,
  viewPollSlotDays,
  viewPollSlots,
} from './poll-slots.dto.js';
import { PollSlotsService } from './poll-slots.service.js';

@ApiTags('Slots')
@RequiresCredential('polls')
@ApiCommonFailures()
@ApiExtraModels(PollDaySlotsDto)
@Controller('v2/slots')
export class PollSlotsController {
  constructor(private readonly slots: PollSlotsService) {}

  @Get()
  @ApiOperation({ operationId: 'listPollSlots', summary: 'List the times at which people are free' })
  @ApiResponse({ status: 200, type: PollSlotsResponseDto, description: 'Those of the days asked for.' })
  @ApiFailures('invalid')
  async list(
    @CurrentCaller() caller: Caller,
    @Query() query: PollSlotsQueryDto,
  ): Promise<PollSlotsResponseDto> {
    return viewPollSlots(query, await this.slots.find(caller, query));
  }

  @Get('days')
  @ApiOperation({ operationId: 'listPollSlotsByDay', summary: 'List these times by day' })
  @ApiResponse({ status: 200, type: PollSlotDaysResponseDto, description: 'Those of the days asked for.' })
  @ApiFailures('invalid')
  async days(
    @CurrentCaller() caller: Caller,
    @Query() query: PollSlotsQueryDto,
  ): Promise<PollSlotDaysResponseDto> {
    return viewPollSlotDays(query, await this.slots.find(caller, query));
  }

  @Get('next')
  @ApiOperation({ operationId: 'getNextPollSlot', summary: 'Show the first such time from now on' })
  @ApiResponse({ status: 200, type: NextPollSlotResponseDto, description: 'A list of one, or of none.' })
  @ApiFailures('invalid')
  async next(
    @CurrentCaller() caller: Caller,
    @Query() query: NextPollSlotQueryDto,
  ): Promise<NextPollSlotResponseDto> {
    return viewNextPollSlot(await this.slots.next(caller, query));
  }
}
