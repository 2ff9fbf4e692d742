import { Controller, Get, Header, Inject, Param, Query } from '@nestjs/common';
import { ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import { CurrentCaller } from '../../../auth/caller.decorator.js';
import { RequiresCredential } from '../../../auth/requirement.js';
import { CONFIG, type Config } from '../../../config/config.js';
import type { Caller } from '../../../core/caller.js';
import { JSON_TYPE } from '../../../core/json-text.js';
import {
  ApiCommonFailures,
  ApiFailures,
  ApiItemResponse,
  ApiPageResponse,
  ApiPathParameters,
  CompaniesErrorResponseDto,
} from '../companies.docs.js';
import { envelopeJson, pageFrom, pageEnvelopeJson } from '../companies.envelope.js';
import { CompaniesService } from './companies.service.js';
import { CompanyResponseDto, ListCompaniesQueryDto, writeCompany } from './companies.dto.js';

@ApiTags('Companies')
@ApiPathParameters()
@ApiCommonFailures()
@Controller('api/v1/companies')
export class CompaniesController {
  constructor(
    private readonly companies: CompaniesService,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  @Get()
  @Header('content-type', JSON_TYPE)
  @RequiresCredential('companies', { scopes: ['companies:read'] })
  @ApiOperation({
    operationId: 'listCompanies',
    summary: 'List the companies of your organization whose plan includes USE_API',
  })
  @ApiPageResponse(CompanyResponseDto)
  @ApiFailures('forbidden', 'invalid')
  async list(@CurrentCaller() caller: Caller, @Query() { page }: ListCompaniesQueryDto): Promise<string> {
    const requested = pageFrom(page);
    const list = await this.companies.list(caller, requested);
    return pageEnvelopeJson(list, requested, writeCompany, `${this.config.publicUrl}/api/v1/companies`);
  }

  @Get(':company')
  @Header('content-type', JSON_TYPE)
  @RequiresCredential('companies', { scopes: ['companies:read'] })
  @ApiOperation({ operationId: 'getCompany', summary: 'Show a company of your organization' })
  @ApiItemResponse(CompanyResponseDto)
  @ApiResponse({
    status: 403,
    type: CompaniesErrorResponseDto,
    description:
      'The message names what is missing: the scope, the plan (USE_API), or access to the company.',
  })
  async find(@CurrentCaller() caller: Caller, @Param('company') id: string): Promise<string> {
    return envelopeJson(writeCompany(await this.companies.find(caller, id)));
  }
}
