import { Controller, Get, Inject, Query } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { Who } from '../../auth/caller.decorator.js';
import { RequiresCredential } from '../../auth/requirement.js';
import type { Caller } from '../../core/caller.js';
import { PUBLIC_URL } from '../../http/public-url.js';
import { AnswersPage, Refuses, RefusesAlways } from './companies.docs.js';
import { pageAsked, paged, type Paged } from './companies.envelope.js';
import { Companies } from './companies.table.js';
import { CompanyAnswer, ListCompanies, viewCompany } from './companies.wire.js';

@ApiTags('Companies')
@RefusesAlways()
@Controller('api/v1/companies')
export class CompaniesController {
  constructor(
    private readonly companies: Companies,
    @Inject(PUBLIC_URL) private readonly publicUrl: string,
  ) {}

  @Get()
  @RequiresCredential('companies', { scopes: ['companies:read'] })
  @ApiOperation({
    operationId: 'listCompanies',
    summary: 'List the companies of your organization whose plan includes USE_API',
  })
  @AnswersPage(CompanyAnswer)
  @Refuses('forbidden', 'invalid')
  async list(@Who() caller: Caller, @Query() { page }: ListCompanies): Promise<Paged<CompanyAnswer>> {
    const asked = pageAsked(page);
    const list = await this.companies.list(caller.organizationId, asked);
    return paged(list, asked, viewCompany, `${this.publicUrl}/api/v1/companies`);
  }
}
