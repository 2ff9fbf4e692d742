import { Controller, Get, Inject, Param, Query } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { CurrentCaller } from '../../../auth/caller.decorator.js';
import { RequiresCredential } from '../../../auth/requirement.js';
import type { Caller } from '../../../core/caller.js';
import { ME } from '../catalogue/realm-scope.js';
import { ApiCommonFailures, ApiFailures, ApiItemResponse, ApiPathParameters } from '../realms.docs.js';
import { REALMS_URL } from '../realms-url.js';
import { ListPageQueryDto } from '../representation/list-page.dto.js';
import { pageLinks, sliceOf } from '../representation/realm-pagination.js';
import { ResponseWriter, type RealmResponse } from '../representation/realm-response.js';
import {
  RealmAppUserResponseDto,
  RealmUserListResponseDto,
  RealmUserResponseDto,
  viewRealmUser,
  viewRealmUserList,
} from './realm-users.dto.js';
import { RealmUsersService } from './realm-users.service.js';

@ApiTags('Users')
@RequiresCredential('realms', { onBehalf: true })
@ApiPathParameters()
@ApiCommonFailures()
@Controller('v1')
export class RealmUsersController {
  constructor(
    private readonly users: RealmUsersService,
    @Inject(REALMS_URL) private readonly baseUrl: string,
  ) {}

  @Get('app-user-info')
  @ApiOperation({
    operationId: 'getRealmAppUser',
    summary: 'Show which user the request acts as',
    description: 'A key of the organization itself is nobody and gets 404, unless it acts as a user.',
  })
  @ApiItemResponse(RealmAppUserResponseDto)
  @ApiFailures('not-found')
  actingUser(@CurrentCaller() caller: Caller, @ResponseWriter() response: RealmResponse): string {
    return response.write(this.users.actingUser(caller));
  }

  @Get('users')
  @ApiOperation({
    operationId: 'listRealmUsers',
    summary: 'List the users that the caller may see',
    description: 'Administrators see everybody, others themselves and those who share a realm with them.',
  })
  @ApiItemResponse(RealmUserListResponseDto, 'One page, by id.')
  @ApiFailures('invalid')
  async list(
    @CurrentCaller() caller: Caller,
    @Query() query: ListPageQueryDto,
    @ResponseWriter() response: RealmResponse,
  ): Promise<string> {
    const { users, total } = await this.users.list(caller, query);
    const links = pageLinks(`${this.baseUrl}/users`, sliceOf(query), total);
    return response.write(viewRealmUserList(users, this.baseUrl, { total, links }));
  }

  @Get('users/:user_id')
  @ApiOperation({
    operationId: 'getRealmUser',
    summary: 'Show one user',
    description: 'For `me` the header `content-location` names the path with the id.',
  })
  @ApiItemResponse(RealmUserResponseDto)
  @ApiFailures('not-found')
  async find(
    @CurrentCaller() caller: Caller,
    @Param('user_id') userId: string,
    @ResponseWriter() response: RealmResponse,
  ): Promise<string> {
    const user = await this.users.find(caller, userId);
    if (userId === ME) response.locatedAt(`/v1/users/${user.id}`);
    return response.write(viewRealmUser(user, this.baseUrl));
  }
}
