import { Body, Param, Query, UseFilters } from '@nestjs/common';
import { AskFirst } from '../../http/ask-first.filter.js';
import {
  AdminResource,
  UpdateRoute,
  CreateRoute,
  DeleteRoute,
  ListRoute,
  ApiFailures,
  FindRoute,
} from '../admin.docs.js';
import { answerList, ListQuery, type ListAnswer } from '../list.dto.js';
import { parameterOf } from '../tenant.js';
import { OrganizationsRepository } from './organizations.repository.js';
import { OrganizationsService } from './organizations.service.js';
import {
  ChangeOrganization,
  CreateOrganization,
  ID_OR_SLUG,
  OrganizationAnswer,
  viewOrganization,
} from './organizations.dto.js';

@AdminResource('Organizations', 'organizations', ID_OR_SLUG)
export class OrganizationsController {
  constructor(
    private readonly service: OrganizationsService,
    private readonly organizations: OrganizationsRepository,
  ) {}

  @CreateRoute(OrganizationAnswer, 'createOrganization', 'Found an organization')
  @ApiFailures('conflict')
  async create(@Body() dto: CreateOrganization): Promise<OrganizationAnswer> {
    return viewOrganization(await this.service.create(dto));
  }

  @ListRoute(OrganizationAnswer, 'listOrganizations', 'List organizations, oldest first')
  list(@Query() query: ListQuery): Promise<ListAnswer<OrganizationAnswer>> {
    return answerList(query, (page) => this.organizations.findPage({}, page), viewOrganization);
  }

  @FindRoute(OrganizationAnswer, 'getOrganization', 'Show one organization by its id or slug')
  async find(@Param('id') id: string): Promise<OrganizationAnswer> {
    return viewOrganization(await this.organizations.findRow({}, id));
  }

  @UpdateRoute(OrganizationAnswer, 'changeOrganization', 'Change an organization')
  @UseFilters(
    AskFirst(OrganizationsRepository, (organizations, request) =>
      organizations.findRow({}, parameterOf(request, 'id')),
    ),
  )
  @ApiFailures('conflict')
  async change(@Param('id') id: string, @Body() dto: ChangeOrganization): Promise<OrganizationAnswer> {
    return viewOrganization(await this.service.change(id, dto));
  }

  @DeleteRoute('deleteOrganization', 'Delete an organization with everything that is theirs')
  async delete(@Param('id') id: string): Promise<void> {
    await this.organizations.deleteRow({}, id);
  }
}
