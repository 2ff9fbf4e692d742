import { Injectable } from '@nestjs/common';
import type { Caller } from '../../../core/caller.js';
import { Clock } from '../../../core/clock.js';
import { classNotFound } from '../training.failures.js';
import { TrainingClassCatalogueService } from './training-class-catalogue.service.js';
import type { UpdateTrainingClassDto, CreateTrainingClassDto } from './training-classes.dto.js';
import { TrainingClassesRepository, type TrainingClassRow } from './training-classes.repository.js';

/** Training classes of the caller's organization. */
@Injectable()
export class TrainingClassesService {
  constructor(
    private readonly classes: TrainingClassesRepository,
    private readonly catalogue: TrainingClassCatalogueService,
    private readonly clock: Clock,
  ) {}

  list({ organizationId }: Caller): Promise<TrainingClassRow[]> {
    return this.classes.list(organizationId);
  }

  async find({ organizationId }: Caller, id: string): Promise<TrainingClassRow> {
    const found = await this.catalogue.find(organizationId, id);
    if (found === undefined) throw classNotFound();
    return found;
  }

  create(caller: Caller, dto: CreateTrainingClassDto): Promise<TrainingClassRow> {
    return this.catalogue.create(caller.organizationId, dto, this.clock.now(caller));
  }

  async change(caller: Caller, id: string, dto: UpdateTrainingClassDto): Promise<TrainingClassRow> {
    const changed = await this.catalogue.change(caller.organizationId, id, dto, this.clock.now(caller));
    if (changed === undefined) throw classNotFound();
    return changed;
  }

  async delete({ organizationId }: Caller, id: string): Promise<void> {
    if (!(await this.catalogue.delete(organizationId, id))) throw classNotFound();
  }
}
