import { Body, Controller, Get, Header, Param, Post, Query } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { CurrentCaller } from '../../../auth/caller.decorator.js';
import { RequiresCredential } from '../../../auth/requirement.js';
import type { Caller } from '../../../core/caller.js';
import { JSON_TYPE } from '../../../core/json-text.js';
import { writeFreeBusy } from './space-free-busy.writer.js';
import { SpaceFreeBusyService } from './space-free-busy.service.js';
import { FreeBusyQueryDto, FindFreeBusyDto, FreeBusyResponseDto } from './space-free-busy.dto.js';
import { SpaceQueryDto } from '../catalogue/space-filters.dto.js';
import { SpaceStatesService } from './space-states.service.js';
import { SpaceStateResponseDto } from './space-states.dto.js';
import {
  ApiItemResponse,
  ApiPageResponse,
  ApiPathParameters,
  ApiFailures,
  ApiCommonFailures,
  ApiBodyFailures,
} from '../spaces.docs.js';
import { envelope, pageEnvelopeJson, type Envelope } from '../spaces.envelope.js';

@ApiTags('Availability')
@RequiresCredential('spaces')
@ApiPathParameters()
@ApiCommonFailures()
@Controller('v1.0')
export class SpaceStatesController {
  constructor(
    private readonly states: SpaceStatesService,
    private readonly freeBusy: SpaceFreeBusyService,
  ) {}

  @Get('spaces/:space_id/state')
  @ApiOperation({ operationId: 'getSpaceState', summary: 'Show whether a space is free at this moment' })
  @ApiItemResponse(SpaceStateResponseDto)
  @ApiFailures('not-found')
  async findState(
    @CurrentCaller() caller: Caller,
    @Param('space_id') id: string,
  ): Promise<Envelope<SpaceStateResponseDto>> {
    return envelope(await this.states.find(caller, id));
  }

  @Get('free-busy/spaces')
  @ApiOperation({ operationId: 'getFreeBusy', summary: 'Show when spaces are taken' })
  @Header('content-type', JSON_TYPE)
  @ApiPageResponse(FreeBusyResponseDto)
  @ApiFailures('invalid')
  async listByQuery(@CurrentCaller() caller: Caller, @Query() query: FreeBusyQueryDto): Promise<string> {
    const { rows, zone, page, view } = await this.freeBusy.listByQuery(caller, query);
    return pageEnvelopeJson(writeFreeBusy(caller, rows, zone, view), page);
  }

  @Post('free-busy/spaces')
  @ApiOperation({ operationId: 'askFreeBusy', summary: 'Show when spaces are taken, asked in a body' })
  @Header('content-type', JSON_TYPE)
  @ApiPageResponse(FreeBusyResponseDto)
  @ApiBodyFailures()
  async listByBody(
    @CurrentCaller() caller: Caller,
    @Body() dto: FindFreeBusyDto,
    @Query() query: SpaceQueryDto,
  ): Promise<string> {
    const { rows, zone, page, view } = await this.freeBusy.listByBody(caller, dto, query);
    return pageEnvelopeJson(writeFreeBusy(caller, rows, zone, view), page);
  }
}
