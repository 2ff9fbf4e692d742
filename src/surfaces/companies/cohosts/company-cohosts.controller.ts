import { Body, Controller, Delete, Header, HttpCode, Param, Patch, Post, UseFilters } from '@nestjs/common';
import { JSON_TYPE } from '../../../core/json-text.js';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { CheckFirst } from '../../../http/check-first.filter.js';
import {
  ApiItemResponse,
  ApiPathParameters,
  ApiFailures,
  ApiCommonFailures,
  ApiBodyFailures,
} from '../companies.docs.js';
import { envelopeJson } from '../companies.envelope.js';
import type { CompanyRow } from '../companies/companies.repository.js';
import { companyOf, CurrentCompany, RequiresCompany } from '../companies/company.decorator.js';
import { CompanyCohostsService } from './company-cohosts.service.js';
import { CreateCompanyCohostDto, UpdateCompanyCohostDto } from './company-cohosts.dto.js';
import { CompanyEventResponseDto, writeCompanyEvent } from '../events/company-events.dto.js';

/** Reports a missing event or cohost (404) before errors in the body. */
const CheckCohostFirst = CheckFirst(CompanyCohostsService, (cohosts, request) => {
  const { event = '', cohost } = request.params as { event?: string; cohost?: string };
  return cohosts.find(companyOf(request), event, cohost);
});

@ApiTags('Cohosts')
@ApiPathParameters()
@ApiCommonFailures()
@UseFilters(CheckCohostFirst)
@Controller('api/v1/:company/events/:event/cohosts')
export class CompanyCohostsController {
  constructor(private readonly cohosts: CompanyCohostsService) {}

  @Post()
  @Header('content-type', JSON_TYPE)
  @HttpCode(200)
  @RequiresCompany('events:update')
  @ApiOperation({ operationId: 'addCompanyCohost', summary: 'Add a cohost to an event' })
  @ApiItemResponse(CompanyEventResponseDto)
  @ApiBodyFailures()
  @ApiFailures('not-found')
  async add(
    @CurrentCompany() company: CompanyRow,
    @Param('event') slug: string,
    @Body() dto: CreateCompanyCohostDto,
  ): Promise<string> {
    return envelopeJson(writeCompanyEvent(await this.cohosts.add(company, slug, dto)));
  }

  @Patch(':cohost')
  @Header('content-type', JSON_TYPE)
  @RequiresCompany('events:update')
  @ApiOperation({ operationId: 'changeCompanyCohost', summary: 'Change or move a cohost' })
  @ApiItemResponse(CompanyEventResponseDto)
  @ApiBodyFailures()
  @ApiFailures('not-found')
  async change(
    @CurrentCompany() company: CompanyRow,
    @Param('event') slug: string,
    @Param('cohost') cohost: string,
    @Body() dto: UpdateCompanyCohostDto,
  ): Promise<string> {
    return envelopeJson(writeCompanyEvent(await this.cohosts.change(company, slug, cohost, dto)));
  }

  @Delete(':cohost')
  @Header('content-type', JSON_TYPE)
  @RequiresCompany('events:update')
  @ApiOperation({ operationId: 'deleteCompanyCohost', summary: 'Remove a cohost; those behind it move up' })
  @ApiItemResponse(CompanyEventResponseDto)
  @ApiFailures('not-found')
  async remove(
    @CurrentCompany() company: CompanyRow,
    @Param('event') slug: string,
    @Param('cohost') cohost: string,
  ): Promise<string> {
    return envelopeJson(writeCompanyEvent(await this.cohosts.remove(company, slug, cohost)));
  }
}
