import { Controller, Get, Param, Query } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { CurrentCaller } from '../../../auth/caller.decorator.js';
import { RequiresCredential } from '../../../auth/requirement.js';
import type { Caller } from '../../../core/caller.js';
import { pageOf } from '../../../core/page.js';
import { PageQueryDto } from '../events/space-events.dto.js';
import {
  ApiItemResponse,
  ApiPageResponse,
  ApiPathParameters,
  ApiFailures,
  ApiCommonFailures,
} from '../spaces.docs.js';
import { envelope, pageEnvelope, PAGES, type Envelope } from '../spaces.envelope.js';
import { SpaceQueryDto, spaceFiltersOf } from './space-filters.dto.js';
import { SpacesService } from './spaces.service.js';
import { SpaceResponseDto, SpaceLocationResponseDto, viewLocation, viewSpace } from './spaces.dto.js';

@ApiTags('Places')
@RequiresCredential('spaces')
@ApiPathParameters()
@ApiCommonFailures()
@Controller('v1.0')
export class SpacesController {
  constructor(private readonly spaces: SpacesService) {}

  @Get('organizations/:organization/locations')
  @ApiOperation({ operationId: 'listLocations', summary: 'List the locations of your organization' })
  @ApiPageResponse(SpaceLocationResponseDto)
  @ApiFailures('not-found', 'invalid')
  async listLocations(
    @CurrentCaller() caller: Caller,
    @Param('organization') id: string,
    @Query() query: PageQueryDto,
  ): Promise<Envelope<readonly SpaceLocationResponseDto[]>> {
    const page = pageOf(query.page, query.per_page, PAGES);
    return pageEnvelope((await this.spaces.listLocations(caller, id, page)).map(viewLocation), page);
  }

  @Get('locations/:location_id')
  @ApiOperation({ operationId: 'getLocation', summary: 'Show a location' })
  @ApiItemResponse(SpaceLocationResponseDto)
  @ApiFailures('not-found')
  async findLocation(
    @CurrentCaller() caller: Caller,
    @Param('location_id') id: string,
  ): Promise<Envelope<SpaceLocationResponseDto>> {
    return envelope(viewLocation(await this.spaces.findLocation(caller, id)));
  }

  @Get('locations/:location_id/spaces')
  @ApiOperation({ operationId: 'listSpaces', summary: 'List the spaces of a location' })
  @ApiPageResponse(SpaceResponseDto)
  @ApiFailures('not-found', 'invalid')
  async listSpaces(
    @CurrentCaller() caller: Caller,
    @Param('location_id') id: string,
    @Query() query: SpaceQueryDto,
  ): Promise<Envelope<readonly SpaceResponseDto[]>> {
    const page = pageOf(query.page, query.per_page, PAGES);
    const rows = await this.spaces.listSpaces(caller, id, spaceFiltersOf(query), page);
    return pageEnvelope(rows.map(viewSpace), page);
  }

  @Get('locations/:location_id/spaces/:space_id')
  @ApiOperation({ operationId: 'getLocationSpace', summary: 'Show a space of a location' })
  @ApiItemResponse(SpaceResponseDto)
  @ApiFailures('not-found')
  async findInLocation(
    @CurrentCaller() caller: Caller,
    @Param('location_id') locationId: string,
    @Param('space_id') id: string,
  ): Promise<Envelope<SpaceResponseDto>> {
    return envelope(viewSpace(await this.spaces.findInLocation(caller, locationId, id)));
  }

  @Get('spaces/:space_id')
  @ApiOperation({ operationId: 'getSpace', summary: 'Show a space' })
  @ApiItemResponse(SpaceResponseDto)
  @ApiFailures('not-found')
  async findSpace(
    @CurrentCaller() caller: Caller,
    @Param('space_id') id: string,
  ): Promise<Envelope<SpaceResponseDto>> {
    return envelope(viewSpace(await this.spaces.find(caller, id)));
  }
}
