import { Body, Controller, Delete, Header, Param, Patch, Post, Query, UseFilters } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { CurrentCaller } from '../../../auth/caller.decorator.js';
import { RequiresCredential } from '../../../auth/requirement.js';
import type { Caller } from '../../../core/caller.js';
import { JSON_TYPE } from '../../../core/json-text.js';
import {
  ApiBodyFailures,
  ApiCommonFailures,
  ApiCreatedItemResponse,
  ApiDeletedResponse,
  ApiFailures,
  ApiItemResponse,
  ApiPathParameters,
} from '../spaces.docs.js';
import {
  createdEnvelope,
  createdEnvelopeJson,
  DELETED,
  envelope,
  envelopeJson,
  type Envelope,
} from '../spaces.envelope.js';
import { CheckAdministratorFirst } from '../spaces.rights.js';
import { SpaceLocationResponseDto, viewLocation } from './space-locations.dto.js';
import { SpaceQueryDto } from './space-filters.dto.js';
import { SpaceResponseDto } from './space-responses.dto.js';
import { CreateLocationDto, CreateSpaceDto, UpdateLocationDto, UpdateSpaceDto } from './space-writes.dto.js';
import { SpaceWritesService } from './space-writes.service.js';
import { writeSpaces } from './space.writer.js';
import { SpacesService } from './spaces.service.js';
import { SpacePeopleService } from '../people/space-people.service.js';

@ApiTags('Places and people')
@RequiresCredential('spaces')
@ApiPathParameters()
@ApiCommonFailures()
@Controller('v1.0')
export class SpaceWritesController {
  constructor(
    private readonly writes: SpaceWritesService,
    private readonly spaces: SpacesService,
  ) {}

  @Post('organizations/:organization/locations')
  @UseFilters(
    CheckAdministratorFirst(SpacePeopleService, (people, caller, { organization = '' }) =>
      people.assertOwnOrganization(caller, organization),
    ),
  )
  @ApiOperation({ operationId: 'createLocation', summary: 'Add a location, as an administrator' })
  @ApiCreatedItemResponse(SpaceLocationResponseDto)
  @ApiBodyFailures()
  @ApiFailures('forbidden', 'not-found')
  async createLocation(
    @CurrentCaller() caller: Caller,
    @Param('organization') organization: string,
    @Body() dto: CreateLocationDto,
  ): Promise<Envelope<SpaceLocationResponseDto>> {
    return createdEnvelope(viewLocation(await this.writes.createLocation(caller, organization, dto)));
  }

  @Patch('locations/:location_id')
  @UseFilters(
    CheckAdministratorFirst(SpacesService, (spaces, caller, { location_id = '' }) =>
      spaces.findLocation(caller, location_id),
    ),
  )
  @ApiOperation({ operationId: 'changeLocation', summary: 'Change a location, as an administrator' })
  @ApiItemResponse(SpaceLocationResponseDto)
  @ApiBodyFailures()
  @ApiFailures('forbidden', 'not-found')
  async changeLocation(
    @CurrentCaller() caller: Caller,
    @Param('location_id') id: string,
    @Body() dto: UpdateLocationDto,
  ): Promise<Envelope<SpaceLocationResponseDto>> {
    return envelope(viewLocation(await this.writes.changeLocation(caller, id, dto)));
  }

  @Delete('locations/:location_id')
  @ApiOperation({
    operationId: 'deleteLocation',
    summary: 'Delete a location without spaces, with its levels, as an administrator',
  })
  @ApiDeletedResponse()
  @ApiFailures('forbidden', 'not-found', 'conflict')
  async deleteLocation(
    @CurrentCaller() caller: Caller,
    @Param('location_id') id: string,
  ): Promise<typeof DELETED> {
    await this.writes.deleteLocation(caller, id);
    return DELETED;
  }

  @Post('locations/:location_id/spaces')
  @UseFilters(
    CheckAdministratorFirst(SpacesService, (spaces, caller, { location_id = '' }) =>
      spaces.findLocation(caller, location_id),
    ),
  )
  @ApiOperation({ operationId: 'createSpace', summary: 'Add a space to a location, as an administrator' })
  @Header('content-type', JSON_TYPE)
  @ApiCreatedItemResponse(SpaceResponseDto)
  @ApiBodyFailures()
  @ApiFailures('forbidden', 'not-found')
  async createSpace(
    @CurrentCaller() caller: Caller,
    @Param('location_id') locationId: string,
    @Body() dto: CreateSpaceDto,
    @Query() query: SpaceQueryDto,
  ): Promise<string> {
    const id = await this.writes.createSpace(caller, locationId, dto);
    return createdEnvelopeJson(await this.write(caller, id, query));
  }

  @Patch('spaces/:space_id')
  @UseFilters(
    CheckAdministratorFirst(SpacesService, (spaces, caller, { space_id = '' }) =>
      spaces.find(caller, space_id),
    ),
  )
  @ApiOperation({ operationId: 'changeSpace', summary: 'Change or move a space, as an administrator' })
  @Header('content-type', JSON_TYPE)
  @ApiItemResponse(SpaceResponseDto)
  @ApiBodyFailures()
  @ApiFailures('forbidden', 'not-found')
  async changeSpace(
    @CurrentCaller() caller: Caller,
    @Param('space_id') id: string,
    @Body() dto: UpdateSpaceDto,
    @Query() query: SpaceQueryDto,
  ): Promise<string> {
    await this.writes.changeSpace(caller, id, dto);
    return envelopeJson(await this.write(caller, id, query));
  }

  @Post('spaces/:space_id')
  @UseFilters(
    CheckAdministratorFirst(SpacesService, (spaces, caller, { space_id = '' }) =>
      spaces.find(caller, space_id),
    ),
  )
  @ApiOperation({
    operationId: 'changeSpaceByPost',
    summary: 'Change or move a space, as clients without PATCH do',
  })
  @Header('content-type', JSON_TYPE)
  @ApiItemResponse(SpaceResponseDto)
  @ApiBodyFailures()
  @ApiFailures('forbidden', 'not-found')
  changeSpaceByPost(
    @CurrentCaller() caller: Caller,
    @Param('space_id') id: string,
    @Body() dto: UpdateSpaceDto,
    @Query() query: SpaceQueryDto,
  ): Promise<string> {
    return this.changeSpace(caller, id, dto, query);
  }

  @Delete('spaces/:space_id')
  @ApiOperation({
    operationId: 'deleteSpace',
    summary: 'Delete a space with its past bookings, as an administrator',
    description:
      'One with bookings that have not ended is a conflict, which names the first. To keep the past bookings, ' +
      'set `is_disabled` instead.',
  })
  @ApiDeletedResponse()
  @ApiFailures('forbidden', 'not-found', 'conflict')
  async deleteSpace(@CurrentCaller() caller: Caller, @Param('space_id') id: string): Promise<typeof DELETED> {
    await this.writes.deleteSpace(caller, id);
    return DELETED;
  }

  private async write(caller: Caller, id: string, { include }: SpaceQueryDto): Promise<string> {
    const view = this.spaces.viewFor(caller, include);
    return writeSpaces(caller, await this.spaces.findSpace(caller, id, view), view).join();
  }
}
