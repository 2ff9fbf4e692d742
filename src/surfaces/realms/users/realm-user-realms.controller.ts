import { Controller, Get, Inject, Param, Query } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { CurrentCaller } from '../../../auth/caller.decorator.js';
import { RequiresCredential } from '../../../auth/requirement.js';
import type { Caller } from '../../../core/caller.js';
import {
  RealmCourseListResponseDto,
  RealmGroupListResponseDto,
  RealmSectionListResponseDto,
  viewRealmList,
  viewRealmOfUser,
} from '../catalogue/realm-catalogue.dto.js';
import { RealmCatalogueService } from '../catalogue/realm-catalogue.service.js';
import { collectionOf } from '../catalogue/realm-collection.js';
import { userScope } from '../catalogue/realm-scope.js';
import { ApiCommonFailures, ApiFailures, ApiItemResponse, ApiPathParameters } from '../realms.docs.js';
import { REALMS_URL } from '../realms-url.js';
import { ListPageQueryDto } from '../representation/list-page.dto.js';
import { pageLinks, sliceOf } from '../representation/realm-pagination.js';
import { ResponseWriter, type RealmResponse } from '../representation/realm-response.js';

@ApiTags('Users')
@RequiresCredential('realms', { onBehalf: true })
@ApiPathParameters()
@ApiCommonFailures()
@Controller('v1/users/:user_id')
export class RealmUserRealmsController {
  constructor(
    private readonly catalogue: RealmCatalogueService,
    @Inject(REALMS_URL) private readonly baseUrl: string,
  ) {}

  @Get('sections')
  @ApiOperation({
    operationId: 'listRealmSectionsOfUser',
    summary: 'List the sections that a user is a member of',
  })
  @ApiItemResponse(RealmSectionListResponseDto, 'One page, by id. For that user and for administrators.')
  @ApiFailures('not-found', 'invalid')
  sections(
    @CurrentCaller() caller: Caller,
    @Param('user_id') userId: string,
    @Query() query: ListPageQueryDto,
    @ResponseWriter() response: RealmResponse,
  ): Promise<string> {
    return this.list('section', caller, userId, query, response);
  }

  @Get('groups')
  @ApiOperation({
    operationId: 'listRealmGroupsOfUser',
    summary: 'List the groups that a user is a member of',
  })
  @ApiItemResponse(RealmGroupListResponseDto, 'One page, by id. For that user and for administrators.')
  @ApiFailures('not-found', 'invalid')
  groups(
    @CurrentCaller() caller: Caller,
    @Param('user_id') userId: string,
    @Query() query: ListPageQueryDto,
    @ResponseWriter() response: RealmResponse,
  ): Promise<string> {
    return this.list('group', caller, userId, query, response);
  }

  @Get('courses')
  @ApiOperation({
    operationId: 'listRealmCoursesOfUser',
    summary: "List the courses that a user is a member of, and those of the user's sections",
  })
  @ApiItemResponse(RealmCourseListResponseDto, 'One page, by id. For that user and for administrators.')
  @ApiFailures('not-found', 'invalid')
  courses(
    @CurrentCaller() caller: Caller,
    @Param('user_id') userId: string,
    @Query() query: ListPageQueryDto,
    @ResponseWriter() response: RealmResponse,
  ): Promise<string> {
    return this.list('course', caller, userId, query, response);
  }

  private async list(
    kind: 'section' | 'group' | 'course',
    caller: Caller,
    userId: string,
    query: ListPageQueryDto,
    response: RealmResponse,
  ): Promise<string> {
    const { realms, total } = await this.catalogue.listOfUser(caller, userId, kind, query);
    const rows = realms.map((row) => viewRealmOfUser(row, this.baseUrl));
    const url = `${this.baseUrl}/users/${userScope(caller, userId).realm_id}/${collectionOf(kind)}`;
    return response.write(viewRealmList(kind, rows, { total, links: pageLinks(url, sliceOf(query), total) }));
  }
}
