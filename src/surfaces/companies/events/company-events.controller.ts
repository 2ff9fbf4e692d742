import { Body, Controller, Get, Header, Inject, Param, Patch, Post, Query, UseFilters } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { CurrentCaller } from '../../../auth/caller.decorator.js';
import { CONFIG, type Config } from '../../../config/config.js';
import { plainBody } from '../../../http/server/body.js';
import type { Caller } from '../../../core/caller.js';
import { JSON_TYPE } from '../../../core/json-text.js';
import { AskFirst } from '../../../http/ask-first.filter.js';
import {
  AnswersOne,
  AnswersPage,
  DescribesPath,
  Refuses,
  RefusesAlways,
  RefusesBodies,
} from '../companies.docs.js';
import { pageAsked, written, writtenPage } from '../companies.envelope.js';
import type { CompanyRow } from '../companies/companies.repository.js';
import { companyOf, InCompany, RequiresCompany } from '../companies/company.decorator.js';
import { CompanyEventsService } from './company-events.service.js';
import {
  ChangeCompanyEvent,
  CompanyEventAnswer,
  CompanyEventWithPageAnswer,
  CreateCompanyEvent,
  ListCompanyEvents,
  writeCompanyEvent,
  writeCompanyEventWithPage,
} from './company-events.dto.js';

/** A change to an event that is not there is 404 first; to one that is, it has all its faults told at once. */
const EventFirst = AskFirst(CompanyEventsService, (events, request, refused) =>
  events.refuseChange(
    companyOf(request),
    (request.params as Record<string, string>).event ?? '',
    plainBody(request),
    refused,
  ),
);

@ApiTags('Events')
@DescribesPath()
@RefusesAlways()
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
  @AnswersPage(CompanyEventAnswer)
  @Refuses('invalid')
  async list(
    @InCompany() company: CompanyRow,
    @Param('company') id: string,
    @Query() { q = '', page }: ListCompanyEvents,
  ): Promise<string> {
    const asked = pageAsked(page);
    const address = `${this.config.publicUrl}/api/v1/${id}/events`;
    const list = await this.events.list(company, q, asked);
    return writtenPage(list, asked, writeCompanyEvent, address, q === '' ? {} : { q });
  }

  @Post('create')
  @Header('content-type', JSON_TYPE)
  @RequiresCompany('events:create')
  @ApiOperation({ operationId: 'createCompanyEvent', summary: 'Create an event; its id comes from its name' })
  @AnswersOne(CompanyEventAnswer, 201)
  @RefusesBodies()
  async create(
    @CurrentCaller() caller: Caller,
    @InCompany() company: CompanyRow,
    @Body() dto: CreateCompanyEvent,
  ): Promise<string> {
    return written(writeCompanyEvent(await this.events.create(caller, company, dto)));
  }

  @Get(':event')
  @Header('content-type', JSON_TYPE)
  @RequiresCompany()
  @ApiOperation({ operationId: 'getCompanyEvent', summary: 'Show one event' })
  @AnswersOne(CompanyEventWithPageAnswer)
  @Refuses('not-found')
  async find(@InCompany() company: CompanyRow, @Param('event') slug: string): Promise<string> {
    return written(writeCompanyEventWithPage(await this.events.find(company, slug)));
  }

  @Patch(':event')
  @Header('content-type', JSON_TYPE)
  @RequiresCompany('events:update')
  @UseFilters(EventFirst)
  @ApiOperation({ operationId: 'changeCompanyEvent', summary: 'Change an event, its id included' })
  @AnswersOne(CompanyEventWithPageAnswer)
  @RefusesBodies()
  @Refuses('not-found')
  async change(
    @CurrentCaller() caller: Caller,
    @InCompany() company: CompanyRow,
    @Param('event') slug: string,
    @Body() dto: ChangeCompanyEvent,
  ): Promise<string> {
    return written(writeCompanyEventWithPage(await this.events.change(caller, company, slug, dto)));
  }
}
