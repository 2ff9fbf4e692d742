import { ApiProperty } from '@nestjs/swagger';
import type { Instant } from '../../../core/instant.js';
import {
  Changeable,
  Clearable,
  Optional,
  OptionalResponseField,
  Required,
  ResponseField,
} from '../../../http/validation/field.js';
import { text } from '../../../http/validation/fields.js';
import { TrainingOwnerDto } from '../training-owner.dto.js';
import * as field from '../training.fields.js';
import type { TrainingCourseRow } from './training-courses.repository.js';

const NAME = text({
  min: 1,
  max: 256,
  description: 'What the course is called; without it, as its class is.',
  example: 'Kubernetes at your own pace',
});

export class CreateTrainingCourseDto {
  @Required(field.CLASS_ID) class_id!: string;
  @Optional(NAME) name?: string | null;
  @Optional(field.OWNER) owner?: string | null;
  @Optional(field.DESCRIPTION) description?: string | null;
  @Optional(field.LABELS) labels?: string[] | null;
}

export class UpdateTrainingCourseDto {
  @Changeable(field.CLASS_ID) class_id?: string;
  @Changeable(NAME) name?: string;
  @Clearable(field.OWNER) owner?: string | null;
  @Clearable(field.DESCRIPTION) description?: string | null;
  @Clearable(field.LABELS) labels?: string[] | null;
}

export class TrainingCourseResponseDto {
  @ResponseField(field.ID) id!: string;
  @ResponseField(NAME) name!: string;
  @ResponseField(field.CLASS_ID) class_id!: string;
  @ApiProperty({ type: () => TrainingOwnerDto, nullable: true }) owner!: TrainingOwnerDto | null;
  @OptionalResponseField(field.DESCRIPTION) description?: string;
  @ResponseField(field.LABELS) labels!: readonly string[];
  @ResponseField(field.CREATED_AT) created_at!: Instant;
  @ResponseField(field.UPDATED_AT) updated_at!: Instant;
}

export function viewTrainingCourse(row: TrainingCourseRow): TrainingCourseResponseDto {
  const { id, name, class_id, description, labels, created_at, updated_at } = row;
  const { owner_email: email, owner_training_id } = row;
  const owner = email === null || owner_training_id === null ? null : { email, id: owner_training_id };
  return {
    id,
    name,
    class_id,
    owner,
    ...(description !== null && { description }),
    labels,
    created_at,
    updated_at,
  };
}
