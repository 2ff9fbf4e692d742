import { Body, Controller, Delete, Get, Param, Post, Query, UseFilters } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { CurrentCaller } from '../../../auth/caller.decorator.js';
import { RequiresCredential } from '../../../auth/requirement.js';
import type { Caller } from '../../../core/caller.js';
import { pageOf, type Page } from '../../../core/page.js';
import { CheckRowFirst } from '../../../http/check-first.filter.js';
import { SpacesService } from '../catalogue/spaces.service.js';
import { PageQueryDto } from '../page-query.dto.js';
import {
  ApiBodyFailures,
  ApiCommonFailures,
  ApiCreatedItemResponse,
  ApiDeletedResponse,
  ApiFailures,
  ApiPageResponse,
  ApiPathParameters,
} from '../spaces.docs.js';
import { createdEnvelope, DELETED, pageEnvelope, PAGES, type Envelope } from '../spaces.envelope.js';
import {
  PresenceDto,
  PresenceResponseDto,
  SomeoneDto,
  SomeoneQueryDto,
  viewPresence,
} from './space-presences.dto.js';
import { SpacePresencesService, type PresenceList } from './space-presences.service.js';

type PresencePage = Promise<Envelope<readonly PresenceResponseDto[]>>;

@ApiTags('Presence')
@RequiresCredential('spaces')
@ApiPathParameters()
@ApiCommonFailures()
@Controller('v1.0')
export class SpacePresencesController {
  constructor(private readonly presences: SpacePresencesService) {}

  @Get('spaces/:space_id/presence')
  @ApiOperation({
    operationId: 'listSpacePresence',
    summary: 'List who is in a space, who came last first',
  })
  @ApiPageResponse(PresenceResponseDto)
  @ApiFailures('not-found', 'invalid')
  async listInSpace(
    @CurrentCaller() caller: Caller,
    @Param('space_id') id: string,
    @Query() query: PageQueryDto,
  ): PresencePage {
    const page = pageOf(query.page, query.per_page, PAGES);
    return viewPage(await this.presences.listInSpace(caller, id, page), page);
  }

  @Get('locations/:location_id/presence')
  @ApiOperation({ operationId: 'listLocationPresence', summary: 'List who is in the spaces of a location' })
  @ApiPageResponse(PresenceResponseDto)
  @ApiFailures('not-found', 'invalid')
  async listInLocation(
    @CurrentCaller() caller: Caller,
    @Param('location_id') id: string,
    @Query() query: PageQueryDto,
  ): PresencePage {
    const page = pageOf(query.page, query.per_page, PAGES);
    return viewPage(await this.presences.listInLocation(caller, id, page), page);
  }

  @Get('me/presence')
  @ApiOperation({ operationId: 'listMyPresence', summary: 'List where you are: in one space, or in none' })
  @ApiPageResponse(PresenceResponseDto)
  @ApiFailures('not-found', 'invalid')
  async listOwn(@CurrentCaller() caller: Caller, @Query() query: PageQueryDto): PresencePage {
    const page = pageOf(query.page, query.per_page, PAGES);
    return viewPage(await this.presences.listOwn(caller, page), page);
  }

  @Get('users/:user/presence')
  @ApiOperation({
    operationId: 'listUserPresence',
    summary: 'List where a user is: in one space, or in none',
  })
  @ApiPageResponse(PresenceResponseDto)
  @ApiFailures('not-found', 'invalid')
  async listOfUser(
    @CurrentCaller() caller: Caller,
    @Param('user') idOrSlug: string,
    @Query() query: PageQueryDto,
  ): PresencePage {
    const page = pageOf(query.page, query.per_page, PAGES);
    return viewPage(await this.presences.listOfUser(caller, idOrSlug, page), page);
  }

  @Post('spaces/:space_id/presence')
  @UseFilters(CheckRowFirst(SpacesService, 'space_id'))
  @ApiOperation({ operationId: 'renewPresence', summary: 'Say that somebody is in a space, or still is' })
  @ApiCreatedItemResponse(PresenceResponseDto)
  @ApiBodyFailures()
  @ApiFailures('forbidden', 'not-found')
  async renew(
    @CurrentCaller() caller: Caller,
    @Param('space_id') id: string,
    @Body() dto: PresenceDto,
  ): Promise<Envelope<PresenceResponseDto>> {
    const { row, now } = await this.presences.renew(caller, id, dto);
    return createdEnvelope(viewPresence(row, now));
  }

  @Delete('spaces/:space_id/presence')
  @UseFilters(CheckRowFirst(SpacesService, 'space_id'))
  @ApiOperation({
    operationId: 'endPresence',
    summary: 'Say that somebody has left a space; the body counts before the query',
  })
  @ApiDeletedResponse()
  @ApiBodyFailures()
  @ApiFailures('forbidden', 'not-found')
  async end(
    @CurrentCaller() caller: Caller,
    @Param('space_id') id: string,
    @Query() query: SomeoneQueryDto,
    @Body() dto: SomeoneDto,
  ): Promise<typeof DELETED> {
    await this.presences.end(caller, id, isGiven(dto) ? dto : query);
    return DELETED;
  }
}

function isGiven(someone: SomeoneDto): boolean {
  const { user_ref, user_id, device_ref, device_id } = someone;
  return (user_ref ?? user_id ?? device_ref ?? device_id) != null;
}

function viewPage({ rows, now }: PresenceList, page: Page): Envelope<readonly PresenceResponseDto[]> {
  return pageEnvelope(
    rows.map((row) => viewPresence(row, now)),
    page,
  );
}
