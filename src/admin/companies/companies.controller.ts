import { Body, Param, Query, UseFilters } from '@nestjs/common';
import { Organization } from '../../auth/organization.entity.js';
import {
  UpdateRoute,
  CreateRoute,
  DeleteRoute,
  ListRoute,
  ApiFailures,
  FindRoute,
  TenantResource,
} from '../admin.docs.js';
import { answerList, ListQuery, type ListAnswer } from '../list.dto.js';
import { Tenant, TenantRowFirst, within } from '../tenant.js';
import { CompaniesRepository } from './companies.repository.js';
import { CompaniesService } from './companies.service.js';
import { ChangeCompany, COMPANY_ID, CompanyAnswer, CreateCompany, viewCompany } from './companies.dto.js';

@TenantResource('Companies', 'companies', COMPANY_ID)
export class CompaniesController {
  constructor(
    private readonly service: CompaniesService,
    private readonly companies: CompaniesRepository,
  ) {}

  @CreateRoute(CompanyAnswer, 'createCompany', 'Add a company')
  @ApiFailures('conflict')
  async create(@Tenant() tenant: Organization, @Body() dto: CreateCompany): Promise<CompanyAnswer> {
    return viewCompany(await this.service.create(tenant, dto));
  }

  @ListRoute(CompanyAnswer, 'listCompanies', 'List companies, oldest first')
  list(@Tenant() tenant: Organization, @Query() query: ListQuery): Promise<ListAnswer<CompanyAnswer>> {
    return answerList(query, (page) => this.companies.findPage(within(tenant), page), viewCompany);
  }

  @FindRoute(CompanyAnswer, 'getCompany', 'Show one company')
  async find(@Tenant() tenant: Organization, @Param('id') id: string): Promise<CompanyAnswer> {
    return viewCompany(await this.companies.findRow(within(tenant), id));
  }

  @UpdateRoute(CompanyAnswer, 'changeCompany', 'Change a company')
  @UseFilters(TenantRowFirst(CompaniesRepository))
  @ApiFailures('conflict')
  async change(
    @Tenant() tenant: Organization,
    @Param('id') id: string,
    @Body() dto: ChangeCompany,
  ): Promise<CompanyAnswer> {
    return viewCompany(await this.service.change(tenant, id, dto));
  }

  @DeleteRoute('deleteCompany', 'Delete a company')
  @ApiFailures('conflict')
  async delete(@Tenant() tenant: Organization, @Param('id') id: string): Promise<void> {
    await this.companies.deleteRow(within(tenant), id);
  }
}
