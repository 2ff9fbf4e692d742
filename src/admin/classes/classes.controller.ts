import { Body, Param, Query, UseFilters } from '@nestjs/common';
import { Organization } from '../../auth/organization.entity.js';
import { CheckFirst } from '../../http/check-first.filter.js';
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
import { listResponse, ListQueryDto, type ListResponse } from '../list.dto.js';
import { parameterOf, Tenant, tenantOf } from '../tenant.js';
import { ClassesService } from './classes.service.js';
import { UpdateClassDto, CLASS_ID, ClassResponseDto, CreateClassDto, viewClass } from './classes.dto.js';

@TenantResource('Classes', 'classes', CLASS_ID)
export class ClassesController {
  constructor(
    private readonly service: ClassesService,
    private readonly classes: TrainingClassesRepository,
  ) {}

  @CreateRoute(ClassResponseDto, 'createClass', 'Add a class that training events can give')
  async create(@Tenant() tenant: Organization, @Body() dto: CreateClassDto): Promise<ClassResponseDto> {
    return viewClass(await this.service.create(tenant, dto));
  }

  @ListRoute(ClassResponseDto, 'listClasses', 'List classes, oldest first')
  list(
    @Tenant() { id }: Organization,
    @Query() query: ListQueryDto,
  ): Promise<ListResponse<ClassResponseDto>> {
    return listResponse(query, (page) => this.classes.page(id, page), viewClass);
  }

  @FindRoute(ClassResponseDto, 'getClass', 'Show one class')
  async find(@Tenant() tenant: Organization, @Param('id') id: string): Promise<ClassResponseDto> {
    return viewClass(await this.service.find(tenant, id));
  }

  @UpdateRoute(ClassResponseDto, 'changeClass', 'Change a class')
  @UseFilters(
    CheckFirst(ClassesService, (rows, request) => rows.find(tenantOf(request), parameterOf(request, 'id'))),
  )
  async change(
    @Tenant() tenant: Organization,
    @Param('id') id: string,
    @Body() dto: UpdateClassDto,
  ): Promise<ClassResponseDto> {
    return viewClass(await this.service.change(tenant, id, dto));
  }

  @DeleteRoute('deleteClass', 'Delete a class that no event is based on')
  @ApiFailures('conflict')
  async delete(@Tenant() tenant: Organization, @Param('id') id: string): Promise<void> {
    await this.service.delete(tenant, id);
  }
}
