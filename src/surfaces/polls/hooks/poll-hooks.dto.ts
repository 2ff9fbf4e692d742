import { ApiProperty } from '@nestjs/swagger';
import type { Instant } from '../../../core/instant.js';
import {
  Changeable,
  Optional,
  Required,
  ResponseField,
  NullableResponseField,
} from '../../../http/validation/field.js';
import type { HookEvent } from './poll-hook.events.js';
import * as field from './poll-hooks.fields.js';
import * as polls from '../polls.fields.js';

export class CreatePollHookDto {
  @Required(field.HOOK_URL) url!: string;
  @Optional(field.EVENTS) events?: HookEvent[] | null;
  @Optional(field.ACTIVE) active?: boolean | null;
}

export class UpdatePollHookDto {
  @Changeable(field.HOOK_URL) url?: string;
  @Changeable(field.EVENTS) events?: HookEvent[];
  @Changeable(field.ACTIVE) active?: boolean;
}

export class PollHookResponseDto {
  @ResponseField(polls.HOOK_ID) _id!: string;
  @ResponseField(field.HOOK_URL) url!: string;
  @ResponseField(field.EVENTS) events!: readonly string[];
  @ResponseField(field.ACTIVE) active!: boolean;
  @ResponseField(polls.CREATED_AT) createdAt!: Instant;
  @ResponseField(polls.UPDATED_AT) updatedAt!: Instant;
}

export class NewPollHookResponseDto extends PollHookResponseDto {
  @ApiProperty({
    description: 'Verifies the signatures (Standard Webhooks). Shown this once.',
    example: 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw',
  })
  secret!: string;
}

export class PollHookDeliveryResponseDto {
  @ResponseField(polls.DELIVERY_ID) id!: string;
  @ApiProperty({ description: 'What it tells of.', example: 'event.created' }) type!: string;
  @ApiProperty({ enum: ['waiting', 'delivered', 'given up'], example: 'delivered' }) state!: string;
  @ApiProperty({ type: 'integer', description: 'How often it was tried.', example: 1 }) attempts!: number;
  @ApiProperty({ type: 'string', nullable: true, description: 'What went wrong last.', example: null })
  trouble!: string | null;
  @ResponseField(polls.CREATED_AT) createdAt!: Instant;
  @NullableResponseField(polls.UPDATED_AT) done_at!: Instant | null;
}
