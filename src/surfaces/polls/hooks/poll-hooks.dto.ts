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
import type { PollHookRow } from './poll-hooks.repository.js';
import * as field from './poll-hooks.fields.js';
import * as polls from '../polls.fields.js';
import * as users from '../users/poll-users.fields.js';

export class CreatePollHookDto {
  @Required(field.HOOK_URL) url!: string;
  @Optional(field.EVENTS) events?: HookEvent[] | null;
  @Optional(field.ACTIVE) active?: boolean | null;
}

/** A hook of the product's own shape. */
export class CreatePollActionHookDto {
  @Required(field.ACTION) action!: HookEvent;
  @Required(field.HOOK_URL) target_url!: string;
}

/** Either shape, as it was sent. */
export class PollHookInputDto {
  @Optional(field.HOOK_URL) url?: string | null;
  @Optional(field.EVENTS) events?: HookEvent[] | null;
  @Optional(field.ACTIVE) active?: boolean | null;
  @Optional(field.ACTION) action?: HookEvent | null;
  @Optional(field.HOOK_URL) target_url?: string | null;
}

export class UpdatePollActionHookDto {
  @Changeable(field.ACTION) action?: HookEvent;
  @Changeable(field.HOOK_URL) target_url?: string;
}

export class PollHookChangeInputDto {
  @Changeable(field.HOOK_URL) url?: string;
  @Changeable(field.EVENTS) events?: HookEvent[];
  @Changeable(field.ACTIVE) active?: boolean;
  @Changeable(field.ACTION) action?: HookEvent;
  @Changeable(field.HOOK_URL) target_url?: string;
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

export class PollActionHookResponseDto {
  @ResponseField(polls.HOOK_ID) _id!: string;
  @ResponseField(users.ORGANIZATION_ID) organization!: string;
  @ApiProperty({ description: 'Always `organization`.', example: 'organization' }) scope!: string;
  @ResponseField(field.ACTION) action!: string;
  @ResponseField(field.HOOK_URL) target_url!: string;
  @ResponseField(polls.CREATED_AT) createdAt!: Instant;
  @ResponseField(polls.UPDATED_AT) updatedAt!: Instant;
  @ApiProperty({ type: 'integer', description: 'Always 0.', example: 0 }) __v!: number;
}

export class NewPollHookResponseDto extends PollHookResponseDto {
  @ApiProperty({
    description: 'Verifies the signatures (Standard Webhooks). Shown this once.',
    example: 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw',
  })
  secret!: string;
}

export class NewPollActionHookResponseDto extends PollActionHookResponseDto {
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

/** A hook in the shape that it was made with. */
export function viewPollHook(hook: PollHookRow): PollHookResponseDto | PollActionHookResponseDto {
  const { id: _id, url, events, active, action, organization } = hook;
  const times = { createdAt: hook.created_at, updatedAt: hook.updated_at };
  return action === null
    ? { _id, url, events, active, ...times }
    : { _id, organization, scope: 'organization', action, target_url: url, ...times, __v: 0 };
}
