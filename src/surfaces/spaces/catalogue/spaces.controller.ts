import { Controller, Get, Param, Query } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { CurrentCaller } from '../../../auth/caller.decorator.js';
import { RequiresCredential } from '../../../auth/requirement.js';
import type { Caller } from '../../../core/caller.js';
import { pageOf } from '../../../core/page.js';
import { PageQuery } from '../events/space-events.dto.js';
import {
  ApiItemResponse,
  ApiPageResponse,
  ApiPathParameters,
  ApiFailures,
  ApiCommonFailures,
} from '../spaces.docs.js';
import { envelope, pageEnvelope, PAGES, type Envelope } from '../spaces.envelope.js';
import { SpacesService } from './spaces.service.js';
import {
  SpaceAnswer,
  SpaceLocationAnswer,
  SpaceOrganizationAnswer,
  SpaceUserAnswer,
  viewLocation,
  viewOrganization,
  viewSpace,
  viewUser,
} from './spaces.dto.js';

@ApiTags('Places and people')
@RequiresCredential('spaces')
@ApiPathParameters()
@ApiCommonFailures()
@Controller('v1.0')
export class SpacesController {
  constructor(private readonly spaces: SpacesService) {}

  @Get('me')
  @ApiOperation({ operationId: 'getMe', summary: 'Show the user that the access token belongs to' })
  @ApiItemResponse(SpaceUserAnswer)
  @ApiFailures('not-found')
  async findMe(@CurrentCaller() caller: Caller): Promise<Envelope<SpaceUserAnswer>> {
    return envelope(viewUser(await this.spaces.findMe(caller)));
  }

  @Get('users/:user_id')
  @ApiOperation({ operationId: 'getUser', summary: 'Show a user of your organization' })
  @ApiItemResponse(SpaceUserAnswer)
  @ApiFailures('not-found')
  async findUser(
    @CurrentCaller() caller: Caller,
    @Param('user_id') id: string,
  ): Promise<Envelope<SpaceUserAnswer>> {
    return envelope(viewUser(await this.spaces.findUser(caller, id)));
  }

  @Get('organizations/:organization')
  @ApiOperation({ operationId: 'getOrganization', summary: 'Show your organization, by number or slug' })
  @ApiItemResponse(SpaceOrganizationAnswer)
  @ApiFailures('not-found')
  async findOrganization(
    @CurrentCaller() caller: Caller,
    @Param('organization') id: string,
  ): Promise<Envelope<SpaceOrganizationAnswer>> {
    return envelope(viewOrganization(await this.spaces.findOrganization(caller, id)));
  }

  @Get('organizations/:organization/locations')
  @ApiOperation({ operationId: 'listLocations', summary: 'List the locations of your organization' })
  @ApiPageResponse(SpaceLocationAnswer)
  @ApiFailures('not-found', 'invalid')
  async listLocations(
    @CurrentCaller() caller: Caller,
    @Param('organization') id: string,
    @Query() query: PageQuery,
  ): Promise<Envelope<readonly SpaceLocationAnswer[]>> {
    const page = pageOf(query.page, query.per_page, PAGES);
    return pageEnvelope((await this.spaces.listLocations(caller, id, page)).map(viewLocation), page);
  }

  @Get('organizations/:organization/users')
  @ApiOperation({ operationId: 'listUsers', summary: 'List the users of your organization' })
  @ApiPageResponse(SpaceUserAnswer)
  @ApiFailures('not-found', 'invalid')
  async listUsers(
    @CurrentCaller() caller: Caller,
    @Param('organization') id: string,
    @Query() query: PageQuery,
  ): Promise<Envelope<readonly SpaceUserAnswer[]>> {
    const page = pageOf(query.page, query.per_page, PAGES);
    return pageEnvelope((await this.spaces.listUsers(caller, id, page)).map(viewUser), page);
  }

  @Get('locations/:location_id')
  @ApiOperation({ operationId: 'getLocation', summary: 'Show a location' })
  @ApiItemResponse(SpaceLocationAnswer)
  @ApiFailures('not-found')
  async findLocation(
    @CurrentCaller() caller: Caller,
    @Param('location_id') id: string,
  ): Promise<Envelope<SpaceLocationAnswer>> {
    return envelope(viewLocation(await this.spaces.findLocation(caller, id)));
  }

  @Get('locations/:location_id/spaces')
  @ApiOperation({ operationId: 'listSpaces', summary: 'List the spaces of a location' })
  @ApiPageResponse(SpaceAnswer)
  @ApiFailures('not-found', 'invalid')
  async listSpaces(
    @CurrentCaller() caller: Caller,
    @Param('location_id') id: string,
    @Query() query: PageQuery,
  ): Promise<Envelope<readonly SpaceAnswer[]>> {
    const page = pageOf(query.page, query.per_page, PAGES);
    return pageEnvelope((await this.spaces.listSpaces(caller, id, page)).map(viewSpace), page);
  }

  @Get('spaces/:space_id')
  @ApiOperation({ operationId: 'getSpace', summary: 'Show a space' })
  @ApiItemResponse(SpaceAnswer)
  @ApiFailures('not-found')
  async findSpace(
    @CurrentCaller() caller: Caller,
    @Param('space_id') id: string,
  ): Promise<Envelope<SpaceAnswer>> {
    return envelope(viewSpace(await this.spaces.find(caller, id)));
  }
}
