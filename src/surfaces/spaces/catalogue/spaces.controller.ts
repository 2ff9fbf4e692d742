import { Controller, Get, Header, Param, Query } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { CurrentCaller } from '../../../auth/caller.decorator.js';
import { RequiresCredential } from '../../../auth/requirement.js';
import type { Caller } from '../../../core/caller.js';
import { JSON_TYPE } from '../../../core/json-text.js';
import { pageOf } from '../../../core/page.js';
import { PageQueryDto } from '../page-query.dto.js';
import {
  ApiItemResponse,
  ApiPageResponse,
  ApiPathParameters,
  ApiFailures,
  ApiCommonFailures,
} from '../spaces.docs.js';
import {
  envelopeJson,
  envelope,
  pageEnvelope,
  pageEnvelopeJson,
  PAGES,
  type Envelope,
} from '../spaces.envelope.js';
import { SpaceQueryDto, SpacesQueryDto, spaceFiltersOf } from './space-filters.dto.js';
import { SpaceLocationResponseDto, viewLocation } from './space-locations.dto.js';
import { SpaceResponseDto } from './space-responses.dto.js';
import { writeSpaces } from './space.writer.js';
import { SpacesService } from './spaces.service.js';

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
  @ApiOperation({
    operationId: 'listSpaces',
    summary: 'List the spaces of a location, with what goes on in them',
  })
  @Header('content-type', JSON_TYPE)
  @ApiPageResponse(SpaceResponseDto)
  @ApiFailures('not-found', 'invalid')
  async listSpaces(
    @CurrentCaller() caller: Caller,
    @Param('location_id') id: string,
    @Query() query: SpacesQueryDto,
  ): Promise<string> {
    const page = pageOf(query.page, query.per_page, PAGES);
    const view = this.spaces.viewFor(caller, query.include);
    const rows = await this.spaces.listSpaces(caller, id, spaceFiltersOf(query), page, view);
    return pageEnvelopeJson(writeSpaces(caller, rows, view), page);
  }

  @Get('locations/:location_id/spaces/:space_id')
  @ApiOperation({ operationId: 'getLocationSpace', summary: 'Show a space of a location' })
  @Header('content-type', JSON_TYPE)
  @ApiItemResponse(SpaceResponseDto)
  @ApiFailures('not-found', 'invalid')
  async findInLocation(
    @CurrentCaller() caller: Caller,
    @Param('location_id') locationId: string,
    @Param('space_id') id: string,
    @Query() query: SpaceQueryDto,
  ): Promise<string> {
    const view = this.spaces.viewFor(caller, query.include);
    const rows = await this.spaces.findInLocation(caller, locationId, id, view);
    return envelopeJson(writeSpaces(caller, rows, view).join());
  }

  @Get('spaces/:space_id')
  @ApiOperation({ operationId: 'getSpace', summary: 'Show a space, with what goes on in it' })
  @Header('content-type', JSON_TYPE)
  @ApiItemResponse(SpaceResponseDto)
  @ApiFailures('not-found', 'invalid')
  async findSpace(
    @CurrentCaller() caller: Caller,
    @Param('space_id') id: string,
    @Query() query: SpaceQueryDto,
  ): Promise<string> {
    const view = this.spaces.viewFor(caller, query.include);
    return envelopeJson(writeSpaces(caller, await this.spaces.findSpace(caller, id, view), view).join());
  }
}
