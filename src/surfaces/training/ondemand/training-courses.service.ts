import { Injectable } from '@nestjs/common';
import type { Caller } from '../../../core/caller.js';
import { Clock } from '../../../core/clock.js';
import { timeOrderedId } from '../../../core/random-code.js';
import { isTrainingId } from '../training-id.js';
import { ondemandNotFound, ownerUnknown } from '../training.failures.js';
import type { CreateTrainingCourseDto, UpdateTrainingCourseDto } from './training-courses.dto.js';
import { TrainingCoursesRepository, type TrainingCourseRow } from './training-courses.repository.js';

/** Courses on demand. */
@Injectable()
export class TrainingCoursesService {
  constructor(
    private readonly courses: TrainingCoursesRepository,
    private readonly clock: Clock,
  ) {}

  list({ organizationId }: Caller): Promise<TrainingCourseRow[]> {
    return this.courses.list(organizationId);
  }

  async find({ organizationId }: Caller, id: string): Promise<TrainingCourseRow> {
    const found = isTrainingId(id) ? await this.courses.findCourse(organizationId, id) : undefined;
    if (found === undefined) throw ondemandNotFound();
    return found;
  }

  async create(caller: Caller, dto: CreateTrainingCourseDto): Promise<TrainingCourseRow> {
    const draft = {
      class_id: dto.class_id,
      name: dto.name ?? null,
      owner: dto.owner ?? null,
      description: dto.description ?? null,
      labels: dto.labels ?? [],
    };
    const now = this.clock.now(caller);
    const created = await this.courses.insertCourse(caller.organizationId, timeOrderedId(), draft, now);
    if (created === undefined) throw ownerUnknown();
    return created;
  }

  async change(caller: Caller, id: string, dto: UpdateTrainingCourseDto): Promise<TrainingCourseRow> {
    if (!isTrainingId(id)) throw ondemandNotFound();
    const change = {
      class_id: dto.class_id,
      name: dto.name,
      owner: dto.owner,
      description: dto.description,
      labels: dto.labels === null ? [] : dto.labels,
    };
    const changed = await this.courses.changeCourse(
      caller.organizationId,
      id,
      change,
      this.clock.now(caller),
    );
    if (changed !== undefined) return changed;
    await this.find(caller, id);
    throw ownerUnknown();
  }

  async delete({ organizationId }: Caller, id: string): Promise<void> {
    if (!isTrainingId(id) || !(await this.courses.deleteCourse(organizationId, id))) throw ondemandNotFound();
  }
}
