import { Controller, Get, Inject, Param, Query } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { CurrentCaller } from '../../../auth/caller.decorator.js';
import { RequiresCredential } from '../../../auth/requirement.js';
import type { Caller } from '../../../core/caller.js';
import { scopeOf, type CalendarPath } from '../catalogue/realm-scope.js';
import { ApiCommonFailures, ApiFailures, ApiItemResponse, ApiRealmPathParameters } from '../realms.docs.js';
import { REALMS_URL } from '../realms-url.js';
import { ListPageQueryDto } from '../representation/list-page.dto.js';
import { pageLinks, sliceOf } from '../representation/realm-pagination.js';
import { ResponseWriter, type RealmResponse } from '../representation/realm-response.js';
import {
  RealmEnrollmentListResponseDto,
  RealmEnrollmentResponseDto,
  viewRealmEnrollment,
  viewRealmEnrollmentList,
} from './realm-enrollments.dto.js';
import { RealmEnrollmentsService, type EnrollmentPath } from './realm-enrollments.service.js';

@ApiTags('Enrollments')
@RequiresCredential('realms', { onBehalf: true })
@ApiRealmPathParameters()
@ApiCommonFailures()
@Controller('v1/:collection/:realm_id/enrollments')
export class RealmEnrollmentsController {
  constructor(
    private readonly enrollments: RealmEnrollmentsService,
    @Inject(REALMS_URL) private readonly baseUrl: string,
  ) {}

  @Get()
  @ApiOperation({ operationId: 'listRealmEnrollments', summary: 'List the members of a realm' })
  @ApiItemResponse(RealmEnrollmentListResponseDto, 'One page, by id. For its members and for administrators.')
  @ApiFailures('not-found', 'invalid')
  async list(
    @CurrentCaller() caller: Caller,
    @Param() path: CalendarPath,
    @Query() query: ListPageQueryDto,
    @ResponseWriter() response: RealmResponse,
  ): Promise<string> {
    const { enrollments, total } = await this.enrollments.list(caller, path, query);
    const url = this.urlOf(caller, path);
    const links = pageLinks(url, sliceOf(query), total);
    return response.write(viewRealmEnrollmentList(enrollments, url, { total, links }));
  }

  @Get(':enrollment_id')
  @ApiOperation({ operationId: 'getRealmEnrollment', summary: 'Show one member of a realm' })
  @ApiItemResponse(RealmEnrollmentResponseDto)
  @ApiFailures('not-found')
  async find(
    @CurrentCaller() caller: Caller,
    @Param() path: EnrollmentPath,
    @ResponseWriter() response: RealmResponse,
  ): Promise<string> {
    const enrollment = await this.enrollments.find(caller, path);
    return response.write(viewRealmEnrollment(enrollment, this.urlOf(caller, path)));
  }

  private urlOf(caller: Caller, path: CalendarPath): string {
    return `${this.baseUrl}/${path.collection}/${scopeOf(caller, path).realm_id}/enrollments`;
  }
}
