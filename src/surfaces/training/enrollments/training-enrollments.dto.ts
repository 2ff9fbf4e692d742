import { ApiProperty } from '@nestjs/swagger';
import { parseInstant, type Instant } from '../../../core/instant.js';
import {
  Changeable,
  check,
  NullableResponseField,
  Optional,
  OptionalQuery,
  RequiredWhen,
  ResponseField,
  type Field,
} from '../../../http/validation/field.js';
import { choice, email, instant, queryNumber } from '../../../http/validation/fields.js';
import * as training from '../training.fields.js';
import {
  ENROLLMENT_STATUSES,
  type EnrollmentStatus,
  type TrainingEnrollmentJson,
  type TrainingEnrollmentRow,
} from './training-enrollments.repository.js';

export const MAX_ENROLLED_AT_ONCE = 1000;

const EMAIL = email({ description: 'E-mail address of the person.', example: 'grace@example.com' });
const EMAILS: Field = {
  checks: [
    check(
      'isListOfAddresses',
      `must be a list of at most ${MAX_ENROLLED_AT_ONCE} e-mail addresses`,
      (value) => Array.isArray(value) && value.length <= MAX_ENROLLED_AT_ONCE,
    ),
  ],
  schema: {
    type: 'array',
    items: { type: 'string', format: 'email', maxLength: 254 },
    maxItems: MAX_ENROLLED_AT_ONCE,
    description: 'E-mail addresses of several people. Faulty ones are told; the others are enrolled.',
    example: ['grace@example.com', 'alan@example.com'],
  },
};
const STATUS = choice(ENROLLMENT_STATUSES, {
  description: 'Whether the person has finished the course.',
  example: 'finished',
});
const ENROLLED_AT = instant({
  description: 'When the person was enrolled.',
  example: '2026-03-01T12:00:00.000Z',
});
const FINISHED_AT = instant({
  description: 'When the course was marked as finished; null before.',
  example: '2026-03-08T12:00:00.000Z',
});

export class EnrollTrainingPeopleDto {
  @RequiredWhen((body) => (body as EnrollTrainingPeopleDto).emails == null, EMAIL) email?: string | null;
  @Optional(EMAILS) emails?: unknown[] | null;
}

export class UpdateTrainingEnrollmentDto {
  @Changeable(STATUS) status?: EnrollmentStatus;
}

export class ListTrainingEnrollmentsQueryDto {
  @OptionalQuery(STATUS) status?: EnrollmentStatus;
  @OptionalQuery(queryNumber({ min: 1, default: 1, description: 'Which page, from 1.', example: 1 }))
  page?: number;
  @OptionalQuery(
    queryNumber({ min: 1, max: 100, default: 20, description: 'Enrollments on a page.', example: 20 }),
  )
  limit?: number;
}

export class TrainingEnrollmentResponseDto {
  @ResponseField(training.ID) id!: string;
  @ResponseField(training.ID) course_id!: string;
  @ResponseField(EMAIL) email!: string;
  @ResponseField(STATUS) status!: EnrollmentStatus;
  @ResponseField(training.LINK) link!: string;
  @ResponseField(ENROLLED_AT) enrolled_at!: Instant;
  @NullableResponseField(FINISHED_AT) finished_at!: Instant | null;
}

export class TrainingPageMetadataDto {
  @ApiProperty({ description: 'Rows on all pages.', example: 41 }) total_items!: number;
  @ApiProperty({ description: 'Number of pages; 0 if there are no rows.', example: 3 }) total_pages!: number;
  @ApiProperty({ description: 'This page, from 1.', example: 1 }) current_page!: number;
  @ApiProperty({ description: 'Most rows on a page.', example: 20 }) limit!: number;
}

/** A page; credentials with `envelope` also read `result`. */
export class TrainingEnrollmentsPageResponseDto {
  @ApiProperty({ enum: ['success'], required: false, description: 'With `envelope` only.' })
  result?: 'success';
  @ApiProperty({ type: [TrainingEnrollmentResponseDto] }) data!: TrainingEnrollmentResponseDto[];
  @ApiProperty({ type: TrainingPageMetadataDto }) metadata!: TrainingPageMetadataDto;
}

/** An address that cannot be enrolled. */
export class TrainingEnrollmentErrorDto {
  @ApiProperty({ enum: ['EnrollmentCreateFailure'] }) type!: 'EnrollmentCreateFailure';
  @ApiProperty({
    description: 'What was given, of whatever type.',
    anyOf: [
      { type: 'string' },
      { type: 'number' },
      { type: 'boolean' },
      { type: 'object', additionalProperties: true },
      { type: 'array', items: {} },
      { type: 'null' },
    ] as never,
  })
  value!: unknown;
  @ApiProperty({ description: 'What is wrong with it.', example: 'It is no e-mail address.' })
  message!: string;
}

export class TrainingEnrollmentsErrorDto {
  @ApiProperty({ enum: ['EnrollmentsCreateFailure'] }) type!: 'EnrollmentsCreateFailure';
  @ApiProperty({ description: 'A sentence for people.', example: '1 of 3 addresses is faulty.' })
  message!: string;
  @ApiProperty({ type: [TrainingEnrollmentErrorDto] }) errors!: TrainingEnrollmentErrorDto[];
}

/** The response if some addresses are faulty. */
export class TrainingEnrollmentsFailureResponseDto {
  @ApiProperty({ enum: ['failure'] }) result!: 'failure';
  @ApiProperty({ type: TrainingEnrollmentsErrorDto }) error!: TrainingEnrollmentsErrorDto;
  @ApiProperty({ type: [TrainingEnrollmentResponseDto], description: 'Those who were enrolled.' })
  data!: TrainingEnrollmentResponseDto[];
}

export function viewTrainingEnrollment(
  row: TrainingEnrollmentRow,
  link: string,
): TrainingEnrollmentResponseDto {
  const { id, course_id, email: address, enrolled_at, finished_at } = row;
  const status = finished_at === null ? 'enrolled' : 'finished';
  return { id, course_id, email: address, status, link, enrolled_at, finished_at };
}

export function viewTrainingEnrollmentJson(
  json: TrainingEnrollmentJson,
  link: string,
): TrainingEnrollmentResponseDto {
  const enrolled_at = parseInstant(json.enrolled_at) as Instant;
  const finished_at = json.finished_at === null ? null : (parseInstant(json.finished_at) as Instant);
  return viewTrainingEnrollment({ ...json, enrolled_at, finished_at }, link);
}
