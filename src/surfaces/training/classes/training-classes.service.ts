import { Injectable } from '@nestjs/common';
import type { Caller } from '../../../core/caller.js';
import { Clock } from '../../../core/clock.js';
import { publicId } from '../../../core/random-code.js';
import {
  ownerUnknown,
  TrainingClassesRepository,
  type TrainingClassRow,
} from './training-classes.repository.js';
import type { UpdateTrainingClassDto, CreateTrainingClassDto } from './training-classes.dto.js';
import { isTrainingId } from '../training-id.js';
import { classNotFound } from '../training.failures.js';

/** Business rules of training classes. */
@Injectable()
export class TrainingClassesService {
  constructor(
    private readonly classes: TrainingClassesRepository,
    private readonly clock: Clock,
  ) {}

  list({ organizationId }: Caller): Promise<TrainingClassRow[]> {
    return this.classes.list(organizationId);
  }

  async find({ organizationId }: Caller, id: string): Promise<TrainingClassRow> {
    const found = isTrainingId(id) ? await this.classes.findClass(organizationId, id) : undefined;
    if (found === undefined) throw classNotFound();
    return found;
  }

  async create(caller: Caller, dto: CreateTrainingClassDto): Promise<TrainingClassRow> {
    const draft = {
      name: dto.name,
      owner: dto.owner ?? null,
      description: dto.description ?? null,
      resources: dto.resources ?? [],
      presentation_notes: dto.presentation_notes ?? [],
      labels: dto.labels ?? [],
    };
    const created = await this.classes.insertClass(
      caller.organizationId,
      publicId(),
      draft,
      this.clock.now(caller),
    );
    if (created === undefined) throw ownerUnknown();
    return created;
  }

  async change(caller: Caller, id: string, dto: UpdateTrainingClassDto): Promise<TrainingClassRow> {
    if (!isTrainingId(id)) throw classNotFound();
    const change = {
      name: dto.name,
      owner: dto.owner,
      description: dto.description,
      resources: dto.resources === null ? [] : dto.resources,
      presentation_notes: dto.presentation_notes === null ? [] : dto.presentation_notes,
      labels: dto.labels === null ? [] : dto.labels,
    };
    const changed = await this.classes.changeClass(caller.organizationId, id, change, this.clock.now(caller));
    if (changed !== undefined) return changed;
    await this.find(caller, id);
    throw ownerUnknown();
  }

  async delete(caller: Caller, id: string): Promise<void> {
    if (!isTrainingId(id) || !(await this.classes.deleteClass(caller.organizationId, id)))
      throw classNotFound();
  }
}
