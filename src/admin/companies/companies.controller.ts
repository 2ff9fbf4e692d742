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
import { listResponse, ListQueryDto, type ListResponse } from '../list.dto.js';
import { Tenant, CheckTenantRowFirst, within } from '../tenant.js';
import { CompaniesRepository } from './companies.repository.js';
import { CompaniesService } from './companies.service.js';
import {
  UpdateCompanyDto,
  COMPANY_ID,
  CompanyResponseDto,
  CreateCompanyDto,
  viewCompany,
} from './companies.dto.js';

@TenantResource('Companies', 'companies', COMPANY_ID)
export class CompaniesController {
  constructor(
    private readonly service: CompaniesService,
    private readonly companies: CompaniesRepository,
  ) {}

  @CreateRoute(CompanyResponseDto, 'createCompany', 'Add a company')
  @ApiFailures('conflict')
  async create(@Tenant() tenant: Organization, @Body() dto: CreateCompanyDto): Promise<CompanyResponseDto> {
    return viewCompany(await this.service.create(tenant, dto));
  }

  @ListRoute(CompanyResponseDto, 'listCompanies', 'List companies, oldest first')
  list(
    @Tenant() tenant: Organization,
    @Query() query: ListQueryDto,
  ): Promise<ListResponse<CompanyResponseDto>> {
    return listResponse(query, (page) => this.companies.findPage(within(tenant), page), viewCompany);
  }

  @FindRoute(CompanyResponseDto, 'getCompany', 'Show one company')
  async find(@Tenant() tenant: Organization, @Param('id') id: string): Promise<CompanyResponseDto> {
    return viewCompany(await this.companies.findRow(within(tenant), id));
  }

  @UpdateRoute(CompanyResponseDto, 'changeCompany', 'Change a company')
  @UseFilters(CheckTenantRowFirst(CompaniesRepository))
  @ApiFailures('conflict')
  async change(
    @Tenant() tenant: Organization,
    @Param('id') id: string,
    @Body() dto: UpdateCompanyDto,
  ): Promise<CompanyResponseDto> {
    return viewCompany(await this.service.change(tenant, id, dto));
  }

  @DeleteRoute('deleteCompany', 'Delete a company')
  @ApiFailures('conflict')
  async delete(@Tenant() tenant: Organization, @Param('id') id: string): Promise<void> {
    await this.companies.deleteRow(within(tenant), id);
  }
}
