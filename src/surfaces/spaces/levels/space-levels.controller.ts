import { Body, Controller, Delete, Get, Param, Patch, Post, Query, UseFilters } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { CurrentCaller } from '../../../auth/caller.decorator.js';
import { RequiresCredential } from '../../../auth/requirement.js';
import type { Caller } from '../../../core/caller.js';
import { pageOf } from '../../../core/page.js';
import { SpacesService } from '../catalogue/spaces.service.js';
import { PageQueryDto } from '../page-query.dto.js';
import {
  ApiBodyFailures,
  ApiCommonFailures,
  ApiCreatedItemResponse,
  ApiDeletedResponse,
  ApiFailures,
  ApiItemResponse,
  ApiPageResponse,
  ApiPathParameters,
} from '../spaces.docs.js';
import {
  createdEnvelope,
  DELETED,
  envelope,
  pageEnvelope,
  PAGES,
  type Envelope,
} from '../spaces.envelope.js';
import { CheckAdministratorFirst } from '../spaces.rights.js';
import {
  CreateSpaceLevelDto,
  SpaceLevelResponseDto,
  UpdateSpaceLevelDto,
  viewLevel,
} from './space-levels.dto.js';
import { SpaceLevelsService } from './space-levels.service.js';

@ApiTags('Levels')
@RequiresCredential('spaces')
@ApiPathParameters()
@ApiCommonFailures()
@Controller('v1.0')
export class SpaceLevelsController {
  constructor(private readonly levels: SpaceLevelsService) {}

  @Get('locations/:location_id/levels')
  @ApiOperation({ operationId: 'listLevels', summary: 'List the levels of a location, by their ordinal' })
  @ApiPageResponse(SpaceLevelResponseDto)
  @ApiFailures('not-found', 'invalid')
  async list(
    @CurrentCaller() caller: Caller,
    @Param('location_id') id: string,
    @Query() query: PageQueryDto,
  ): Promise<Envelope<readonly SpaceLevelResponseDto[]>> {
    const page = pageOf(query.page, query.per_page, PAGES);
    return pageEnvelope((await this.levels.list(caller, id, page)).map(viewLevel), page);
  }

  @Post('locations/:location_id/levels')
  @UseFilters(
    CheckAdministratorFirst(SpacesService, (spaces, caller, { location_id = '' }) =>
      spaces.findLocation(caller, location_id),
    ),
  )
  @ApiOperation({ operationId: 'createLevel', summary: 'Add a level to a location, as an administrator' })
  @ApiCreatedItemResponse(SpaceLevelResponseDto)
  @ApiBodyFailures()
  @ApiFailures('forbidden', 'not-found')
  async create(
    @CurrentCaller() caller: Caller,
    @Param('location_id') id: string,
    @Body() dto: CreateSpaceLevelDto,
  ): Promise<Envelope<SpaceLevelResponseDto>> {
    return createdEnvelope(viewLevel(await this.levels.create(caller, id, dto)));
  }

  @Patch('levels/:level_id')
  @UseFilters(
    CheckAdministratorFirst(SpaceLevelsService, (levels, caller, { level_id = '' }) =>
      levels.find(caller, level_id),
    ),
  )
  @ApiOperation({ operationId: 'changeLevel', summary: 'Change a level, as an administrator' })
  @ApiItemResponse(SpaceLevelResponseDto)
  @ApiBodyFailures()
  @ApiFailures('forbidden', 'not-found')
  async change(
    @CurrentCaller() caller: Caller,
    @Param('level_id') id: string,
    @Body() dto: UpdateSpaceLevelDto,
  ): Promise<Envelope<SpaceLevelResponseDto>> {
    return envelope(viewLevel(await this.levels.change(caller, id, dto)));
  }

  @Delete('levels/:level_id')
  @ApiOperation({
    operationId: 'deleteLevel',
    summary: 'Delete a level, as an administrator; its spaces stay, on no level',
  })
  @ApiDeletedResponse()
  @ApiFailures('forbidden', 'not-found')
  async delete(@CurrentCaller() caller: Caller, @Param('level_id') id: string): Promise<typeof DELETED> {
    await this.levels.delete(caller, id);
    return DELETED;
  }
}
