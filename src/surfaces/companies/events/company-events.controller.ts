import { Body, Controller, Get, Header, Inject, Param, Patch, Post, Query, UseFilters } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { CurrentCaller } from '../../../auth/caller.decorator.js';
import { CONFIG, type Config } from '../../../config/config.js';
import { plainBody } from '../../../http/server/body.js';
import type { Caller } from '../../../core/caller.js';
import { JSON_TYPE } from '../../../core/json-text.js';
import { CheckFirst } from '../../../http/check-first.filter.js';
import {
  ApiItemResponse,
  ApiPageResponse,
  ApiPathParameters,
  ApiFailures,
  ApiCommonFailures,
  ApiBodyFailures,
} from '../companies.docs.js';
import { pageFrom, envelopeJson, pageEnvelopeJson } from '../companies.envelope.js';
import type { CompanyRow } from '../companies/companies.repository.js';
import { companyOf, CurrentCompany, RequiresCompany } from '../companies/company.decorator.js';
import type { CompanyEventRow } from './company-events.repository.js';
import { CompanyEventsService } from './company-events.service.js';
import {
  UpdateCompanyEventDto,
  CompanyEventResponseDto,
  CompanyEventWithPageResponseDto,
  CreateCompanyEventDto,
  ListCompanyEventsQueryDto,
  writeCompanyEvent,
  writeCompanyEventWithPage,
} from './company-events.dto.js';

/** Reports a missing event (404) first, and otherwise all faults of the change at once. */
const CheckEventFirst = CheckFirst(CompanyEventsService, (events, request, refused) =>
  events.addFaults(
    companyOf(request),
    (request.params as Record<string, string>).event ?? '',
    plainBody(request),
    refused,
  ),
);

@ApiTags('Events')
@ApiPathParameters()
@ApiCommonFailures()
@Controller('api/v1/:company/events')
export class CompanyEventsController {
  constructor(
    private readonly events: CompanyEventsService,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  @Get()
  @Header('content-type', JSON_TYPE)
  @RequiresCompany()
  @ApiOperation({ operationId: 'listCompanyEvents', summary: 'List events, newest start first' })
  @ApiPageResponse(CompanyEventResponseDto)
  @ApiFailures('invalid')
  async list(
    @CurrentCompany() company: CompanyRow,
    @Param('company') id: string,
    @Query() { q = '', page }: ListCompanyEventsQueryDto,
  ): Promise<string> {
    const requested = pageFrom(page);
    const url = `${this.config.publicUrl}/api/v1/${id}/events`;
    const list = await this.events.list(company, q, requested);
    return pageEnvelopeJson(list, requested, writeCompanyEvent, url, q === '' ? {} : { q });
  }

  @Post('create')
  @Header('content-type', JSON_TYPE)
  @RequiresCompany('events:create')
  @ApiOperation({ operationId: 'createCompanyEvent', summary: 'Create an event; its id comes from its name' })
  @ApiItemResponse(CompanyEventResponseDto, 201)
  @ApiBodyFailures()
  async create(
    @CurrentCaller() caller: Caller,
    @CurrentCompany() company: CompanyRow,
    @Body() dto: CreateCompanyEventDto,
  ): Promise<string> {
    return envelopeJson(writeCompanyEvent(await this.events.create(caller, company, dto)));
  }

  @Get(':event')
  @Header('content-type', JSON_TYPE)
  @RequiresCompany()
  @ApiOperation({ operationId: 'getCompanyEvent', summary: 'Show one event' })
  @ApiItemResponse(CompanyEventWithPageResponseDto)
  @ApiFailures('not-found')
  async find(@CurrentCompany() company: CompanyRow, @Param('event') slug: string): Promise<string> {
    return this.withPage(company, await this.events.find(company, slug));
  }

  @Patch(':event')
  @Header('content-type', JSON_TYPE)
  @RequiresCompany('events:update')
  @UseFilters(CheckEventFirst)
  @ApiOperation({ operationId: 'changeCompanyEvent', summary: 'Change an event, its id included' })
  @ApiItemResponse(CompanyEventWithPageResponseDto)
  @ApiBodyFailures()
  @ApiFailures('not-found')
  async change(
    @CurrentCaller() caller: Caller,
    @CurrentCompany() company: CompanyRow,
    @Param('event') slug: string,
    @Body() dto: UpdateCompanyEventDto,
  ): Promise<string> {
    return this.withPage(company, await this.events.change(caller, company, slug, dto));
  }

  private withPage(company: CompanyRow, event: CompanyEventRow): string {
    return envelopeJson(writeCompanyEventWithPage(event, company, this.config.publicUrl));
  }
}
