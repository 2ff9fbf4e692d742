import { Body, Controller, Get, Param, Put, UseFilters } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { CurrentCaller } from '../../../auth/caller.decorator.js';
import { RequiresCredential } from '../../../auth/requirement.js';
import type { Caller } from '../../../core/caller.js';
import { ResponseWriter, type RealmResponse } from '../representation/realm-response.js';
import type { EventPath } from '../catalogue/realm-scope.js';
import { PermissionFirst } from '../realm-permission.filter.js';
import { RealmRsvpsService } from './realm-rsvps.service.js';
import { RealmRsvpDto, RealmRsvpResponseDto, viewRealmRsvp } from './realm-rsvps.dto.js';
import {
  ApiItemResponse,
  ApiPathParameters,
  ApiJsonOrXmlBody,
  ApiFailures,
  ApiCommonFailures,
  ApiBodyFailures,
} from '../realms.docs.js';

const MayAnswer = PermissionFirst(RealmRsvpsService, (rsvps, caller, path: EventPath) =>
  rsvps.assertMayAnswer(caller, path),
);

@ApiTags('RSVP')
@RequiresCredential('realms', { onBehalf: true })
@ApiPathParameters()
@ApiCommonFailures()
@Controller('v1/:collection/:realm_id/events/:event_id/rsvp')
export class RealmRsvpsController {
  constructor(private readonly rsvps: RealmRsvpsService) {}

  @Get()
  @ApiOperation({ operationId: 'getRealmRsvp', summary: 'Show who comes to an event' })
  @ApiItemResponse(RealmRsvpResponseDto)
  @ApiFailures('not-found')
  async find(
    @CurrentCaller() caller: Caller,
    @Param() path: EventPath,
    @ResponseWriter() response: RealmResponse,
  ): Promise<string> {
    return response.write(viewRealmRsvp(await this.rsvps.find(caller, path)));
  }

  @Put()
  @UseFilters(MayAnswer)
  @ApiOperation({ operationId: 'answerRealmEvent', summary: 'Say whether one comes' })
  @ApiJsonOrXmlBody(RealmRsvpDto)
  @ApiItemResponse(RealmRsvpResponseDto)
  @ApiBodyFailures()
  @ApiFailures('not-found')
  async answer(
    @CurrentCaller() caller: Caller,
    @Param() path: EventPath,
    @Body() dto: RealmRsvpDto,
    @ResponseWriter() response: RealmResponse,
  ): Promise<string> {
    return response.write(viewRealmRsvp(await this.rsvps.answer(caller, path, dto.response)));
  }
}
