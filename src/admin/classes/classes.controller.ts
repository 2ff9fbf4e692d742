import { Body, Param, Query, UseFilters } from '@nestjs/common';
import { Organization } from '../../auth/organization.entity.js';
import { AskFirst } from '../../http/ask-first.filter.js';
import { TrainingClassesRepository } from '../../surfaces/training/classes/training-classes.repository.js';
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
import { parameterOf, Tenant, tenantOf } from '../tenant.js';
import { ClassesService } from './classes.service.js';
import { ChangeClass, CLASS_ID, ClassAnswer, CreateClass, viewClass } from './classes.dto.js';

@TenantResource('Classes', 'classes', CLASS_ID)
export class ClassesController {
  constructor(
    private readonly service: ClassesService,
    private readonly classes: TrainingClassesRepository,
  ) {}

  @CreateRoute(ClassAnswer, 'createClass', 'Add a class that training events can give')
  async create(@Tenant() tenant: Organization, @Body() dto: CreateClass): Promise<ClassAnswer> {
    return viewClass(await this.service.create(tenant, dto));
  }

  @ListRoute(ClassAnswer, 'listClasses', 'List classes, oldest first')
  list(@Tenant() { id }: Organization, @Query() query: ListQuery): Promise<ListAnswer<ClassAnswer>> {
    return answerList(query, (page) => this.classes.page(id, page), viewClass);
  }

  @FindRoute(ClassAnswer, 'getClass', 'Show one class')
  async find(@Tenant() tenant: Organization, @Param('id') id: string): Promise<ClassAnswer> {
    return viewClass(await this.service.find(tenant, id));
  }

  @UpdateRoute(ClassAnswer, 'changeClass', 'Change a class')
  @UseFilters(
    AskFirst(ClassesService, (rows, request) => rows.find(tenantOf(request), parameterOf(request, 'id'))),
  )
  async change(
    @Tenant() tenant: Organization,
    @Param('id') id: string,
    @Body() dto: ChangeClass,
  ): Promise<ClassAnswer> {
    return viewClass(await this.service.change(tenant, id, dto));
  }

  @DeleteRoute('deleteClass', 'Delete a class that no event is based on')
  @ApiFailures('conflict')
  async delete(@Tenant() tenant: Organization, @Param('id') id: string): Promise<void> {
    await this.service.delete(tenant, id);
  }
}
