import { Body, Controller, Get, Header, HttpCode, Inject, Param, Post, UseFilters } from '@nestjs/common';
import { ApiConsumes, ApiOperation, ApiTags } from '@nestjs/swagger';
import { CurrentCaller } from '../../../auth/caller.decorator.js';
import { CONFIG, type Config } from '../../../config/config.js';
import type { Caller } from '../../../core/caller.js';
import { JSON_TYPE } from '../../../core/json-text.js';
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
import { pageUrlOf } from '../public-page/public-event.place.js';
import { CompanyEventPagesService } from './company-event-pages.service.js';
import {
  UpdateCompanyEventPageDto,
  CompanyEventPageResponseDto,
  writeEventPage,
} from './company-event-pages.dto.js';

const CheckPageFirst = CheckFirst(CompanyEventPagesService, (pages, request) =>
  pages.find(companyOf(request), (request.params as Record<string, string>).event ?? ''),
);

@ApiTags('Event pages')
@ApiPathParameters()
@ApiCommonFailures()
@Controller('api/v1/:company/event/:event/page')
export class CompanyEventPagesController {
  constructor(
    private readonly pages: CompanyEventPagesService,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  @Get()
  @Header('content-type', JSON_TYPE)
  @RequiresCompany()
  @ApiOperation({
    operationId: 'getCompanyEventPage',
    summary: 'Show the page content of an event you organize',
  })
  @ApiItemResponse(CompanyEventPageResponseDto)
  @ApiFailures('not-found')
  async find(@CurrentCompany() company: CompanyRow, @Param('event') slug: string): Promise<string> {
    return envelopeJson(writeEventPage(await this.pages.find(company, slug), this.eventUrl(company, slug)));
  }

  @Post()
  @HttpCode(200)
  @Header('content-type', JSON_TYPE)
  @RequiresCompany('events:update')
  @UseFilters(CheckPageFirst)
  @ApiOperation({
    operationId: 'changeCompanyEventPage',
    summary: 'Write the page content of an event you organize; what is not given stays',
  })
  @ApiConsumes('application/json', 'multipart/form-data')
  @ApiItemResponse(CompanyEventPageResponseDto)
  @ApiBodyFailures()
  @ApiFailures('not-found')
  async change(
    @CurrentCaller() caller: Caller,
    @CurrentCompany() company: CompanyRow,
    @Param('event') slug: string,
    @Body() dto: UpdateCompanyEventPageDto,
  ): Promise<string> {
    const eventUrl = this.eventUrl(company, slug);
    return envelopeJson(
      writeEventPage(await this.pages.change(caller, company, slug, dto, eventUrl), eventUrl),
    );
  }

  private eventUrl({ slug: company_slug }: CompanyRow, slug: string): string {
    return pageUrlOf({ company_slug, slug }, this.config.publicUrl);
  }
}
