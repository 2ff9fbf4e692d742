import { Controller, Get, Header, Inject, Query } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { CurrentCaller } from '../../../auth/caller.decorator.js';
import { RequiresCredential } from '../../../auth/requirement.js';
import { CONFIG, type Config } from '../../../config/config.js';
import type { Caller } from '../../../core/caller.js';
import { JSON_TYPE } from '../../../core/json-text.js';
import { ApiPageResponse, ApiFailures, ApiCommonFailures } from '../companies.docs.js';
import { pageFrom, pageEnvelopeJson } from '../companies.envelope.js';
import { CompaniesRepository } from './companies.repository.js';
import { CompanyResponseDto, ListCompaniesQueryDto, writeCompany } from './companies.dto.js';

@ApiTags('Companies')
@ApiCommonFailures()
@Controller('api/v1/companies')
export class CompaniesController {
  constructor(
    private readonly companies: CompaniesRepository,
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
    const list = await this.companies.list(caller.organizationId, requested);
    return pageEnvelopeJson(list, requested, writeCompany, `${this.config.publicUrl}/api/v1/companies`);
  }
}
