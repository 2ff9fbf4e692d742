import type { Failure } from '../../../core/failure.js';
import type { Instant } from '../../../core/instant.js';
import { selectList, setFromJson } from '../../../database/columns.js';
import { whenRefused } from '../../../database/failures.js';
import { statement } from '../../../database/statement.js';
import { StatementRepository } from '../../../database/statement-repository.js';
import { tellSubscriptions } from '../subscriptions/training-subscription.deliveries.js';
import { classNotFound } from '../training.failures.js';
import { TrainingCourse } from './training-course.entity.js';

/** A course with its owner, as returned by all statements below. */
export type TrainingCourseRow = Readonly<Omit<TrainingCourse, 'organization_id' | 'owner_id'>> & {
  readonly owner_email: string | null;
  readonly owner_training_id: string | null;
};

/** `owner` is an e-mail address. Without a name, a course has that of its class. */
export type TrainingCourseDraft = Readonly<Pick<TrainingCourse, 'class_id' | 'description' | 'labels'>> & {
  readonly name: string | null;
  readonly owner: string | null;
};

/** `undefined` leaves a field unchanged; `null` clears it. */
export interface TrainingCourseChange {
  readonly name: string | undefined;
  readonly class_id: string | undefined;
  readonly owner: string | null | undefined;
  readonly description: string | null | undefined;
  readonly labels: readonly string[] | undefined;
}

const COLUMNS = `${selectList(TrainingCourse, 'k', { without: ['organization_id', 'owner_id'] })},
  o.email::text AS owner_email, o.training_id AS owner_training_id`;
const OWNER = `LEFT JOIN tenancy.members o ON o.organization_id = k.organization_id AND o.id = k.owner_id`;

const LIST = statement<TrainingCourseRow>(
  'training.course.list',
  `SELECT ${COLUMNS} FROM training.ondemand_courses k ${OWNER} WHERE k.organization_id = :organization_id
    ORDER BY k.created_at, k.id`,
);

const FIND = statement<TrainingCourseRow>(
  'training.course.find',
  `SELECT ${COLUMNS} FROM training.ondemand_courses k ${OWNER}
    WHERE k.organization_id = :organization_id AND k.id = :id`,
);

// If an owner is given but is not a member, nothing is inserted; an unknown class violates its foreign key.
const CREATE = statement<TrainingCourseRow>(
  'training.course.create',
  `WITH k AS (
     INSERT INTO training.ondemand_courses
       (organization_id, id, name, class_id, owner_id, description, labels, created_at, updated_at)
     SELECT :organization_id, :id, coalesce(:name, c.name, ''), :class_id, m.id, :description, :labels, :now, :now
       FROM (SELECT 1) one
       LEFT JOIN training.classes c ON c.organization_id = :organization_id AND c.id = :class_id
       LEFT JOIN tenancy.members m ON m.organization_id = :organization_id AND m.email = :owner::citext
      WHERE :owner IS NULL OR m.id IS NOT NULL
     RETURNING *),
   told AS (${tellSubscriptions('ondemand.create', { columns: COLUMNS, from: `k ${OWNER}`, alias: 'k' })})
   SELECT ${COLUMNS} FROM k ${OWNER}`,
);

const CHANGE = statement<TrainingCourseRow>(
  'training.course.change',
  `WITH k AS (
     UPDATE training.ondemand_courses old SET ${setFromJson(
       TrainingCourse,
       ['name', 'class_id', 'owner_id', 'description', 'labels', 'updated_at'],
       {
         owner_id: `CASE WHEN :changes_owner::boolean
                         THEN (SELECT m.id FROM tenancy.members m
                                WHERE m.organization_id = :organization_id AND m.email = :owner::citext)
                         ELSE old.owner_id END`,
       },
     )}
     WHERE organization_id = :organization_id AND id = :id
       AND (:owner::citext IS NULL
            OR EXISTS (SELECT FROM tenancy.members m
                        WHERE m.organization_id = :organization_id AND m.email = :owner::citext))
     RETURNING *)
   SELECT ${COLUMNS} FROM k ${OWNER}`,
);

const REFUSALS: Readonly<Record<string, () => Failure>> = { fk_ondemand_courses_class: classNotFound };

/** Courses on demand. Every statement is limited to one organization. */
export class TrainingCoursesRepository extends StatementRepository<TrainingCourse> {
  static readonly entity = TrainingCourse;

  list(organization_id: number): Promise<TrainingCourseRow[]> {
    return this.all(LIST, { organization_id });
  }

  findCourse(organization_id: number, id: string): Promise<TrainingCourseRow | undefined> {
    return this.one(FIND, { organization_id, id });
  }

  /** The new course, or `undefined` if its owner is not a member. */
  insertCourse(
    organization_id: number,
    id: string,
    draft: TrainingCourseDraft,
    now: Instant,
  ): Promise<TrainingCourseRow | undefined> {
    return whenRefused(this.one(CREATE, { organization_id, id, now, ...draft }), REFUSALS);
  }

  /** The changed course, or `undefined` if it does not exist or its new owner is not a member. */
  changeCourse(
    organization_id: number,
    id: string,
    { owner, ...change }: TrainingCourseChange,
    now: Instant,
  ): Promise<TrainingCourseRow | undefined> {
    const write = this.one(CHANGE, {
      organization_id,
      id,
      owner,
      changes_owner: owner !== undefined,
      change: JSON.stringify({ ...change, updated_at: now }),
    });
    return whenRefused(write, REFUSALS);
  }

  /** Returns whether a row was deleted. */
  async deleteCourse(organization_id: number, id: string): Promise<boolean> {
    return (await this.delete({ organization_id, id })).affected === 1;
  }
}
