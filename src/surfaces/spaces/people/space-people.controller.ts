import { Body, Controller, Get, Param, Patch, Query, UseFilters } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { CurrentCaller } from '../../../auth/caller.decorator.js';
import { RequiresCredential } from '../../../auth/requirement.js';
import type { Caller } from '../../../core/caller.js';
import { pageOf } from '../../../core/page.js';
import { CheckFirst, CheckRowFirst } from '../../../http/check-first.filter.js';
import { PageQueryDto } from '../page-query.dto.js';
import {
  ApiBodyFailures,
  ApiItemResponse,
  ApiItemOfResponse,
  ApiPageResponse,
  ApiPathParameters,
  ApiFailures,
  ApiCommonFailures,
} from '../spaces.docs.js';
import { envelope, pageEnvelope, PAGES, type Envelope } from '../spaces.envelope.js';
import { SpacePeopleService } from './space-people.service.js';
import {
  SpaceOrganizationResponseDto,
  SpaceUserResponseDto,
  UpdateMeDto,
  UpdateSpaceOrganizationDto,
  UserQueryDto,
  viewAccount,
  viewOrganization,
  viewUser,
} from './space-people.dto.js';

@ApiTags('People')
@RequiresCredential('spaces')
@ApiPathParameters()
@ApiCommonFailures()
@Controller('v1.0')
export class SpacePeopleController {
  constructor(private readonly people: SpacePeopleService) {}

  @Get('me')
  @ApiOperation({ operationId: 'getMe', summary: 'Show the user that the access token belongs to' })
  @ApiItemResponse(SpaceUserResponseDto)
  @ApiFailures('not-found')
  async findMe(@CurrentCaller() caller: Caller): Promise<Envelope<SpaceUserResponseDto>> {
    return envelope(viewUser(await this.people.findMe(caller)));
  }

  @Patch('me')
  @UseFilters(CheckFirst(SpacePeopleService, (people, { caller }) => people.findMe(caller as Caller)))
  @ApiOperation({ operationId: 'changeMe', summary: 'Change the user that the access token belongs to' })
  @ApiItemResponse(SpaceUserResponseDto)
  @ApiBodyFailures()
  @ApiFailures('not-found')
  async changeMe(
    @CurrentCaller() caller: Caller,
    @Body() dto: UpdateMeDto,
  ): Promise<Envelope<SpaceUserResponseDto>> {
    return envelope(viewUser(await this.people.changeMe(caller, dto)));
  }

  @Get('me/organizations')
  @ApiOperation({
    operationId: 'listMyOrganizations',
    summary: 'List the organization that the access token belongs to',
  })
  @ApiPageResponse(SpaceOrganizationResponseDto)
  @ApiFailures('invalid')
  async listMyOrganizations(
    @CurrentCaller() caller: Caller,
    @Query() query: PageQueryDto,
  ): Promise<Envelope<readonly SpaceOrganizationResponseDto[]>> {
    const page = pageOf(query.page, query.per_page, PAGES);
    return pageEnvelope((await this.people.listOrganizations(caller, page)).map(viewOrganization), page);
  }

  @Get('users/:user')
  @ApiOperation({ operationId: 'getUser', summary: 'Show a user of your organization, by number or slug' })
  @ApiItemResponse(SpaceUserResponseDto)
  @ApiFailures('not-found')
  async findUser(
    @CurrentCaller() caller: Caller,
    @Param('user') idOrSlug: string,
  ): Promise<Envelope<SpaceUserResponseDto>> {
    return envelope(viewUser(await this.people.findUser(caller, idOrSlug)));
  }

  @Get('accounts/:slug')
  @ApiOperation({
    operationId: 'getAccount',
    summary: 'Show what a slug names: your organization, or one of its users',
  })
  @ApiItemOfResponse(SpaceOrganizationResponseDto, SpaceUserResponseDto)
  @ApiFailures('not-found')
  async findAccount(
    @CurrentCaller() caller: Caller,
    @Param('slug') slug: string,
  ): Promise<Envelope<SpaceOrganizationResponseDto | SpaceUserResponseDto>> {
    return envelope(viewAccount(await this.people.findAccount(caller, slug)));
  }

  @Get('organizations/:organization')
  @ApiOperation({ operationId: 'getOrganization', summary: 'Show your organization, by number or slug' })
  @ApiItemResponse(SpaceOrganizationResponseDto)
  @ApiFailures('not-found')
  async findOrganization(
    @CurrentCaller() caller: Caller,
    @Param('organization') id: string,
  ): Promise<Envelope<SpaceOrganizationResponseDto>> {
    return envelope(viewOrganization(await this.people.findOrganization(caller, id)));
  }

  @Patch('organizations/:organization')
  @UseFilters(CheckRowFirst(SpacePeopleService, 'organization'))
  @ApiOperation({
    operationId: 'changeOrganization',
    summary: 'Change your organization, as an administrator',
  })
  @ApiItemResponse(SpaceOrganizationResponseDto)
  @ApiBodyFailures()
  @ApiFailures('forbidden', 'not-found')
  async changeOrganization(
    @CurrentCaller() caller: Caller,
    @Param('organization') id: string,
    @Body() dto: UpdateSpaceOrganizationDto,
  ): Promise<Envelope<SpaceOrganizationResponseDto>> {
    return envelope(viewOrganization(await this.people.changeOrganization(caller, id, dto)));
  }

  @Get('organizations/:organization/users')
  @ApiOperation({ operationId: 'listUsers', summary: 'List the users of your organization' })
  @ApiPageResponse(SpaceUserResponseDto)
  @ApiFailures('not-found', 'invalid')
  async listUsers(
    @CurrentCaller() caller: Caller,
    @Param('organization') id: string,
    @Query() query: UserQueryDto,
  ): Promise<Envelope<readonly SpaceUserResponseDto[]>> {
    const page = pageOf(query.page, query.per_page, PAGES);
    return pageEnvelope((await this.people.listUsers(caller, id, query, page)).map(viewUser), page);
  }

  @Get('organizations/:organization/managers')
  @ApiOperation({ operationId: 'listManagers', summary: 'List the users who administer your organization' })
  @ApiPageResponse(SpaceUserResponseDto)
  @ApiFailures('not-found', 'invalid')
  async listManagers(
    @CurrentCaller() caller: Caller,
    @Param('organization') id: string,
    @Query() query: PageQueryDto,
  ): Promise<Envelope<readonly SpaceUserResponseDto[]>> {
    const page = pageOf(query.page, query.per_page, PAGES);
    const rows = await this.people.listUsers(caller, id, { is_admin: true }, page);
    return pageEnvelope(rows.map(viewUser), page);
  }

  @Get('organizations/:organization/users/:user')
  @ApiOperation({
    operationId: 'getOrganizationUser',
    summary: 'Show a user of your organization, below its path',
  })
  @ApiItemResponse(SpaceUserResponseDto)
  @ApiFailures('not-found')
  async findUserOf(
    @CurrentCaller() caller: Caller,
    @Param('organization') id: string,
    @Param('user') idOrSlug: string,
  ): Promise<Envelope<SpaceUserResponseDto>> {
    return envelope(viewUser(await this.people.findUserOf(caller, id, idOrSlug)));
  }
}
