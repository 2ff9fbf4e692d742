import { Controller, Get, Inject, Param, Query } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { CurrentCaller } from '../../../auth/caller.decorator.js';
import { RequiresCredential } from '../../../auth/requirement.js';
import type { Caller } from '../../../core/caller.js';
import { ApiCommonFailures, ApiFailures, ApiItemResponse, ApiRealmPathParameters } from '../realms.docs.js';
import { REALMS_URL } from '../realms-url.js';
import { ListPageQueryDto } from '../representation/list-page.dto.js';
import { pageLinks, sliceOf } from '../representation/realm-pagination.js';
import { ResponseWriter, type RealmResponse } from '../representation/realm-response.js';
import {
  RealmCourseListResponseDto,
  RealmCourseResponseDto,
  RealmDistrictListResponseDto,
  RealmGroupListResponseDto,
  RealmGroupResponseDto,
  RealmSchoolListResponseDto,
  RealmSchoolResponseDto,
  RealmSectionListResponseDto,
  RealmSectionResponseDto,
  viewRealm,
  viewRealmList,
} from './realm-catalogue.dto.js';
import type { RealmPage } from './realm-catalogue.repository.js';
import { RealmCatalogueService } from './realm-catalogue.service.js';
import { collectionOf } from './realm-collection.js';
import type { RealmKind } from './realm-kind.js';
import { parseRealmId } from './realm-scope.js';

/** There is no list of all sections. */
@ApiTags('Realms')
@RequiresCredential('realms', { onBehalf: true })
@ApiRealmPathParameters()
@ApiCommonFailures()
@Controller('v1')
export class RealmCatalogueController {
  constructor(
    private readonly catalogue: RealmCatalogueService,
    @Inject(REALMS_URL) private readonly baseUrl: string,
  ) {}

  @Get('districts')
  @ApiOperation({ operationId: 'listRealmDistricts', summary: 'List the districts that the caller may see' })
  @ApiItemResponse(RealmDistrictListResponseDto, 'One page, by id.')
  @ApiFailures('invalid')
  districts(
    @CurrentCaller() caller: Caller,
    @Query() query: ListPageQueryDto,
    @ResponseWriter() response: RealmResponse,
  ): Promise<string> {
    return this.list('district', caller, query, response);
  }

  @Get('districts/:realm_id')
  @ApiOperation({ operationId: 'getRealmDistrict', summary: 'Show one district' })
  @ApiItemResponse(RealmSchoolResponseDto)
  @ApiFailures('not-found')
  district(
    @CurrentCaller() caller: Caller,
    @Param('realm_id') realmId: string,
    @ResponseWriter() response: RealmResponse,
  ): Promise<string> {
    return this.find('district', caller, realmId, response);
  }

  @Get('schools')
  @ApiOperation({ operationId: 'listRealmSchools', summary: 'List the schools that the caller may see' })
  @ApiItemResponse(RealmSchoolListResponseDto, 'One page, by id.')
  @ApiFailures('invalid')
  schools(
    @CurrentCaller() caller: Caller,
    @Query() query: ListPageQueryDto,
    @ResponseWriter() response: RealmResponse,
  ): Promise<string> {
    return this.list('school', caller, query, response);
  }

  @Get('schools/:realm_id')
  @ApiOperation({ operationId: 'getRealmSchool', summary: 'Show one school' })
  @ApiItemResponse(RealmSchoolResponseDto)
  @ApiFailures('not-found')
  school(
    @CurrentCaller() caller: Caller,
    @Param('realm_id') realmId: string,
    @ResponseWriter() response: RealmResponse,
  ): Promise<string> {
    return this.find('school', caller, realmId, response);
  }

  @Get('groups')
  @ApiOperation({ operationId: 'listRealmGroups', summary: 'List the groups that the caller may see' })
  @ApiItemResponse(RealmGroupListResponseDto, 'One page, by id.')
  @ApiFailures('invalid')
  groups(
    @CurrentCaller() caller: Caller,
    @Query() query: ListPageQueryDto,
    @ResponseWriter() response: RealmResponse,
  ): Promise<string> {
    return this.list('group', caller, query, response);
  }

  @Get('groups/:realm_id')
  @ApiOperation({ operationId: 'getRealmGroup', summary: 'Show one group' })
  @ApiItemResponse(RealmGroupResponseDto)
  @ApiFailures('not-found')
  group(
    @CurrentCaller() caller: Caller,
    @Param('realm_id') realmId: string,
    @ResponseWriter() response: RealmResponse,
  ): Promise<string> {
    return this.find('group', caller, realmId, response);
  }

  @Get('courses')
  @ApiOperation({ operationId: 'listRealmCourses', summary: 'List the courses that the caller may see' })
  @ApiItemResponse(RealmCourseListResponseDto, 'One page, by id.')
  @ApiFailures('invalid')
  courses(
    @CurrentCaller() caller: Caller,
    @Query() query: ListPageQueryDto,
    @ResponseWriter() response: RealmResponse,
  ): Promise<string> {
    return this.list('course', caller, query, response);
  }

  @Get('courses/:realm_id')
  @ApiOperation({ operationId: 'getRealmCourse', summary: 'Show one course' })
  @ApiItemResponse(RealmCourseResponseDto)
  @ApiFailures('not-found')
  course(
    @CurrentCaller() caller: Caller,
    @Param('realm_id') realmId: string,
    @ResponseWriter() response: RealmResponse,
  ): Promise<string> {
    return this.find('course', caller, realmId, response);
  }

  @Get('sections/:realm_id')
  @ApiOperation({ operationId: 'getRealmSection', summary: 'Show one section' })
  @ApiItemResponse(RealmSectionResponseDto)
  @ApiFailures('not-found')
  section(
    @CurrentCaller() caller: Caller,
    @Param('realm_id') realmId: string,
    @ResponseWriter() response: RealmResponse,
  ): Promise<string> {
    return this.find('section', caller, realmId, response);
  }

  @Get('courses/:realm_id/sections')
  @ApiOperation({
    operationId: 'listRealmSections',
    summary: 'List the sections of a course that the caller may see',
  })
  @ApiItemResponse(RealmSectionListResponseDto, 'One page, by id.')
  @ApiFailures('not-found', 'invalid')
  async sections(
    @CurrentCaller() caller: Caller,
    @Param('realm_id') realmId: string,
    @Query() query: ListPageQueryDto,
    @ResponseWriter() response: RealmResponse,
  ): Promise<string> {
    const page = await this.catalogue.listSections(caller, realmId, query);
    return this.write('section', page, `courses/${parseRealmId(realmId)}/sections`, query, response);
  }

  private async find(
    kind: RealmKind,
    caller: Caller,
    realmId: string,
    response: RealmResponse,
  ): Promise<string> {
    return response.write(viewRealm(await this.catalogue.find(caller, kind, realmId), this.baseUrl));
  }

  private async list(
    kind: RealmKind,
    caller: Caller,
    query: ListPageQueryDto,
    response: RealmResponse,
  ): Promise<string> {
    const page = await this.catalogue.list(caller, kind, query);
    return this.write(kind, page, collectionOf(kind), query, response);
  }

  private write(
    kind: RealmKind,
    { realms, total }: RealmPage,
    path: string,
    query: ListPageQueryDto,
    response: RealmResponse,
  ): string {
    const rows = realms.map((row) => viewRealm(row, this.baseUrl));
    const links = pageLinks(`${this.baseUrl}/${path}`, sliceOf(query), total);
    return response.write(viewRealmList(kind, rows, { total, links }));
  }
}
