import { Injectable } from '@nestjs/common';
import type { Organization } from '../../auth/organization.entity.js';
import { Clock } from '../../core/clock.js';
import { Failure } from '../../core/failure.js';
import { publicId } from '../../core/random-code.js';
import {
  ownerUnknown,
  TrainingClassesRepository,
  type TrainingClassRow,
} from '../../surfaces/training/classes/training-classes.repository.js';
import { isTrainingId } from '../../surfaces/training/training-id.js';
import type { UpdateClassDto, CreateClassDto } from './classes.dto.js';

const notFound = (): Failure => new Failure('not-found', 'There is no such class.');

/** Manages an organization's training classes. Fields not set here can be set through the training API. */
@Injectable()
export class ClassesService {
  constructor(
    private readonly classes: TrainingClassesRepository,
    private readonly clock: Clock,
  ) {}

  async find({ id: organizationId }: Organization, id: string): Promise<TrainingClassRow> {
    const found = isTrainingId(id) ? await this.classes.findClass(organizationId, id) : undefined;
    if (found === undefined) throw notFound();
    return found;
  }

  async create({ id: organizationId }: Organization, dto: CreateClassDto): Promise<TrainingClassRow> {
    const { name, owner = null, description = null } = dto;
    const draft = { name, owner, description, resources: [], presentation_notes: [], labels: [] };
    const created = await this.classes.insertClass(organizationId, publicId(), draft, this.clock.now());
    if (created === undefined) throw ownerUnknown();
    return created;
  }

  async change(tenant: Organization, id: string, dto: UpdateClassDto): Promise<TrainingClassRow> {
    if (!isTrainingId(id)) throw notFound();
    const { name, owner, description } = dto;
    const unchanged = { resources: undefined, presentation_notes: undefined, labels: undefined };
    const change = { name, owner, description, ...unchanged };
    const changed = await this.classes.changeClass(tenant.id, id, change, this.clock.now());
    if (changed !== undefined) return changed;
    await this.find(tenant, id);
    throw ownerUnknown();
  }

  async delete({ id: organizationId }: Organization, id: string): Promise<void> {
    if (!isTrainingId(id) || !(await this.classes.deleteClass(organizationId, id))) throw notFound();
  }
}
