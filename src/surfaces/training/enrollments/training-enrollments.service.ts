import { Injectable } from '@nestjs/common';
import type { Caller } from '../../../core/caller.js';
import { Clock } from '../../../core/clock.js';
import { pageOf, type Page } from '../../../core/page.js';
import { timeOrderedId } from '../../../core/random-code.js';
import { isAddress } from '../../../http/validation/fields.js';
import { TrainingCoursesService } from '../ondemand/training-courses.service.js';
import { isTrainingId } from '../training-id.js';
import { enrollmentNotFound, ondemandNotFound } from '../training.failures.js';
import type {
  EnrollTrainingPeopleDto,
  ListTrainingEnrollmentsQueryDto,
  UpdateTrainingEnrollmentDto,
} from './training-enrollments.dto.js';
import {
  TrainingEnrollmentsRepository,
  type TrainingEnrollmentJson,
  type TrainingEnrollmentRow,
} from './training-enrollments.repository.js';

const PAGES = { defaultLimit: 20, maxLimit: 100 };

export interface EnrollmentList {
  readonly rows: readonly TrainingEnrollmentJson[];
  readonly total: number;
  readonly page: Page;
}

export interface Enrolled {
  readonly rows: readonly TrainingEnrollmentRow[];
  /** What was given but is no address. */
  readonly faulty: readonly unknown[];
}

/** Who takes which course on demand. */
@Injectable()
export class TrainingEnrollmentsService {
  constructor(
    private readonly enrollments: TrainingEnrollmentsRepository,
    private readonly courses: TrainingCoursesService,
    private readonly clock: Clock,
  ) {}

  async list(
    { organizationId }: Caller,
    courseId: string,
    query: ListTrainingEnrollmentsQueryDto,
  ): Promise<EnrollmentList> {
    if (!isTrainingId(courseId)) throw ondemandNotFound();
    const page = pageOf(query.page, query.limit, PAGES);
    const found = await this.enrollments.page(organizationId, courseId, query.status, page);
    if (found === undefined) throw ondemandNotFound();
    return { ...found, page };
  }

  async find({ organizationId }: Caller, courseId: string, id: string): Promise<TrainingEnrollmentRow> {
    if (!isTrainingId(courseId)) throw ondemandNotFound();
    const key = isTrainingId(id) ? id : '';
    const found = await this.enrollments.findEnrollment(organizationId, courseId, key);
    if (found === undefined) throw ondemandNotFound();
    if (found === null) throw enrollmentNotFound();
    return found;
  }

  /** Enrolls the addresses, and tells what is none. */
  async enroll(caller: Caller, courseId: string, dto: EnrollTrainingPeopleDto): Promise<Enrolled> {
    const given = [...(dto.email == null ? [] : [dto.email]), ...(dto.emails ?? [])];
    const people = given.filter(isAddress).map((email) => ({ id: timeOrderedId(), email }));
    const faulty = given.filter((value) => !isAddress(value));
    if (!isTrainingId(courseId) || people.length === 0) {
      await this.courses.find(caller, courseId);
      return { rows: [], faulty };
    }
    const now = this.clock.now(caller);
    return { rows: await this.enrollments.enroll(caller.organizationId, courseId, people, now), faulty };
  }

  async change(
    caller: Caller,
    courseId: string,
    id: string,
    { status }: UpdateTrainingEnrollmentDto,
  ): Promise<TrainingEnrollmentRow> {
    const { organizationId } = caller;
    const changed =
      isTrainingId(courseId) && isTrainingId(id)
        ? await this.enrollments.changeEnrollment(
            organizationId,
            courseId,
            id,
            status,
            this.clock.now(caller),
          )
        : undefined;
    if (changed !== undefined) return changed;
    await this.find(caller, courseId, id);
    throw enrollmentNotFound();
  }

  async delete(caller: Caller, courseId: string, id: string): Promise<void> {
    const isDeleted =
      isTrainingId(courseId) &&
      isTrainingId(id) &&
      (await this.enrollments.deleteEnrollment(caller.organizationId, courseId, id));
    if (isDeleted) return;
    await this.find(caller, courseId, id);
    throw enrollmentNotFound();
  }
}
