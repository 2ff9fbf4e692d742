import { Injectable } from '@nestjs/common';
import type { Organization } from '../../auth/organization.entity.js';
import { Clock } from '../../core/clock.js';
import { Failure } from '../../core/failure.js';
import { TrainingClassCatalogueService } from '../../surfaces/training/classes/training-class-catalogue.service.js';
import type { TrainingClassRow } from '../../surfaces/training/classes/training-classes.repository.js';
import type { UpdateClassDto, CreateClassDto } from './classes.dto.js';

const notFound = (): Failure => new Failure('not-found', 'There is no such class.');

/** Manages an organization's training classes. Fields not set here can be set through the training API. */
@Injectable()
export class ClassesService {
  constructor(
    private readonly catalogue: TrainingClassCatalogueService,
    private readonly clock: Clock,
  ) {}

  async find({ id: organizationId }: Organization, id: string): Promise<TrainingClassRow> {
    const found = await this.catalogue.find(organizationId, id);
    if (found === undefined) throw notFound();
    return found;
  }

  create({ id: organizationId }: Organization, dto: CreateClassDto): Promise<TrainingClassRow> {
    return this.catalogue.create(organizationId, dto, this.clock.now());
  }

  async change(
    { id: organizationId }: Organization,
    id: string,
    dto: UpdateClassDto,
  ): Promise<TrainingClassRow> {
    const changed = await this.catalogue.change(organizationId, id, dto, this.clock.now());
    if (changed === undefined) throw notFound();
    return changed;
  }

  async delete({ id: organizationId }: Organization, id: string): Promise<void> {
    if (!(await this.catalogue.delete(organizationId, id))) throw notFound();
  }
}
