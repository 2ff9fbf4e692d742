import type { Instant } from '../../../core/instant.js';
import type { Page } from '../../../core/page.js';
import { whenRefused } from '../../../database/failures.js';
import { statement } from '../../../database/statement.js';
import { StatementRepository } from '../../../database/statement-repository.js';
import { joinedRow } from '../joined-rows.js';
import { tellSubscriptions } from '../subscriptions/training-subscription.deliveries.js';
import { ondemandNotFound } from '../training.failures.js';
import { TrainingEnrollment } from './training-enrollment.entity.js';

export const ENROLLMENT_STATUSES = ['enrolled', 'finished'] as const;
export type EnrollmentStatus = (typeof ENROLLMENT_STATUSES)[number];

export type TrainingEnrollmentRow = Readonly<Omit<TrainingEnrollment, 'organization_id'>>;

/** A row as JSON of PostgreSQL, whose instants have another format. */
export type TrainingEnrollmentJson = Omit<TrainingEnrollmentRow, 'enrolled_at' | 'finished_at'> & {
  readonly enrolled_at: string;
  readonly finished_at: string | null;
};

interface EnrollmentPage {
  readonly total: number;
  readonly rows: readonly TrainingEnrollmentJson[];
}

const COLUMNS = 'n.id, n.course_id, n.email::text AS email, n.enrolled_at, n.finished_at';
const OF_COURSE = 'n.organization_id = :organization_id AND n.course_id = :course_id';
const OF_STATUS = `(:status::text IS NULL OR (n.finished_at IS NOT NULL) = (:status = 'finished'))`;

// An unknown course is no row.
const PAGE = statement<EnrollmentPage>(
  'training.enrollment.page',
  `SELECT (SELECT count(*)::integer FROM training.enrollments n WHERE ${OF_COURSE} AND ${OF_STATUS}) AS total,
          (SELECT coalesce(json_agg(n ORDER BY n.enrolled_at, n.email), '[]')
             FROM (SELECT ${COLUMNS} FROM training.enrollments n WHERE ${OF_COURSE} AND ${OF_STATUS}
                    ORDER BY n.enrolled_at, n.email LIMIT :limit OFFSET :offset) n) AS rows
     FROM training.ondemand_courses k
    WHERE k.organization_id = :organization_id AND k.id = :course_id`,
);

// An existing course without this enrollment is one row of nulls; an unknown course is no row.
const FIND = statement<TrainingEnrollmentRow>(
  'training.enrollment.find',
  `SELECT ${COLUMNS}
     FROM training.ondemand_courses k
     LEFT JOIN training.enrollments n
       ON n.organization_id = k.organization_id AND n.course_id = k.id AND n.id = :id
    WHERE k.organization_id = :organization_id AND k.id = :course_id`,
);

// The update changes nothing: it makes an address that is enrolled already return its row. The rows are inserted in
// order of their addresses, so that two requests with the same ones do not block each other.
const ENROLL = statement<TrainingEnrollmentRow>(
  'training.enrollment.enroll',
  `WITH given AS (
     SELECT DISTINCT ON (p.email) p.email, p.id, p.position
       FROM json_to_recordset(:people::json) AS p(email citext, id text, position integer)
      ORDER BY p.email, p.position),
   n AS (
     INSERT INTO training.enrollments AS n (organization_id, course_id, id, email, enrolled_at)
     SELECT :organization_id, :course_id, g.id, g.email, :now::timestamptz FROM given g ORDER BY g.email
     ON CONFLICT ON CONSTRAINT uq_enrollments_email DO UPDATE SET email = n.email
     RETURNING n.*),
   told AS (${tellSubscriptions('enrollment.create', { columns: COLUMNS, from: 'n JOIN given g ON g.id = n.id', alias: 'n' })})
   SELECT ${COLUMNS} FROM n JOIN given g ON g.email = n.email ORDER BY g.position`,
);

const CHANGE = statement<TrainingEnrollmentRow>(
  'training.enrollment.change',
  `WITH before AS (
     SELECT n.* FROM training.enrollments n WHERE ${OF_COURSE} AND n.id = :id FOR NO KEY UPDATE),
   n AS (
     UPDATE training.enrollments n
        SET finished_at = CASE :status::text WHEN 'finished' THEN coalesce(before.finished_at, :now::timestamptz)
                                             WHEN 'enrolled' THEN NULL
                                             ELSE before.finished_at END
       FROM before WHERE ${OF_COURSE} AND n.id = before.id
     RETURNING n.*, before.finished_at IS NULL AND n.finished_at IS NOT NULL AS is_finished_now),
   told AS (${tellSubscriptions('enrollment.finished', { columns: COLUMNS, from: 'n', alias: 'n', where: 'n.is_finished_now' })})
   SELECT ${COLUMNS} FROM n`,
);

/** Enrollments in courses on demand. Every statement is limited to one organization. */
export class TrainingEnrollmentsRepository extends StatementRepository<TrainingEnrollment> {
  static readonly entity = TrainingEnrollment;

  /** `undefined` if the course does not exist. */
  page(
    organization_id: number,
    course_id: string,
    status: EnrollmentStatus | undefined,
    page: Page,
  ): Promise<EnrollmentPage | undefined> {
    return this.one(PAGE, { organization_id, course_id, status, ...page });
  }

  /** `null` if the course has no such enrollment, `undefined` if the course does not exist. */
  async findEnrollment(
    organization_id: number,
    course_id: string,
    id: string,
  ): Promise<TrainingEnrollmentRow | null | undefined> {
    return joinedRow(await this.one(FIND, { organization_id, course_id, id }));
  }

  /** The enrollments of these addresses in their order, new or not. */
  enroll(
    organization_id: number,
    course_id: string,
    people: readonly { readonly id: string; readonly email: string }[],
    now: Instant,
  ): Promise<TrainingEnrollmentRow[]> {
    const rows = JSON.stringify(people.map((person, position) => ({ ...person, position })));
    return whenRefused(this.all(ENROLL, { organization_id, course_id, people: rows, now }), {
      fk_enrollments_course: ondemandNotFound,
    });
  }

  /** `undefined` if it does not exist. */
  changeEnrollment(
    organization_id: number,
    course_id: string,
    id: string,
    status: EnrollmentStatus | undefined,
    now: Instant,
  ): Promise<TrainingEnrollmentRow | undefined> {
    return this.one(CHANGE, { organization_id, course_id, id, status, now });
  }

  /** Returns whether a row was deleted. */
  async deleteEnrollment(organization_id: number, course_id: string, id: string): Promise<boolean> {
    return (await this.delete({ organization_id, course_id, id })).affected === 1;
  }
}
