import { ApiProperty } from '@nestjs/swagger';
import type { Instant } from '../../../core/instant.js';
import {
  Changeable,
  Clearable,
  Optional,
  OptionalResponseField,
  Required,
  ResponseField,
  NullableResponseField,
} from '../../../http/validation/field.js';
import type { TrainingClassRow } from './training-classes.repository.js';
import { viewTrainingResourceJson } from '../resources/training-resources.dto.js';
import { TrainingOwnerDto } from '../training-owner.dto.js';
import * as field from '../training.fields.js';

export class CreateTrainingClassDto {
  @Required(field.CLASS_NAME) name!: string;
  @Optional(field.OWNER) owner?: string | null;
  @Optional(field.DESCRIPTION) description?: string | null;
  @Optional(field.RESOURCES) resources?: unknown[] | null;
  @Optional(field.PRESENTATION_NOTES) presentation_notes?: unknown[] | null;
  @Optional(field.LABELS) labels?: string[] | null;
}

export class UpdateTrainingClassDto {
  @Changeable(field.CLASS_NAME) name?: string;
  @Clearable(field.OWNER) owner?: string | null;
  @Clearable(field.DESCRIPTION) description?: string | null;
  @Clearable(field.RESOURCES) resources?: unknown[] | null;
  @Clearable(field.PRESENTATION_NOTES) presentation_notes?: unknown[] | null;
  @Clearable(field.LABELS) labels?: string[] | null;
}

export class TrainingClassResponseDto {
  @ResponseField(field.ID) id!: string;
  @ResponseField(field.CLASS_NAME) name!: string;
  @ApiProperty({ type: () => TrainingOwnerDto, nullable: true }) owner!: TrainingOwnerDto | null;
  @NullableResponseField(field.DESCRIPTION) description!: string | null;
  @ResponseField(field.RESOURCES) resources!: unknown[];
  @ResponseField(field.PRESENTATION_NOTES) presentation_notes!: unknown[];
  @OptionalResponseField(field.PRESENTATION_FILENAME) presentation_filename?: string;
  @ResponseField(field.LABELS) labels!: readonly string[];
  @ResponseField(field.CREATED_AT) created_at!: Instant;
  @ResponseField(field.UPDATED_AT) updated_at!: Instant;
}

export function viewTrainingClass(row: TrainingClassRow): TrainingClassResponseDto {
  const { id, name, description, labels, presentation_filename, created_at, updated_at } = row;
  const { owner_email: email, owner_training_id } = row;
  return {
    id,
    name,
    owner: email === null || owner_training_id === null ? null : { email, id: owner_training_id },
    description,
    resources: [...row.resources, ...(row.resource_rows ?? []).map(viewTrainingResourceJson)],
    presentation_notes: [...row.presentation_notes, ...(row.note_rows ?? [])],
    ...(presentation_filename !== null && { presentation_filename }),
    labels,
    created_at,
    updated_at,
  };
}
